"""What sending a classified message adds to its definition: its number, its limits, and how often it was sent again."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.documents.services import block, signatory_at
from laksana.library.persandian.berita import lacks, retransmissions_left
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


@pengiriman.check("cek-penerima")
def recipients_are_ready(situation: Situation) -> Mapping[str, str]:
    """Refuse to call recipients ready who may not read the class, or whose key is not confirmed or ends too early."""
    if situation.outcome != "Semua siap":
        return {}
    values = situation.values
    lacking = [
        f"{row['jabatan']}: {words}"
        for row in values["daftar_penerima"]
        if (words := lacks(row, values["klasifikasi"], values["waktu_dibuat"]))
    ]
    return {"outcome": "; ".join(lacking)} if lacking else {}


@pengiriman.check("sandi")
def cipher_texts(situation: Situation) -> Mapping[str, str]:
    """Refuse two recipients with the same cipher text, and texts that are not one for each who is to get one."""
    rows = situation.values.get("hasil_sandi") or ()
    hashes = [row.get("sha256") for row in rows]
    if len(set(hashes)) < len(hashes):
        return {"hasil_sandi": _("Two recipients have the same cipher text; each needs its own.")}
    wanted = unconfirmed(situation.values)
    if sorted(row["penerima"].strip() for row in rows) != sorted(wanted):
        return {"hasil_sandi": _("One cipher text is needed for each of: %s.") % ", ".join(wanted)}
    return {}


def unconfirmed(values: Mapping[str, Any]) -> list[str]:
    """Return the recipients who have not confirmed that they can read the message, in their order."""
    confirmed = {
        row["penerima"].strip()
        for row in values.get("daftar_konfirmasi") or ()
        if (row.get("keadaan") or "diterima") == "diterima"
    }
    names = [row["jabatan"].strip() for row in values.get("daftar_penerima") or ()]
    return [name for name in names if name not in confirmed]


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
        "penerima_ulang": ", ".join(unconfirmed(situation.values)),
        "sisa_kirim_ulang": retransmissions_left(situation.values["derajat"], again),
    }


@pengiriman.paper("surat-tugas-kurir")
def courier_order(situation: Situation) -> Mapping[str, Any]:
    """Return the signature of the Kepala Dinas, who sends the courier; the courier himself only records that he left."""
    return {"signature": block(signatory_at("position:kepala-dinas", situation.at))}


@pengiriman.row("agenda-keluar-sandi")
def agenda_row(situation: Situation) -> Mapping[str, Any]:
    """Return when the last of the recipients had confirmed; nothing while one has not."""
    values = situation.values
    if unconfirmed(values):
        return {}
    times = [row["waktu"] for row in values.get("daftar_konfirmasi") or () if row.get("waktu")]
    return {"semua_diterima_pukul": max(times, default=None)}


@pengiriman.row("kunci-penerima")
def key_row(situation: Situation) -> Mapping[str, Any]:
    """Return how a recipient's key was compared."""
    return {"dicocokkan_lewat": "Saluran kedua" if situation.values.get("sidik_dicocokkan") else None}


@pengiriman.row("konfirmasi-keluar")
def confirmation_row(situation: Situation) -> Mapping[str, Any]:
    """Return by when a recipient was to confirm, and by how many minutes he was late."""
    values = situation.values
    courier = values.get("cara") == "kurir"
    since = values.get("diserahkan" if courier else "waktu_kirim")
    clock = "konfirmasi-kurir" if courier else "konfirmasi"
    limit = next(each.limit for each in situation.procedure.clocks if each.id == clock)
    allowed = limit.choose.get(values["derajat"]) if isinstance(limit, Limit) else limit
    if since is None or allowed is None:
        return {}
    end, confirmed = situation.calendar.deadline(since, allowed), values.get("waktu")
    late = max(confirmed - end, timedelta()) if confirmed else None
    return {"batas": end, "terlambat_menit": None if late is None else late // timedelta(minutes=1)}
