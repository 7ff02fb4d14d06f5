"""Playing a script: cases carried out headless, by given persons at given instants, with given data, and what must come of it.

Scenario tests, demonstrations and benchmarks use it; `laksana case play SCRIPT.yaml` prints its events.
"""

from collections.abc import Iterator
from pathlib import Path

from laksana.cases.models import Event
from laksana.cases.play.player import Player
from laksana.cases.play.script import PlayError, Scenario, read_script

__all__ = ["PlayError", "Player", "Scenario", "play", "read_script"]


def play(scenario: Scenario, folder: Path) -> Iterator[Event]:
    """Play a scenario whose files lie in `folder`, yielding the events. Raises PlayError at the first thing that goes wrong."""
    return Player(scenario, folder).play()
