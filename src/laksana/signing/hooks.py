"""What `signing` adds to the actions of `cases`."""

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Situation
from laksana.cases.errors import Refused
from laksana.cases.models import WorkItem
from laksana.signing.asking import ask_for, electronic
from laksana.signing.models import Signature
from laksana.signing.ports import port_for


def step_done(situation: Situation, item: WorkItem) -> None:
    """Let the papers of a finished step wait for their signatures."""
    ask_for(situation, item)


def refuse_unsigned(situation: Situation, item: WorkItem) -> None:
    """Bar a signing step while a paper that was made before it waits for the one who does the step.

    Only where the office signs electronically and he can; and of a decision only its first outcome, the one that goes on.
    """
    if not electronic() or situation.actor is None:
        return
    if situation.step.is_decision and situation.outcome != next(iter(situation.step.outcomes)):
        return
    documents = [each.id for each in situation.procedure.documents if item.step in each.signed_at]
    if not documents or not port_for(situation.actor, situation.at).ready:
        return
    waiting = Signature.objects.filter(
        paper__case=situation.case, paper__document__in=documents, desk=item.desk, signed_at=None
    )
    titles = list(waiting.values_list("paper__title", flat=True))
    if titles:
        raise Refused(
            _("Sign first, under “Signatures”: %(papers)s.") % {"papers": ", ".join(dict.fromkeys(titles))}
        )
