"""Puts the office's structure (office.yaml) into the tables."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.db import transaction

from laksana.people.models import Group, Position, Unit

STRUCTURE = Path(__file__).with_name("office.yaml")
Described = Mapping[str, Mapping[str, Any]]
"""Code -> what the file says about it."""
Row = TypeVar("Row", Unit, Position, Group)


@transaction.atomic
def install_office(path: Path = STRUCTURE) -> None:
    """Make the units, positions and groups of a structure file, and bring those there are up to it.

    What the file does not name stays as it is: units and positions the office added, the people of a group.
    Raises ValidationError where a value is wrong, KeyError where a code is named that no earlier line describes.
    """
    structure = yaml.safe_load(path.read_text(encoding="utf-8"))
    units = _install_units(structure["units"])
    positions = _install_positions(structure["positions"], units)
    _install_groups(structure["groups"], positions)


def _install_units(described: Described) -> dict[str, Unit]:
    rows = [
        Unit(code=code, name=given["name"], outside=given.get("outside", False), order=order)
        for order, (code, given) in enumerate(described.items())
    ]
    for row in rows:
        row.clean_fields()
    Unit.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=["name", "outside", "order"]
    )
    units = _by_code(Unit.objects.filter(code__in=described))
    for code, above in _above(described, "parent").items():
        units[code].parent = units[above] if above else None
    Unit.objects.bulk_update(units.values(), ["parent"])
    return units


def _install_positions(described: Described, units: Mapping[str, Unit]) -> dict[str, Position]:
    rows = [
        Position(
            code=code,
            title=given["title"],
            unit=units[given["unit"]],
            kind=given["kind"],
            heads_unit=given.get("heads", False),
            seats=given.get("seats", 1),
            order=order,
        )
        for order, (code, given) in enumerate(described.items())
    ]
    for row in rows:
        row.clean_fields()
    Position.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["title", "unit", "kind", "heads_unit", "seats", "order"],
    )
    positions = _by_code(Position.objects.filter(code__in=described))
    for code, above in _above(described, "superior").items():
        positions[code].superior = positions[above] if above else None
    Position.objects.bulk_update(positions.values(), ["superior"])
    return positions


def _install_groups(described: Described, positions: Mapping[str, Position]) -> None:
    rows = [Group(code=code, name=given["name"]) for code, given in described.items()]
    for row in rows:
        row.clean_fields()
    Group.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=["name"])
    groups = _by_code(Group.objects.filter(code__in=described))
    of_groups = Group.positions.through.objects
    of_groups.filter(group__in=groups.values()).delete()
    of_groups.bulk_create(
        of_groups.model(group=groups[code], position=positions[position])
        for code, given in described.items()
        for position in given.get("positions", ())
    )


def _above(described: Described, key: str) -> dict[str, str | None]:
    """Return code -> the one above it, which an earlier line must have described: so nothing is above itself."""
    above: dict[str, str | None] = {}
    for code, given in described.items():
        over = given.get(key)
        if over is not None and over not in above:
            raise KeyError(f"{key} of {code}: {over} is not described before it")
        above[code] = over
    return above


def _by_code(rows: Iterable[Row]) -> dict[str, Row]:
    return {row.code: row for row in rows}
