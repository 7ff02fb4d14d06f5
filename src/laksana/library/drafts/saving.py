"""Beginning, keeping and giving up a draft. Whoever saves names the revision that he saw; nothing unseen is written over."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from laksana.cases.errors import NotFound, Refused
from laksana.cases.models import SopVersion
from laksana.cases.services import definition_in_force, version_in_force
from laksana.library.drafts.rights import check_may_revise
from laksana.library.models import SopDraft
from laksana.people.models import Person
from laksana.sop.definition import as_data, load
from laksana.sop.revising import Data


class ChangedMeanwhile(Refused):
    """Somebody saved the draft, or closed it, after the revision that was seen; `draft` is how it stands."""

    def __init__(self, draft: SopDraft) -> None:
        super().__init__(_("%(who)s has saved this draft in the meantime.") % {"who": draft.changed_by})
        self.draft = draft


def open_draft(procedure: str) -> SopDraft | None:
    """Return the draft of a procedure that is being written, if there is one."""
    drafts = SopDraft.objects.filter(procedure=procedure, state=SopDraft.State.OPEN)
    return drafts.select_related("changed_by", "case").first()


def newest_version(procedure: str) -> SopVersion:
    """Return the latest version of a procedure, in force or about to be. Raises NotFound."""
    version = SopVersion.objects.filter(procedure=procedure).order_by("-version").first()
    if version is None:
        raise NotFound(f"there is no procedure {procedure}")
    return version


def begin(procedure: str, person: Person, at: datetime) -> SopDraft:
    """Return the open draft of a procedure; where there is none, a new one that says what its latest version says.

    Raises NotYours, NotFound.
    """
    check_may_revise(person, at)
    if (draft := open_draft(procedure)) is not None:
        return draft
    version = newest_version(procedure)
    data = as_data(load(version.definition, str(version)))
    try:
        with transaction.atomic():
            return _new(procedure, data, version.version, person, at)
    except IntegrityError:
        if (draft := open_draft(procedure)) is None:
            raise
        return draft


def _new(procedure: str, data: Data, based_on: int, person: Person, at: datetime) -> SopDraft:
    return SopDraft.objects.create(
        procedure=procedure, data=data, based_on=based_on, changed_by=person, changed_at=at
    )


def save(draft: SopDraft, seen: int, data: Data, person: Person, at: datetime) -> SopDraft:
    """Keep what a draft says now; return it with its new revision, or as it stands when nothing changed.

    Raises NotYours, and ChangedMeanwhile when `seen` is no longer its revision or it is no longer open.
    """
    check_may_revise(person, at)
    if draft.revision == seen and draft.state == SopDraft.State.OPEN and draft.data == data:
        return draft
    return _write(draft, seen, person, at, data=data)


def drop(draft: SopDraft, seen: int, person: Person, at: datetime) -> SopDraft:
    """Give a draft up; its row is kept. Raises NotYours, ChangedMeanwhile, and Refused while a case carries it."""
    check_may_revise(person, at)
    if carrying(draft):
        raise Refused(_("The case %(case)s carries this draft; it ends with it.") % {"case": draft.case})
    return _write(draft, seen, person, at, state=SopDraft.State.DROPPED)


def carrying(draft: SopDraft) -> bool:
    """Return whether a running case carries the draft."""
    return draft.case is not None and draft.case.state == draft.case.State.RUNNING


def _write(draft: SopDraft, seen: int, person: Person, at: datetime, **changes: Any) -> SopDraft:
    unseen = SopDraft.objects.filter(pk=draft.pk, revision=seen, state=SopDraft.State.OPEN)
    written = unseen.update(revision=F("revision") + 1, changed_by=person, changed_at=at, **changes)
    now = SopDraft.objects.select_related("changed_by", "case").get(pk=draft.pk)
    if not written:
        raise ChangedMeanwhile(now)
    return now


def in_force_data(procedure: str, at: datetime) -> tuple[SopVersion, dict[str, Any]]:
    """Return the version of a procedure in force, and its plain data. Raises NotFound."""
    return version_in_force(procedure, at), as_data(definition_in_force(procedure, at))
