"""What integrating applications adds to its definition: its number, and how long a key may be valid."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Behaviour, Situation
from laksana.library.tables import Settings
from laksana.numbering.services import allot
from laksana.worktime.calendar import months_later
from laksana.worktime.zone import local_day

integrasi = Behaviour("integrasi-aplikasi")
figure = Settings(__file__, "../ketentuan-aplikasi.csv")


@integrasi.computes("ajukan")
def numbered(situation: Situation) -> Mapping[str, Any]:
    """Number the integration once."""
    if situation.values.get("nomor_integrasi"):
        return {}
    year = local_day(situation.at).year
    order = allot("integrasi-aplikasi", year, situation.at, situation.case.number)
    return {"nomor_integrasi": f"INT/{order:03d}/{year}"}


@integrasi.check("kunci-produksi")
def key_within_agreement(situation: Situation) -> Mapping[str, str]:
    """Refuse a key that outlives its agreement, or a year."""
    until, agreed = situation.values.get("kunci_sampai"), situation.values.get("perjanjian_sampai")
    longest = months_later(local_day(situation.at), figure.whole("kunci_bulan"))
    last = min(longest, agreed) if agreed else longest
    return (
        {"kunci_sampai": _("The key may be valid until %s at the latest.") % last}
        if until and until > last
        else {}
    )
