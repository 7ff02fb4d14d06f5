"""A draft written in the browser becomes a version in force by way of this procedure, and by no other."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from laksana.cases import actions
from laksana.cases.actions.migrate import preview_migration
from laksana.cases.errors import NotYours, Refused
from laksana.cases.models import Case, SopVersion
from laksana.cases.play import PlayError, Scenario, play, read_script
from laksana.cases.play.script import Expect
from laksana.cases.services import definition, definition_in_force, version_in_force
from laksana.library import services
from laksana.library.drafts import effect
from laksana.library.drafts.rights import may_revise
from laksana.library.drafts.saving import ChangedMeanwhile, begin, drop, open_draft, save
from laksana.library.models import SopDraft
from laksana.library.tatalaksana.penyusunan_sop.from_draft import fields_of
from laksana.people.models import Account, Group, Person
from laksana.sop.revising import table_of, with_rows
from laksana.worktime.zone import OFFICE_ZONE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
FOLDER = Path(__file__).parent
START = datetime(2027, 5, 31, 9, tzinfo=OFFICE_ZONE)
PROCEDURE = "bahan-bacaan"


@pytest.fixture(autouse=True)
def _gone_after() -> Iterator[None]:
    """Let every test find the office as its module made it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def officer() -> Person:
    """A member of the team that drafts SOPs."""
    return Person.objects.get(account__username="nawang")


def revised(officer: Person, at: datetime = START) -> SopDraft:
    """Return a draft whose first row takes longer and says more."""
    draft = begin(PROCEDURE, officer, at)
    first, *others = table_of(draft.data).rows
    rows = [replace(first, time="2 hari kerja", note="Diubah di peramban"), *others]
    return save(draft, draft.revision, with_rows(draft.data, rows), officer, at)


def played(last: str, **instead: dict[str, Any]) -> Case:
    """Carry out the worked example of a revision up to a step, with other data at some steps; return its case."""
    script = read_script((FOLDER / "scenarios.yaml").read_text(encoding="utf-8"), "scenarios.yaml")
    whole = next(each for each in script if each.id == "revisi-lalu-cabut").model_copy(deep=True)
    acts = []
    for act in whole.acts:
        if act.expect.refuses:
            continue
        act.expect = Expect()
        name = (act.step or "").replace("-", "_")
        if name in instead:
            act.data = {**act.data, **instead[name]}
            for cell in [key for key, value in act.data.items() if value is None]:
                del act.data[cell]
        acts.append(act)
        if act.step == last:
            break
    for _event in play(Scenario.model_validate({**whole.model_dump(), "acts": acts}), FOLDER):
        pass
    return Case.objects.filter(procedure="penyusunan-sop").latest("pk")


WITHOUT_TABLES = dict.fromkeys(
    ["dasar_hukum", "kualifikasi", "peralatan", "peringatan", "pencatatan", "pelaksana_sop", "langkah"]
)
BY_DRAFT: dict[str, Any] = {**WITHOUT_TABLES, "rancangan": PROCEDURE}


def test_a_draft_becomes_the_next_version_from_its_date_when_the_case_numbers_it(officer: Person) -> None:
    draft = revised(officer)
    case = played("nomori", susun_langkah=BY_DRAFT)
    version = SopVersion.objects.get(procedure=PROCEDURE, version=2)
    assert (version.effective, case.data["versi_prosedur"]) == (date(2027, 7, 1), 2)
    before, since = datetime(2027, 6, 30, 9, tzinfo=OFFICE_ZONE), datetime(2027, 7, 1, 9, tzinfo=OFFICE_ZONE)
    assert version_in_force(PROCEDURE, before).version == 1
    assert version_in_force(PROCEDURE, since).version == 2
    now = definition_in_force(PROCEDURE, since)
    assert (now.steps[0].note, str(now.steps[0].time)) == ("Diubah di peramban", "2 hari kerja")
    assert now.identity.number == case.data["nomor_sop"] == "000.8.3.3/4/Diskominfo/2027"
    assert (now.identity.version, now.identity.effective) == (2, date(2027, 7, 1))
    draft.refresh_from_db()
    assert (draft.state, draft.version, draft.case) == (SopDraft.State.IN_FORCE, 2, case)
    assert open_draft(PROCEDURE) is None


