"""What a chart shows, whatever the paper: rows, symbols, lines, and the plan of any part of it."""

from collections.abc import Mapping, Sequence
from itertools import count, product
from string import ascii_uppercase

from laksana.sop.chart.content import rows
from laksana.sop.chart.links import links
from laksana.sop.chart.paging import cuts
from laksana.sop.chart.plan import Plan, plan
from laksana.sop.chart.wires import columns, stops, wires
from laksana.sop.definition import END, Procedure

Sheets = tuple[tuple[int, int], ...]
"""The first row of each sheet, and the one after its last."""


class Subject:
    """One procedure, as far as its chart goes. Plans are made once, as they do not depend on any length."""

    def __init__(self, procedure: Procedure, titles: Mapping[str, str], captions: Mapping[str, str]) -> None:
        self.procedure = procedure
        self.links = links(procedure)
        self.stops = stops(procedure, self.links)
        self.contents = rows(procedure, titles, captions)
        self.lanes = columns(procedure)
        self.lane_titles = [procedure.performers[lane].title for lane in self.lanes]
        self.numbers = {content.step: content.number for content in self.contents}
        self.cuts = cuts(self.links, {stop.step: place for place, stop in enumerate(self.stops)})
        """For each boundary between rows, how many lines cross it."""
        self._plans: dict[tuple[int, int], Plan] = {}

    def plans(self, sheets: Sheets) -> list[Plan]:
        """Return the plan of each sheet."""
        return [self._plan(first, last) for first, last in sheets]

    def _plan(self, first: int, last: int) -> Plan:
        known = self._plans.get((first, last))
        if known is None:
            on_page = wires(self.stops, self.links, first, last)
            known = self._plans[first, last] = plan(self.stops[first:last], on_page, len(self.lanes))
        return known

    def letters(self, sheets: Sheets) -> dict[str, str]:
        """Return the letter of each step that is reached from another sheet, in the order in which the lines leave."""
        sheet_of = {
            self.stops[row].step: number for number, place in enumerate(sheets) for row in range(*place)
        }
        reached = [
            link.target
            for link in self.links
            if link.target != END and sheet_of[link.source] != sheet_of[link.target]
        ]
        targets = list(dict.fromkeys(reached))
        return dict(zip(targets, alphabet(len(targets)), strict=True))


def alphabet(size: int) -> Sequence[str]:
    """Return so many letters: A, B, ..., Z, AA, AB, ..."""
    letters: list[str] = []
    for length in count(1):
        letters += map("".join, product(ascii_uppercase, repeat=length))
        if len(letters) >= size:
            break
    return letters[:size]
