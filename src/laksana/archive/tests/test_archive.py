"""A case that ends enters the archive; it leaves by lists that others approve, and only its contents can be destroyed."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from pytest_django import Settings

from laksana.archive import filing, reading, rights, services, tables
from laksana.archive.erasing import erase_destroyed
from laksana.archive.models import DisposalList, Dossier
from laksana.archive.services import Standing
from laksana.archive.tasks import date_anew, file_ended
from laksana.cases.chain import verify
from laksana.cases.errors import NotYours
from laksana.cases.models import Attachment, Case
from laksana.cases.services import search
from laksana.cases.tests.conftest import Desk
from laksana.files import services as files
from laksana.library import catalogue
from laksana.library.persuratan.naskah import CODES
from laksana.library.tables import Table
from laksana.numbering.services import numbered_as
from laksana.registers.services import write_bundle
from laksana.worktime.zone import OFFICE_ZONE, local_day

Begin = Callable[..., Desk]
STEPS = [{"id": "isi"}, {"id": "akhir", "then": "selesai"}]
LATER = datetime(2040, 1, 2, 9, 0, tzinfo=OFFICE_ZONE)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_tables(settings: Settings, tmp_path: Path) -> None:
    """Give the small office tables of its own: the clerk keeps, secretary and head approve."""
    own = tmp_path / "home" / "tables"
    own.mkdir(parents=True)
    settings.HOME = tmp_path / "home"
    (own / "wewenang-arsip.csv").write_text(
        "# source: contoh\n# checked: false\nurusan,jabatan\nkelola,staf\npindah,kasubag\n"
        "musnah,sekretaris|kepala\nserah,kepala\n"
    )
    (own / "jra-prosedur.csv").write_text(
        "# source: contoh\n# checked: false\n"
        "prosedur,kode,retensi_aktif,retensi_inaktif,nasib_akhir,keterangan\n"
        "contoh,000.1.5,2 tahun,4 tahun,musnah,\n"
        "lama,000.1.5,2 tahun setelah pemeriksaan,1 tahun,musnah,\n"
        "abadi,000.8.3.3,,,permanen,\nnilai,000.5,5 tahun,,dinilai kembali,\n"
    )


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def ended(begin: Begin, procedure: str = "contoh") -> Desk:
    """A case that has ended, with a file of its own."""
    desk = begin(procedure_id=procedure, steps=STEPS)
    content = f"isi {desk.case.number}".encode()
    stored = files.store(BytesIO(content), "catatan.txt", at=desk.at)
    Attachment.objects.create(
        case=desk.case, stored=stored, name="catatan.txt", by=desk.office.staf, at=desk.at
    )
    desk.do("isi")
    desk.do("akhir")
    return desk


def proposed(desk: Desk, kind: str = "musnah") -> DisposalList:
    return services.propose(kind, [desk.case.dossier.pk], desk.office.staf, LATER)


def approved(desk: Desk, kind: str = "musnah") -> DisposalList:
    made = proposed(desk, kind)
    for who in {"pindah": ["kasubag"], "musnah": ["sekretaris", "kepala"], "serah": ["kepala"]}[kind]:
        made = services.decide(made.pk, desk.office.people[who], LATER, agreed=True)
    return made


def test_a_case_that_ends_is_filed_with_its_code_and_dates(begin: Begin, storage: Path) -> None:
    desk = begin(steps=STEPS)
    desk.do("isi")
    assert not Dossier.objects.exists()
    desk.do("akhir")
    filed = Dossier.objects.get(case=desk.case)
    assert (filed.code, filed.fate, filed.custody) == ("000.1.5", "musnah", "unit")
    assert filed.closed_on == date(2026, 11, 10)
    assert (filed.inactive_on, filed.final_on) == (date(2028, 11, 10), date(2032, 11, 10))


def test_the_code_given_in_the_case_goes_before_that_of_its_procedure(begin: Begin) -> None:
    fields = {"kode_klasifikasi": {"label": "Kode", "type": "text"}}
    desk = begin(steps=[{"id": "isi", "asks": ["kode_klasifikasi"]}, STEPS[1]], fields=fields)
    desk.do("isi", kode_klasifikasi="000.1.1")
    desk.do("akhir")
    filed = Dossier.objects.get(case=desk.case)
    assert (filed.code, filed.active, filed.inactive) == ("000.1.1", "1 tahun", "1 tahun")


def test_cases_that_ended_before_there_was_an_archive_are_filed_by_night(begin: Begin, storage: Path) -> None:
    desk = ended(begin)
    Dossier.objects.all().delete()
    file_ended.call(at=LATER)
    assert Dossier.objects.get(case=desk.case).closed_on == local_day(desk.at)


def test_a_berkas_without_dates_gets_them_once_the_office_has_scheduled_its_code(
    begin: Begin, storage: Path, settings: Settings
) -> None:
    desk = ended(begin, "lain")
    assert reading.dossiers(Standing.WAITING, LATER.date()).get().case == desk.case
    table = Path(settings.HOME) / "tables" / "jra-prosedur.csv"
    table.write_text(table.read_text() + "lain,000.5,1 tahun,1 tahun,musnah,\n")
    date_anew.call(at=LATER)
    assert Dossier.objects.get(case=desk.case).final_on == date(2028, 11, 10)


def test_every_procedure_has_a_code_that_the_office_knows() -> None:
    shipped = Path(tables.__file__).parent / "jra-prosedur.csv"
    rows = {row.prosedur: row for row in _shipped(tables.PROCEDURES)}
    assert shipped.is_file()
    assert set(rows) == {each.id for each in catalogue.in_order_of_the_book()}
    assert [row.prosedur for row in rows.values() if CODES.get(row.kode) is None] == []


def _shipped(table: "Table[tables.ProcedureRow]") -> "tuple[tables.ProcedureRow, ...]":
    from laksana.library.tables import read

    return tuple(read(table.shipped, tables.ProcedureRow, "prosedur").rows)


@pytest.mark.parametrize(
    ("procedure", "day", "standing"),
    [
        ("contoh", date(2028, 11, 9), Standing.ACTIVE),
        ("contoh", date(2028, 11, 10), Standing.TRANSFER),
        ("contoh", date(2032, 11, 9), Standing.TRANSFER),
        ("contoh", date(2032, 11, 10), Standing.DESTROY),
        ("lama", date(2099, 1, 1), Standing.WAITING),
        ("abadi", date(2026, 11, 11), Standing.PERMANENT),
        ("nilai", date(2031, 11, 10), Standing.APPRAISE),
    ],
)
def test_a_berkas_stands_as_its_dates_say(
    begin: Begin, storage: Path, procedure: str, day: date, standing: Standing
) -> None:
    ended(begin, procedure)
    stands = {each for each in Standing if reading.dossiers(each, day).exists()} - {Standing.INACTIVE}
    assert stands == {standing}
    assert {each.standing: each.count for each in reading.counts(day)}[standing] == 1


def test_the_dates_follow_once_the_condition_is_met(begin: Begin, storage: Path) -> None:
    desk = ended(begin, "lama")
    filed = services.meet_condition(desk.case.dossier.pk, desk.office.staf, date(2030, 5, 1), LATER)
    assert (filed.inactive_on, filed.final_on) == (date(2032, 5, 1), date(2033, 5, 1))


def test_what_is_not_due_cannot_be_listed(begin: Begin, storage: Path) -> None:
    desk = ended(begin)
    with pytest.raises(ValidationError, match="not due"):
        services.propose("musnah", [desk.case.dossier.pk], desk.office.staf, desk.at)


def test_only_the_archivist_proposes_and_only_in_one_list(begin: Begin, storage: Path) -> None:
    desk = ended(begin)
    with pytest.raises(NotYours):
        services.propose("musnah", [desk.case.dossier.pk], desk.office.kepala, LATER)
    proposed(desk)
    with pytest.raises(ValidationError, match="another list"):
        proposed(desk)


def test_approvals_go_in_order_and_nobody_approves_twice_or_his_own(begin: Begin, storage: Path) -> None:
    desk = ended(begin)
    made = proposed(desk)
    for early in ("kepala", "staf", "kasubag"):
        with pytest.raises(NotYours):
            services.decide(made.pk, desk.office.people[early], LATER, agreed=True)
    services.decide(made.pk, desk.office.sekretaris, LATER, agreed=True)
    with pytest.raises(NotYours):
        services.decide(made.pk, desk.office.sekretaris, LATER, agreed=True)
    with pytest.raises(ValidationError, match="approved list"):
        services.carry_out(made.pk, desk.office.staf, LATER, consent="Surat 1")
    assert services.decide(made.pk, desk.office.kepala, LATER, agreed=True).state == "disetujui"


def test_a_refusal_says_why_and_frees_the_berkas(begin: Begin, storage: Path) -> None:
    desk = ended(begin)
    made = proposed(desk)
    with pytest.raises(ValidationError, match="Say why"):
        services.decide(made.pk, desk.office.sekretaris, LATER, agreed=False)
    services.decide(made.pk, desk.office.sekretaris, LATER, agreed=False, note="Masih dipakai")
    assert proposed(desk).number != made.number


def test_a_transfer_changes_custody_and_keeps_the_files(begin: Begin, storage: Path) -> None:
    desk = ended(begin)
    at = datetime(2030, 1, 2, 9, 0, tzinfo=OFFICE_ZONE)
    made = services.propose("pindah", [desk.case.dossier.pk], desk.office.staf, at)
    services.decide(made.pk, desk.office.kasubag, at, agreed=True)
    done = services.carry_out(made.pk, desk.office.staf, at)
    assert (made.number, done.report_number) == ("DAP/2030/0001", "BA-ARSIP/001/2030")
    given = numbered_as(done.report_number)
    assert given is not None and given.label == made.number  # noqa: PT018
    desk.case.dossier.refresh_from_db()
    assert desk.case.dossier.custody == "pusat"
    assert desk.case.attachments.get().destroyed_at is None
    assert done.report is not None
    assert not reading.dossiers(Standing.TRANSFER, at.date()).exists()
    assert reading.dossiers(Standing.INACTIVE, at.date()).exists()


def test_destruction_deletes_the_contents_and_nothing_else(begin: Begin, storage: Path) -> None:
    desk = ended(begin)
    stored = desk.case.attachments.get().stored
    made = approved(desk)
    with pytest.raises(ValidationError, match="letter that agrees"):
        services.carry_out(made.pk, desk.office.staf, LATER)
    services.carry_out(made.pk, desk.office.staf, LATER, consent="Surat Wali Kota 1/2040")
    erase_destroyed.call(list_id=made.pk, at=LATER)
    assert not files.is_kept(stored)
    row = desk.case.attachments.get()
    assert (row.name, row.destroyed_at, row.stored.sha256) == ("catatan.txt", LATER, stored.sha256)
    desk.case.refresh_from_db()
    last = desk.case.events.order_by("-number")[0]
    assert (last.kind, last.data["sha256"]) == ("archive-destroyed", [stored.sha256])
    assert list(verify(Case.objects.iterator())) == []


def test_a_bundle_after_destruction_names_the_file_and_its_sum_without_the_content(
    begin: Begin, storage: Path
) -> None:
    from zipfile import ZipFile

    desk = ended(begin)
    made = approved(desk)
    services.carry_out(made.pk, desk.office.staf, LATER, consent="Surat 1")
    erase_destroyed.call(list_id=made.pk, at=LATER)
    desk.case.refresh_from_db()
    target = BytesIO()
    write_bundle(desk.case, target, LATER)
    zipped = ZipFile(target)
    assert not [name for name in zipped.namelist() if "catatan" in name]
    assert '"destroyed_at": "2040' in zipped.read("data.json").decode()


def test_a_content_that_another_case_needs_stays(begin: Begin, storage: Path) -> None:
    desk = ended(begin)
    stored = desk.case.attachments.get().stored
    other = begin(procedure_id="lain", steps=STEPS)
    Attachment.objects.create(
        case=other.case, stored=stored, name="sama.txt", by=desk.office.staf, at=desk.at
    )
    made = approved(desk)
    services.carry_out(made.pk, desk.office.staf, LATER, consent="Surat 1")
    erase_destroyed.call(list_id=made.pk, at=LATER)
    assert files.is_kept(stored)


def test_a_hold_bars_destruction_also_after_the_approval(begin: Begin, storage: Path) -> None:
    desk = ended(begin)
    made = approved(desk)
    services.hold(desk.case.dossier.pk, desk.office.staf, "Perkara 12/G/2039", LATER)
    done = services.carry_out(made.pk, desk.office.staf, LATER, consent="Surat 1")
    erase_destroyed.call(list_id=made.pk, at=LATER)
    desk.case.dossier.refresh_from_db()
    assert desk.case.dossier.custody == "unit"
    assert files.is_kept(desk.case.attachments.get().stored)
    assert done.lines.get().left_out == "Perkara 12/G/2039"
    with pytest.raises(ValidationError, match="held"):
        proposed(desk)
    services.lift(desk.case.dossier.pk, desk.office.staf, "Putusan inkrah", LATER)
    assert proposed(desk)


def test_only_the_archivist_holds_and_a_hold_has_a_reason(begin: Begin, storage: Path) -> None:
    desk = ended(begin)
    with pytest.raises(NotYours):
        services.hold(desk.case.dossier.pk, desk.office.sekretaris, "x", LATER)
    with pytest.raises(ValidationError, match="Say why"):
        services.hold(desk.case.dossier.pk, desk.office.staf, " ", LATER)


def test_an_appraised_berkas_may_be_destroyed(begin: Begin, storage: Path) -> None:
    desk = ended(begin, "nilai")
    with pytest.raises(ValidationError):
        proposed(desk)
    services.appraise(desk.case.dossier.pk, desk.office.staf, "musnah", "tidak bernilai guna", LATER)
    assert proposed(desk)
    with pytest.raises(ValidationError, match="decided"):
        services.appraise(desk.case.dossier.pk, desk.office.staf, "permanen", "ragu", LATER)


def test_the_report_names_the_berkas_and_who_approved(begin: Begin, storage: Path) -> None:
    desk = ended(begin)
    made = approved(desk)
    done = services.carry_out(made.pk, desk.office.staf, LATER, consent="Surat Wali Kota 1/2040")
    assert done.report is not None
    with files.open_file(done.report) as opened:
        pdf = pypdfium2.PdfDocument(opened.read())
    text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)
    for said in (
        desk.case.number,
        done.report_number,
        "Surat Wali Kota 1/2040",
        "menyetujui",
        "Kepala Contoh",
    ):
        assert said in text
    assert "BERITA ACARA PEMUSNAHAN ARSIP" in text


def test_who_keeps_and_who_sees_follows_the_table_of_the_office(begin: Begin, storage: Path) -> None:
    desk = ended(begin)
    at = desk.at + timedelta(minutes=1)
    assert rights.keeps(desk.office.staf, at)
    assert not rights.keeps(desk.office.kepala, at)
    assert rights.sees(desk.office.kepala, at)


def test_a_destroyed_case_is_found_by_its_data_and_not_by_what_its_files_said(
    begin: Begin, storage: Path
) -> None:
    desk = ended(begin)
    Case.objects.filter(pk=desk.case.pk).update(file_words="rahasiasekali")
    made = approved(desk)
    services.carry_out(made.pk, desk.office.staf, LATER, consent="Surat 1")
    assert not search(Case.objects.all(), "rahasiasekali")
    assert search(Case.objects.all(), desk.case.number)
    assert filing.schedule(desk.case).code == "000.1.5"
