"""What an objection adds to its definition: its number, its days of law, and what its grounds allow."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.disclosure import services as disclosure
from laksana.library.informasi import giving
from laksana.library.informasi.found import cases_with
from laksana.library.informasi.limits import workdays
from laksana.library.informasi.registration import day_received, register_number
from laksana.library.tables import Row, Table, YesNo
from laksana.worktime.zone import local_day

keberatan = Behaviour("keberatan-informasi")
disclosure.declare(keberatan.procedure, ("dokumen_informasi", "bahan_perintah"), giving.grounds)


class GroundRow(Row):
    """A ground of objection: whether it needs a request before it, and whether the parties may deliberate on it."""

    huruf: str
    uraian: str
    perlu_permohonan: YesNo
    dapat_musyawarah: YesNo


GROUNDS = Table(__file__, "alasan-keberatan.csv", GroundRow, key="huruf")
_UNANSWERED = "c"


@keberatan.check("ajukan", "lengkapi")
def request_named(situation: Situation) -> Mapping[str, str]:
    """Refuse grounds that need a request where none is named."""
    values = situation.values
    needing = [letter for letter in values.get("alasan") or [] if GROUNDS[letter].perlu_permohonan]
    if not needing or values.get("nomor_pendaftaran_permohonan"):
        return {}
    text = _("Ground %s needs the number of a request.") % ", ".join(needing)
    return {"nomor_pendaftaran_permohonan": text}


@keberatan.check("ajukan", "lengkapi")
def silence_over(situation: Situation) -> Mapping[str, str]:
    """Refuse the ground that a request was not answered while its time limit still runs (UU 14/2008 art. 35 (1) c)."""
    values = situation.values
    number = values.get("nomor_pendaftaran_permohonan")
    if _UNANSWERED not in (values.get("alasan") or ()) or not number:
        return {}
    request = cases_with("permohonan-informasi", "nomor_pendaftaran", number).first()
    limit = request.data.get("batas_aktif") if request else None
    if limit and local_day(situation.at) <= date.fromisoformat(limit):
        return {"alasan": _("Ground c comes too early: the request may still be answered until %s.") % limit}
    return {}


@keberatan.check("periksa")
def complete_papers(situation: Situation) -> Mapping[str, str]:
    """Refuse to call an objection by proxy complete without the power of attorney."""
    values = situation.values
    if situation.outcome == "Lengkap" and values.get("dikuasakan") and not values.get("surat_kuasa"):
        return {"hasil_periksa": _("The power of attorney is missing.")}
    return {}


@keberatan.automatic("nomor-registrasi-keberatan")
def register_objection(situation: Situation) -> Done:
    """Give an objection its number and the days of law (UU 14/2008 art. 36 (1), (2)); a late one is registered too."""
    values, calendar = situation.values, situation.calendar
    received = day_received(calendar, values.get("tanggal_dilengkapi") or values["waktu_terima"])
    limit = calendar.add_workdays(values["tanggal_alasan_ditemukan"], workdays("pengajuan-keberatan"))
    answer = calendar.add_workdays(received, workdays("tanggapan-keberatan"))
    number = values.get("nomor_registrasi") or register_number(
        situation, "keberatan-informasi", local_day(situation.at)
    )
    return Done(
        {
            "nomor_registrasi": number,
            "tanggal_terima": received,
            "batas_pengajuan": limit,
            "lewat_waktu": day_received(calendar, values["waktu_terima"]) > limit,
            "batas_tanggapan": answer,
            "batas_sengketa": calendar.add_workdays(answer, workdays("pengajuan-sengketa")),
        }
    )


@keberatan.check("rapat")
def may_deliberate(situation: Situation) -> Mapping[str, str]:
    """Refuse a deliberation where no ground allows it (UU 14/2008 art. 35 (2))."""
    grounds = situation.values.get("alasan") or []
    if situation.outcome == "Dapat dimusyawarahkan" and not any(GROUNDS[g].dapat_musyawarah for g in grounds):
        return {"outcome": _("None of these grounds can be settled by deliberation.")}
    return {}


@keberatan.computes("putuskan")
def decided(situation: Situation) -> Mapping[str, Any]:
    """Return the day of the decision, and until when its order must be carried out."""
    if situation.outcome == "Kembalikan konsep":
        return {}
    today, days = local_day(situation.at), situation.values.get("jangka_perintah")
    limit = situation.calendar.add_workdays(today, int(days)) if days else None
    return {"tanggal_tanggapan": today, "batas_perintah": limit}


@keberatan.deadline("perintah")
def due_order(situation: Situation) -> datetime | None:
    """Return the closing of the last day for carrying out the order."""
    day = situation.values.get("batas_perintah")
    return situation.calendar.closing(day) if day else None


@keberatan.check("laksanakan")
def two_people_released(situation: Situation) -> Mapping[str, str]:
    """Refuse to carry out an order with files that two people have not released."""
    return giving.refuse_unreleased(situation)


@keberatan.computes("laksanakan")
def order_carried_out(situation: Situation) -> Mapping[str, Any]:
    """Return the files that the applicant gets, and what is blacked out in them."""
    return giving.carried_out(situation)


@keberatan.computes("sampaikan")
def answered(situation: Situation) -> Mapping[str, Any]:
    """Return until when the applicant may go to the commission, from the receipt of the answer (art. 37 (2))."""
    received = situation.values["tanggal_tanggapan_diterima"]
    return {"batas_sengketa": situation.calendar.add_workdays(received, workdays("pengajuan-sengketa"))}


@keberatan.computes("tanggapan-pemohon")
def applicant_said(situation: Situation) -> Mapping[str, Any]:
    """Return what the applicant says to the answer."""
    return {
        "sikap_pemohon": {"Menerima": "menerima", "Tidak puas": "tidak_puas"}.get(situation.outcome or "")
    }


@keberatan.computes("rekam-tanggapan")
def applicant_silent(situation: Situation) -> Mapping[str, Any]:
    """Return that the applicant said nothing, where the time passed."""
    return {} if situation.values.get("sikap_pemohon") else {"sikap_pemohon": "tidak_ada"}
