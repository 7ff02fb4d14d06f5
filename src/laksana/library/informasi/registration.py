"""What the books of the PPID share: their numbers, and on what day something counts as received."""

from datetime import date, datetime

from laksana.cases.behaviour import Situation
from laksana.numbering.services import declare_simple, give
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.zone import local_day

for _series, _book, _procedure, _field in (
    ("permohonan-informasi", "PI", "permohonan-informasi", "nomor_pendaftaran"),
    ("keberatan-informasi", "KEB", "keberatan-informasi", "nomor_registrasi"),
    ("register-uji-konsekuensi", "UK", "informasi-dikecualikan", "nomor_register"),
    ("keputusan-klasifikasi", "DIK", "informasi-dikecualikan", "nomor_keputusan"),
):
    declare_simple(_series, f"{{urut:03}}/{_book}/PPID/{{bulan}}/{{tahun}}", _procedure, _field)


def register_number(situation: Situation, series: str, day: date) -> str:
    """Return the next number of a book, such as 042/PI/PPID/XI/2026."""
    return give(series, situation.at, situation.case.number, on=day).written


def day_received(calendar: WorkCalendar, at: datetime) -> date:
    """Return the day on which something counts as received: after closing time or on a free day, the next working day."""
    day = local_day(at)
    if calendar.is_workday(day) and at <= calendar.closing(day):
        return day
    return calendar.add_workdays(day, 1)
