"""Income and spending of a budget by kind, as the summaries of RKA and DPA show them."""

from collections.abc import Sequence
from decimal import Decimal

from laksana.sop.values import number_text

KINDS = {"4": "Pendapatan", "5.1": "Belanja operasi", "5.2": "Belanja modal", "5.3": "Belanja tidak terduga"}
"""Beginning of an account's code -> its kind (Permendagri 90/2019)."""


def summary(amounts: Sequence[tuple[str, Decimal]]) -> list[list[str]]:
    """Return income and spending by kind, and what is over or short; amounts are (code of the account, amount)."""
    by_kind = {
        kind: sum((amount for code, amount in amounts if code.startswith(start)), Decimal())
        for start, kind in KINDS.items()
    }
    income = by_kind["Pendapatan"]
    spending = sum(by_kind.values(), Decimal()) - income
    rest = income - spending
    told = [[kind, number_text(amount)] for kind, amount in by_kind.items() if amount or kind != KINDS["5.3"]]
    over = number_text(rest) if rest >= 0 else f"({number_text(-rest)})"
    return [*told, ["Jumlah belanja", number_text(spending)], ["Surplus/(defisit)", over]]
