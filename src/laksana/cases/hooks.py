"""Where other applications join an action's transaction: registers write rows, papers are ordered, notices go out.

They register at start-up (`apps.ready`). A hook that raises undoes the whole action.
"""

from collections.abc import Callable
from datetime import datetime

from laksana.cases.behaviour import Situation
from laksana.cases.models import Case, Clock, WorkItem

before_completing: list[Callable[[Situation, WorkItem], None]] = []
"""Called when somebody is about to do a step, with the outcome that he chose; raises a `Refused` to bar it."""

on_step_done: list[Callable[[Situation, WorkItem], None]] = []
"""Called for every step done in the action, with what the step saw and its work item."""

on_items_opened: list[Callable[[Case, list[WorkItem], datetime], None]] = []
"""Called once for an action that put work on desks."""

on_item_recalled: list[Callable[[Case, WorkItem, datetime], None]] = []
"""Called when the giver of work took it back from a desk."""

on_clock_breached: list[Callable[[Case, Clock, list[WorkItem], datetime], None]] = []
"""Called when a time limit has passed, with the open work items of the case."""

on_case_cancelled: list[Callable[[Case, datetime], None]] = []

on_case_ended: list[Callable[[Case, datetime], None]] = []


def after_action(
    case: Case, finished: list[tuple[Situation, WorkItem]], opened: list[WorkItem], at: datetime
) -> None:
    """Let the other applications add what they keep."""
    for situation, item in finished:
        for step_done in on_step_done:
            step_done(situation, item)
    if opened:
        for items_opened in on_items_opened:
            items_opened(case, opened, at)
    if case.state == Case.State.ENDED:
        for case_ended in on_case_ended:
            case_ended(case, at)
