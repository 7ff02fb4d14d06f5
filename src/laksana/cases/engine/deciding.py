"""What a decision comes to that several take together: the lanes of a step, or the instances of one that runs for each row."""

from laksana.cases.engine.outcome import combine
from laksana.cases.engine.run import Run
from laksana.cases.engine.values import OUTCOMES
from laksana.cases.models import WorkItem
from laksana.sop.definition import Step
from laksana.sop.flow import Instance


def decided_by_lanes(run: Run, step: Step, item: WorkItem, others: list[WorkItem]) -> str | None:
    """Return the outcome of a decision after one of its lanes has answered in `item`; None while it is open.

    `others` have not answered yet. Only answers of this doing of the step count: a loop may have led here before.
    """
    earlier = WorkItem.objects.filter(
        case=run.case, step=step.id, instance=item.instance, cause=item.cause, state=WorkItem.State.DONE
    ).exclude(pk=item.pk)
    answers = [*earlier.values_list("outcome", flat=True), item.outcome]
    return combine(step.agree, tuple(step.outcomes), answers, len(answers) + len(others))


def decided_by_instances(run: Run, step: Step, instance: Instance) -> str | None:
    """Return the outcome of a decision after one of the instances that the step made has answered; None while it is open."""
    siblings = [i for i, maker in run.marking.made_by.items() if maker == step.id and i[:-1] == instance[:-1]]
    answers = [
        label for i in siblings if (label := run.instances[i].data.get(OUTCOMES, {}).get(step.id)) is not None
    ]
    return combine(step.agree, tuple(step.outcomes), answers, len(siblings))
