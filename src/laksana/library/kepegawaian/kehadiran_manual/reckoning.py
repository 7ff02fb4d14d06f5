"""The recap of a month, and the corrections that employees have got accepted."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.gathering import gathered
from laksana.library.kepegawaian.kehadiran_manual.days import MACHINE, absent_days, merged, recap
from laksana.library.kepegawaian.presensi.services import rows_of_month
from laksana.people.models import Person
from laksana.people.services import holders
from laksana.sop.form import from_json
from laksana.worktime.calendar import WorkCalendar

_SECRETARY, _HEAD = "position:sekretaris", "position:kepala-dinas"


def reckoned(situation: Situation, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the recap of every employee, the days of absence, and how many there are of both."""
    marks = merged(with_machine(values, situation.calendar), situation.calendar)
    people = people_of(marks)
    heads = {row["pegawai"]: row["atasan"] for row in values.get("atasan_pegawai") or ()}
    rows = [
        {
            "pegawai": person,
            "meja": f"person:{person}",
            "atasan": _decider(situation, person, heads.get(person, _SECRETARY)),
            "nip": people[person].nip,
            "nama": people[person].name,
            **recap(days, situation.calendar),
        }
        for person, days in sorted(marks.items(), key=lambda each: people[each[0]].name)
    ]
    absent = [
        {"pegawai": person, "tanggal": day} for person, days in marks.items() for day in absent_days(days)
    ]
    counts = {"jumlah_pegawai": len(rows), "jumlah_tk": sum(row["tk"] for row in rows)}
    return {"rekap": rows, "hari_tk": absent, **counts}


def with_machine(values: Mapping[str, Any], calendar: WorkCalendar) -> dict[str, Any]:
    """Return the values of a recap with what the machines say of its month: once it is locked that does not change by itself."""
    return {**values, MACHINE: list(rows_of_month(values["bulan"], calendar))}


def people_of(keys: Mapping[int, Any]) -> dict[int, Person]:
    """Return the employees of these keys."""
    return Person.objects.in_bulk(list(keys))


def _decider(situation: Situation, person: int, desk: str) -> str:
    """Return whose word holds on an employee's correction: nobody decides his own."""
    for each in (desk, _SECRETARY):
        if person not in {holder.pk for holder in holders(each, situation.at)}:
            return each
    return _HEAD


def corrections(situation: Situation) -> list[Any]:
    """Return the corrections kept so far and those of this round, of one employee's day the newest."""
    fresh = from_json(situation.procedure, gathered(situation.case, "koreksi_sah"))["koreksi_sah"]
    rows = [*(situation.values.get("koreksi_sah") or ()), *fresh]
    return list({(row["pegawai"], row["tanggal"]): row for row in rows}.values())
