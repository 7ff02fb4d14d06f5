"""What a request for information adds to its definition: its number, the days of law, what is missing, and its cost."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.disclosure import services as disclosure
from laksana.library.informasi import giving
from laksana.library.informasi.limits import workdays
from laksana.library.informasi.readings import read_as
from laksana.library.informasi.registration import day_received, register_number
from laksana.worktime.zone import local_day

permohonan = Behaviour("permohonan-informasi")
disclosure.declare(permohonan.procedure, giving.SOURCES, giving.grounds)
_BACK = "Kembalikan konsep"
_BY_KIND = {
    "perseorangan": ("identitas",),
    "badan_hukum": ("akta_badan_hukum", "identitas_pengurus"),
    "kelompok_orang": ("surat_kuasa", "identitas_pemberi_kuasa"),
}
"""Papers that each kind of applicant hands in (UU 14/2008 art. 1, PP 61/2010 art. 1)."""


@permohonan.check("periksa-lengkap")
def complete_papers(situation: Situation) -> Mapping[str, str]:
    """Refuse to call a request complete while a paper of its kind of applicant is missing."""
    if situation.outcome != "Lengkap":
        return {}
    labels = [situation.procedure.fields[name].label for name in _missing(situation.values)]
    return {"hasil_periksa": _("Still missing: %s.") % "; ".join(labels)} if labels else {}


def _missing(values: Mapping[str, Any]) -> Iterator[str]:
    needed = [*_BY_KIND[values["kategori_pemohon"]]]
    if values.get("dikuasakan") and "surat_kuasa" not in needed:
        needed.append("surat_kuasa")
    return (name for name in needed if not values.get(name))


@permohonan.automatic("nomor-pendaftaran")
def register_request(situation: Situation) -> Done:
    """Give a request its number, once, and count its days from when its last part came (UU 14/2008 art. 22 (7), (8))."""
    values, calendar = situation.values, situation.calendar
    start = day_received(calendar, values.get("tanggal_dilengkapi") or values["waktu_terima"])
    limit = calendar.add_workdays(start, workdays("pemberitahuan"))
    longest = calendar.add_workdays(start, workdays("pemberitahuan") + workdays("perpanjangan"))
    number = values.get("nomor_pendaftaran") or register_number(
        situation, "permohonan-informasi", local_day(situation.at)
    )
    return Done(
        {
            "nomor_pendaftaran": number,
            "tanggal_awal_jangka": start,
            "batas_pemberitahuan": limit,
            "batas_setelah_perpanjangan": longest,
            "batas_aktif": limit,
        }
    )


@permohonan.check("perpanjang")
def extension_in_time(situation: Situation) -> Mapping[str, str]:
    """Refuse an extension after the last day of the limit."""
    today, limit = local_day(situation.at), situation.values["batas_pemberitahuan"]
    if situation.outcome == "Diperpanjang" and today > limit:
        return {"outcome": _("The time limit of %s has passed; it cannot be extended any more.") % limit}
    return {}


@permohonan.computes("perpanjang")
def extended(situation: Situation) -> Mapping[str, Any]:
    """Return the limit in force after an extension (UU 14/2008 art. 22 (8)).

    Seven working days join on to the tenth, or count from the notice of the extension, as the office reads the law.
    """
    if situation.outcome != "Diperpanjang":
        return {}
    longest = situation.values["batas_setelah_perpanjangan"]
    if read_as("perpanjangan", "sejak_pemberitahuan"):
        told = situation.values.get("tanggal_perpanjangan") or local_day(situation.at)
        longest = min(longest, situation.calendar.add_workdays(told, workdays("perpanjangan")))
    return {"batas_aktif": longest, "batas_setelah_perpanjangan": longest}


@permohonan.deadline("pemberitahuan")
def due_notice(situation: Situation) -> datetime | None:
    """Return the closing of the last day for the written notice."""
    return _closing(situation, situation.values.get("batas_aktif"))


@permohonan.deadline("perpanjangan")
def due_after_extension(situation: Situation) -> datetime | None:
    """Return the closing of the last day after an extension, which joins on to the first limit."""
    return _closing(situation, situation.values.get("batas_setelah_perpanjangan"))


def _closing(situation: Situation, day: date | None) -> datetime | None:
    return situation.calendar.closing(day) if day else None


@permohonan.computes("konsep-pemberitahuan")
def cost(situation: Situation) -> Mapping[str, Any]:
    """Return what copying and sending cost in rupiah: never more than that (UU 14/2008 art. 21)."""
    values = situation.values
    rows = [
        {**row, "subtotal": Decimal(row["jumlah"]) * Decimal(row["tarif_rupiah"])}
        for row in values.get("rincian_biaya") or []
    ]
    others = (Decimal(values.get(name) or 0) for name in ("biaya_kirim", "biaya_lain"))
    total = sum((row["subtotal"] for row in rows), Decimal(0)) + sum(others, Decimal(0))
    return {"rincian_biaya": rows, "total_biaya": total}


@permohonan.warns_at_once("telaah", "himpun", "konsep-pemberitahuan")
def near_exempt(situation: Situation) -> Mapping[str, str]:
    """Warn of a request that touches the list of exempt information."""
    return giving.warn_of_exempt(situation)


@permohonan.check("konsep-pemberitahuan")
def refusal_rests_on_a_decision(situation: Situation) -> Mapping[str, str]:
    """Refuse a refusal, wholly or in part, without a decision in force that bears its letters (UU 14/2008 art. 17, 19)."""
    return giving.decision_stands(situation)


@permohonan.check("hitamkan")
def handed_in(situation: Situation) -> Mapping[str, str]:
    """Refuse to leave the blacking out while a file was not handed in to the second person."""
    drafts = [
        each.file.name
        for each in disclosure.standing(situation.case, situation.values)
        if each.release.state == disclosure.Release.State.DRAFT
    ]
    if drafts:
        return {
            "": f"Belum diajukan kepada orang kedua: {', '.join(drafts)}. Buka halaman Penghitaman berkas."
        }
    return {}


@permohonan.check("periksa-konsep")
def two_people_released(situation: Situation) -> Mapping[str, str]:
    """Refuse to pass an answer in part whose files two people have not released."""
    return giving.refuse_undecided(situation) if situation.outcome == "Setuju" else {}


@permohonan.check("tetapkan")
def released_when_decided(situation: Situation) -> Mapping[str, str]:
    """Refuse to decide an answer in part whose files two people have not released."""
    return giving.refuse_undecided(situation) if situation.outcome == "Diberikan sebagian" else {}


@permohonan.check("kirim-pemberitahuan", "serahkan")
def only_what_was_released(situation: Situation) -> Mapping[str, str]:
    """Refuse to send or hand over an answer in part with any other file than those released."""
    return giving.refuse_other_files(situation)


@permohonan.computes("hitamkan", "tetapkan")
def blacked_out(situation: Situation) -> Mapping[str, Any]:
    """Return the table of what was blacked out and why, and once it is decided the files that go out."""
    if situation.step.id == "tetapkan":
        table = {"bagian_dihitamkan": giving.blacked_out_rows(situation)} if _partly(situation) else {}
        return {
            **table,
            "berkas_jawaban": giving.answer_files(situation) if situation.outcome != _BACK else [],
        }
    return {"bagian_dihitamkan": giving.blacked_out_rows(situation)}


def _partly(situation: Situation) -> bool:
    return bool(situation.outcome == "Diberikan sebagian")


@permohonan.computes("kirim-pemberitahuan", "kirim-penolakan", "kirim-tidak-dikuasai")
def notice_sent(situation: Situation) -> Mapping[str, Any]:
    """Return when the notice went out, after how many working days, and whether in time."""
    values, today = situation.values, local_day(situation.at)
    return {
        "tanggal_pemberitahuan": today,
        "hari_kerja_terpakai": situation.calendar.workdays_between(values["tanggal_awal_jangka"], today),
        "tepat_waktu": today <= values["batas_aktif"],
    }
