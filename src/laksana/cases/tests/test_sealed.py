"""Of a sealed case those who see only the cover find nothing of its content, wherever they look."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from laksana.cases import actions, announcing, search, services
from laksana.cases.engine.run import Run
from laksana.cases.models import Attachment, Case, WorkItem
from laksana.cases.references import existing
from laksana.cases.sight import sees_content
from laksana.cases.tests.conftest import MORNING, Desk
from laksana.files.models import StoredFile
from laksana.notices.models import Notice
from laksana.people.models import Person
from laksana.people.services import office_on
from laksana.sop.definition import FieldSpec

Begin = Callable[..., Desk]
COVER, SECRETS = (
    "Sampulxyzzy",
    {name: f"rahasia{name}xyzzy" for name in ("hal", "isi", "komentar", "berkas", "bukti", "baris")},
)
FIELDS: dict[str, Any] = {
    "sifat": {
        "label": "Sifat",
        "type": "choice",
        "choices": ["biasa", "rahasia"],
        "required": True,
        "envelope": True,
    },
    "asal": {"label": "Asal", "type": "text", "envelope": True},
    "hal": {"label": "Hal", "type": "text"},
    "isi": {"label": "Isi", "type": "longtext"},
    "catatan": {"label": "Catatan", "type": "table", "columns": {"teks": {"label": "Teks", "type": "text"}}},
}
STEPS: list[dict[str, Any]] = [
    {"id": "isi", "by": "kasubag", "asks": ["sifat", "asal", "hal", "isi"]},
    {"id": "teliti", "by": "kasubag", "journal": "catatan"},
    {"id": "simpan", "by": "staf", "then": "selesai"},
]
ACCESS: dict[str, Any] = {
    "by": "sifat",
    "levels": {"biasa": "terbuka", "rahasia": "rahasia"},
    "readers": ["kasubag"],
}


@pytest.fixture
def sealed(begin: Begin) -> Desk:
    """A case full of secrets; kasubag reads it, staf only carried and carries its envelope, kepala knows nothing of it."""
    desk = begin(
        steps=STEPS,
        fields=FIELDS,
        subject="{asal}: {hal}",
        data={"classification": "terbatas", "access": ACCESS},
    )
    office = desk.office
    desk.do("isi", "kasubag", sifat="rahasia", asal=COVER, hal=SECRETS["hal"], isi=SECRETS["isi"])
    actions.record_row(desk.item("teliti").pk, 1, office.kasubag, {"teks": SECRETS["baris"]}, desk.at)
    actions.comment(desk.case.pk, office.kasubag, SECRETS["komentar"], desk.at)
    stored = StoredFile.objects.create(sha256="1" * 64, size=1, media_type="text/plain", stored_at=MORNING)
    actions.attach(desk.case.pk, office.kasubag, stored, SECRETS["berkas"], desk.at)
    item = desk.item("teliti")
    actions.complete(item.pk, item.revision, office.kasubag, {}, desk.at, evidence=SECRETS["bukti"])
    desk.case.refresh_from_db()
    return desk


def shown(desk: Desk, person: Person) -> str:
    """Return everything that services give a person of the case, as one text."""
    view = services.case_view(desk.case.number, person, desk.at)
    encode = DjangoJSONEncoder().encode
    return "\n".join(
        [
            encode(view.values),
            encode(
                [
                    [entry.data, entry.event.data, entry.actor]
                    for entry in services.history(view.case, view.procedure, content=view.content)
                ]
            ),
            encode([file.name for file in services.attachments_for(person, desk.at, view.case)]),
            encode([[item.case.subject, item.step] for item in services.inbox(person, desk.at)]),
            encode(list(services.readable_by(person, desk.at).values("number", "subject"))),
        ]
    )


def test_who_carries_the_envelope_sees_the_cover_and_nothing_else(sealed: Desk) -> None:
    seen = shown(sealed, sealed.office.staf)
    assert COVER in seen
    assert [secret for secret in SECRETS.values() if secret in seen] == []


def test_a_reader_sees_it_all(sealed: Desk) -> None:
    seen = shown(sealed, sealed.office.kasubag)
    assert [name for name, secret in SECRETS.items() if secret not in seen] == []


def test_others_do_not_know_of_it(sealed: Desk) -> None:
    kepala = sealed.office.kepala
    assert not services.readable_by(kepala, sealed.at).exists()
    assert not services.attachments_for(kepala, sealed.at, sealed.case).exists()


def test_who_is_named_in_it_reads_it(sealed: Desk) -> None:
    sealed.case.named_readers.create(desk="position:kepala", since=sealed.at)
    assert SECRETS["isi"] in shown(sealed, sealed.office.kepala)


def test_it_is_found_by_its_cover_only(sealed: Desk) -> None:
    everything = Case.objects.all()
    assert list(search.search(everything, COVER)) == [sealed.case]
    assert [secret for secret in SECRETS.values() if search.search(everything, secret).exists()] == []


def test_a_case_that_becomes_sealed_is_no_longer_found_by_what_it_held(begin: Begin) -> None:
    steps = [STEPS[0], {"id": "sifatkan", "by": "kasubag", "asks": ["sifat"]}, STEPS[2]]
    parts = {"fields": {n: s for n, s in FIELDS.items() if n != "catatan"}, "subject": "{asal}: {hal}"}
    desk = begin(steps=steps, **parts, data={"classification": "terbatas", "access": ACCESS})
    desk.do("isi", "kasubag", sifat="biasa", asal=COVER, hal=SECRETS["hal"], isi=SECRETS["isi"])
    assert search.search(Case.objects.all(), SECRETS["hal"]).exists()
    desk.do("sifatkan", "kasubag", sifat="rahasia")
    assert not search.search(Case.objects.all(), SECRETS["hal"]).exists()
    assert Case.objects.get().subject == COVER


def test_notices_do_not_carry_it_out(sealed: Desk) -> None:
    announcing.tell_of_items(WorkItem.objects.values_list("pk", flat=True), sealed.at + timedelta(minutes=1))
    told = "\n".join(Notice.objects.values_list("text", flat=True))
    assert sealed.case.number in told
    assert [secret for secret in [COVER, *SECRETS.values()] if secret in told] == []


def test_few_and_many_cases_are_told_apart_alike(sealed: Desk) -> None:
    for person in (sealed.office.staf, sealed.office.kasubag, sealed.office.kepala):
        one = services.cases_seen_by(person, sealed.at, [sealed.case.pk])
        known = services.readable_by(person, sealed.at).exists()
        run = Run.read(sealed.case, sealed.at, person)
        content = known and sees_content(sealed.case, run.procedure, person, run.office.desks_of(person.pk))
        assert bool(one) is content


def test_a_file_of_it_cannot_be_named_in_the_form_of_another_case(sealed: Desk) -> None:
    file, person = Attachment.objects.get(case=sealed.case), sealed.office.staf
    other = actions.start("contoh", person, sealed.at, values={})
    spec = FieldSpec.model_validate({"label": "Berkas", "type": "file"})
    office = office_on(sealed.at)
    assert not existing(other, person, office)(spec, file.pk)
    assert existing(sealed.case, sealed.office.kasubag, office)(spec, file.pk)


def test_a_level_can_be_known_to_a_desk_that_has_no_work_in_the_case(begin: Begin) -> None:
    access = {
        **ACCESS,
        "levels": {"biasa": "terbatas", "rahasia": "rahasia"},
        "known_to": {"terbatas": ["position sekretaris"], "rahasia": ["position sekretaris"]},
        "files": "path",
    }
    data = {"classification": "dikecualikan", "access": access}
    desk = begin(steps=STEPS, fields=FIELDS, subject="{asal}: {hal}", data=data)
    secretary, head = desk.office.sekretaris, desk.office.kepala
    assert not services.readable_by(secretary, desk.at).exists()  # its level is none that is known to him
    desk.do("isi", "kasubag", sifat="biasa", asal=COVER, hal=SECRETS["hal"], isi="x")
    view = services.case_view(desk.case.number, secretary, desk.at)
    assert (view.content, view.files, view.mine, view.values["hal"]) == (True, False, [], SECRETS["hal"])
    assert services.cases_seen_by(secretary, desk.at, [desk.case.pk]) == {desk.case.pk}
    assert not services.readable_by(head, desk.at).exists()


def test_of_a_sealed_case_known_to_a_desk_only_the_cover_is_seen(begin: Begin) -> None:
    access = {**ACCESS, "known_to": {"rahasia": ["position sekretaris"]}}
    data = {"classification": "terbatas", "access": access}
    desk = begin(steps=STEPS, fields=FIELDS, subject="{asal}: {hal}", data=data)
    desk.do("isi", "kasubag", sifat="rahasia", asal=COVER, hal=SECRETS["hal"], isi=SECRETS["isi"])
    text = shown(desk, desk.office.sekretaris)
    assert COVER in text
    assert not any(secret in text for secret in SECRETS.values())
