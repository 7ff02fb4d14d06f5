"""The rules of an SOP's life and the examination of drafts, with the figures of the office's reference."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from laksana.library.tatalaksana.penyusunan_sop.drafting import examine
from laksana.library.tatalaksana.penyusunan_sop.rules import conclusion, priority, real_time, score
from laksana.library.tatalaksana.penyusunan_sop.versions import in_force


def _row(no: int, text: str, time: tuple[int, str], **more: Any) -> dict[str, Any]:
    amount, unit = time
    return {
        "no": no, "uraian": text, "pelaksana": "1", "simbol": "persegi", "kelengkapan": "Surat permohonan",
        "waktu": Decimal(amount), "satuan_waktu": unit, "output": "Surat permohonan diproses", **more,
    }  # fmt: skip


DRAFT: dict[str, Any] = {
    "nama_sop": "Mekanisme Peminjaman Peralatan", "jenis_kegiatan": "layanan", "tanggal_pembuatan": date(2026, 10, 5),
    "dasar_hukum": [{"peraturan": "PermenPANRB 35/2012", "tentang": "Pedoman SOP"}],
    "kualifikasi": [{"uraian": "Teliti"}], "peralatan": [{"uraian": "Komputer"}],
    "peringatan": [{"uraian": "Jangan terlambat"}], "pencatatan": [{"uraian": "Buku pinjam"}],
    "pelaksana_sop": [{"urut": 1, "jabatan": "Staf"}, {"urut": 2, "jabatan": "Kepala Bidang"}],
    "langkah": [
        _row(1, "Menerima surat", (15, "menit"), simbol="kapsul"),
        _row(2, "Memeriksa surat", (30, "menit"), simbol="belah_ketupat", pelaksana="2", tidak="1"),
        _row(3, "Mencatat surat", (1, "jam")),
        _row(4, "Menyiapkan peralatan", (2, "jam")),
        _row(5, "Menguji peralatan", (1, "hari kerja"), ya="6, 7"),
        _row(6, "Mengemas peralatan", (1, "jam"), ya="8"),
        _row(7, "Menyusun tanda terima", (2, "jam"), pelaksana="2", ya="8"),
        _row(8, "Menyerahkan peralatan", (0, "menit"), simbol="kapsul", menunggu=True),
    ],
}  # fmt: skip


def _with(place: int, **changes: Any) -> dict[str, Any]:
    rows = [{**row, **changes} if row["no"] == place else row for row in DRAFT["langkah"]]
    return {**DRAFT, "langkah": rows}


def _wrong(draft: dict[str, Any]) -> list[tuple[str, int | None]]:
    return [(each["aturan"], each["langkah"]) for each in examine(draft)[0] if each["berat"] == "salah"]


@pytest.mark.reference("penyusunan-sop/jumlah-waktu")
def test_the_longest_of_parallel_branches_counts() -> None:
    findings, total = examine(DRAFT)
    assert (total, [each for each in findings if each["berat"] == "salah"]) == (
        "1 hari kerja 5 jam 45 menit",
        [],
    )


def test_times_of_the_calendar_are_told_apart() -> None:
    assert examine(_with(8, waktu=Decimal(6), satuan_waktu="bulan"))[1] == (
        "1 hari kerja 5 jam 45 menit ditambah 6 bulan"
    )


@pytest.mark.parametrize(
    ("place", "changes", "rule"),
    [
        (3, {"output": ""}, "R4"),
        (3, {"kelengkapan": None}, "R4"),
        (3, {"waktu": None}, "R4"),
        (5, {"waktu": Decimal("1.5")}, "R5"),
        (3, {"pelaksana": "3"}, "R7"),
        (3, {"pelaksana": "Staf"}, "R7"),
        (3, {"tidak": "1"}, "R7"),
        (1, {"simbol": "persegi"}, "R8"),
        (8, {"simbol": "persegi"}, "R8"),
        (3, {"ya": "9"}, "R9"),
        (2, {"tidak": None}, "R10"),
        (2, {"ya": "1"}, "R10"),
    ],
)
def test_a_fault_of_a_row_is_found(place: int, changes: dict[str, Any], rule: str) -> None:
    assert _wrong(_with(place, **changes)) == [(rule, place)]


def test_branches_that_do_not_meet_are_found() -> None:
    assert "R13" in {rule for rule, _ in _wrong(_with(8, menunggu=False))}


def test_a_row_without_a_way_in_is_found() -> None:
    assert ("R9", 4) in _wrong(_with(3, ya="5"))


def test_too_few_performers_and_rows_are_found() -> None:
    small = {**DRAFT, "pelaksana_sop": DRAFT["pelaksana_sop"][:1], "langkah": DRAFT["langkah"][:1]}
    assert [rule for rule, _ in _wrong(small)] == ["R2", "R3"]


def test_what_an_examiner_would_ask_about_does_not_refuse() -> None:
    draft = _with(3, uraian="Staf menyiapkan surat")
    draft["janji_layanan"] = "1 hari kerja"
    draft["dasar_hukum"] = [{"peraturan": "PP 1/1950", "tentang": "Contoh", "dicabut": True}]
    found = examine(draft)[0]
    assert {(each["aturan"], each["langkah"], each["berat"]) for each in found} >= {
        ("R6", 3, "ingat"),
        ("R17", None, "ingat"),
        ("R18", None, "ingat"),
    }
    assert _wrong(draft) == []


@pytest.mark.parametrize(
    ("marks", "public", "expected"),
    [
        ((5, 3, 4), False, (15, "tinggi")),
        ((4, 3, 4), False, (14, "sedang")),
        ((2, 3, 2), False, (10, "sedang")),
        ((2, 3, 1), False, (9, "rendah")),
        ((1, 1, 1), True, (4, "tinggi")),
    ],
)
def test_priority(marks: tuple[int, int, int], public: bool, expected: tuple[int, str]) -> None:
    assert priority(*marks, public=public) == expected


@pytest.mark.parametrize(
    ("fulfilled", "law_changed", "expected"),
    [
        (8, False, "tetap"),
        (6, False, "tetap"),
        (6, True, "revisi"),
        (5, False, "revisi"),
        (4, False, "revisi"),
        (3, False, "revisi_atau_cabut"),
        (3, True, "revisi_atau_cabut"),
    ],
)
def test_conclusion(fulfilled: int, law_changed: bool, expected: str) -> None:
    assert conclusion(score(fulfilled), law_changed) == expected


def test_a_version_ends_the_day_before_the_next_one_binds() -> None:
    versions = [("lama", date(2026, 11, 20), date(2027, 6, 30)), ("baru", date(2027, 7, 1), None)]
    days = [date(2026, 11, 19), date(2027, 6, 30), date(2027, 7, 1)]
    assert [in_force(versions, day) for day in days] == [None, "lama", "baru"]


@pytest.mark.parametrize(
    ("real", "expected"),
    [
        ([55, 60, 70], (60, False)),
        ([30, 30, 38, 40, 50], (38, True)),
        ([30, 30, 37, 40, 50], (37, False)),
    ],
)
def test_a_step_is_marked_by_enough_cases_that_are_slow_enough(
    real: list[int], expected: tuple[int, bool]
) -> None:
    middle, over = real_time(Decimal(30), [Decimal(each) for each in real])
    assert (int(middle), over) == expected
