"""A machine of the demonstration with its file of last month: invented scans, the same at every installation on one day."""

import io
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from laksana.files.services import store
from laksana.library.kepegawaian.presensi import services
from laksana.library.kepegawaian.presensi.models import Machine, Upload
from laksana.library.kepegawaian.presensi.reading import Mapping
from laksana.library.kepegawaian.riwayat.rights import KEEPERS
from laksana.people.models import Person
from laksana.people.services import holders
from laksana.worktime.calendar import months_later
from laksana.worktime.services import calendar
from laksana.worktime.zone import local_day

_NAME = "Mesin lobi (contoh)"
_MAPPING = Mapping(layout="pindai", employee="PIN", by="nomor", moment="Waktu")
_OPENS, _CLOSES = time(7, 15), time(16, 5)
_UNKNOWN = ("999;01/01/2026 07:00", "1;tidak terbaca")
"""Rows that are refused, so that a report has something to tell."""


def install(at: datetime) -> int:
    """Take a file of last month in where no machine has given one; return the days that came of it."""
    if Machine.objects.exists():
        return 0
    people = list(Person.objects.filter(active=True).order_by("nip"))
    keepers = [person for desk in sorted(KEEPERS) for person in holders(desk, at)]
    if not people or not keepers:
        return 0
    machine = Machine.objects.create(name=_NAME)
    for number, person in enumerate(people, 1):
        services.enrol(machine, str(number), person)
    month = months_later(local_day(at).replace(day=1), -1)
    name = f"presensi-{month:%Y-%m}.csv"
    stored = store(io.BytesIO(_file(people, month)), name, ("csv",), at=at)
    upload = Upload.objects.create(machine=machine, stored=stored, name=name, by=keepers[0], at=at)
    return services.take(upload, _MAPPING, at=at).days


def _file(people: list[Person], month: date) -> bytes:
    work, lines = calendar(), ["PIN;Waktu"]
    days = [month + timedelta(days=n) for n in range((months_later(month, 1) - month).days)]
    for day in filter(work.is_workday, days):
        for number, person in enumerate(people, 1):
            chance = sha256(f"{person.nip}{day}".encode()).digest()
            for at, late in ((_OPENS, chance[0] % 24), (_CLOSES, chance[1] % 40)):
                scanned = datetime.combine(day, at) + timedelta(minutes=late)
                lines.append(f"{number};{scanned:%d/%m/%Y %H:%M}")
    return "\n".join([*lines, *_UNKNOWN]).encode()
