"""A busy office for tests with real processes: people who do whatever step is open, by every door, and what must hold afterwards.

It runs in processes of its own, some of which are killed; what was acknowledged to them they write down on the disk.
"""

import json
import os
import random
import signal
import time
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from select import select
from typing import Any, NoReturn
from uuid import UUID, uuid4

from django.apps import apps
from django.db import connections, transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks.signals import task_finished

from laksana.cases import actions
from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.cases.chain import verify
from laksana.cases.definitions import parsed
from laksana.cases.engine.marking import ACTIVE, path_of
from laksana.cases.engine.run import Run
from laksana.cases.errors import AlreadyDone, Refused
from laksana.cases.models import Case, Clock, Event, SopVersion, WorkItem
from laksana.cases.tests.conftest import definition, furnished, install
from laksana.cases.tests.model import Model
from laksana.jobs.services import enqueue, job
from laksana.jobs.worker import JobRunner
from laksana.numbering.models import AllottedNumber, Series
from laksana.numbering.services import allot, gaps
from laksana.people.models import Account, Person
from laksana.people.services import office_on

PROCEDURE = "ramai"
CASES, CHAINS = 12, 20
STEPS: list[dict[str, Any]] = [
    {"id": "terima", "asks": ["hal"]},
    {"id": "agenda", "auto": "nomor", "attended": True, "then": ["bagi", "paraf"]},
    {"id": "bagi", "by": "kasubag", "asks": ["penerima"], "then": "kerja"},
    {"id": "kerja", "by": "penerima", "for_each": "penerima", "then": "lapor"},
    {"id": "lapor", "by": "penerima", "asks": ["hasil"], "then": "himpun"},
    {"id": "himpun", "by": "kasubag", "gathers": "kerja", "then": "putus"},
    {"id": "paraf", "by": "sekretaris", "then": "putus"},
    {
        "id": "putus",
        "by": "kepala",
        "joins": True,
        "decides": "Memutus",
        "outcomes": {"Ya": "arsip", "Tidak": "agenda"},
    },
    {"id": "arsip", "then": "selesai"},
]
FIELDS: dict[str, Any] = {
    "hal": {"label": "Hal", "type": "text", "required": True},
    "hasil": {"label": "Hasil", "type": "text"},
    "nomor": {"label": "Nomor", "type": "number", "computed": True},
    "penerima": {
        "label": "Penerima",
        "type": "table",
        "columns": {"kepada": {"label": "Kepada", "type": "assignee"}},
    },
}
CLOCKS = [{"id": "batas", "from": "terima", "to": "arsip", "limit": "3 hari kerja", "pauses_at": ["paraf"]}]
BOOK = {
    "id": "buku",
    "title": "Buku Agenda",
    "at": "agenda",
    "each_time": True,
    "columns": ["no", "nomor", "hal"],
}
ROWS = [{"kepada": "position:kasubag"}, {"kepada": "position:sekretaris"}]

acts = Behaviour(PROCEDURE)


@acts.automatic("nomor")
def number(situation: Situation) -> Done:
    """Give the letter a number of the agenda."""
    return Done({"nomor": allot("agenda", situation.at.year, situation.at, situation.case.number)})


def set_up() -> None:
    """Furnish the office, with an account for everybody, and put the procedure in force."""
    office = furnished()
    for name, person in office.people.items():
        person.account = Account.objects.create(username=name)
        person.save()
    each = {"penerima": {"title": "Penerima", "is": "each kepada"}}
    install(
        definition(PROCEDURE, steps=STEPS, fields=FIELDS, clocks=CLOCKS, registers=[BOOK], performers=each)
    )


# -- doing whatever is open ----------------------------------------------------------------------------------------------------


def start_case(key: UUID, at: datetime) -> Case:
    """Start a case, doing its first step."""
    person = Person.objects.get(account__username="staf")
    return actions.start(PROCEDURE, person, at, values={"hal": "Surat"}, key=key)


def some_item(chance: random.Random) -> WorkItem | None:
    """Return an open item of some case."""
    items = WorkItem.objects.filter(state=WorkItem.State.OPEN).select_related("case")[:40]
    return chance.choice(items) if items else None


def performer(item: WorkItem, at: datetime) -> Person:
    """Return one who sits at an item's desk."""
    person: Person = Person.objects.select_related("account").get(pk=office_on(at).holders(item.desk)[0])
    return person


