"""What the books of attendance hold after a played example."""

from datetime import date
from types import SimpleNamespace
from typing import cast

import pytest

from laksana.cases.behaviour import Situation
from laksana.cases.models import Case
from laksana.library.kepegawaian.kehadiran_manual.entries import leave
from laksana.library.tests.examples import played, printed, rows_of
from laksana.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]


def test_a_recap_is_handed_over_in_one_row() -> None:
    played(__file__, "rekap-biasa")
    (row,) = rows_of("register-rekap")
    assert (row["bulan"], row["jumlah_pegawai"], row["jumlah_tk"]) == (
        "November 2026",
        {"number": "2"},
        {"number": "1"},
    )
    assert [row[name]["date"] for name in ("tanggal_tanda_tangan", "tanggal_diterima_bkpsdm")] == [
        "2026-12-04",
        "2026-12-07",
    ]
    assert "800.1.11" in row["nomor_surat"]


def test_absence_of_the_year_is_booked_by_month() -> None:
    played(__file__, "ambang")
    (row,) = rows_of("akumulasi-tk")
    assert [row[name]["number"] for name in ("januari", "april", "agustus", "november", "kumulatif")] == [
        "2",
        "3",
        "5",
        "1",
        "11",
    ]
    assert row["tindak_lanjut"] == "Pemanggilan oleh Kepala Bidang"
    assert row["tahun"] == {"number": "2026"}


def test_leave_by_letter_comes_from_the_procedure_of_leave() -> None:
    played(__file__, "rekap-biasa")
    case = Case.objects.get(procedure="kehadiran-manual")
    nip = Person.objects.get(account__username="reno").nip
    for kind, number in (("sakit", "1"), ("tahunan", None)):
        Case.objects.create(
            number=f"CT/{kind}",
            sop=case.sop,
            procedure="cuti",
            level="terbatas",
            opened_at=case.opened_at,
            data={
                "nip": nip,
                "jenis_cuti": kind,
                "nomor_surat": number,
                "mulai": "2026-10-28",
                "selesai": "2026-11-03",
            },
        )
    situation = SimpleNamespace(values={"bulan": date(2026, 11, 1)})
    (found,) = leave(cast("Situation", situation))
    assert (found["tanggal"], found["sampai"], found["kode"]) == (
        date(2026, 11, 1),
        date(2026, 11, 3),
        "S",
    )


def test_the_recap_prints_every_employee() -> None:
    played(__file__, "rekap-biasa")
    text_of_paper = printed("rekap-kehadiran")
    for text in ("November 2026", "Reno Jembatandata", "Prasaja Kodeterang", "2 pegawai", "21 hari kerja"):
        assert text in text_of_paper, text
    assert "07.55" in printed("daftar-hadir")
