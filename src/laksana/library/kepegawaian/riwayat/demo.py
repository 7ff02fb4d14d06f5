"""A plausible, invented file for everybody of the demonstration office, the same at every installation on one day.

What stands in it follows from the NIP and the rank of the roll: when somebody began, what he has become since. Every document
is named "Contoh", so that nobody takes it for one.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from laksana.library.kepegawaian.kenaikan_gaji_berkala.rules import CONTRACT_PAY
from laksana.library.kepegawaian.pay import basic_pay, contract_pay, regraded
from laksana.library.kepegawaian.ranks import GRADES, grade_above, order
from laksana.library.kepegawaian.riwayat.kinds import content
from laksana.library.kepegawaian.riwayat.models import FileRow
from laksana.library.kepegawaian.service import full_months
from laksana.people.models import Holding, Person, Position
from laksana.sop.nip import Nip
from laksana.worktime.calendar import WorkCalendar, months_later
from laksana.worktime.services import calendar
from laksana.worktime.zone import local_day

_PAY_SINCE = date(2024, 1, 1)
"""Since when the table of basic pay holds: what was paid before it stands in no file here."""
_DEGREES = (
    ("S-3", "Dr."), ("S-2", "M."), ("S-1", "S."), ("D-III", "A.Md"),
)  # fmt: skip
_STARTS = {"S-3": "III/a", "S-2": "III/a", "S-1": "III/a", "D-III": "II/c", "SLTA": "II/a"}
_GIVEN = {
    "l": ("Arka", "Bagas", "Cakra", "Danu", "Elang", "Fajar", "Gilang", "Harsa", "Jaka", "Lintang"),
    "p": ("Ayu", "Bulan", "Cempaka", "Dewi", "Embun", "Fitri", "Gita", "Kenanga", "Laras", "Mentari"),
}
_PUNISHED = 17
"""Which of the roll has a penalty behind him, counted by NIP."""


def install(at: datetime) -> int:
    """Give a file to everybody who has none; return how many rows were written."""
    today, work = local_day(at), calendar()
    have = set(FileRow.objects.values_list("person", flat=True))
    people = list(Person.objects.filter(active=True).order_by("nip"))
    titles = _titles()
    rows = [
        FileRow(
            person=person, kind=kind, since=since, until=until, document=document, recorded_at=at,
            data=content(kind, held).model_dump(mode="json"),
        )
        for place, person in enumerate(people)
        if person.pk not in have
        for kind, since, until, held, document in _file(person, place, titles.get(person.pk, ""), today, work)
    ]  # fmt: skip
    FileRow.objects.bulk_create(rows)
    return len(rows)


Entry = tuple[str, date, date | None, dict[str, Any], str]
"""Kind, first and last day, content, document."""


def _titles() -> dict[int, str]:
    own = Holding.objects.filter(kind=Holding.Kind.DEFINITIVE).exclude(position__kind=Position.Kind.DUTY)
    titles = {}
    for seat in own.select_related("position", "person"):
        level = _level(seat.person.rank) if seat.position.kind == Position.Kind.FUNCTIONAL else ""
        titles[seat.person_id] = f"{seat.position.title} {level}".strip()
    return titles


def _level(rank: str) -> str:
    """Return the level of a functional post that goes with a rank."""
    grade = _grade_in(rank)
    if grade is None:
        return "Ahli Pertama" if rank in ("IX", "X") else "Terampil"
    if grade.startswith("II/"):
        return "Terampil"
    return "Ahli Pertama" if order(grade) <= order("III/b") else "Ahli Muda"


def _grade_in(rank: str) -> str | None:
    found = re.search(r"\((.+)\)", rank)
    return found[1] if found and GRADES.get(found[1]) else None


def _file(person: Person, place: int, title: str, today: date, work: WorkCalendar) -> Iterator[Entry]:
    nip, chance = Nip.parse(person.nip), sha256(person.nip.encode()).digest()
    level = next((name for name, mark in _DEGREES if mark in person.name), "SLTA")
    grade = _grade_in(person.rank)
    begun = date(nip.appointed_year, nip.appointed_month or 3, 1)
    if grade is None:
        yield from _contract(person, begun, title, today)
    else:
        grades = _grades(_climb(_STARTS[level], grade), begun, _promoted(title, chance, today), chance)
        for since, held, months in grades:
            known = {"golongan": held, "mkg_tahun": months // 12, "mkg_bulan": months % 12}
            yield "pangkat", since, None, known, f"Contoh-SK-{since:%Y}/{person.nip[-7:]}"
        yield from _pay(person, grades, today)
    unit = person.unit.name
    yield (
        "jabatan",
        date(2024, 1, 2),
        None,
        {"jabatan": title or "Pelaksana", "unit_kerja": unit},
        "Contoh-821/2024",
    )
    schooled = date(nip.born.year + (22 if level != "SLTA" else 18), 8, 1)
    school = "Universitas Rekaan Nusantara" if level != "SLTA" else "SMA Negeri Rekaan"
    yield (
        "pendidikan",
        schooled,
        None,
        {"jenjang": level, "sekolah": school, "jurusan": "Contoh"},
        "Contoh-Ijazah",
    )
    yield from _family(person, nip, chance, today)
    yield from _yearly(chance, today, work, begun)
    yield from _awards(begun, chance, grade, today)
    card = {"jenis_kartu": "kartu_asn_virtual", "nomor": f"CONTOH-{person.nip[-7:]}"}
    yield "kartu", months_later(begun, 12), None, card, "Contoh-Kartu"
    if place == _PUNISHED:
        punished = {"tingkat": "ringan", "jenis_hukuman": "Teguran lisan"}
        yield "disiplin", date(today.year - 2, 5, 4), date(today.year - 2, 5, 4), punished, "Contoh-862/1"


def _climb(start: str, end: str) -> list[str]:
    """Return the grades somebody had, from that of his schooling."""
    steps = [start]
    while order(steps[-1]) < order(end) and (above := grade_above(steps[-1])) is not None:
        steps.append(above)
    return steps


def _promoted(title: str, chance: bytes, today: date) -> date:
    """Return when somebody came to his grade: so that in any quarter a few, not all, have completed their time in it."""
    functional = any(level in title for level in ("Ahli", "Terampil"))
    return months_later(today.replace(day=1), -1 - chance[18] % (22 if functional else 46))


def _grades(steps: list[str], begun: date, last: date, chance: bytes) -> list[tuple[date, str, int]]:
    """Return since when each grade, with the service in grade in months; evenly from the beginning until the last.

    Who had worked elsewhere before began with months of service, so that pay rises do not come to all at once.
    """
    if len(steps) == 1:
        return [(begun, steps[0], 0)]
    last = max(last, months_later(begun, len(steps)))
    apart = full_months(begun, last) / max(1, len(steps) - 1)
    found = [(begun, steps[0], chance[19] % 24)]
    for number, grade in enumerate(steps[1:], 1):
        since = months_later(begun, int(apart * number))
        before_since, before, months = found[-1]
        found.append((since, grade, regraded(months + full_months(before_since, since), before, grade)))
    return found


def _pay(person: Person, grades: list[tuple[date, str, int]], today: date) -> Iterator[Entry]:
    """Yield the pay since the table holds: on its first day, at every promotion, and every second year of service."""
    now = [row for row in grades if row[0] <= _PAY_SINCE] or grades[:1]
    since, grade, months = now[-1]
    first = max(since, _PAY_SINCE)
    months += full_months(since, first)
    later = {row[0]: row for row in grades if row[0] > first}
    day = first
    while day <= today:
        if day in later:
            _since, grade, months = later[day]
        due = day == first or day in later or (months % 24 == 0 and order(grade) >= order("III/a"))
        due = due or (months % 24 == 12 and order(grade) < order("III/a"))
        amount = basic_pay(grade, months // 12)
        if due and amount is not None:
            held = {
                "golongan": grade,
                "gaji_pokok": amount,
                "mkg_tahun": months // 12,
                "mkg_bulan": months % 12,
            }
            yield "gaji", day, None, held, f"Contoh-822/{day:%Y}/{person.nip[-7:]}"
        day, months = months_later(day, 1), months + 1


def _contract(person: Person, begun: date, title: str, today: date) -> Iterator[Entry]:
    grade = person.rank
    begins = begun
    while months_later(begins, 60) <= today:
        begins = months_later(begins, 60)
    until = months_later(begins, 60) - timedelta(days=1)
    held = {"golongan_pppk": grade, "jabatan": title or "Pelaksana"}
    yield "kontrak", begins, until, held, f"Contoh-PK/{begins:%Y}/{person.nip[-7:]}"
    row = CONTRACT_PAY.get(grade)
    since = max(begins, _PAY_SINCE)
    while row is not None and since <= today:
        months = full_months(begun, since)
        pay = {
            "golongan": grade,
            "gaji_pokok": contract_pay(grade, months // 12) or row.gaji_terendah,
            "mkg_tahun": months // 12,
            "mkg_bulan": months % 12,
        }
        yield "gaji", since, None, pay, f"Contoh-PK/{begins:%Y}/{person.nip[-7:]}"
        since = months_later(since, 24 - months % 24)


def _family(person: Person, nip: Nip, chance: bytes, today: date) -> Iterator[Entry]:
    age = today.year - nip.born.year
    if age < 27 or chance[0] % 6 == 0:
        return
    family = person.name.partition(",")[0].split()[-1]
    married = date(nip.born.year + 26, 1 + chance[1] % 12, 1 + chance[2] % 27)
    other = "p" if not nip.female else "l"
    yield _member(
        "pasangan",
        f"{_named(other, chance[3])} {family}",
        married.replace(year=nip.born.year + 1),
        married,
        True,
    )
    for number in range(min(3, chance[4] % 4, max(0, (age - 27) // 2))):
        born = date(married.year + 1 + 3 * number, 1 + chance[5 + number] % 12, 1 + chance[8 + number] % 27)
        if born < today:
            sex = "lp"[chance[11 + number] % 2]
            paid = number < 2 and months_later(born, 12 * 21) > today
            yield _member("anak", f"{_named(sex, chance[14 + number])} {family}", born, born, paid)


def _named(sex: str, number: int) -> str:
    return _GIVEN[sex][number % len(_GIVEN[sex])]


def _member(relation: str, name: str, born: date, since: date, paid: bool) -> Entry:
    held = {"hubungan": relation, "nama": name, "tanggal_lahir": born, "tertanggung": paid}
    return "keluarga", since, None, held, "Contoh-KK"


def _yearly(chance: bytes, today: date, work: WorkCalendar, begun: date) -> Iterator[Entry]:
    """Yield leave, ratings and attendance of the last years."""
    for back in (2, 1, 0):
        year = today.year - back
        if begun.year >= year:
            continue
        if back:
            held = {"tahun": year, "predikat": "Sangat Baik" if chance[20 + back] % 4 == 0 else "Baik"}
            yield "skp", date(year, 1, 1), date(year, 12, 31), held, f"Contoh-SKP/{year}"
        for number, month in enumerate((3, 7) if back else (4,)):
            first = work.workday_on_or_after(date(year, month, 3 + chance[22 + number] % 20))
            last = first + timedelta(days=2 + chance[24 + back] % 3)
            days = work.workdays_between(first - timedelta(days=1), last)
            if last < today:
                held = {"jenis_cuti": "tahunan", "lama": days}
                yield "cuti", first, last, held, f"Contoh-SIC/{year}/{number + 1}"
        if chance[26 + back] % 5 == 0:
            ill = work.workday_on_or_after(date(year, 2, 5))
            if ill < today:
                yield "cuti", ill, ill, {"jenis_cuti": "sakit", "lama": 1}, f"Contoh-SIC/{year}/S"
    for back in (3, 2, 1):
        first = months_later(today.replace(day=1), -back)
        last = months_later(first, 1) - timedelta(days=1)
        days = work.workdays_between(first - timedelta(days=1), last)
        away = chance[29 - back] % 3
        held = {
            "hari_kerja": days, "hadir": days - away, "tanpa_keterangan": 0, "dinas_luar": away,
            "terlambat_menit": chance[28 - back] % 45,
        }  # fmt: skip
        yield "kehadiran", first, last, held, f"Contoh-Rekap/{first:%Y-%m}"


def _awards(begun: date, chance: bytes, grade: str | None, today: date) -> Iterator[Entry]:
    """Yield the medals of service; some wait for the last that they have reached."""
    if grade is None:
        return
    reached = [years for years in (10, 20, 30) if months_later(begun, 12 * years) < date(today.year, 8, 17)]
    if reached and chance[30] % 3 == 0:
        reached.pop()
    for years in reached:
        day = date(begun.year + years + 1, 8, 17)
        if day < today:
            held = {"penghargaan": f"Satyalancana Karya Satya {years} tahun"}
            yield "penghargaan", day, None, held, f"Contoh-Keppres/{day:%Y}"
