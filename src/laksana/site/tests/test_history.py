"""The months behind the demonstration office: real work of many procedures, that holds as any work does."""

from datetime import UTC, datetime

import pytest
from django_tasks_db.models import DBTaskResult

from laksana.cases import chain
from laksana.cases.models import Case, Event, WorkItem
from laksana.documents.models import Paper
from laksana.library import services as library
from laksana.people.services import install_office
from laksana.site.demonstration import install_people
from laksana.site.history import History, leave_to_the_worker
from laksana.worktime import services as worktime
from laksana.worktime.zone import local_day

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAYS = 7


@pytest.mark.django_db
def test_work_of_the_past_is_real_work() -> None:
    worktime.seed(AT)
    install_office()
    library.install()
    install_people(AT, lambda _said: None)
    history = History(AT, DAYS)
    history.plan()
    for day in history.dates():
        history.play(day)

    cases = Case.objects.all()
    assert cases.values("procedure").distinct().count() > 40
    assert set(cases.values_list("state", flat=True)) >= {Case.State.RUNNING, Case.State.ENDED}
    assert not cases.filter(opened_at__gt=AT).exists()
    assert len(history.played.stopped) < 30
    assert list(chain.verify(cases.iterator())) == []
    days = [local_day(at) for at in Event.objects.order_by("pk").values_list("at", flat=True)]
    assert days == sorted(days)

    assert not DBTaskResult.objects.exists()
    papers = leave_to_the_worker(AT)
    assert papers == Paper.objects.count() == DBTaskResult.objects.count() > 0
    desks = WorkItem.objects.filter(state=WorkItem.State.OPEN).values("desk").distinct()
    assert desks.count() > 15


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_plan() -> None:
    worktime.seed(AT)

    def plan(seed: int) -> list[tuple[datetime, str]]:
        return [
            (act.at, example.id)
            for example in History(AT, DAYS, seed).examples_of_these_days()
            for act in example.acts
        ]

    assert plan(1) == plan(1) != plan(2)
