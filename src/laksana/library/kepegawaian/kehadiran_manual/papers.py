"""What the papers of attendance print beyond the fields of the case."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.kepegawaian.signers import doer
from laksana.people.models import Person, Unit


def recap_sheet(situation: Situation) -> Mapping[str, Any]:
    """Return the rank of each employee of the recap, and who made it."""
    rows = situation.values.get("rekap") or ()
    ranks = dict(Person.objects.filter(pk__in=[row["pegawai"] for row in rows]).values_list("pk", "rank"))
    return {
        "golongan_pegawai": [ranks.get(row["pegawai"], "") for row in rows],
        "pembuat": doer(situation, "periksa", title="Kepala Subbagian Umum dan Kepegawaian"),
    }


def unit_sheet(situation: Situation) -> Mapping[str, Any]:
    """Return the name of the unit whose sheet it is."""
    unit = Unit.objects.filter(code=situation.values.get("bidang") or "").first()
    return {"bidang_cetak": unit.name if unit else None}