def started(at: datetime) -> Case:
    """Start a case of the revised procedure as its first worked example does, at another instant; return it."""
    folder = services.entry(PROCEDURE).folder
    example = read_script((folder / "scenarios.yaml").read_text(encoding="utf-8"), "scenarios.yaml")[0]
    begins = example.acts[0].model_copy(update={"at": at.replace(tzinfo=None), "expect": Expect()})
    for _event in play(example.model_copy(update={"acts": [begins]}), folder):
        pass
    return Case.objects.filter(procedure=PROCEDURE).latest("pk")


def test_a_case_starts_on_the_new_version_and_a_running_one_stays_until_it_is_moved(officer: Person) -> None:
    running = started(datetime(2027, 6, 1, 9, tzinfo=OFFICE_ZONE))
    revised(officer)
    played("nomori", susun_langkah=BY_DRAFT)
    assert started(datetime(2027, 6, 30, 9, tzinfo=OFFICE_ZONE)).sop.version == 1, "not in force yet"
    since = datetime(2027, 7, 1, 9, tzinfo=OFFICE_ZONE)
    fresh = started(since)
    assert fresh.sop.version == 2
    assert definition(fresh).steps[0].note == "Diubah di peramban"
    running.refresh_from_db()
    assert running.sop.version == 1
    version = version_in_force(PROCEDURE, since)
    assert preview_migration(running, version).possible
    with pytest.raises(NotYours):
        actions.migrate(running.pk, version, officer, since)
    officer.account = Account.objects.get(username="nawang")
    officer.account.is_staff = True
    assert actions.migrate(running.pk, version, officer, since).sop == version


def test_the_rows_of_the_draft_are_the_rows_of_the_case(officer: Person) -> None:
    draft = revised(officer)
    case = played("gambar", susun_langkah=BY_DRAFT)
    assert len(case.data["langkah"]) == len(table_of(draft.data).rows) == case.data["jumlah_langkah"]
    assert case.data["langkah"][0]["keterangan"] == "Diubah di peramban"
    assert (case.data["temuan_salah"], case.data["revisi_rancangan"]) == (0, draft.revision)
    assert "hari kerja" in case.data["jumlah_waktu"]
    assert {each["berat"] for each in case.data["temuan_aturan"]} <= {"ingat"}


def test_a_faulty_draft_is_told_row_by_row_and_cannot_be_reviewed_as_good(officer: Person) -> None:
    draft = begin(PROCEDURE, officer, START)
    first, *others = table_of(draft.data).rows
    save(draft, 1, with_rows(draft.data, [replace(first, gives=""), *others]), officer, START)
    case = played("gambar", susun_langkah=BY_DRAFT)
    [finding] = [each for each in case.data["temuan_aturan"] if each["berat"] == "salah"]
    assert finding["langkah"] == 1
    assert case.data["temuan_salah"] == 1


def test_what_was_examined_takes_effect_and_what_was_typed_since_goes_on_as_a_draft(officer: Person) -> None:
    draft = revised(officer)
    case = played("gambar", susun_langkah=BY_DRAFT)
    first, *others = table_of(draft.data).rows
    later = with_rows(draft.data, [replace(first, note="Sesudah diperiksa"), *others])
    draft = save(SopDraft.objects.get(pk=draft.pk), draft.revision, later, officer, START)
    identity = effect.Identity("1/2027", date(2026, 1, 5), date(2027, 6, 7), date(2027, 7, 1))
    carried = effect.carried_by(case)
    assert carried is not None
    version = effect.enact(carried, identity, START)
    assert "Diubah di peramban" in version.definition
    assert "Sesudah diperiksa" not in version.definition
    rest = open_draft(PROCEDURE)
    assert rest is not None
    assert (rest.data, rest.based_on, rest.pk != draft.pk) == (later, version.version, True)


