"""Measure on the database of DATABASE_URL, which was made for it: reads what to do as JSON, prints what came of it as JSON."""

import json
import statistics
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import django


def measured(database: str, rounds: int, letters: int, spiff: str, runner: str) -> dict[str, Any]:
    """Return the steps per second of each round and way, after one round to warm up; the ways take turns within a round."""
    from laksana.site.bench.engine import OtherEngine
    from laksana.site.bench.floor import Floor, InPostgresql, InSqlite
    from laksana.site.bench.letters import Letters

    _set_up()
    own = Letters()
    floor = Floor(own, InPostgresql(database) if database.startswith("postgres") else InSqlite(database))
    taken: dict[str, list[float]] = {"action": [], "floor": []}
    with tempfile.TemporaryDirectory() as folder:
        other = OtherEngine(spiff, Path(runner), own.path, database, Path(folder)) if spiff else None
        for _ in range(rounds + 1):
            taken["action"].append(sum(s for _ in range(letters) for _turn, s in own.steps(own.start())))
            taken["floor"].append(sum(s for _ in range(letters) for s in floor.steps()))
            if other:
                taken.setdefault("spiff", []).append(other.carry(letters, "kept"))
                taken.setdefault("spiff_read", []).append(other.carry(letters, "read"))
        if other:
            other.stop()
    steps = letters * (len(own.turns) - 1)
    rates = {way: [steps / seconds for seconds in rest] for way, (_warm, *rest) in taken.items()}
    return {
        "steps": steps,
        "rows": floor.rows / len(floor.stepping),
        "rates": rates,
        "median": {way: statistics.median(each) for way, each in rates.items()},
    }


def _set_up() -> None:
    """Make the tables, the calendar, the demonstration office and the library."""
    from django.core.management import call_command

    from laksana.cases.play.player import local
    from laksana.library import services as library
    from laksana.people import demo
    from laksana.site.bench.letters import acts
    from laksana.worktime import services as worktime

    at = local(acts()[0].at)
    call_command("migrate", run_syncdb=True, verbosity=0)
    worktime.seed(at)
    demo.install(at - timedelta(days=90))  # so that nobody is away
    library.install()


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measured(**json.loads(sys.stdin.read()))))  # noqa: T201
