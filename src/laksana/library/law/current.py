"""The versions in force, kept by each thread and given up when any process has changed them.

Every row of a table that a rule reads asks here, so that the database is asked at most once a second, and then for one token
(`laksana.worktime.current` does the same with the calendar). A thread that has changed a version itself asks every time until its
transaction ends: it must see its own change at once, and must not keep it after a rollback.
"""

import threading
import time
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db import transaction

from laksana.library.models import TableRevision, TableVersion
from laksana.library.tables import Version

TRUSTED_SECONDS = 1.0


class _Kept(threading.local):
    versions: Mapping[str, Sequence[Version]] | None = None
    token: uuid.UUID | None = None
    asked = 0.0
    uncommitted: uuid.UUID | None = None


_kept = _Kept()


class Stored:
    """The versions that stand in the database."""

    def versions(self, table: str) -> Sequence[Version]:
        """Return those of a table that are in force from some day on; the answer is at most `TRUSTED_SECONDS` old."""
        now = time.monotonic()
        if _kept.versions is None or _kept.uncommitted is not None or now - _kept.asked >= TRUSTED_SECONDS:
            _ask()
            _kept.asked = now
        return (_kept.versions or {}).get(table, ())

    def text(self, version: Version) -> str:
        """Return the content of one, as CSV with its heading."""
        return TableVersion.objects.values_list("content", flat=True).get(pk=version.key)


def forget_versions() -> None:
    """Let this thread read the versions anew the next time."""
    _kept.versions = _kept.uncommitted = None


def trust_files() -> None:
    """Let this thread know no version until it puts one in force itself: a test that asks no database begins so."""
    _kept.versions, _kept.uncommitted, _kept.asked = {}, None, float("inf")


def versions_changed(token: uuid.UUID) -> None:
    """Take note that this transaction changes the versions to the revision `token`."""
    _kept.versions, _kept.uncommitted = None, token
    transaction.on_commit(lambda: _committed(token))


def _ask() -> None:
    token = TableRevision.objects.values_list("token", flat=True).first()
    if token != _kept.uncommitted:
        _kept.uncommitted = None
    if _kept.versions is None or token != _kept.token:
        _kept.versions, _kept.token = _read(), token


def _read() -> Mapping[str, Sequence[Version]]:
    found: defaultdict[str, list[Version]] = defaultdict(list)
    rows = TableVersion.objects.filter(state=TableVersion.State.IN_FORCE).order_by("valid_from")
    for table, key, digest, since, until in rows.values_list(
        "table", "pk", "digest", "valid_from", "valid_until"
    ):
        found[table].append(Version(key, digest, since, until))
    return dict(found)


def _committed(token: uuid.UUID) -> None:
    if _kept.uncommitted == token:
        _kept.uncommitted = None
