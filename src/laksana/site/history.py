"""The months behind the demonstration office: worked examples of all procedures, moved into them and played side by side."""

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from heapq import heapify, heappop, heappush
from itertools import count
from pathlib import Path
from typing import Any

from django.db import transaction

from laksana.cases import sweep
from laksana.cases.actions import cancel
from laksana.cases.announcing import tell_of_items
from laksana.cases.errors import Refused
from laksana.cases.models import Case, Event, WorkItem
from laksana.cases.play import Player, PlayError, Scenario, read_script
from laksana.cases.play.player import performer
from laksana.cases.play.script import Act
from laksana.cases.play.shift import begins, moved
from laksana.documents.models import Paper
from laksana.documents.tasks import make_paper
from laksana.jobs.services import enqueue, unordered
from laksana.library import catalogue
from laksana.library.kepegawaian.penjagaan.listing import make_lists
from laksana.notices.models import Notice
from laksana.people import services as people
from laksana.people.demo import roll
from laksana.people.models import Holding, Position
from laksana.signing.services import by_hand
from laksana.sop.source import plain
from laksana.worktime.services import calendar
from laksana.worktime.zone import OFFICE_ZONE, local

DAYS = 183
_MOST_LATE = 6
"""Working days that somebody is late at most."""
_SATURDAY, _FRIDAY = 5, 4
_OPEN_SINCE = timedelta(weeks=1)
"""Examples that stop in the middle are of no more than so long ago."""
_OPEN_EVERY = 3
"""So many examples of the last week may stop in the middle: each third."""
_STANDS = timedelta(weeks=4)
"""What nobody has gone on with for so long is cancelled."""
_STOOD_STILL = timedelta(days=10)
"""Where nobody goes on with a case that could go on, that began no longer ago."""
_AHEAD = timedelta(days=14)
"""Acts that an example tells of later than now are kept so long: who works within the standard time does them earlier."""
_PROMPT = (20, 90)
"""Between which shares of the standard time, in percent, somebody works who is not late."""
_TIDIED_AT = time(15, 30)
_CANCELLED_AFTER = timedelta(days=2)
_SIGNED_ON_PAPER_BEFORE = timedelta(days=4)
_UNREAD = timedelta(days=3)


@dataclass
class Played:
    """What came of playing."""

    acts: int = 0
    stopped: dict[str, str] = field(default_factory=dict)
    """Example -> why one of its cases could not go on as it tells."""


@dataclass
class _Told:
    """`history.yaml`."""

    each_month: Mapping[str, float]
    late: int
    standing: int
    cancelled: int
    reasons: Sequence[str]
    exchanged: Sequence[Sequence[str]]
    colleagues: Mapping[str, Sequence[str]]
    absences: Sequence[Mapping[str, Any]]

    def monthly(self, procedure_id: str) -> float:
        """Return how many cases of a procedure a month has."""
        return self.each_month.get(procedure_id, self.each_month["others"])


