"""Background work of the workspace: what an administrator orders and looks at later."""

from datetime import datetime

from django.utils.translation import gettext as _

from laksana.cases.chain import Broken, verify
from laksana.cases.models import Case
from laksana.jobs.services import job
from laksana.people.accounts import record
from laksana.people.models import OfficeChange, Person

_NAMED = 20
"""How many broken chains are named; where there are more, `laksana audit verify` names all."""


@job(unique=True)
def verify_chains(by: int, *, at: datetime) -> None:
    """Verify the chain of events of every case and write down what came of it."""
    cases = Case.objects.order_by("pk")
    broken = list(verify(cases.iterator()))
    record(Person.objects.get(pk=by), at, OfficeChange.About.AUDIT, _outcome(cases.count(), broken))


def _outcome(checked: int, broken: list[Broken]) -> str:
    if not broken:
        return _("%(cases)d cases verified, every chain holds") % {"cases": checked}
    named = "; ".join(f"{link.case}: {link.reason}" for link in broken[:_NAMED])
    told = {"cases": checked, "broken": len(broken), "named": named}
    return _("%(cases)d cases verified, %(broken)d chains are broken: %(named)s") % told