def form_of(item: WorkItem, chance: random.Random) -> tuple[dict[str, Any], str | None]:
    """Return what one types into the form of a step, and the decision."""
    forms: dict[str, dict[str, Any]] = {"bagi": {"penerima": ROWS}, "lapor": {"hasil": "Sudah"}}
    outcome = chance.choice(["Ya", "Ya", "Tidak"]) if item.step == "putus" else None
    return forms.get(item.step, {}), outcome


def direct(item: WorkItem, key: UUID, chance: random.Random, at: datetime) -> bool:
    """Do a step by calling the action."""
    values, outcome = form_of(item, chance)
    try:
        actions.complete(item.pk, item.revision, performer(item, at), values, at, outcome=outcome, key=key)
    except AlreadyDone:
        return False
    return True


def by_form(item: WorkItem, key: UUID, chance: random.Random, at: datetime) -> bool:
    """Do a step by sending the form of its page."""
    values, outcome = form_of(item, chance)
    sent: dict[str, Any] = {"_key": str(key), "_revision": item.revision, "outcome": outcome or ""}
    for name, value in values.items():
        if isinstance(value, list):
            sent |= {
                f"{name}.{n}.{column}": cell for n, row in enumerate(value) for column, cell in row.items()
            }
        else:
            sent[name] = value
    browser = _browser_of(performer(item, at).pk)
    browser.post(reverse("workspace:step", args=[item.case.number, item.pk]), sent)
    return Event.objects.filter(key=key).exists()


@cache
def _browser_of(person: int) -> Client:
    """Return the browser of a person, in which he is signed in."""
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(Account.objects.get(person=person))
    return browser


Door = Callable[[WorkItem, UUID, random.Random, datetime], bool]
DOORS: dict[str, Door] = {"direct": direct, "form": by_form}


def work(door: Door, seed: int, log: int, done: int) -> None:
    """Start cases and do steps until killed, writing down each action that was acknowledged, on the disk."""
    chance = random.Random(seed)  # noqa: S311
    while True:
        at, key = timezone.now(), UUID(int=chance.getrandbits(128), version=4)
        running = Case.objects.filter(state=Case.State.RUNNING).count()
        item = some_item(chance) if running >= CASES else None
        if item is None:
            start_case(key, at)
        elif not door(item, key, chance, at):
            continue
        os.write(log, f"{key}\n".encode())
        os.fsync(log)
        os.write(done, b".")


# -- the same by jobs of a worker ----------------------------------------------------------------------------------------------


@job(retries=500, backoff=timedelta(seconds=0), priority=10)
def carry_on(*, case: int, key: str, at: datetime) -> None:
    """Do the first open step of a case, and order that the next one be done; run again after a kill it does nothing."""
    with transaction.atomic():
        if Event.objects.filter(key=key).exists():
            return
        item = WorkItem.objects.filter(case=case, state=WorkItem.State.OPEN).order_by("pk").first()
        if item is None:
            return
        direct(item, UUID(key), random.Random(key), at)  # noqa: S311
        enqueue(carry_on, case=case, key=str(uuid4()))


def work_off(done: int) -> None:
    """Be a worker until killed."""
    task_finished.connect(lambda **_: os.write(done, b"."), weak=False)
    JobRunner().run(interval=0.01)


# -- killing -------------------------------------------------------------------------------------------------------------------


def kill_often(door: str, times: int, log_name: str, longest: float) -> None:
    """Keep two processes at work by a door, and kill one after the other, each at some moment after it has done something.

    A worker is also killed when it has done nothing for a while. There are always cases left for workers to carry on.
    """
    _read_ahead()
    _warm_up(door)
    log = os.open(log_name, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    chance = random.Random(door)  # noqa: S311
    working = [_born(door, chance, log) for _ in range(2)]
    for _ in range(times):
        if door == "worker":
            _keep_chains_running()
        victim, hears = working.pop(0)
        working.append(_born(door, chance, log))
        select([hears], [], [], 0.5 if door == "worker" else 60)
        time.sleep(chance.uniform(0, longest))
        _kill(victim)
        os.close(hears)
    for victim, _hears in working:
        _kill(victim)


def _read_ahead() -> None:
    """Read the definition before processes are born, so that they begin to work at once."""
    parsed(SopVersion.objects.get(procedure=PROCEDURE).pk)
    connections.close_all()


def _warm_up(door: str) -> None:
    """Do one thing by a door before the processes are born, so that all its modules are there."""
    if door == "worker":
        JobRunner().turn()
    else:
        chance = random.Random(0)  # noqa: S311
        start_case(uuid4(), timezone.now())
        item = some_item(chance)
        assert item is not None
        assert DOORS[door](item, uuid4(), chance, timezone.now())
    connections.close_all()


def _born(door: str, chance: random.Random, log: int) -> tuple[int, int]:
    """Return a process at work, and where it says that it has done something."""
    seed, (hears, says) = chance.getrandbits(64), os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hears)
        _alone(lambda: work_off(says) if door == "worker" else work(DOORS[door], seed, log, says))
    os.close(says)
    return child, hears


