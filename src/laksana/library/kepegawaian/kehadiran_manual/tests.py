"""The arithmetic of attendance, with the figures of the office's reference."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any, Literal

import pytest

from laksana.library.kepegawaian.kehadiran_manual.days import Mark, gaps, merged, recap
from laksana.library.kepegawaian.kehadiran_manual.rules import (
    converted_days,
    cut,
    cut_percent,
    figure,
    longest_run,
    minutes_off,
    penalty,
    rate_of,
)
from laksana.library.tables import Table
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.hours import Hours

HOLIDAYS = {date(2026, 3, day): "libur" for day in (18, 19, 20, 23, 24)}
OFFICE = WorkCalendar(
    hours=(
        *(Hours(day, time(7, 30), time(16), time(12), time(13)) for day in range(4)),
        Hours(4, time(7, 30), time(16, 30), time(11, 30), time(13)),
    ),
    holidays=HOLIDAYS,
)


@pytest.mark.parametrize(
    ("kind", "minutes", "code"),
    [
        ("tl", 0, None),
        ("tl", 1, "TL1"),
        ("tl", 30, "TL1"),
        ("tl", 31, "TL2"),
        ("tl", 60, "TL2"),
        ("tl", 61, "TL3"),
        ("tl", 91, "TL4"),
        ("tl", None, "TL4"),
        ("psw", 70, "PSW3"),
        ("psw", None, "PSW4"),
    ],
)
def test_classes_hold_their_lower_bound(
    kind: Literal["tl", "psw"], minutes: int | None, code: str | None
) -> None:
    found = rate_of(kind, minutes)
    assert (found.kode if found else None) == code


def test_seconds_do_not_count_and_early_is_not_late() -> None:
    assert minutes_off(time(7, 30), time(16), time(7, 30, 59), time(16, 20)) == (0, 0)
    assert minutes_off(time(7, 30), time(16), None, time(14, 50)) == (None, 70)


def test_cuts_add_up_to_the_whole_share_at_most() -> None:
    events = [Decimal("0.5")] * 3 + [Decimal(1), Decimal("1.5")]
    assert cut_percent(events, 1) == 8
    assert cut(Decimal(3_500_000), Decimal(8)) == 280_000
    assert cut_percent([], 30) == 100


@pytest.mark.reference("kehadiran-manual/berturut")
def test_days_off_neither_count_in_a_run_nor_break_it() -> None:
    days = [date(2026, 3, 12) + timedelta(days=n) for n in range(15)]
    absent = [day for day in days if OFFICE.is_workday(day)]
    assert [day.day for day in absent] == [12, 13, 16, 17, 25, 26]
    assert longest_run(absent, OFFICE) == 6
    found = penalty(6, longest_run(absent, OFFICE))
    assert found is not None
    assert found[1] == "Teguran tertulis"
    assert longest_run([*absent[:2], *absent[3:]], OFFICE) == 3
    assert longest_run([], OFFICE) == 0


@pytest.mark.parametrize(
    ("in_year", "in_a_row", "expected"),
    [
        (2, 2, None),
        (3, 1, "Teguran lisan"),
        (10, 5, "Pernyataan tidak puas secara tertulis"),
        (11, 5, "Pemotongan tunjangan kinerja 25% selama 6 bulan"),
        (28, 9, "Pemberhentian dengan hormat tidak atas permintaan sendiri"),
        (
            10,
            10,
            "Pemberhentian dengan hormat tidak atas permintaan sendiri; gaji dihentikan mulai bulan berikutnya",
        ),
    ],
)
def test_penalties(in_year: int, in_a_row: int, expected: str | None) -> None:
    found = penalty(in_year, in_a_row)
    assert (found[1] if found else None) == expected


def test_minutes_become_days_only_where_the_office_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert converted_days(900) == 0
    on = {row.ketentuan: row for row in figure.rows()}
    on["konversi_menit"] = on["konversi_menit"].model_copy(update={"angka": Decimal(1)})
    monkeypatch.setattr(Table, "__getitem__", lambda _table, key: on[key])
    assert [converted_days(minutes) for minutes in (449, 450, 900)] == [0, 1, 2]


def test_presence_without_any_mark_is_absence_and_with_one_the_highest_class() -> None:
    month = {
        date(2026, 11, 2): Mark("H"),
        date(2026, 11, 3): Mark("H", came=time(7, 30)),
        date(2026, 11, 4): Mark("H", time(7, 0), time(16, 30)),
    }
    found = recap(month, OFFICE)
    assert (found["h"], found["tk"], found["psw_kali"], found["psw_menit"]) == (2, 1, 1, 0)
    assert (found["persen_potongan"], found["menit_kerja"]) == (6, 450)


def test_who_works_in_shifts_follows_his_roster() -> None:
    sunday = {date(2026, 11, 1): Mark("H", time(14, 20), time(22), shift=(time(14), time(22)))}
    found = recap(sunday, OFFICE)
    assert (found["tl_menit"], found["menit_kerja"]) == (20, 460)
    assert list(gaps({1: sunday}, date(2026, 11, 1), OFFICE)) == []


def test_sources_go_over_one_another() -> None:
    day: dict[str, Any] = {"pegawai": 1, "tanggal": date(2026, 11, 2)}
    values: dict[str, Any] = {
        "bulan": date(2026, 11, 1),
        "entri_lain": [{**day, "sumber": "elektronik", "kode": "H", "sampai": date(2026, 11, 4)}],
    }
    assert _codes(values) == {2: "H", 3: "H", 4: "H"}
    values["entri"] = [{**day, "kode": "TK"}]
    assert _codes(values)[2] == "TK"
    values["data_cuti"] = [{**day, "kode": "C"}]
    assert _codes(values)[2] == "C"
    values["entri_lain"].append({**day, "sumber": "sppd", "kode": "DL"})
    assert _codes(values)[2] == "DL"
    values["koreksi_sah"] = [{**day, "kode_seharusnya": "S"}]
    assert _codes(values) == {2: "S", 3: "H", 4: "H"}


def _codes(values: dict[str, Any]) -> dict[int, str]:
    return {day.day: mark.code for day, mark in merged(values, OFFICE)[1].items()}


def test_a_span_over_days_off_leaves_them_out() -> None:
    row = {"pegawai": 1, "tanggal": date(2026, 3, 12), "sampai": date(2026, 3, 26), "kode": "TK"}
    marks = merged({"bulan": date(2026, 3, 1), "entri": [row]}, OFFICE)
    assert [day.day for day in marks[1]] == [12, 13, 16, 17, 25, 26]
    ((person, missing),) = gaps(marks, date(2026, 3, 1), OFFICE)
    assert (person, missing[0].day, missing[-1].day, len(missing)) == (1, 2, 31, 11)
