"""What sending a classified message adds to its definition: its number, its limits, and how often it was sent again."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.persandian.berita import retransmissions_left
from laksana.numbering.services import declare_simple, give
from laksana.sop.definition import Limit
from laksana.worktime.zone import local_day

pengiriman = Behaviour("pengiriman-berita-berklasifikasi")
_AGENDA = declare_simple(
    "agenda-sandi-keluar",
    "SANDI.K/{urut:03}/{bulan}/{tahun}",
    "pengiriman-berita-berklasifikasi",
    "nomor_berita",
).key
_AGAIN = ("Kirim ulang elektronik", "Kirim ulang lewat kurir")


@pengiriman.automatic("nomor-agenda-sandi")
def number_message(situation: Situation) -> Done:
    """Give a message its number, once, by the day it is handed to the crypto room."""
    values = situation.values
    if values.get("nomor_berita"):
        return Done()
    handed = local_day(values["diserahkan_ke_sandi"])
    return Done({"nomor_berita": give(_AGENDA, situation.at, situation.case.number, on=handed).written})


@pengiriman.computes("konsep", "siapkan-penerima")
def recipients(situation: Situation) -> Mapping[str, Any]:
    """Return how many recipients there are, and how often the message may still be sent again."""
    listed = len(situation.values.get("daftar_penerima") or ())
    left = {"sisa_kirim_ulang": retransmissions_left(situation.values["derajat"], 0)}
    return {"jumlah_penerima": listed, **(left if situation.step.id == "konsep" else {})}


@pengiriman.computes("pilih-cara")
def sending_limit(situation: Situation) -> Mapping[str, Any]:
    """Return until when it must be sent; naming its start again lets the clock of the chosen way run from there."""
    handed = situation.values["diserahkan_ke_sandi"]
    limit = next(clock.limit for clock in situation.procedure.clocks if clock.id == "kirim")
    allowed = limit.choose.get(situation.values["derajat"]) if isinstance(limit, Limit) else limit
    end = situation.calendar.deadline(handed, allowed) if allowed else None
    return {"diserahkan_ke_sandi": handed, "batas_kirim": end}


@pengiriman.check("sandi")
def cipher_texts(situation: Situation) -> Mapping[str, str]:
    """Refuse two recipients with the same cipher text, and more cipher texts than recipients."""
    rows = situation.values.get("hasil_sandi") or ()
    hashes = [row.get("sha256") for row in rows]
    if len(set(hashes)) < len(hashes):
        return {"hasil_sandi": _("Two recipients have the same cipher text; each needs its own.")}
    if len(rows) > len(situation.values.get("daftar_penerima") or ()):
        return {"hasil_sandi": _("There are more cipher texts than recipients.")}
    return {}


@pengiriman.computes("ingatkan")
def reminded(situation: Situation) -> Mapping[str, Any]:
    """Count a reminder."""
    return {"pengingat_ke": int(situation.values.get("pengingat_ke") or 0) + 1}


@pengiriman.computes("putus-ulang")
def sent_again(situation: Situation) -> Mapping[str, Any]:
    """Count a retransmission in the number's ending /U1, /U2."""
    if situation.outcome not in _AGAIN:
        return {}
    number, _mark, used = str(situation.values.get("nomor_berita") or "").partition("/U")
    again = int(used or 0) + 1
    return {
        "nomor_berita": f"{number}/U{again}",
        "sisa_kirim_ulang": retransmissions_left(situation.values["derajat"], again),
    }
