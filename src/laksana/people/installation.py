"""Puts the office's structure (office.yaml) into the tables."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from laksana.people.models import Group, Position, Unit

STRUCTURE = Path(__file__).with_name("office.yaml")


@transaction.atomic
def install_office(path: Path = STRUCTURE) -> None:
    """Make the units, positions and groups of a structure file, and bring those there are up to it.

    What the file does not name stays as it is: units and positions the office added, the people of a group.
    Raises ValidationError where the file is wrong, KeyError where it names a code that no earlier line has.
    """
    structure = yaml.safe_load(path.read_text(encoding="utf-8"))
    units: dict[str, Unit] = {}
    for order, (code, unit) in enumerate(structure["units"].items()):
        units[code] = _unit(code, unit, order, units)
    positions: dict[str, Position] = {}
    for order, (code, position) in enumerate(structure["positions"].items()):
        positions[code] = _position(code, position, order, units, positions)
    for code, group in structure["groups"].items():
        made, _new = Group.objects.update_or_create(code=code, defaults={"name": group["name"]})
        made.positions.set([positions[position] for position in group.get("positions", [])])


def _unit(code: str, given: Mapping[str, Any], order: int, units: Mapping[str, Unit]) -> Unit:
    values = {
        "name": given["name"],
        "parent": units[given["parent"]] if "parent" in given else None,
        "outside": given.get("outside", False),
        "order": order,
    }
    return Unit.objects.update_or_create(code=code, defaults=values)[0]


def _position(
    code: str,
    given: Mapping[str, Any],
    order: int,
    units: Mapping[str, Unit],
    positions: Mapping[str, Position],
) -> Position:
    values = {
        "title": given["title"],
        "unit": units[given["unit"]],
        "superior": positions[given["superior"]] if "superior" in given else None,
        "kind": given["kind"],
        "heads_unit": given.get("heads", False),
        "seats": given.get("seats", 1),
        "order": order,
    }
    return Position.objects.update_or_create(code=code, defaults=values)[0]
