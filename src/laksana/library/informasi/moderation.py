"""Deciding what readers ask about published items, as a step of the item's case where that still stands open for it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from laksana.cases.actions.complete import complete
from laksana.cases.models import WorkItem
from laksana.cases.services import may_complete
from laksana.library.informasi.publication import address_of
from laksana.library.tables import Settings
from laksana.notices.models import Notice
from laksana.notices.services import notify_many
from laksana.people.models import Person
from laksana.people.services import desks_of, holders
from laksana.publishing import services as publishing
from laksana.publishing.models import Amendment, Response
from laksana.worktime.zone import local

EDITORS = ("group:redaktur", "group:admin-portal-berita", "position:kabid-diseminasi")
"""Who decides; the last is told when a decision is overdue."""
PUBLISHERS = ("group:admin-portal-berita", "group:pengelola-informasi-publik", "position:kabid-diseminasi")
"""Who keeps the channels."""
ASKED, OVERDUE = "tanggapan-pembaca", "tanggapan-lewat"
figure = Settings(__file__, "ketentuan-pembaca.csv")
_COMPLAINT = {"hak-jawab": "hak_jawab", "ralat": "aduan", "turun": "aduan"}
_ACTION = {"hak-jawab": "hak_jawab_dimuat", "ralat": "ralat", "turun": "turunkan"}


class AlreadyDecidedError(ValueError):
    """Somebody decided before."""


def may_moderate(person: Person, at: datetime) -> bool:
    """Return whether a person decides about what readers ask."""
    return not desks_of(person, at).isdisjoint(EDITORS)


def waiting_count() -> int:
    """Return how many readers wait for a decision."""
    return Response.objects.filter(state=Response.State.WAITING).count()


def received(response: Response, at: datetime) -> None:
    """Tell the editors that a reader asks something."""
    text = _("A reader asks about “%(title)s”: decide by %(when)s.") % {
        "title": response.item.title[:120],
        "when": f"{local(response.due_at):%d-%m-%Y %H.%M}",
    }
    people = {person.pk for desk in EDITORS[:2] for person in holders(desk, at)}
    notify_many(people, ASKED, text, _page(response), at)


def remind(at: datetime) -> int:
    """Tell the head of the editors, once, of each decision that is overdue; return of how many."""
    count = 0
    for response in Response.objects.filter(state=Response.State.WAITING, due_at__lte=at).select_related(
        "item"
    ):
        if Notice.objects.filter(kind=OVERDUE, url=_page(response)).exists():
            continue
        text = _("The 48 hours for an answer to a reader of “%(title)s” have passed.") % {
            "title": response.item.title[:120]
        }
        count += bool(
            notify_many({p.pk for p in holders(EDITORS[2], at)}, OVERDUE, text, _page(response), at)
        )
    return count


def kept_days() -> int:
    """Return for how many days after the decision it is kept who a reader is, how he is reached, and what he wrote."""
    return figure.whole("kontak_pembaca_hari")


def forget(at: datetime) -> int:
    """Delete who asked what was decided so long ago, and to whom items were delivered so long ago; return of how many readers."""
    publishing.forget_recipients(at - timedelta(days=figure.whole("penerima_kiriman_hari")))
    return publishing.forget_readers(at - timedelta(days=kept_days()), at)


@transaction.atomic
def decide(response: Response, granted: bool, said: str, person: Person, at: datetime) -> None:
    """Grant or refuse what a reader asks, with what is said of it, in the item and in its case.

    What is said is public for a correction (its text) and a takedown (its reason); a reply is published as the reader wrote it.
    Raises AlreadyDecidedError, and what an action of cases raises.
    """
    if not publishing.decide(response, granted, said, person, at):
        raise AlreadyDecidedError
    open_item = _watching(response)
    if open_item is not None and may_complete(person, open_item, at):
        _through_case(open_item, response, granted, said, person, at)
    elif granted:
        _by_itself(response, said, at)


def _watching(response: Response) -> WorkItem | None:
    """Return the step of the item's case that takes complaints; None where it is over."""
    items = WorkItem.objects.filter(case=response.item.case, state=WorkItem.State.OPEN)
    return items.filter(step="pantau-aduan").first()


def _through_case(
    item: WorkItem, response: Response, granted: bool, said: str, person: Person, at: datetime
) -> None:
    complaint: Mapping[str, Any] = {
        "jenis_aduan": _COMPLAINT[response.kind],
        "pengadu": response.name,
        "isi_aduan": response.text[:4000],
        "waktu_aduan": _typed(response.sent_at),
    }
    complete(item.pk, item.revision, person, complaint, at, outcome="Ada aduan")
    step = WorkItem.objects.get(case=item.case, step="koreksi", state=WorkItem.State.OPEN)
    action = _ACTION[response.kind] if granted else "aduan_ditolak"
    done: dict[str, Any] = {"tindakan": action, "waktu_tindakan": _typed(at), "catatan_tindakan": said}
    if action in ("ralat", "hak_jawab_dimuat"):
        done["tautan_koreksi"] = address_of(response.item)
    if action == "hak_jawab_dimuat":
        done["hak_jawab"] = response.text
    complete(step.pk, step.revision, person, done, at)


def _by_itself(response: Response, said: str, at: datetime) -> None:
    item, asked = response.item, response.sent_at
    if response.kind == Response.Kind.TAKEDOWN:
        publishing.take_down(item, said, at, asked_at=asked)
    elif response.kind == Response.Kind.REPLY:
        publishing.amend(item, Amendment.Kind.REPLY, response.text, at, by=response.name, asked_at=asked)
    else:
        publishing.amend(item, Amendment.Kind.CORRECTION, said, at, asked_at=asked)


def _typed(at: datetime) -> str:
    return f"{local(at):%Y-%m-%dT%H:%M:%S}"


def _page(response: Response) -> str:
    return reverse("workspace:moderate", args=[response.pk])
