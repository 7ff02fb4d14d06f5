"""What the employee files and the office tell of each employee, as the lists need it; read in a few queries for all."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from laksana.library.kepegawaian.functional import LEVELS
from laksana.library.kepegawaian.kenaikan_pangkat.rules import SCHOOLING
from laksana.library.kepegawaian.riwayat.models import FileRow
from laksana.library.kepegawaian.riwayat.services import standing
from laksana.library.kepegawaian.service import full_months
from laksana.people.models import Holding, Person, Position, overlapping
from laksana.sop.nip import Nip, NipError

_SCHOOLS = {
    "SMA": "SLTA/SMK/DI/DII", "SMK": "SLTA/SMK/DI/DII", "SLTA": "SLTA/SMK/DI/DII", "DI": "SLTA/SMK/DI/DII",
    "DII": "SLTA/SMK/DI/DII", "SMP": "SLTP", "D3": "DIII", "D4": "S1/DIV", "DIV": "S1/DIV", "S1": "S1/DIV",
    "S2": "S2/Profesi setara",
}  # fmt: skip
"""How files write a schooling -> as the table of promotions does."""


@dataclass(frozen=True)
class PayBase:
    """The latest decision on pay or grade: the grade, the service in it, from when, and what proves it."""

    grade: str
    since: date
    months: int
    row: FileRow


@dataclass(frozen=True)
class Employee:
    """An employee on a day: his number taken apart, the position he holds, and his file as it stands."""

    person: Person
    nip: Nip
    holding: Holding | None
    file: Mapping[str, list[FileRow]]
    superior: Person | None

    @property
    def position(self) -> Position | None:
        """Return the position held."""
        return self.holding.position if self.holding else None

    @property
    def title(self) -> str:
        """Return what the position is called, by the file first."""
        row = self.latest("jabatan")
        return str(row.data["jabatan"]) if row else self.position.title if self.position else ""

    @property
    def status(self) -> str:
        """Return PNS or PPPK."""
        return "PPPK" if self.nip.is_pppk else "PNS"

    @property
    def joined(self) -> date:
        """Return the first of the month of appointment as CPNS, of a PPPK of its year."""
        return date(self.nip.appointed_year, self.nip.appointed_month or 1, 1)

    @cached_property
    def group(self) -> str:
        """Return the group of the post: jpt_pratama, administrator, pengawas, jf or pelaksana."""
        post = self.position
        if post is None or post.kind == Position.Kind.EXECUTIVE:
            return "pelaksana"
        if post.kind == Position.Kind.FUNCTIONAL:
            return "jf"
        if _leads_office(post):
            return "jpt_pratama"
        return "administrator" if post.superior and _leads_office(post.superior) else "pengawas"

    @cached_property
    def level(self) -> str | None:
        """Return the level of a functional post that its title names; None where it names none."""
        names = sorted((row.jenjang for row in LEVELS.rows()), key=len, reverse=True)
        return next((name for name in names if name.lower() in self.title.lower()), None)

    @cached_property
    def schooling(self) -> str | None:
        """Return the latest schooling, as the table of promotions calls it; None where the file says none of them."""
        row = self.latest("pendidikan")
        text = str(row.data["jenjang"]).strip() if row else ""
        known = [each.ijazah for each in SCHOOLING.rows()]
        return text if text in known else _SCHOOLS.get(text.upper().replace("-", "").replace(".", ""))

    def latest(self, kind: str) -> FileRow | None:
        """Return the row of a kind that begins last."""
        rows = self.file.get(kind)
        return rows[-1] if rows else None

    @cached_property
    def pay_base(self) -> PayBase | None:
        """Return the latest decision that states grade and service: on pay, or on a promotion after it."""
        rows = [row for kind in ("gaji", "pangkat") if (row := self.latest(kind))]
        if not rows:
            return None
        row = max(rows, key=lambda each: each.since)
        months = 12 * int(row.data["mkg_tahun"]) + int(row.data["mkg_bulan"])
        return PayBase(str(row.data["golongan"]), row.since, months, row)

    def unpaid_months(self, since: date) -> int:
        """Return the full months of unpaid leave since a day."""
        spans = [
            (max(row.since, since), row.until)
            for row in self.file.get("cuti", ())
            if row.data["jenis_cuti"] == "cltn" and row.until and row.until >= since
        ]
        return sum(full_months(first, last + timedelta(days=1)) for first, last in spans)

    @property
    def told(self) -> dict[str, Any]:
        """Return what every form asks of the employee."""
        return {"nip": self.nip.number, "nama": self.person.name}


def _leads_office(post: Position) -> bool:
    """Return whether nobody of the office itself stands above a post."""
    return post.superior is None or post.superior.unit.outside


def employees(on: date) -> list[Employee]:
    """Return everybody in service whose number can be read, by name."""
    files: dict[int, dict[str, list[FileRow]]] = defaultdict(lambda: defaultdict(list))
    for row in standing().filter(person__active=True).select_related("case").order_by("since", "pk"):
        files[row.person_id][row.kind].append(row)
    held = Holding.objects.filter(overlapping(on, on), kind=Holding.Kind.DEFINITIVE)
    held = held.exclude(position__kind=Position.Kind.DUTY).select_related(
        "position__superior__superior__unit", "position__superior__unit", "person"
    )
    posts = {holding.person_id: holding for holding in held.order_by("since", "pk")}
    sitting = {holding.position_id: holding.person for holding in posts.values()}
    found = []
    for person in Person.objects.filter(active=True).order_by("name", "pk"):
        try:
            nip = Nip.parse(person.nip)
        except NipError:
            continue
        holding = posts.get(person.pk)
        above = sitting.get(holding.position.superior_id or 0) if holding else None
        found.append(Employee(person, nip, holding, files.get(person.pk, {}), above))
    return found
