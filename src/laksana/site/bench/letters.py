"""The letter that is carried by the action itself: the first worked example of surat masuk, from registration to archive."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from laksana.cases import actions
from laksana.cases.models import Attachment, Case, WorkItem
from laksana.cases.play import read_script
from laksana.cases.play.player import local, performer
from laksana.cases.play.script import Act
from laksana.files import services as files
from laksana.files.models import StoredFile
from laksana.library import catalogue
from laksana.people.models import Person

SCENARIO = "biasa-normal"
_DAYS = 200
"""Over how many days the letters are dated: those of one day are looked through for a second copy of a new one."""


@dataclass(frozen=True)
class Turn:
    """One step of the letter: who does it, when, with what."""

    step: str
    person: Person
    at: datetime
    data: dict[str, Any]
    outcome: str | None


def acts() -> list[Act]:
    """Return what is done with the letter, its start first."""
    script = (catalogue.entry("surat-masuk").folder / "scenarios.yaml").read_text(encoding="utf-8")
    return next(
        scenario.acts for scenario in read_script(script, "scenarios.yaml") if scenario.id == SCENARIO
    )


class Letters:
    """Letters that all go the same way, each with a number of its own. The office and the library must be installed."""

    def __init__(self) -> None:
        self.turns = [_turn(act, "terima" if act.do == "start" else act.step) for act in acts()]
        with (catalogue.entry("surat-masuk").folder / "demo" / "surat-opd.pdf").open("rb") as scan:
            self.scan: StoredFile = files.store(scan, "surat-opd.pdf", at=self.turns[0].at)
        self.numbers = count(1)

    @property
    def path(self) -> list[dict[str, Any]]:
        """Return the steps with their outcomes, for another engine."""
        return [{"step": turn.step, "outcome": turn.outcome} for turn in self.turns]

    def start(self) -> Case:
        """Start a letter: its first step is done."""
        first = self.turns[0]
        return actions.start("surat-masuk", first.person, first.at, values=first.data, key=uuid4())

    def steps(self, case: Case, before: Callable[[], None] = lambda: None) -> Iterator[tuple[Turn, float]]:
        """Do the other steps of a letter; yield each with the seconds that the action took, after a call of `before`."""
        number = next(self.numbers)
        for turn in self.turns[1:]:
            item = WorkItem.objects.get(case=case, step=turn.step, state=WorkItem.State.OPEN)
            data = self._data_of(turn, number)
            before()
            begin = time.perf_counter()
            actions.complete(
                item.pk, item.revision, turn.person, data, turn.at, outcome=turn.outcome, key=uuid4()
            )
            yield turn, time.perf_counter() - begin

    def _data_of(self, turn: Turn, number: int) -> dict[str, Any]:
        """Return what is typed at a step: each letter has a number, a date and a scan of its own, as an office's letters do."""
        data = dict(turn.data)
        if "nomor_surat" in data:
            data["nomor_surat"] = f"000.7.2/{number}/Bapperida/2026"
            data["tanggal_surat"] = data["tanggal_surat"] - timedelta(days=number % _DAYS)
            data["catatan_kelengkapan"] = "Diterima lewat kurir."
        if "pindaian" in data:
            scan = Attachment.objects.create(
                stored=self.scan, name="surat-opd.pdf", by=turn.person, at=turn.at
            )
            data["pindaian"] = [scan.pk]
        return data


def _turn(act: Act, step: str) -> Turn:
    at = local(act.at)
    return Turn(step, performer(act.by, at), at, act.data, act.outcome)
