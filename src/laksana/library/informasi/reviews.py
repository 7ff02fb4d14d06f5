"""Reviews of exemptions open by themselves: a case of its own, in time before information becomes open by law."""

from dataclasses import dataclass
from datetime import date, datetime

from laksana.cases.actions import open_known
from laksana.cases.models import Case
from laksana.library.informasi.exempt import PROCEDURE, Exemption, exemptions
from laksana.library.informasi.limits import workdays
from laksana.worktime.services import calendar
from laksana.worktime.zone import local_day

_GROUND = "akan_berakhir"


@dataclass(frozen=True)
class Planned:
    """A review to come: its exemption, and the day on which its case opens."""

    exemption: Exemption
    opens: date
    case: str
    """The number of the case that was opened, "" before."""


def planned(at: datetime) -> list[Planned]:
    """Return the reviews of all exemptions with an end, years ahead, the next first.

    A review opens so many working days before the day by which the PPID must have said that the information is open.
    """
    days, work = workdays("buka-peninjauan"), calendar()
    opened = _opened()
    found = [
        Planned(
            each,
            work.subtract_workdays(each.review, days),
            opened.get((each.decision, each.ends.isoformat()), ""),
        )
        for each in exemptions(at)
        if each.review and each.ends and each.state != "dibatalkan"
    ]
    return sorted(found, key=lambda each: (each.opens, each.exemption.decision))


def open_due(at: datetime) -> list[Case]:
    """Open the reviews whose day has come and that nobody opened; one for each decision and end. Return their cases."""
    today, made = local_day(at), []
    seen: set[tuple[str, date | None]] = set()
    for each in planned(at):
        of = each.exemption
        if each.case or each.opens > today or of.state == "berakhir" or (of.decision, of.ends) in seen:
            continue
        seen.add((of.decision, of.ends))
        made.append(open_known(PROCEDURE, at, _known(of)))
    return made


def _known(of: Exemption) -> dict[str, object]:
    title, information = of.titles
    return {
        "pemicu": "peninjauan_ulang",
        "dasar_peninjauan": _GROUND,
        "keputusan_ditinjau": of.decision,
        "tanggal_terbuka": of.ends,
        "judul_dokumen": title,
        "uraian_informasi": information,
        "usulan_huruf": sorted(of.letters),
    }


def _opened() -> dict[tuple[str, str], str]:
    cases = Case.objects.filter(procedure=PROCEDURE, data__pemicu="peninjauan_ulang").exclude(
        state=Case.State.CANCELLED
    )
    return {
        (str(case.data.get("keputusan_ditinjau")), str(case.data.get("tanggal_terbuka"))): case.number
        for case in cases
    }
