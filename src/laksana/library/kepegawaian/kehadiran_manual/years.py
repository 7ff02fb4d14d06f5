"""Absence over the months: what locked recaps of earlier months hold, and what it adds up to."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.cases.models import Case
from laksana.library.kepegawaian.kehadiran_manual.days import days_of
from laksana.library.kepegawaian.kehadiran_manual.rules import converted_days, longest_run, penalty
from laksana.library.others import other_cases

MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip


def of_month(situation: Situation, month: date) -> Iterator[Case]:
    """Yield the other recaps of a month."""
    yield from other_cases(situation, bulan=month.isoformat())


def _earlier(situation: Situation) -> dict[str, Mapping[str, Any]]:
    """Return the data of the newest locked recap of each earlier month."""
    own = situation.values["bulan"].isoformat()
    return {case.data["bulan"]: case.data for case in other_cases(situation, terkunci=True, bulan__lt=own)}


def accumulated(situation: Situation) -> list[dict[str, Any]]:
    """Return for every employee who was absent this year his days by month, in all and in a row, and what they lead to."""
    values = situation.values
    year = values["bulan"].year
    absent: dict[int, set[date]] = defaultdict(set)
    minutes: dict[int, int] = defaultdict(int)
    for row in values.get("tk_lalu") or ():
        absent[row["pegawai"]] |= set(days_of(row, situation.calendar))
    for data in _earlier(situation).values():
        for row in data.get("hari_tk") or ():
            absent[row["pegawai"]].add(date.fromisoformat(row["tanggal"]))
        if data["bulan"].startswith(str(year)):
            for row in data.get("rekap") or ():
                minutes[row["pegawai"]] += int(row["tl_menit"]) + int(row["psw_menit"])
    for row in values.get("hari_tk") or ():
        absent[row["pegawai"]].add(row["tanggal"])
    people = {row["pegawai"]: row for row in values["rekap"]}
    for person, row in people.items():
        minutes[person] += int(row["tl_menit"]) + int(row["psw_menit"])
    rows = []
    for person, row in people.items():
        this_year = [day for day in absent[person] if day.year == year]
        extra = converted_days(minutes[person])
        total, run = len(this_year) + extra, longest_run(list(absent[person]), situation.calendar)
        if not total:
            continue
        found = penalty(total, run)
        by_month = {name: sum(day.month == n for day in this_year) for n, name in enumerate(MONTHS, 1)}
        rows.append(
            {
                **{name: row[name] for name in ("pegawai", "nama", "nip")}, **by_month,
                "konversi": extra, "kumulatif": total, "berturut": run, "ambang": found[1] if found else None,
            }
        )  # fmt: skip
    return rows


def violations(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return those whose absence leads to a penalty."""
    kept = ("pegawai", "nip", "nama", "kumulatif", "berturut")
    return [
        {**{name: row[name] for name in kept}, "tingkat": found[0], "hukuman": found[1]}
        for row in rows
        if (found := penalty(row["kumulatif"], row["berturut"]))
    ]
