"""What keeping rights true adds to its definition: when it was noted, and how much of a review is decided."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.library.rounding import half_up
from laksana.worktime.zone import local_day

hak = Behaviour("pemeliharaan-hak-akses")


@hak.computes("catat")
def noted(situation: Situation) -> Mapping[str, Any]:
    """Return when the matter was noted."""
    return {"dicatat_pada": situation.at}


@hak.computes("tarik-daftar")
def drawn(situation: Situation) -> Mapping[str, Any]:
    """Return how many accounts are to be reviewed, and until when: the limit of the owner's step."""
    timeout = situation.procedure.step("tinjau").timeout
    end = situation.calendar.deadline(situation.at, timeout.after) if timeout else None
    return {**_share(situation), "batas_tinjauan": local_day(end) if end else None}


@hak.computes("tinjau", "eskalasi")
def reviewed(situation: Situation) -> Mapping[str, Any]:
    """Return how many accounts have a decision."""
    return _share(situation)


def _share(situation: Situation) -> Mapping[str, Any]:
    """Return the accounts, those the owner decided, and their share in percent; one suspended at escalation does not count."""
    rows = situation.values.get("daftar_akun") or ()
    escalated = situation.step.id == "eskalasi"
    decided = sum(
        bool(row.get("keputusan")) and not (escalated and row["keputusan"] == "tangguhkan") for row in rows
    )
    share = Decimal(100 * decided) / len(rows) if rows else Decimal(100)
    return {
        "jumlah_akun": len(rows),
        "jumlah_ditinjau": decided,
        "persen_ditinjau": half_up(share),
    }
