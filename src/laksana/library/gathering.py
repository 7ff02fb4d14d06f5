"""Putting together what several units filled in, each in its own instance of a step."""

import json
from typing import Any

from laksana.cases import services as cases
from laksana.cases.models import Case


def gathered(case: Case, *tables: str) -> dict[str, list[Any]]:
    """Return of each table the rows that the units gave, one after another; of a unit asked again only its newest."""
    newest = {json.dumps(each.row, sort_keys=True): each.data for each in cases.instances(case)}
    return {table: [row for data in newest.values() for row in data.get(table) or ()] for table in tables}