def _alone(doing: Callable[[], object]) -> NoReturn:
    """Do something in a process just born, and end it: it must never go on as its parent does."""
    try:
        doing()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _kill(child: int) -> None:
    done, status = os.waitpid(child, os.WNOHANG)
    if done:
        raise RuntimeError(f"a process ended by itself with status {status}")
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


# -- racing --------------------------------------------------------------------------------------------------------------------


def race(rounds: int, *, same_key: bool) -> None:
    """Let two processes do one thing at once, again and again; print for each round what they were told.

    With the same key both send one form: alternately for a step, and for the start of a case.
    """
    _read_ahead()
    chance = random.Random(rounds)  # noqa: S311
    for turn in range(rounds):
        item = _item_to_race_for(chance)
        key = uuid4()
        connections.close_all()
        starts = same_key and turn % 2 == 1
        keys = [key, key] if same_key else [uuid4(), uuid4()]
        told = at_once([partial(_answer, item, key, starts=starts) for key in keys])
        print(json.dumps({"item": item.pk, "keys": [str(key) for key in keys], "told": told}))  # noqa: T201


def _item_to_race_for(chance: random.Random) -> WorkItem:
    item = WorkItem.objects.filter(state=WorkItem.State.OPEN, step="agenda").select_related("case").first()
    if item is None:
        start_case(uuid4(), timezone.now())
        return _item_to_race_for(chance)
    return item


def _answer(item: WorkItem, key: UUID, *, starts: bool) -> str:
    at = timezone.now()
    try:
        if starts:
            return start_case(key, at).number
        case = actions.complete(item.pk, item.revision, performer(item, at), {}, at, key=key)
    except AlreadyDone as refusal:
        return f"late: {refusal.by}"
    except Refused as refusal:
        return f"refused: {refusal}"
    return f"done {case.number}"


def at_once(doings: list[Callable[[], str]]) -> list[str]:
    """Do things in processes that begin at the same moment; return what each was told."""
    gate, opens = os.pipe()
    answers = []
    for doing in doings:
        reads, writes = os.pipe()
        if os.fork() == 0:
            os.close(opens)
            os.close(reads)
            _alone(partial(_wait_and_do, doing, gate, writes))
        os.close(writes)
        os.read(reads, 1)
        answers.append(reads)
    os.close(gate)
    os.close(opens)
    told = []
    for reads in answers:
        with os.fdopen(reads) as answer:
            told.append(answer.read())
        os.wait()
    return told


def _wait_and_do(doing: Callable[[], str], gate: int, writes: int) -> None:
    connections["default"].ensure_connection()
    os.write(writes, b".")
    os.read(gate, 1)
    os.write(writes, doing().encode())


# -- what must hold afterwards -------------------------------------------------------------------------------------------------


def faults(acknowledged: list[str]) -> list[str]:
    """Return everything that is not as it must be: nothing."""
    found = [
        f"acknowledged, but not there: {key}"
        for key in acknowledged
        if not Event.objects.filter(key=key).exists()
    ]
    found += [f"acknowledged twice: {key}" for key in acknowledged if acknowledged.count(key) > 1]
    found += [f"broken chain: {broken}" for broken in verify(Case.objects.order_by("pk").iterator())]
    for case in Case.objects.order_by("pk"):
        found += [f"{case}: {fault}" for fault in (*_wrong_flow(case), *_wrong_rows(case))]
    return found + _wrong_numbers() + _wrong_announcements()


def _wrong_flow(case: Case) -> list[str]:
    """Compare where a case stands with where the pure net stands after the same events."""
    model = Model(parsed(case.sop_id).procedure, quick=False)
    events = case.events.filter(kind="completed").select_related("work_item").order_by("number")
    for event in events:
        assert event.work_item is not None
        for name, value in event.data.get("values", {}).items():
            if name == "penerima":
                model.given[name, path_of(event.work_item.instance)] = len(value)
        model.done(event.work_item, event.data.get("outcome"))
    marking = Run.read(case, case.opened_at, None).marking
    wrong = (
        []
        if marking.arrived == model.marking.arrived
        else [f"stands at {marking.arrived}, not {model.marking.arrived}"]
    )
    return wrong + ([] if marking.made_by == model.marking.made_by else ["its rows are not those of its net"])