class History:
    """Plays months of work that end at an instant; the same seed and instant make the same work."""

    def __init__(self, at: datetime, days: int = DAYS, seed: int = 1) -> None:
        told = plain(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
        self.told = _Told(**told)
        self.now = local(at).replace(tzinfo=None)
        self.days = days
        self.random = random.Random(seed)  # noqa: S311  (chooses, keeps no secret)
        self.played = Played()
        self._order = count()
        self._turns: list[tuple[datetime, int, int, Player]] = []
        self._left_open: set[str] = set()
        self._as_told: set[int] = set()
        """The turns of what is played at the very instants that it tells."""

    def dates(self) -> list[date]:
        """Return the days that are played, the first to the last."""
        return [self.now.date() - timedelta(days=left) for left in range(self.days, -1, -1)]

    def plan(self, others: Iterable[Scenario] = ()) -> None:
        """Choose what is played and when, with `others` beside it."""
        self._record_absences()
        for scenario in self.examples_of_these_days():
            self._begin(scenario)
        for scenario in others:
            self._as_told.add(self._begin(scenario))
        heapify(self._turns)

    def _begin(self, scenario: Scenario) -> int:
        """Note the first turn of a scenario; return its place in the order."""
        order = next(self._order)
        if scenario.acts:
            player = Player(scenario, catalogue.entry(scenario.procedure).folder)
            self._turns.append((scenario.acts[0].at, order, 1, player))
        return order

    def play(self, day: date) -> None:
        """Play what falls on a day, in one transaction: time first, then people in the order of their acts."""
        signed = by_hand() if day < self.now.date() - _SIGNED_ON_PAPER_BEFORE else nullcontext()
        with transaction.atomic(), unordered(), signed:
            evening = min(datetime.combine(day, datetime.max.time()), self.now)
            sweep.sweep(datetime.combine(day, datetime.min.time(), OFFICE_ZONE))
            while self._turns and self._turns[0][0] <= evening:
                self._act(*heappop(self._turns))
            if day.weekday() == _FRIDAY and evening.time() >= _TIDIED_AT:
                self._tidy(day)
            sweep.sweep(evening.replace(tzinfo=OFFICE_ZONE))
            if day == self.now.date():
                make_lists(evening.replace(tzinfo=OFFICE_ZONE))

    def _act(self, at: datetime, order: int, number: int, player: Player) -> None:
        example = f"{player.scenario.procedure} {player.scenario.id}"
        if number == 1 and (example in self.played.stopped or self._stays_open(example, at)):
            return
        planned = player.scenario.acts[number - 1].at
        try:
            self._perform(player, number, at)
        except PlayError as fault:
            if at < planned <= self.now:  # what it tells of lay too far ahead to be done earlier
                heappush(self._turns, (planned, order, number, player))
            elif at < planned:
                self._left_open.add(example)
            elif number > 1:
                self.played.stopped[example] = str(fault)
            return
        self.played.acts += 1
        acts = player.scenario.acts
        if number < len(acts):
            following = acts[number].at if order in self._as_told else self._when(player, acts[number], at)
            heappush(self._turns, (max(following, at), order, number + 1, player))
        elif Case.objects.filter(pk__in=_keys(player), state=Case.State.RUNNING).exists():
            self._left_open.add(example)

    def _when(self, player: Player, act: Act, since: datetime) -> datetime:
        """Return when somebody does an act that could be done since an instant: within its standard time, unless he is late."""
        if act.do != "complete":
            return act.at
        open_items = WorkItem.objects.filter(case__in=_keys(player), step=act.step, state=WorkItem.State.OPEN)
        found = open_items.order_by("due_at").values_list("due_at", "timeout_at").first()
        until, ends = found or (None, None)
        if until is None:
            return act.at
        due = local(until).replace(tzinfo=None)
        if ends is None and self.random.randrange(100) < self.told.late:
            late = calendar().add_workdays(due.date(), self.random.randint(1, _MOST_LATE)) - due.date()
            return max(act.at, due + late)
        if act.at <= due:
            return act.at
        start = since.replace(tzinfo=OFFICE_ZONE)
        minutes = calendar().minutes_between(start, until) * self.random.randint(*_PROMPT) // 100
        return local(calendar().add_minutes(start, minutes)).replace(tzinfo=None)

    def _perform(self, player: Player, number: int, at: datetime) -> None:
        """Play an act by whom the example names, or else by who sits at that desk in these months."""
        told = [*player.scenario.acts]
        told[number - 1] = told[number - 1].model_copy(update={"at": at})
        player.scenario = player.scenario.model_copy(update={"acts": told})
        try:
            player.perform(number)
        except PlayError:
            act = player.scenario.acts[number - 1]
            if act.do != "complete" or (other := _at_the_desk(player, act)) is None:
                raise
            acts = [*player.scenario.acts]
            acts[number - 1] = act.model_copy(update={"by": other})
            player.scenario = player.scenario.model_copy(update={"acts": acts})
            player.perform(number)

    def _stays_open(self, example: str, at: datetime) -> bool:
        """Return whether an example is known to stop in the middle, and would have to stand for long."""
        return example in self._left_open and at < self.now - _OPEN_SINCE

    def _tidy(self, day: date) -> None:
        """Cancel what nobody has gone on with for weeks, as an office does that cleans up."""
        at = datetime.combine(day, _TIDIED_AT, OFFICE_ZONE)
        lain = Case.objects.filter(state=Case.State.RUNNING, last_event__isnull=False)
        for case in lain.exclude(pk__in=self._pending()).select_related("initiator"):
            if case.initiator and _last_touched(case) < at - _STANDS:
                with suppress(Refused):
                    cancel(case.pk, case.initiator, self.random.choice(self.told.reasons), at)

    def _pending(self) -> list[int]:
        """Return the cases that still have acts before them."""
        return [key for *_when, player in self._turns for key in _keys(player)]

    def _cancelling(self, first: Act, at: datetime) -> Act:
        return Act(at=at, by=first.by, do="cancel", text=self.random.choice(self.told.reasons))

    def examples_of_these_days(self) -> Iterator[Scenario]:
        """Yield the examples, each moved to a day of these months, some of them late, standing or cancelled.

        Those that do not lead to an end are played in the last weeks only.
        """
        weeks = max(1, self.days // 7)
        for procedure_id, examples in self._examples.items():
            whole = [example for example in examples if _ends(example)]
            wanted = self.told.monthly(procedure_id) * self.days / 30
            for number in range(max(1, round(wanted))):
                week = self.random.randrange(weeks)
                open_ones = week >= weeks - _OPEN_SINCE.days // 7 and number % _OPEN_EVERY == 0
                among = examples if open_ones or not whole else whole
                example = self._moved(among[number % len(among)], week)
                if example.acts:
                    yield self._as_people_are(self._told_otherwise(example, number))

    @cached_property
    def _examples(self) -> dict[str, list[Scenario]]:
        """Return the worked examples of each procedure in a random order."""
        found = {}
        for procedure_id, entry in sorted(catalogue.entries().items()):
            file = entry.folder / "scenarios.yaml"
            examples = read_script(file.read_text(encoding="utf-8"), str(file))
            found[procedure_id] = self.random.sample(examples, len(examples))
        return found

    def _moved(self, example: Scenario, week: int) -> Scenario:
        """Return an example moved by whole weeks; one that would begin on a holiday, though not on a weekend, a week later."""
        first = self.now.date() - timedelta(days=self.days)
        weeks = (first - begins(example)).days // 7 + 1 + week
        day = begins(example) + timedelta(weeks=weeks)
        if day.weekday() < _SATURDAY and not calendar().is_workday(day):
            weeks += 1
        return moved(example, timedelta(weeks=weeks), self.now + _AHEAD)

    def _told_otherwise(self, example: Scenario, number: int) -> Scenario:
        """Return an example with other names where names may stand for each other, and letters with numbers of their own."""
        turn = self._turn(example.procedure)
        pattern = re.compile("|".join(map(re.escape, sorted(turn, key=len, reverse=True))))
        acts = [
            act.model_copy(
                update={
                    "by": turn.get(act.by, act.by),
                    "data": _numbered(_exchanged(act.data, pattern, turn), number),
                }
            )
            for act in example.acts
        ]
        return example.model_copy(update={"acts": acts})

    def _turn(self, procedure_id: str) -> dict[str, str]:
        """Return which name stands for which this time: of those outside, and of colleagues with their NIP."""
        nips = {entry.username: entry.nip for entry in roll.read().entries}
        turn: dict[str, str] = {}
        for names in self.told.exchanged:
            turn |= self._turned(names)
        for colleagues in self.told.colleagues.get(procedure_id, ()):
            others = self._turned(colleagues)
            turn |= others | {nips[one]: nips[other] for one, other in others.items()}
        return turn

    def _turned(self, names: Sequence[str]) -> dict[str, str]:
        by = self.random.randrange(len(names))
        return dict(zip(names, [*names[by:], *names[:by]], strict=True))

    def _as_people_are(self, example: Scenario) -> Scenario:
        """Return an example with what happens in an office beside lateness: standstill, a change of mind."""
        lot, acts = self.random.randrange(100), list(example.acts)
        if lot < self.told.standing and acts[0].at > self.now - _STOOD_STILL:
            acts = acts[: self.random.randint(1, len(acts))]
        elif lot < self.told.standing + self.told.cancelled and acts[0].do == "start" and len(acts) > 2:
            kept = acts[: self.random.randint(1, len(acts) - 1)]
            acts = [*kept, self._cancelling(acts[0], kept[-1].at + _CANCELLED_AFTER)]
        if acts[0].at > self.now:
            acts = []
        return example.model_copy(update={"acts": [*_in_order(acts)]})

    def _record_absences(self) -> None:
        """Record who was away, and who acted for him."""
        for away in self.told.absences:
            since, until = (self.now.date() - timedelta(days=away[end]) for end in ("from", "to"))
            if away["from"] > self.days:
                continue
            first = datetime.combine(since, datetime.min.time(), OFFICE_ZONE)
            person, acting = performer(away["position"], first), performer(away["acting"], first)
            people.record_absence(person, since, until, away["reason"])
            position = Position.objects.get(code=away["position"])
            people.appoint(acting, position, since, until, kind=Holding.Kind.PLH)


def _keys(player: Player) -> list[int]:
    return [case.pk for case in player.cases.values()]


def _at_the_desk(player: Player, act: Act) -> str | None:
    """Return the account of who may do a step that lies open, if that is somebody else than the act names."""
    open_items = WorkItem.objects.filter(case__in=_keys(player), step=act.step, state=WorkItem.State.OPEN)
    for item in open_items.filter(**({} if act.instance is None else {"instance": act.instance})):
        for person in (
            people.holders(item.desk, act.at.replace(tzinfo=OFFICE_ZONE)) if ":" in item.desk else []
        ):
            if person.account and person.account.username != act.by:
                return str(person.account.username)
    return None


def _last_touched(case: Case) -> datetime:
    """Return when somebody last did something in a case."""
    return Event.objects.filter(case=case).latest("pk").at


def _ends(example: Scenario) -> bool:
    """Return whether an example leads its case to an end, by what it expects."""
    states = (example.expect.state, *(act.expect.state for act in example.acts))
    return any(state not in (None, Case.State.RUNNING) for state in states)


def _in_order(acts: Iterable[Act]) -> Iterator[Act]:
    """Yield acts none of which comes before the one it follows, as those of two cases in one example may."""
    latest = datetime.min  # noqa: DTZ901  (acts bear local time without a zone)
    for act in acts:
        latest = max(latest, act.at)
        yield act.model_copy(update={"at": latest})


def _exchanged(value: Any, pattern: re.Pattern[str], turn: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(lambda found: turn[found[0]], value)
    if isinstance(value, Mapping):
        return {key: _exchanged(each, pattern, turn) for key, each in value.items()}
    if isinstance(value, list):
        return [_exchanged(each, pattern, turn) for each in value]
    return value


def _numbered(data: dict[str, Any], number: int) -> dict[str, Any]:
    """Return the data of an act whose letter, if it brings one, has a number of its own."""
    if not isinstance(given := data.get("nomor_surat"), str):
        return data
    parts = given.split("/")
    counted = 1 if len(parts) > 1 and any(sign.isdigit() for sign in parts[1]) else 0
    parts[counted] = re.sub(r"\d+", lambda found: str(int(found[0]) + number), parts[counted], count=1)
    return {**data, "nomor_surat": "/".join(parts)}


def leave_to_the_worker(at: datetime) -> int:
    """Let the worker set the papers of what was played, the latest first and after all else; return how many.

    Those at whose desks work lies are told; what they were told about earlier work they have read.
    """
    Notice.objects.filter(at__lt=at - _UNREAD).update(read_at=at)
    with unordered():  # told on the page, not by mail
        tell_of_items(WorkItem.objects.filter(state=WorkItem.State.OPEN).values_list("pk", flat=True), at)
    owed = list(Paper.objects.filter(attachment=None).order_by("-at", "-pk").values_list("pk", flat=True))
    for paper in owed:
        enqueue(make_paper, paper_id=paper)
    return len(owed)
