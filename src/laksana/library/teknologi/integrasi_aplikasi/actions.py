"""What integrating applications adds to its definition: its number."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.numbering.services import allot
from laksana.worktime.zone import local_day

integrasi = Behaviour("integrasi-aplikasi")


@integrasi.computes("ajukan")
def numbered(situation: Situation) -> Mapping[str, Any]:
    """Number the integration once."""
    if situation.values.get("nomor_integrasi"):
        return {}
    year = local_day(situation.at).year
    order = allot("integrasi-aplikasi", year, situation.at, situation.case.number)
    return {"nomor_integrasi": f"INT/{order:03d}/{year}"}