def _wrong_rows(case: Case) -> list[str]:
    items, events = list(case.work_items.all()), list(case.events.all())
    completed = sorted(event.work_item_id or 0 for event in events if event.kind == "completed")
    done = sorted(item.pk for item in items if item.state == WorkItem.State.DONE)
    running = case.state == Case.State.RUNNING
    clocks = list(case.clocks.values_list("state", flat=True))
    checks = {
        "done items and events differ": completed == done,
        "an item was opened by no event": {i.cause for i in items} <= {e.number for e in events},
        "running without work, or ended with some": any(i.state in ACTIVE for i in items) == running,
        "it should have one clock": len(clocks) == 1,
        "its clock runs on": running or clocks[0] in (Clock.State.MET, Clock.State.LATE),
    }
    paused = any(i.step == "paraf" and i.state == WorkItem.State.OPEN for i in items)
    checks["its clock does not stand still for its step"] = (
        not running or (clocks[0] == Clock.State.PAUSED) == paused
    )
    return [fault for fault, holds in checks.items() if not holds]


def _wrong_numbers() -> list[str]:
    """Look for gaps and repeats in every series, and for numbers that no event tells of."""
    found = []
    for series in Series.objects.filter(key="agenda"):
        found += [f"gap in {series}: {value}" for value in gaps(series.key, series.year)]
    told = [
        int(value)
        for value in Event.objects.filter(step="agenda").values_list("data__values__nomor", flat=True)
        if value
    ]
    allotted = list(AllottedNumber.objects.values_list("value", flat=True))
    if sorted(told) != sorted(allotted):
        found.append("the agenda's numbers are not those that the cases tell of")
    for year in {case.opened_at.year for case in Case.objects.only("opened_at")}:
        numbers = sorted(
            int(n.rpartition("/")[2])
            for n in Case.objects.filter(opened_at__year=year).values_list("number", flat=True)
        )
        if numbers != list(range(1, len(numbers) + 1)):
            found.append(f"the numbers of cases of {year} have gaps or repeats")
    entries = list(
        apps.get_model("registers", "Entry").objects.order_by("number").values_list("number", flat=True)
    )
    if entries != list(range(1, len(told) + 1)):
        found.append("the book does not have one row for each agenda")
    return found


def _wrong_announcements() -> list[str]:
    """Every item put on a desk was to be told of by exactly one job."""
    jobs = apps.get_model("django_tasks_database", "DBTaskResult").objects.filter(
        task_path__endswith=".announce_items"
    )
    ordered = [
        item for given in jobs.values_list("args_kwargs", flat=True) for item in given["kwargs"]["items"]
    ]
    opened = WorkItem.objects.exclude(desk="").values_list("pk", flat=True)
    first_steps = WorkItem.objects.filter(step="terima").values_list("pk", flat=True)
    return (
        []
        if sorted(ordered) == sorted(set(opened) - set(first_steps))
        else ["items and their announcements differ"]
    )


# -- what the tests call -------------------------------------------------------------------------------------------------------


def begin_chains(count: int) -> None:
    """Start cases that workers carry on."""
    for _ in range(count):
        with transaction.atomic():
            case = start_case(uuid4(), timezone.now())
            enqueue(carry_on, case=case.pk, key=str(uuid4()))


def chains_left() -> QuerySet[Any]:
    """Return the jobs that carry cases on and have not ended."""
    jobs = apps.get_model("django_tasks_database", "DBTaskResult").objects
    return jobs.filter(task_path__endswith=".carry_on", status__in=("READY", "RUNNING"))


def _keep_chains_running() -> None:
    """Start as many cases as have ended, so that no worker is killed while it has nothing to do."""
    begin_chains(CHAINS - chains_left().count())
    connections.close_all()  # before the next process is born


def finish_chains() -> None:
    """Let one worker do what is left, that of the killed ones too once their leases have ended."""
    while chains_left().exists():
        JobRunner().run(once=True)
        time.sleep(0.2)


def report(log_name: str) -> None:
    """Print the faults as JSON, and how much was done."""
    log = Path(log_name)
    acknowledged = log.read_text().split() if log.exists() else []
    told = {
        "faults": faults(acknowledged),
        "acknowledged": len(acknowledged),
        "done": Event.objects.filter(kind="completed").count(),
        "running": Case.objects.filter(state=Case.State.RUNNING).count(),
    }
    print(json.dumps(told))  # noqa: T201
