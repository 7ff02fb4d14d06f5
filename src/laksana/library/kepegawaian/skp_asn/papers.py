"""What the papers of the evaluation of performance print beyond the fields of the case."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.kepegawaian.signers import named
from laksana.people.models import Person
from laksana.people.services import desk_title, desks_of


def parties(situation: Situation) -> Mapping[str, Any]:
    """Return who is rated and who rates, each with rank, post and unit."""
    people = Person.objects.select_related("unit").in_bulk(
        [key for name in ("pegawai", "penilai") if (key := situation.values.get(name))]
    )
    return {
        f"{name}_cetak": _party(people.get(situation.values.get(name) or 0), situation)
        for name in ("pegawai", "penilai")
    }


def _party(person: Person | None, situation: Situation) -> dict[str, str | None]:
    if person is None:
        return {**named(None), "unit": None}
    posts = sorted(desk for desk in desks_of(person, situation.at) if desk.startswith("position:"))
    return {**named(person, desk_title(posts[0]) if posts else ""), "unit": person.unit.name}
