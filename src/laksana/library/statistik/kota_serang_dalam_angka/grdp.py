"""Chapter 12 of the yearbook: the GRDP comes from its own procedure and is not typed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from laksana.cases.models import Case
from laksana.cases.services import definition
from laksana.sop.form import from_json


def released(year: Decimal) -> Mapping[str, Any]:
    """Return the open table of the newest yearly GRDP up to a year that has been released, and where it comes from."""
    cases = Case.objects.filter(procedure="pdrb").exclude(state=Case.State.CANCELLED).select_related("sop")
    found = [(from_json(definition(case), case.data), case.number) for case in cases]
    open_to_all = [
        (values["tahun"], values, number)
        for values, number in found
        if values.get("tabel_terbuka") and values["periode"] == "tahunan" and values["tahun"] <= year
    ]
    if not open_to_all:
        return {"tabel_pdrb": [], "sumber_pdrb": None}
    of, values, number = max(open_to_all, key=lambda each: each[0])
    mark = values["status_angka"]
    told = f"{number}: PDRB {of:f}{'' if mark == 'tetap' else mark}, versi {values['versi']:f}"
    return {"tabel_pdrb": values["tabel_terbuka"], "sumber_pdrb": told}
