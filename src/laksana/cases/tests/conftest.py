"""A small office and small procedures to try the engine on."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
import yaml
from django.utils import translation

from laksana.cases import actions, behaviour
from laksana.cases.behaviour import Behaviour
from laksana.cases.models import Case, SopVersion, WorkItem
from laksana.people.models import Account, Holding, Person, Position, Unit
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


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Let refusals speak as the code is written, whatever their translation says."""
    with translation.override("en"):
        yield


@dataclass
class Office:
    """The people of the small office, by position code."""

    people: dict[str, Person]

    def __getattr__(self, name: str) -> Person:
        if name not in self.people:
            raise AttributeError(name)
        return self.people[name]


@pytest.fixture
def office(db: None) -> Office:
    """A head, a secretary, a section head and two clerks with one seat each and one common desk."""
    return furnished()


def furnished() -> Office:
    """Put the small office into an empty database."""
    worktime.seed(MORNING)
    unit = Unit.objects.create(code="dinas", name="Dinas")
    posts = {code: Position(code=code, title=code.capitalize(), unit=unit) for code in [*CHAIN, "staf"]}
    posts["staf"].seats = 2
    Position.objects.bulk_create(posts.values())
    for above, below in pairwise(posts.values()):
        Position.objects.filter(pk=below.pk).update(superior=above)
    people = {
        code: Person(name=f"{code.capitalize()} Contoh", nip=nip, unit=unit) for code, nip in NIPS.items()
    }
    Person.objects.bulk_create(people.values())
    Holding.objects.bulk_create(
        Holding(person=person, position=posts.get(code, posts["staf"]), since=date(2020, 1, 1))
        for code, person in people.items()
    )
    return Office(people)


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
    """Put a definition in force. It is checked when a case first runs on it."""
    plain = yaml.load(text, yaml.CSafeLoader)
    return SopVersion.objects.create(
        procedure=plain["id"],
        version=plain["identity"]["version"],
        code=plain["code"],
        title=plain["title"],
        unit=plain["unit"],
        effective=plain["identity"]["effective"],
        definition=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
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

    def do_item(self, item: WorkItem, by: str = "staf") -> Case:
        """Do an item as it was seen, open or not."""
        return actions.complete(item.pk, item.revision, self.office.people[by], {}, self.at)

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


@pytest.fixture
def acts() -> Iterator[Behaviour]:
    """The Python side of the procedure `contoh`, to register functions with."""
    yield Behaviour("contoh")
    behaviour._behaviours.pop("contoh")


@pytest.fixture
def administrator(office: Office) -> Person:
    """The secretary, who also looks after the system."""
    person = office.sekretaris
    person.account = Account.objects.create(username="admin", is_staff=True)
    person.save()
    return person
