"""What integrating applications adds to its definition: its number, and how long a key may be valid."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Behaviour, Situation
from laksana.library.tables import Settings
from laksana.numbering.services import declare_simple, give
from laksana.worktime.calendar import months_later
from laksana.worktime.zone import local_day

integrasi = Behaviour("integrasi-aplikasi")
_SERIES = declare_simple(
    "integrasi-aplikasi", "INT/{urut:03}/{tahun}", "integrasi-aplikasi", "nomor_integrasi"
).key
figure = Settings(__file__, "../ketentuan-aplikasi.csv")


@integrasi.computes("ajukan")
def numbered(situation: Situation) -> Mapping[str, Any]:
    """Number the integration once."""
    if situation.values.get("nomor_integrasi"):
        return {}
    return {"nomor_integrasi": give(_SERIES, situation.at, situation.case.number).written}


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
