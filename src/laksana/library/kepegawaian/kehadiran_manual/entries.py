"""Entries of attendance: what is wrong with them, and those that the letters of leave give by themselves."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from laksana.cases import services as cases
from laksana.cases.behaviour import Situation
from laksana.cases.models import Case
from laksana.library.kepegawaian.kehadiran_manual.days import COUNTED, days_of
from laksana.library.kepegawaian.kehadiran_manual.rules import days_of_month
from laksana.people.models import Person

Faults = dict[str, str]


def faults(situation: Situation, table: str) -> Faults:
    """Return the entries outside the month, of a wrong order or code, and a second one for one day."""
    calendar, month = situation.calendar, situation.values["bulan"]
    found: Faults = {}
    seen: set[tuple[str, int, date]] = set()
    for place, row in enumerate(situation.values.get(table) or ()):
        days = days_of(row, calendar)
        keys = {(str(row.get("sumber")), row["pegawai"], day) for day in days}
        if not days or any((day.year, day.month) != (month.year, month.month) for day in days):
            found[f"{table}.{place}.tanggal"] = "Tanggal di luar bulan rekap, atau tidak ada hari kerja."
        elif seen & keys:
            found[f"{table}.{place}.tanggal"] = "Pegawai ini sudah memiliki kode pada hari itu."
        elif not row.get("jadwal_masuk") and any(
            calendar.is_workday(day) != (row["kode"] in COUNTED) for day in days
        ):
            found[f"{table}.{place}.kode"] = (
                "L dan CB hanya pada hari libur; kode lain hanya pada hari kerja."
            )
        elif _backwards(row):
            found[f"{table}.{place}.jam_pulang"] = "Jam pulang sesudah jam masuk."
        seen |= keys
    return found


def _backwards(row: Mapping[str, Any]) -> bool:
    """Return whether marks or a shift end before they begin; a shift may run over midnight."""
    came, left = row.get("jam_masuk"), row.get("jam_pulang")
    begins, ends = row.get("jadwal_masuk"), row.get("jadwal_pulang")
    if begins and ends and ends <= begins:
        return bool(ends == begins)
    return bool(came and left and left <= came)


def signed_for(case: Case) -> Iterator[dict[str, Any]]:
    """Yield every employee of the sheets with the head who signed his."""
    heads = {
        row["pegawai"]: each.row["kabid"]
        for each in cases.instances(case)
        for row in each.data.get("entri") or ()
    }
    yield from ({"pegawai": person, "atasan": head} for person, head in heads.items())


def _last(case: Case) -> date:
    """Return the last day of a leave as it was taken: an early return ends it before the letter does."""
    return date.fromisoformat(case.data.get("dijalankan_sampai") or case.data["selesai"])


def leave(situation: Situation) -> Iterator[dict[str, Any]]:
    """Yield the leave that lies in the month, by letters that have been given."""
    days = days_of_month(situation.values["bulan"])
    first, last = days[0].isoformat(), days[-1].isoformat()
    found = Case.objects.filter(procedure="cuti", data__mulai__lte=last, data__selesai__gte=first)
    letters = [case for case in found.exclude(state=Case.State.CANCELLED) if case.data.get("nomor_surat")]
    people = {
        each.nip: each for each in Person.objects.filter(nip__in=[case.data["nip"] for case in letters])
    }
    for case in letters:
        if (person := people.get(case.data["nip"])) is not None and _last(case) >= days[0]:
            yield {
                "pegawai": person.pk,
                "tanggal": max(days[0], date.fromisoformat(case.data["mulai"])),
                "sampai": min(days[-1], _last(case)),
                "kode": "S" if case.data["jenis_cuti"] == "sakit" else "C",
                "bukti": case.data["nomor_surat"],
            }
