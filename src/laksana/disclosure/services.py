"""The door of `disclosure`: what is given of each file, blacking out, the second person, and who read what is personal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from laksana.cases import services as cases
from laksana.cases.actions import record_beside
from laksana.cases.errors import Invalid, NotYours, Refused
from laksana.cases.models import Attachment, Case, WorkItem
from laksana.disclosure.blackout import MOST_PAGES, PDF, PICTURES, BlackoutError, Box, blacked_out, places_of
from laksana.disclosure.grounds import Given, declare, given_by
from laksana.disclosure.models import Mark, Reading, Release
from laksana.disclosure.scale import WHOLE
from laksana.files import services as files
from laksana.jobs.services import enqueue
from laksana.people.models import Person
from laksana.people.services import desks_of

__all__ = [
    "WHOLE", "Box", "Given", "Mark", "Reading", "Release", "Standing", "approve", "declare", "find_words",
    "give_back", "given_by", "hand_in", "mark", "may_approve", "may_prepare", "note_reading", "open_again",
    "release_of", "released", "rows", "sources_of", "standing", "unmark",
]  # fmt: skip

_State, _Handling = Release.State, Release.Handling
_READ_AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class Standing:
    """A file of a case and what is decided of it; `release` is not saved where nobody has begun."""

    file: Attachment
    release: Release

    @property
    def approved(self) -> bool:
        """Return whether a second person has approved what becomes of it."""
        return self.release.state == _State.APPROVED

    @property
    def can_be_blacked_out(self) -> bool:
        """Return whether parts of it can be blacked out here."""
        return self.file.stored.media_type in PICTURES | {PDF}


def sources_of(case: Case, values: Mapping[str, Any] | None = None) -> list[Attachment]:
    """Return the files of a case that its procedure gives to somebody outside, as the office has them.

    `values` stand in place of the case's own: what is being sent now.
    """
    given = given_by(case.procedure)
    if given is None:
        return []
    held: Mapping[str, Any] = case.data if values is None else values
    keys = [key for field in given.sources for key in _keys(held.get(field))]
    return list(Attachment.objects.filter(pk__in=keys, case=case).select_related("stored").order_by("pk"))


def standing(case: Case, values: Mapping[str, Any] | None = None) -> list[Standing]:
    """Return every file that may be given, with what is decided of it so far."""
    decided = {each.source_id: each for each in case.releases.prefetch_related("marks")}
    return [
        Standing(file, decided.get(file.pk) or Release(case=case, source=file))
        for file in sources_of(case, values)
    ]


def released(case: Case, values: Mapping[str, Any] | None = None, *, whole: bool = False) -> list[Attachment]:
    """Return the files to be given: the new ones for those blacked out, and those given as they are. Withheld ones are not there.

    Raises Refused where the two people have not decided each of them, or none is blacked out or withheld, unless all may be
    given `whole`.
    """
    found = standing(case, values)
    if waiting := [each.file.name for each in found if not each.approved]:
        raise Refused(
            _("Not decided by two people yet, what becomes of: %(files)s.") % {"files": ", ".join(waiting)}
        )
    if found and not whole and all(each.release.handling == _Handling.WHOLE for each in found):
        raise Refused(_("Every file would be given as it is: nothing is blacked out or kept back."))
    products = [_product(each) for each in found if each.release.handling != _Handling.WITHHELD]
    return [each for each in products if each is not None]


def _product(each: Standing) -> Attachment | None:
    return each.release.product if each.release.handling == _Handling.BLACKED_OUT else each.file


def rows(case: Case, values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """Return what was blacked out or kept back: file, page, what kind of information, ground and reason; never the words."""
    found: list[dict[str, Any]] = []
    for each in standing(case, values):
        name = each.file.name
        if each.release.handling == _Handling.BLACKED_OUT and each.release.pk:
            seen: dict[tuple[Any, ...], int] = {}
            for one in each.release.marks.all():
                key = (one.page, one.part, one.ground, one.reason)
                seen[key] = seen.get(key, 0) + 1
            found += [
                {
                    "berkas": name,
                    "halaman": str(page),
                    "uraian_bagian": f"{part} ({count} bagian)" if count > 1 else part,
                    "huruf_pasal_17": ground,
                    "alasan": reason,
                }
                for (page, part, ground, reason), count in seen.items()
            ]
    return found


def release_of(case: Case, attachment: int) -> Standing:
    """Return one file of a case with what is decided of it. Raises NotYours where it is none that is given."""
    found = next((each for each in standing(case) if each.file.pk == attachment), None)
    if found is None:
        raise NotYours(_("This file is not one that is given to the applicant."))
    return found


def may_prepare(person: Person, case: Case, at: datetime) -> bool:
    """Return whether a person may decide what becomes of the files of a case: it runs, and work of it lies on his desk."""
    if case.state != Case.State.RUNNING or not cases.may_open_files(person, at, case.pk):
        return False
    states = (WorkItem.State.OPEN, WorkItem.State.WAITING)
    return case.work_items.filter(state__in=states, desk__in=desks_of(person, at)).exists()


def may_approve(person: Person, release: Release, at: datetime) -> bool:
    """Return whether a person may be the second one: he has or had work in the case, and neither marked nor handed in."""
    if not release.pk or person.pk == release.handed_in_by_id or release.marks.filter(by=person).exists():
        return False
    if not cases.may_open_files(person, at, release.case_id):
        return False
    return WorkItem.objects.had().filter(case=release.case_id, desk__in=desks_of(person, at)).exists()


def mark(  # noqa: PLR0913  (what a mark says)
    case: Case,
    attachment: int,
    boxes: Iterable[Box],
    person: Person,
    at: datetime,
    *,
    part: str,
    ground: str,
    reason: str,
) -> int:
    """Mark places of a file to be blacked out, on one ground and for one reason; return how many. Raises NotYours, Invalid."""
    boxes = list(boxes)
    _check_grounds(case, part, ground, reason)
    if not boxes or not all(map(_on_page, boxes)):
        raise Invalid({"": _("Say which part of the page.")})
    with transaction.atomic():
        release = _draft(case, attachment, person, at)
        there = {(m.page, m.left, m.top, m.width, m.height) for m in release.marks.all()}
        made = [
            Mark(
                release=release,
                page=box.page,
                left=box.left,
                top=box.top,
                width=box.width,
                height=box.height,
                part=part.strip(),
                ground=ground,
                reason=reason.strip(),
                by=person,
                at=at,
            )
            for box in dict.fromkeys(boxes)
            if (box.page, box.left, box.top, box.width, box.height) not in there
        ]
        Mark.objects.bulk_create(made)
    return len(made)


def unmark(case: Case, attachment: int, key: int, person: Person, at: datetime) -> None:
    """Take a mark away again. Raises NotYours."""
    with transaction.atomic():
        _draft(case, attachment, person, at).marks.filter(pk=key).delete()


def find_words(file: Attachment, words: str) -> list[Box]:
    """Return where words stand in a file's text. Raises Refused where the file cannot be read."""
    try:
        with files.open_file(file.stored) as content:
            return places_of(content, file.stored.media_type, words)
    except (BlackoutError, FileNotFoundError) as error:
        raise Refused(_("The text of this file cannot be read. Mark the places on the page.")) from error


