"""How the answers of several performers to one decision combine."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

Agreement = Literal["all", "any", "majority"]


def combine(agree: Agreement, labels: Sequence[str], answers: Sequence[str], total: int) -> str | None:
    """Return the outcome that the answers so far decide, or None while it is open.

    `labels` are the decision's outcomes, the first being the assent; `total` is how many will answer. With `all` one dissent
    decides; with `any` one assent does; with `majority` more than half of `total` assent, or can no longer do so.
    """
    assent = labels[0]
    dissent = [answer for answer in answers if answer != assent]
    agreed = len(answers) - len(dissent)
    needed = {"all": total, "any": 1, "majority": total // 2 + 1}[agree]
    if agreed >= needed:
        return assent
    if agreed + total - len(answers) < needed:
        return Counter(dissent).most_common(1)[0][0]
    return None