def test_a_draft_is_carried_by_one_case_only_and_is_not_given_up_meanwhile(officer: Person) -> None:
    draft = revised(officer)
    case = played("gambar", susun_langkah=BY_DRAFT)
    other = Case.objects.create(
        number="LAIN/1", sop=case.sop, procedure=case.procedure, level="terbuka", opened_at=START
    )
    assert case.number in effect.obstacle(PROCEDURE, other)
    assert effect.obstacle(PROCEDURE, case) == ""
    draft = SopDraft.objects.get(pk=draft.pk)
    with pytest.raises(Refused, match=case.number):
        drop(draft, draft.revision, officer, START)


def test_a_case_names_only_a_draft_that_is_open(officer: Person) -> None:
    with pytest.raises(PlayError, match="bahan-bacaan"):
        played("susun-langkah", susun_langkah=BY_DRAFT)


def test_a_version_of_the_office_is_neither_replaced_nor_outnumbered_by_the_library(officer: Person) -> None:
    revised(officer)
    played("nomori", susun_langkah=BY_DRAFT)
    before = set(SopVersion.objects.values_list("pk", "digest"))
    done = services.install()
    assert (done.left, done.new, done.replaced) == ([PROCEDURE], [], [])
    assert set(SopVersion.objects.values_list("pk", "digest")) == before
    assert str(done) == str(len(services.entries()))


def test_who_saw_an_older_revision_does_not_write_over_the_newer_one(officer: Person) -> None:
    draft = begin(PROCEDURE, officer, START)
    other = Person.objects.get(account__username="sekar")
    theirs = save(draft, 1, {**draft.data, "summary": "Kata sekar."}, other, START + timedelta(minutes=1))
    with pytest.raises(ChangedMeanwhile) as refused:
        save(draft, 1, {**draft.data, "summary": "Kata nawang."}, officer, START + timedelta(minutes=2))
    assert refused.value.draft.data["summary"] == "Kata sekar."
    assert str(other) in str(refused.value)
    assert theirs.revision == 2
    assert save(theirs, 2, theirs.data, officer, START).revision == 2, "nothing changed, nothing counted"


def test_beginning_twice_gives_the_same_draft_and_giving_it_up_lets_another_begin(officer: Person) -> None:
    draft = begin(PROCEDURE, officer, START)
    assert begin(PROCEDURE, officer, START) == draft
    drop(draft, draft.revision, officer, START)
    assert begin(PROCEDURE, officer, START).pk != draft.pk


def test_only_the_team_and_the_head_of_programme_write_drafts(officer: Person) -> None:
    editors = {
        person.account.username
        for person in Person.objects.select_related("account").exclude(account=None)
        if person.account and may_revise(person, datetime(2026, 11, 10, 9, tzinfo=OFFICE_ZONE))
    }
    assert editors == {"nawang", "sekar", "tyas", "handoko"}
    Group.objects.get(code="tim-penyusun-sop").people.clear()
    assert may_revise(officer, datetime(2026, 11, 10, 9, tzinfo=OFFICE_ZONE)), "acts as kasubag-pep"
    stranger = Person.objects.get(account__username="asmoro")
    draft = begin(PROCEDURE, officer, START)
    with pytest.raises(NotYours):
        begin(PROCEDURE, stranger, START)
    with pytest.raises(NotYours):
        save(draft, 1, {}, stranger, START)
    with pytest.raises(NotYours):
        drop(draft, 1, stranger, START)


@pytest.mark.parametrize("procedure_id", sorted(services.entries()))
def test_every_procedure_of_the_book_can_be_brought_into_the_fields_of_the_case(procedure_id: str) -> None:
    from laksana.sop.definition import as_data

    procedure = services.entry(procedure_id).procedure
    fields = fields_of(as_data(procedure))
    assert [row["no"] for row in fields["langkah"]] == list(range(1, len(procedure.steps) + 1))
    allowed = services.entry("penyusunan-sop").procedure.fields["langkah"].columns or {}
    units = (allowed["satuan_waktu"].choices or {}).keys()
    assert {row["satuan_waktu"] for row in fields["langkah"]} <= units
