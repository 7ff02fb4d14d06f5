"""What the papers of the medal print beyond the fields of the case."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.people.models import Person
from laksana.people.services import desk_title, desks_of


def proposed(situation: Situation) -> Mapping[str, Any]:
    """Return rank and post of the one who is proposed."""
    person = Person.objects.filter(pk=situation.values.get("pegawai") or 0).first()
    if person is None:
        return {"pangkat": None, "jabatan_cetak": None}
    posts = sorted(desk for desk in desks_of(person, situation.at) if desk.startswith("position:"))
    return {"pangkat": person.rank, "jabatan_cetak": desk_title(posts[0]) if posts else None}
