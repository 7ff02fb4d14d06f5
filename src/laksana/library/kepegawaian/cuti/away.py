"""Being away on leave: the desk goes to the acting official, and other procedures see it."""

from datetime import datetime, timedelta

from laksana.cases.behaviour import Done, Situation
from laksana.cases.models import Case
from laksana.library.kepegawaian.cuti import ledger
from laksana.library.kepegawaian.cuti.reckoning import hard_to_reach, workdays_of
from laksana.library.kepegawaian.cuti.rules import DAY
from laksana.people import services as people
from laksana.worktime.zone import local_day


def take_off(situation: Situation) -> Done:
    """Record that the person is away; granted annual leave into which sick leave falls ends before it."""
    values, case = situation.values, situation.case
    if case.initiator is not None:
        people.record_absence(case.initiator, values["mulai"], values["selesai"], _reason(situation))
        for leave in _ended_by_sickness(situation):
            people.shorten_absence(case.initiator, _reason_of("tahunan", leave.number), values["mulai"] - DAY)
    return Done({"dijalankan_sampai": values["selesai"]})


def _ended_by_sickness(situation: Situation) -> list[ledger.Leave]:
    values = situation.values
    if values["jenis_cuti"] != "sakit":
        return []
    annual = [each for each in ledger.granted_annual(situation) if each.last >= values["mulai"]]
    return [each for each in annual if each.first <= values["selesai"]]


def _reason(situation: Situation) -> str:
    return _reason_of(situation.values["jenis_cuti"], situation.case.number)


def _reason_of(kind: str, number: str) -> str:
    return f"Cuti {kind.replace('_', ' ')} ({number})"


def end_with_case(case: Case, at: datetime) -> None:
    """Let nobody be away any longer for leave that was cancelled."""
    if case.procedure == "cuti" and case.initiator is not None and "jenis_cuti" in case.data:
        reason = _reason_of(case.data["jenis_cuti"], case.number)
        people.shorten_absence(case.initiator, reason, local_day(at) - DAY)


def give_back(situation: Situation) -> Done:
    """Return the working days of annual leave that were not taken, and what is left with them; he is there again."""
    values, case = situation.values, situation.case
    last = values["tanggal_kembali"] - DAY
    if case.initiator is not None:
        people.shorten_absence(case.initiator, _reason(situation), last)
    if values["jenis_cuti"] != "tahunan":
        return Done({"hari_dikembalikan": 0, "dijalankan_sampai": last})
    counted_until = values["selesai"] - timedelta(days=hard_to_reach(values))
    days = workdays_of(situation, max(values["tanggal_kembali"], values["mulai"]), counted_until)
    back = {"hari_dikembalikan": days, "sisa_sesudah": values["sisa_sesudah"] + days}
    return Done({**back, "dijalankan_sampai": last})
