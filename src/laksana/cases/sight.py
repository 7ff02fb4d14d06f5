"""What a person sees of a case that he may know of: everything, or of a sealed one only its cover."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from laksana.cases.models import Attachment, Case, Reader, WorkItem
from laksana.cases.subject import SEALED, on_cover
from laksana.people.models import Person
from laksana.sop.definition import Access, Procedure


def sees_content(case: Case, procedure: Procedure, person: Person, desks: Collection[str]) -> bool:
    """Return whether a person may see the content of a case.

    Of a sealed case only those do who hold or held a step of the lanes that its definition lists as readers, and those who were
    named in it; whoever merely carries the envelope does not.
    """
    if case.level not in SEALED:
        return True
    if case.named_readers.filter(desk__in=desks).exists():
        return True
    items = WorkItem.objects.had().filter(case=case)
    if procedure.data.access is not None:
        items = items.filter(lane__in=procedure.data.access.readers)
    return items.filter(desk__in=desks).exists() or items.filter(done_by=person).exists()


def opens_files(case: Case, procedure: Procedure, person: Person, desks: Collection[str]) -> bool:
    """Return whether a person may open the files of a case.

    Whoever sees its content may, unless the definition leaves them to those on its path: who has or had work in it,
    started it, or was named in it.
    """
    if not sees_content(case, procedure, person, desks):
        return False
    if not _on_path_only(procedure.data.access):
        return True
    work = WorkItem.objects.had().filter(Q(desk__in=desks) | Q(done_by=person), case=case)
    named = case.named_readers.filter(desk__in=desks)
    return case.initiator_id == person.pk or work.exists() or named.exists()


def content_seen(
    cases: "QuerySet[Case]",
    person: Person,
    desks: Collection[str],
    readers_of: Callable[[int], Collection[str] | None],
) -> set[int]:
    """Return the keys of those of `cases` whose content a person may see, in few queries however many they are.

    The cases must be ones that he may know of. `readers_of` gives the lanes whose holders read a sealed case of a version.
    """
    known = list(cases.values_list("pk", "level", "sop_id"))
    seen = {key for key, level, _sop in known if level not in SEALED}
    sealed = {key: sop for key, level, sop in known if level in SEALED}
    if not sealed:
        return seen
    seen |= set(Reader.objects.filter(case__in=sealed, desk__in=desks).values_list("case_id", flat=True))
    items = WorkItem.objects.had().filter(Q(desk__in=desks) | Q(done_by=person), case__in=sealed)
    for key, lane in items.values_list("case_id", "lane"):
        readers = readers_of(sealed[key])
        if readers is None or lane in readers:
            seen.add(key)
    return seen


def files_opened(
    cases: "QuerySet[Case]",
    person: Person,
    desks: Collection[str],
    access_of: Callable[[int], Access | None],
) -> set[int]:
    """Return the keys of those of `cases` whose files a person may open, in few queries; see `opens_files` for the rule.

    The cases must be ones that he may know of. `access_of` gives what a version says of access.
    """

    def readers_of(sop: int) -> Collection[str] | None:
        access = access_of(sop)
        return None if access is None else access.readers

    seen = content_seen(cases, person, desks, readers_of)
    known = cases.filter(pk__in=seen).values_list("pk", "sop_id", "initiator_id")
    closed = {key: initiator for key, sop, initiator in known if _on_path_only(access_of(sop))}
    path = {key for key, initiator in closed.items() if initiator == person.pk}
    work = WorkItem.objects.had().filter(Q(desk__in=desks) | Q(done_by=person), case__in=closed)
    path |= set(work.values_list("case_id", flat=True))
    path |= set(Reader.objects.filter(case__in=closed, desk__in=desks).values_list("case_id", flat=True))
    return (seen - closed.keys()) | path


def _on_path_only(access: Access | None) -> bool:
    return access is not None and access.files != "content"


def hidden_fields(case: Case, procedure: Procedure, person: Person, desks: Collection[str]) -> frozenset[str]:
    """Return the fields of a case that a person may not see, and whose files he may not open, though he sees the rest.

    Those that their definition leaves to some lanes, unless he holds or held a step of one of these.
    """
    kept = {name: set(spec.seen_by) for name, spec in procedure.fields.items() if spec.seen_by}
    if not kept:
        return frozenset()
    work = WorkItem.objects.had().filter(Q(desk__in=desks) | Q(done_by=person), case=case)
    lanes = set(work.values_list("lane", flat=True))
    return frozenset(name for name, allowed in kept.items() if allowed.isdisjoint(lanes))


def opens_file(
    file: Attachment, case: Case, procedure: Procedure, person: Person, desks: Collection[str]
) -> bool:
    """Return whether a person may open this file of a case: he opens its files, and its field is not kept from him."""
    if not opens_files(case, procedure, person, desks):
        return False
    return file.by_id == person.pk or file.field not in hidden_fields(case, procedure, person, desks)


def seen_values(
    procedure: Procedure,
    values: Mapping[str, Any],
    *,
    content: bool,
    files: bool = True,
    hidden: Collection[str] = (),
) -> dict[str, Any]:
    """Return those of a case's values that may be shown: all, or the cover's; files only to who may open them; none `hidden`."""
    fields = procedure.fields
    seen = values if content else on_cover(procedure, values)
    return {
        name: value
        for name, value in seen.items()
        if name in fields and name not in hidden and (files or fields[name].type not in ("file", "files"))
    }
