"""What ended cases leave in the employee file, by the worked examples of their procedures."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from laksana.cases.errors import Refused
from laksana.cases.models import Case, SopVersion
from laksana.cases.play import play, read_script
from laksana.library import catalogue
from laksana.library.kepegawaian.riwayat.from_cases import keep_result
from laksana.library.kepegawaian.riwayat.models import FileRow
from laksana.library.kepegawaian.riwayat.services import standing
from laksana.people.models import Person

AT = datetime(2027, 1, 4, 2, tzinfo=UTC)


def _rows_of(procedure: str) -> list[FileRow]:
    """Return the rows that the examples of a procedure leave, each example played by itself."""
    folder = catalogue.entry(procedure).folder
    script = folder / "scenarios.yaml"
    found: list[FileRow] = []
    for scenario in read_script(script.read_text(encoding="utf-8"), str(script)):
        with transaction.atomic():
            for _event in play(scenario, folder):
                pass
            rows = list(FileRow.objects.select_related("case", "person"))
            for case in Case.objects.filter(state=Case.State.ENDED):
                keep_result(case, AT)
            assert FileRow.objects.count() == len(rows), f"{scenario.id}: written twice"
            found += rows
            transaction.set_rollback(True)
    return found


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("procedure", "decides"),
    [
        ("kenaikan-gaji-berkala", {"gaji": ("gaji_pokok", "gaji_baru")}),
        (
            "kenaikan-pangkat",
            {"pangkat": ("golongan", "golongan_baru"), "gaji": ("gaji_pokok", "gaji_baru")},
        ),
        ("cuti", {"cuti": ("jenis_cuti", "jenis_cuti")}),
        ("satyalancana", {"penghargaan": ("penghargaan", "jenis")}),
        ("skp-asn", {"skp": ("predikat", "predikat_tahunan")}),
        ("kartu-pegawai", {"kartu": ("nomor", "nomor_kartu")}),
        ("pensiun", {"pensiun": ("jenis_pensiun", "jenis_pensiun")}),
    ],
)
def test_what_ended_cases_decided_stands_in_the_file_once_and_names_the_case(
    procedure: str, decides: dict[str, tuple[str, str]]
) -> None:
    rows = _rows_of(procedure)
    assert {row.kind for row in rows} == set(decides)
    for row in rows:
        assert row.case is not None
        assert row.case.procedure == procedure
        column, field = decides[row.kind]
        assert str(row.data[column]) == str(row.case.data[field])
        data = row.case.data
        assert row.person_id == (data.get("pegawai") or data.get("calon") or row.case.initiator_id)


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_an_ended_family_statement_leaves_every_member_with_his_allowance() -> None:
    rows = _rows_of("skumptk")
    assert {row.kind for row in rows} == {"keluarga"}
    for row in rows:
        assert row.case is not None
        told = {each["nama_anak"]: each for each in row.case.data.get("anak") or ()}
        told |= {each["nama"]: each for each in row.case.data.get("pasangan") or ()}
        assert row.data["tertanggung"] is bool(told[row.data["nama"]].get("dapat_tunjangan"))
        assert row.since.isoformat() == row.case.data["berlaku_mulai"]
    assert {row.data["hubungan"] for row in rows} == {"pasangan", "anak"}


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_a_locked_recap_leaves_the_month_of_everybody_in_it() -> None:
    rows = _rows_of("kehadiran-manual")
    assert {row.kind for row in rows} == {"kehadiran"}
    for row in rows:
        assert row.case is not None
        recap = next(each for each in row.case.data["rekap"] if each["pegawai"] == row.person_id)
        assert (row.data["hadir"], row.data["tanpa_keterangan"]) == (int(recap["h"]), int(recap["tk"]))
        assert row.since.isoformat() == row.case.data["bulan"]
        assert (row.since.day, row.until and (row.until.year, row.until.month)) == (
            1,
            (row.since.year, row.since.month),
        )


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_a_result_that_the_file_cannot_hold_is_refused_in_words() -> None:
    folder = catalogue.entry("kenaikan-pangkat").folder
    script = folder / "scenarios.yaml"
    scenarios = read_script(script.read_text(encoding="utf-8"), str(script))
    for scenario in scenarios:
        for _event in play(scenario, folder):
            pass
        if (row := FileRow.objects.select_related("case").first()) is not None:
            break
    assert row is not None
    case = row.case
    assert case is not None
    FileRow.objects.filter(case=case).delete()
    case.data["golongan_baru"] = "IX/z"
    with pytest.raises(Refused, match="Berkas pegawai tidak dapat memuat hasil ini: golongan"):
        keep_result(case, AT)
    assert not FileRow.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_a_second_recap_of_a_month_stands_over_the_first_which_stays_readable() -> None:
    tyas = Person.objects.get(account__username="tyas")
    version = SopVersion.objects.filter(procedure="kehadiran-manual")[0]
    month = {"bulan": "2026-10-01", "terkunci": True, "jumlah_hari_kerja": "22"}
    codes = dict.fromkeys(("dl", "c", "s", "i", "tb", "tl_menit", "psw_menit"), "0")
    for number, present in (("KEH/1", 20), ("KEH/2", 21)):
        recap = [{"pegawai": tyas.pk, "h": str(present), "tk": str(22 - present), **codes}]
        case = Case.objects.create(
            number=number, sop=version, procedure="kehadiran-manual", level="terbatas", opened_at=AT,
            data={**month, "rekap": recap},
        )  # fmt: skip
        keep_result(case, AT)
    first, second = FileRow.objects.filter(person=tyas, kind="kehadiran").order_by("pk")
    assert (second.corrects, second.reason, second.recorded_by) == (first, "Rekap koreksi KEH/2", None)
    assert [row.data["hadir"] for row in standing("kehadiran").filter(person=tyas)] == [21]
