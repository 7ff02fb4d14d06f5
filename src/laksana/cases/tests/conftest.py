"""A small office and small procedures to try the engine on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import yaml

from laksana.cases import actions
from laksana.cases.models import Case, SopVersion, WorkItem
from laksana.people.models import Holding, Person, Position, Unit
from laksana.worktime import services as worktime
from laksana.worktime.zone import OFFICE_ZONE

MORNING = datetime(2026, 11, 10, 8, 0, tzinfo=OFFICE_ZONE)
NIPS = {
    "kepala": "197001011995031001",
    "sekretaris": "197502022000031002",
    "kasubag": "198003032005012003",
    "staf": "199004042015031004",
    "staf2": "199105052016032005",
}
CHAIN = ["kepala", "sekretaris", "kasubag"]


@dataclass
class Office:
    """The people of the small office, by position code."""

    people: dict[str, Person]

    def __getattr__(self, name: str) -> Person:
        return self.people[name]


@pytest.fixture
def office(db: None) -> Office:
    """A head, a secretary, a section head and two clerks with one seat each and one common desk."""
    worktime.seed(MORNING)
    unit = Unit.objects.create(code="dinas", name="Dinas")
    above: Position | None = None
    people: dict[str, Person] = {}
    for code in CHAIN:
        above = Position.objects.create(code=code, title=code.capitalize(), unit=unit, superior=above)
        people[code] = _seated(code, above, unit)
    desk = Position.objects.create(code="staf", title="Staf", unit=unit, superior=above, seats=2)
    for code in ("staf", "staf2"):
        people[code] = _seated(code, desk, unit)
    return Office(people)


def _seated(code: str, position: Position, unit: Unit) -> Person:
    person = Person.objects.create(name=f"{code.capitalize()} Contoh", nip=NIPS[code], unit=unit)
    Holding.objects.create(person=person, position=position, since=date(2020, 1, 1))
    return person


def definition(procedure_id: str = "contoh", **parts: Any) -> str:
    """Return the YAML of a small procedure: two lanes, whatever steps and fields are given."""
    lanes = {code: {"title": code.capitalize(), "is": f"position {code}"} for code in [*CHAIN, "staf"]}
    steps = [
        {"time": "30 menit", "needs": ["Berkas"], "gives": "Hasil", "by": "staf"}
        | ({} if "decides" in step else {"does": f"Mengerjakan {step['id']}"})
        | step
        for step in parts.pop("steps")
    ]
    whole = {
        "id": procedure_id,
        "code": "A.99",
        "page": 1,
        "title": f"Prosedur {procedure_id}",
        "title_en": "Example",
        "unit": "Sekretariat",
        "owner": "Sekretariat",
        "kind": "layanan",
        "initiator": "pegawai",
        "public": False,
        "summary": "Contoh.",
        "identity": {
            "number": "1",
            "version": parts.pop("version", 1),
            "made": "2026-01-01",
            "effective": "2026-01-02",
            "approved_by": "position kepala",
        },
        "legal_basis": [{"cite": "UU 1/2000", "about": "contoh"}],
        "qualifications": ["Cakap"],
        "related": [],
        "equipment": ["Komputer"],
        "warnings": ["Terlambat"],
        "records": ["Buku"],
        "performers": lanes | parts.pop("performers", {}),
        "fields": parts.pop("fields", {}),
        "steps": steps,
        "data": {"classification": "terbuka", "retention": "5 tahun"} | parts.pop("data", {}),
        **parts,
    }
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)


def install(text: str) -> SopVersion:
    """Put a definition in force."""
    from laksana.sop.definition import load

    procedure = load(text)
    return SopVersion.objects.create(
        procedure=procedure.id,
        version=procedure.identity.version,
        code=procedure.code,
        title=procedure.title,
        unit=procedure.unit,
        effective=procedure.identity.effective,
        definition=text,
        digest=str(hash(text)),
    )


@dataclass
class Desk:
    """Does steps of a case one after the other, a minute apart."""

    office: Office
    case: Case
    at: datetime = MORNING

    def do(
        self,
        step: str,
        by: str = "staf",
        *,
        outcome: str | None = None,
        instance: str | None = None,
        **values: Any,
    ) -> Case:
        """Do an open step."""
        item = self.item(step, instance)
        self.at += timedelta(minutes=1)
        self.case = actions.complete(
            item.pk, item.revision, self.office.people[by], values, self.at, outcome=outcome
        )
        return self.case

    def item(self, step: str, instance: str | None = None) -> WorkItem:
        """Return an open item."""
        items = WorkItem.objects.filter(case=self.case, step=step, state=WorkItem.State.OPEN)
        return items.filter(instance=instance).get() if instance is not None else items.order_by("pk")[0]

    @property
    def open(self) -> list[str]:
        """Return what is open or waiting: step@instance."""
        items = self.case.work_items.filter(state__in=("terbuka", "menunggu")).order_by("step", "instance")
        return [f"{i.step}@{i.instance}" if i.instance else i.step for i in items]


@pytest.fixture
def begin(office: Office) -> Callable[..., Desk]:
    """Start a case of a procedure given by its parts; a first step `terima` is put before them and done."""

    def start(*, by: str = "staf", **parts: Any) -> Desk:
        parts["steps"] = [{"id": "terima", "by": by}, *parts["steps"]]
        version = install(definition(**parts))
        return Desk(office, actions.start(version.procedure, office.people[by], MORNING, values={}))

    return start
