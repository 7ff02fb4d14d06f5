"""What the SKUM-PTK and the reckoning beside it print beyond the fields of the case."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.kepegawaian.signers import named
from laksana.library.kepegawaian.skumptk.rules import stops
from laksana.worktime.calendar import months_later


def statement(situation: Situation) -> Mapping[str, Any]:
    """Return who states the family; the one who acknowledges it is the paper's signatory."""
    return {"yang_menerangkan": named(situation.case.initiator)}


def overpaid_months(situation: Situation) -> Mapping[str, Any]:
    """Return the months paid after a right had ended: what was due in each, what was paid, and the difference."""
    values = situation.values
    count = int(values.get("bulan_selisih") or 0)
    if not count:
        return {"bulan_dihitung": []}
    due = values["jumlah_tunjangan"] + values["tunjangan_beras"]
    difference = values["selisih_lebih"] / count
    first = stops(values["tanggal_peristiwa"])
    return {
        "bulan_dihitung": [
            {
                "bulan": months_later(first, place),
                "seharusnya": due,
                "dibayar": due + difference,
                "selisih": difference,
            }
            for place in range(count)
        ]
    }
