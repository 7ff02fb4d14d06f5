"""Comments and files of a case, files of forms not sent, records for outside parties."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings

from laksana.cases import actions, services, uploads
from laksana.cases.errors import Invalid, NotFound
from laksana.cases.models import Attachment, Draft, WorkItem
from laksana.cases.tests.conftest import MORNING, Desk, Office, definition, install
from laksana.files.models import StoredFile
from laksana.files.services import FileRefused
from laksana.people.models import Person
from laksana.sop.definition import FieldSpec

Begin = Callable[..., Desk]
STEPS: list[dict[str, Any]] = [
    {"id": "isi", "asks": ["berkas", "lampiran"]},
    {"id": "tutup", "by": "kasubag", "then": "selesai"},
]
COLUMNS: dict[str, Any] = {
    "judul": {"label": "Judul", "type": "text"},
    "pindai": {"label": "Pindai", "type": "files"},
}
FIELDS: dict[str, Any] = {
    "berkas": {"label": "Berkas", "type": "file"},
    "lampiran": {"label": "Lampiran", "type": "table", "columns": COLUMNS},
}


def stored(digit: str = "0") -> StoredFile:
    return StoredFile.objects.create(sha256=digit * 64, size=1, media_type="text/plain", stored_at=MORNING)


def put_in(person: Person, digit: str = "0") -> Attachment:
    """Return a file that a person put into a form which he did not send yet."""
    return Attachment.objects.create(stored=stored(digit), name=f"{digit}.txt", by=person, at=MORNING)


def test_a_comment_stands_in_the_history(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS)
    actions.comment(desk.case.pk, desk.office.kepala, "  Segera ya.  ", desk.at)
    entry = next(services.history(desk.case, services.definition(desk.case), content=True))
    assert (entry.event.kind, entry.data["text"], entry.actor) == ("commented", "Segera ya.", "Kepala Contoh")
    for text in ("  ", "x" * 5001):
        with pytest.raises(Invalid):
            actions.comment(desk.case.pk, desk.office.kepala, text, desk.at)


def test_who_may_not_know_of_a_case_neither_comments_nor_attaches(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, data={"classification": "terbatas"})
    with pytest.raises(NotFound):
        actions.comment(desk.case.pk, desk.office.kepala, "halo", desk.at)
    with pytest.raises(NotFound):
        actions.attach(desk.case.pk, desk.office.kepala, stored(), "a.txt", desk.at)
    with pytest.raises(NotFound):
        actions.comment(0, desk.office.kepala, "halo", desk.at)


def test_a_file_is_attached_with_its_fingerprint_in_the_history(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS)
    actions.attach(desk.case.pk, desk.office.staf, stored(), "peta.txt", desk.at)
    assert desk.case.events.get(kind="attached").data == {"name": "peta.txt", "sha256": "0" * 64}
    assert [file.name for file in services.attachments_for(desk.office.kepala, desk.at, desk.case)] == [
        "peta.txt"
    ]


def test_files_of_a_form_become_the_case_s_those_in_tables_too(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS)
    item, person = desk.item("isi"), desk.office.staf
    first, second, third = (put_in(person, digit) for digit in "123")
    rows = [{"judul": "a", "pindai": [second.pk]}, {"judul": "b", "pindai": [third.pk]}]
    desk.do("isi", berkas=first.pk, lampiran=rows)
    found = Attachment.objects.filter(case=desk.case, work_item=item).order_by("pk")
    assert [(file.pk, file.field) for file in found] == [
        (first.pk, "berkas"),
        (second.pk, "lampiran"),
        (third.pk, "lampiran"),
    ]


def test_files_given_with_the_start_lie_at_the_first_step(office: Office) -> None:
    install(definition(steps=[{"id": "terima", "asks": ["berkas"]}, *STEPS], fields=FIELDS))
    file = put_in(office.staf)
    case = actions.start("contoh", office.staf, MORNING, values={"berkas": file.pk})
    file.refresh_from_db()
    assert (file.case, file.work_item) == (case, WorkItem.objects.get(case=case, step="terima"))


def test_the_file_of_another_person_is_refused(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS)
    other = put_in(desk.office.staf2)
    with pytest.raises(Invalid) as refusal:
        desk.do("isi", berkas=other.pk)
    assert set(refusal.value.errors) == {"berkas"}


def test_a_field_sets_how_large_its_file_may_be(office: Office) -> None:
    spec = FieldSpec.model_validate(
        {"label": "Berkas", "type": "file", "max_size": "1 KB", "accept": ["text/plain"]}
    )
    with pytest.raises(FileRefused):
        services.upload(BytesIO(b"a" * 1025), "a.txt", spec, office.staf, MORNING)
    assert services.upload(BytesIO(b"a" * 1024), "a.txt", spec, office.staf, MORNING).by == office.staf


def test_files_never_sent_are_forgotten_unless_a_draft_names_them(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS)
    person = desk.office.staf
    forgotten, drafted, in_table = (put_in(person, digit) for digit in "123")
    raw = {"berkas": str(drafted.pk), "lampiran": [{"judul": "9", "pindai": [in_table.pk]}]}
    Draft.objects.create(work_item=desk.item("isi"), person=person, data={"raw": raw}, saved_at=MORNING)
    old = MORNING + settings.UPLOADS_KEPT
    assert uploads.forget_unsent(old) == 0
    assert uploads.forget_unsent(old + timedelta(seconds=1)) == 1
    assert set(Attachment.objects.values_list("pk", flat=True)) == {drafted.pk, in_table.pk}
    assert not Attachment.objects.filter(pk=forgotten.pk).exists()


def test_a_draft_of_a_closed_step_is_forgotten_with_its_files(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS)
    file = put_in(desk.office.staf)
    Draft.objects.create(
        work_item=desk.item("isi"),
        person=desk.office.staf,
        data={"raw": {"berkas": file.pk}},
        saved_at=MORNING,
    )
    Draft.objects.create(procedure="contoh", person=desk.office.staf, data={"raw": {}}, saved_at=MORNING)
    desk.do("isi")
    assert uploads.forget_unsent(MORNING + settings.UPLOADS_KEPT + timedelta(days=1)) == 1
    assert Draft.objects.get().work_item is None


def test_files_of_a_case_are_never_forgotten(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS)
    desk.do("isi", berkas=put_in(desk.office.staf).pk)
    assert uploads.forget_unsent(MORNING + timedelta(days=1000)) == 0
    assert Attachment.objects.count() == 1


def test_what_is_recorded_for_an_outside_party_needs_evidence(begin: Begin) -> None:
    outside = {"bkd": {"title": "BKPSDM", "is": "outside", "recorded_by": "position staf"}}
    steps = [{"id": "jawab", "by": "bkd"}, {"id": "tutup", "by": "kasubag", "then": "selesai"}]
    desk = begin(steps=steps, performers=outside)
    item = desk.item("jawab")
    with pytest.raises(Invalid) as refusal:
        desk.do("jawab")
    assert set(refusal.value.errors) == {"evidence"}
    actions.complete(item.pk, item.revision, desk.office.staf, {}, desk.at, evidence=" Surat nomor 12 ")
    item.refresh_from_db()
    assert item.done_as == "BKPSDM"
    event = desk.case.events.get(step="jawab", kind="completed")
    assert (event.acting_as, event.data["evidence"]) == ("BKPSDM", "Surat nomor 12")