def hand_in(case: Case, attachment: int, handling: str, reason: str, person: Person, at: datetime) -> Release:
    """Say that a file is ready for the second person; a new file is made of one with marks. Raises NotYours, Invalid."""
    if handling not in _Handling.values:
        raise Invalid({"handling": _("Choose what becomes of the file.")})
    with transaction.atomic():
        release = _draft(case, attachment, person, at)
        blacked = handling == _Handling.BLACKED_OUT
        if blacked and not release.marks.exists():
            raise Invalid({"": _("Nothing is marked in this file.")})
        if not blacked and not reason.strip():
            raise Invalid({"reason": _("Say why.")})
        release.handling, release.reason = _Handling(handling), "" if blacked else reason.strip()[:500]
        release.state, release.note, release.fault = _State.HANDED_IN, "", ""
        release.handed_in_by, release.handed_in_at = person, at
        release.save()
        if blacked:
            from laksana.disclosure.tasks import make_blacked_out

            enqueue(make_blacked_out, release_id=release.pk)
    return release


def make(release_id: int, at: datetime) -> None:
    """Make the new file of a release that was handed in and attach it to its case; made already, nothing happens."""
    release = Release.objects.select_related("source__stored", "case").get(pk=release_id)
    if release.state != _State.HANDED_IN or release.product_id or release.handling != _Handling.BLACKED_OUT:
        return
    marks = list(release.marks.all())
    title = _("%(name)s (blacked out)") % {"name": release.source.name.rpartition(".")[0]}
    try:
        with files.open_file(release.source.stored) as content:
            made = blacked_out(content, release.source.stored.media_type, map(_box, marks), title)
    except (BlackoutError, FileNotFoundError) as error:
        Release.objects.filter(pk=release_id, state=_State.HANDED_IN).update(
            state=_State.DRAFT, fault=str(error)[:300]
        )
        return
    stored = files.store(BytesIO(made), f"{title}.pdf", accept=(PDF,), max_bytes=len(made), at=at)
    with transaction.atomic():
        now = Release.objects.select_for_update(of=("self",)).get(pk=release_id)
        if now.state != _State.HANDED_IN or [_box(m) for m in now.marks.all()] != [_box(m) for m in marks]:
            return  # taken up again meanwhile
        person = now.handed_in_by
        now.product = Attachment.objects.create(
            case=release.case, stored=stored, name=f"{title[:190]}.pdf", by=person, at=at, read_at=at
        )
        now.save(update_fields=["product"])
        assert person is not None  # noqa: S101  (who handed it in)
        data = {"name": now.product.name, "sha256": stored.sha256, "marks": len(marks)}
        record_beside(release.case_id, "file-blacked-out", person, data, at)


