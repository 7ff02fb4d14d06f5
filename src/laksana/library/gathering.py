"""Putting together what several units filled in, each in its own instances of steps."""

import json
from typing import Any

from laksana.cases import services as cases
from laksana.cases.models import Case


def gathered(case: Case, *tables: str) -> dict[str, list[Any]]:
    """Return of each table the rows that the units gave, one unit after another.

    Of a unit that a step asked again only its newest answer counts; where several steps ask one unit, each table is the
    one that was given last.
    """
    units: dict[str, dict[str, dict[str, Any]]] = {}
    for each in cases.instances(case):
        answers = units.setdefault(json.dumps(each.row, sort_keys=True), {})
        answers.pop(each.made_by, None)  # so that the newest answer stands last
        answers[each.made_by] = each.data
    given = [{name: rows for data in of.values() for name, rows in data.items()} for of in units.values()]
    return {table: [row for data in given for row in data.get(table) or ()] for table in tables}
