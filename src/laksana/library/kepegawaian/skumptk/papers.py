"""What the SKUM-PTK prints beyond the fields of the case: who states it, and who acknowledges it."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.kepegawaian.signers import named


def statement(situation: Situation) -> Mapping[str, Any]:
    """Return who states the family; the one who acknowledges it is the paper's signatory."""
    return {"yang_menerangkan": named(situation.case.initiator)}