def approve(case: Case, attachment: int, person: Person, at: datetime) -> Release:
    """Approve, as the second person, what becomes of a file. Raises NotYours, Refused."""
    with transaction.atomic():
        release = _waiting(case, attachment, person, at)
        if release.handling == _Handling.BLACKED_OUT and release.product_id is None:
            raise Refused(_("The new file is still being made."))
        release.state, release.approved_by, release.approved_at = _State.APPROVED, person, at
        release.save()
        told = {"name": release.source.name, "handling": release.handling}
        record_beside(case.pk, "release-approved", person, told, at)
    return release


def give_back(case: Case, attachment: int, note: str, person: Person, at: datetime) -> Release:
    """Give a file back to whoever prepared it, with what is to be mended. Raises NotYours, Invalid."""
    if not note.strip():
        raise Invalid({"note": _("Say what is to be mended.")})
    with transaction.atomic():
        release = _waiting(case, attachment, person, at)
        _to_draft(release, note.strip()[:1000])
        record_beside(case.pk, "release-given-back", person, {"reason": release.note}, at)
    return release


def open_again(case: Case, attachment: int, person: Person, at: datetime) -> Release:
    """Take up again a file that was handed in or approved: its approval and its new file no longer count. Raises NotYours."""
    if not may_prepare(person, case, at):
        raise NotYours(_("The files of this case are not yours to prepare."))
    with transaction.atomic():
        release = Release.objects.select_for_update(of=("self",)).get(case=case, source=attachment)
        _to_draft(release, release.note)
    return release


def note_reading(
    case: Case, person: Person, fields: Iterable[str], at: datetime, attachment: Attachment | None = None
) -> None:
    """Write down that a person read what is personal in a case; the same again within the hour is written once."""
    what = ", ".join(sorted(fields))[:200]
    if not what:
        return
    same = Reading.objects.filter(case=case, person=person, attachment=attachment, what=what)
    if not same.filter(at__gt=at - _READ_AGAIN).exists():
        Reading.objects.create(case=case, person=person, attachment=attachment, what=what, at=at)


def _keys(held: Any) -> list[int]:
    if held is None or held == "":
        return []
    return [int(key) for key in (held if isinstance(held, list) else [held])]


def _on_page(box: Box) -> bool:
    """Return whether a box lies on its page and covers something."""
    across, down = box.left + box.width, box.top + box.height
    inside = min(box.left, box.top) >= 0 and max(across, down) <= WHOLE
    return inside and 1 <= box.page <= MOST_PAGES and min(box.width, box.height) >= 1


def _box(each: Mark) -> Box:
    return Box(each.page, each.left, each.top, each.width, each.height)


def _check_grounds(case: Case, part: str, ground: str, reason: str) -> None:
    given = given_by(case.procedure)
    faults = {}
    if given is None or ground not in given.grounds():
        faults["ground"] = _("Choose the ground.")
    if not part.strip() or len(part) > 200:
        faults["part"] = _("Say in a few words what kind of information it is, not the information itself.")
    if not reason.strip() or len(reason) > 500:
        faults["reason"] = _("Say why, in at most 500 characters.")
    if faults:
        raise Invalid(faults)


def _draft(case: Case, attachment: int, person: Person, at: datetime) -> Release:
    """Return the release of a file, locked, as long as it is being prepared. Raises NotYours, Refused."""
    if not may_prepare(person, case, at):
        raise NotYours(_("The files of this case are not yours to prepare."))
    file = release_of(case, attachment).file
    Release.objects.get_or_create(source=file, defaults={"case": case})
    release = Release.objects.select_for_update(of=("self",)).get(source=file)
    if release.state != _State.DRAFT:
        raise Refused(
            _("This file waits for the second person or is approved. Take it up again to change it.")
        )
    return release


def _waiting(case: Case, attachment: int, person: Person, at: datetime) -> Release:
    """Return the release of a file, locked, that waits for this second person. Raises NotYours, Refused."""
    release = (
        Release.objects.select_for_update(of=("self",))
        .select_related("source")
        .filter(case=case, source=attachment)
        .first()
    )
    if release is None or release.state != _State.HANDED_IN:
        raise Refused(_("This file does not wait for a second person."))
    if not may_approve(person, release, at):
        raise NotYours(_("Four eyes: whoever prepared the file may not approve it."))
    return release


def _to_draft(release: Release, note: str) -> None:
    release.state, release.note, release.product = _State.DRAFT, note, None
    release.approved_by = release.approved_at = None
    release.save()
