"""How a draft takes effect: a case of drafting an SOP takes it for examination, and what was examined becomes a version."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases.errors import Refused
from laksana.cases.models import Case, SopVersion
from laksana.library.drafts.examining import examined
from laksana.library.drafts.saving import carrying, newest_version, open_draft
from laksana.library.models import SopDraft
from laksana.sop.definition import as_yaml, dump, load


@dataclass(frozen=True)
class Identity:
    """What is known of a version once it was made official: its number and dates."""

    number: str
    made: date
    revised: date | None
    effective: date


def obstacle(procedure: str, case: Case) -> str:
    """Return why a case cannot take the draft of a procedure; "" when it can."""
    draft = open_draft(procedure)
    if draft is None:
        return _("There is no open draft of %(procedure)s.") % {"procedure": procedure}
    if carrying(draft) and draft.case_id != case.pk:
        return _("The case %(case)s carries this draft already.") % {"case": draft.case}
    return ""


def take(procedure: str, case: Case) -> SopDraft:
    """Let a case take the open draft of a procedure as it stands; return it. Raises Refused.

    What is typed into the draft afterwards is not what this case examines, unless it takes the draft again.
    """
    if why := obstacle(procedure, case):
        raise Refused(why)
    draft = SopDraft.objects.select_for_update().get(procedure=procedure, state=SopDraft.State.OPEN)
    draft.case, draft.taken, draft.taken_revision = case, draft.data, draft.revision
    draft.save(update_fields=["case", "taken", "taken_revision"])
    return draft


def carried_by(case: Case) -> SopDraft | None:
    """Return the draft that a case has taken and that is no version yet."""
    drafts = SopDraft.objects.select_for_update().filter(
        case=case, state=SopDraft.State.OPEN, taken__isnull=False
    )
    return drafts.first()


def faults(draft: SopDraft, at: datetime) -> list[str]:
    """Return what keeps what was taken of a draft from taking effect, in words."""
    found = examined(draft, draft.taken or {}, at).findings
    return [finding.text.in_language(_) for finding in found if finding.grave]


def enact(draft: SopDraft, identity: Identity, at: datetime) -> SopVersion:
    """Make what was taken of a draft the next version of its procedure; return it. Raises Refused for a faulty one.

    It is in force from its date; cases that run stay on their version. What was typed since it was taken goes on as a new draft.
    """
    if found := faults(draft, at):
        raise Refused(" ".join(found))
    version = _version(draft, identity)
    rest = draft.data if draft.revision != draft.taken_revision else None
    draft.state, draft.version, draft.data = SopDraft.State.IN_FORCE, version.version, draft.taken
    draft.save(update_fields=["state", "version", "data"])
    if rest is not None:
        SopDraft.objects.create(
            procedure=draft.procedure, data=rest, based_on=version.version,
            changed_by_id=draft.changed_by_id, changed_at=draft.changed_at,
        )  # fmt: skip
    return version


def _version(draft: SopDraft, identity: Identity) -> SopVersion:
    taken: dict[str, Any] = draft.taken or {}
    number = newest_version(draft.procedure).version + 1
    official = {
        "number": identity.number,
        "version": number,
        "made": identity.made.isoformat(),
        "effective": identity.effective.isoformat(),
        "approved_by": taken["identity"]["approved_by"],
    }
    if identity.revised:
        official["revised"] = identity.revised.isoformat()
    procedure = load(as_yaml({**taken, "identity": official}), f"sop:{draft.procedure}")
    text = dump(procedure)
    return SopVersion.objects.create(
        procedure=procedure.id,
        version=number,
        code=procedure.code,
        title=procedure.title,
        unit=procedure.unit,
        effective=identity.effective,
        definition=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )
