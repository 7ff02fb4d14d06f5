"""What issuing legal products adds to its definition: the form of the draft, dates, numbers and what the books repeat."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.tatalaksana.penerbitan_produk_hukum import books
from laksana.library.tatalaksana.penerbitan_produk_hukum.books import LATE
from laksana.library.tatalaksana.penerbitan_produk_hukum.form import (
    REGULATION,
    Faults,
    citation_faults,
    dictum_faults,
    title_faults,
)
from laksana.library.tatalaksana.penerbitan_produk_hukum.rules import (
    citation_key,
    effect,
    kind,
    ordinal,
    reference,
    regulation_number,
)
from laksana.numbering.services import give
from laksana.sop.duration import Duration
from laksana.worktime.zone import OFFICE_ZONE, local_day

products = Behaviour("penerbitan-produk-hukum")
_PASSED = ("Keputusan Kepala Dinas", "Keputusan atau Peraturan Wali Kota")
_FIT = ("Keputusan layak", "Peraturan layak")
_CODES = {REGULATION: "100.3.2"}
_CODE_OF_DECISIONS = "100.3.3.3"
"""Codes of Permendagri 83/2022 for the letter that asks for a regulation, and for a decision, of the Wali Kota."""


# -- the draft ---------------------------------------------------------------------------------------------------------


@products.check("usul", "perbaiki")
def draft_in_form(situation: Situation) -> Mapping[str, str]:
    """Refuse a draft whose title, citations or dicta are not as legal drafting wants them."""
    values = situation.values
    return {**title_faults(values), **citation_faults(values), **dictum_faults(values)}


@products.warns("usul")
def kind_fits(situation: Situation) -> Mapping[str, str]:
    """Warn where another kind of product fits what it is to do, and where it would reach back."""
    values, found = situation.values, {}
    fitting = kind(values["sifat_norma"] == "mengatur", bool(values.get("lingkup_wali_kota")))
    if fitting != values["jenis"]:
        labels = situation.procedure.fields["jenis"].choices or {}
        found["jenis"] = f"Menurut sifat dan lingkupnya, bentuknya {labels[fitting]}."
    if _reaches_back(values, local_day(situation.at)):
        found["berlaku_mulai"] = "Berlaku surut: lampirkan catatan Bagian Hukum."
    return found


@products.computes("usul", "perbaiki", "kaji")
def ordered(situation: Situation) -> Mapping[str, Any]:
    """Return citations by rank, year and number, and dicta by their names."""
    values = situation.values
    cited = sorted(
        values.get("mengingat") or (),
        key=lambda row: citation_key(row["jenis"], int(row["tahun"]), int(row.get("nomor") or 0)),
    )
    return {
        "mengingat": [{**row, "urut": place} for place, row in enumerate(cited, 1)],
        "diktum": [
            {**row, "sebutan": ordinal(place)} for place, row in enumerate(values.get("diktum") or (), 1)
        ],
    }


@products.computes("usul", "perbaiki", "rumuskan", "perbaiki-harmonisasi", "sempurnakan")
def next_version(situation: Situation) -> Mapping[str, Any]:
    """Return the number of the draft that was just handed in."""
    return {"versi": int(situation.values.get("versi") or 0) + 1}


@products.computes("usul")
def code_of_letter(situation: Situation) -> Mapping[str, Any]:
    """Return the code under which the Wali Kota is asked."""
    return {"kode_permohonan": _CODES.get(situation.values["jenis"], _CODE_OF_DECISIONS)}


@products.check("kaji")
def fit_citations(situation: Situation) -> Mapping[str, str]:
    """Refuse to find a draft fit that cites what may not be cited."""
    faults = citation_faults(situation.values) if situation.outcome in _FIT else {}
    return {"outcome": next(iter(faults.values()))} if faults else {}


# -- dates and numbers -------------------------------------------------------------------------------------------------


def _reaches_back(values: Mapping[str, Any], today: date) -> bool:
    """Tell whether a product would reach back although the Bagian Hukum has not noted that it may."""
    return effect(values.get("berlaku_mulai"), reference(values, today))[1] and not values.get(
        "catatan_surut"
    )


@products.computes("usul", "perbaiki", "putusan-kadis", "tetapkan-kadis", "penetapan", "pengundangan")
def takes_effect(situation: Situation) -> Mapping[str, Any]:
    """Return from when the product holds, and whether that reaches back, as far as it is known by now."""
    values = situation.values
    since, back = effect(values.get("berlaku_mulai"), reference(values, local_day(situation.at)))
    return {"mulai_berlaku": since, "berlaku_surut": back}


@products.check("putusan-kadis")
def passes_not_reaching_back(situation: Situation) -> Mapping[str, str]:
    """Refuse to pass a decision that reaches back without the note."""
    back = situation.outcome == _PASSED[0] and _reaches_back(situation.values, local_day(situation.at))
    return {"outcome": "Rancangan berlaku surut tanpa catatan Bagian Hukum."} if back else {}


@products.computes("putusan-kadis")
def passed(situation: Situation) -> Mapping[str, Any]:
    """Return the day on which the Kepala Dinas let the draft pass."""
    return {"tanggal_disetujui": local_day(situation.at)} if situation.outcome in _PASSED else {}


@products.check("tetapkan-kadis", "penetapan")
def enacted_in_time(situation: Situation) -> Mapping[str, str]:
    """Refuse a date of enactment that is moved back or still to come, and an unnoted effect before it."""
    values, today = situation.values, local_day(situation.at)
    if situation.step.is_decision and situation.outcome != "Ditetapkan":
        return {}
    if not values["tanggal_disetujui"] <= values["tanggal_penetapan"] <= today:
        return {"tanggal_penetapan": "Tanggal penetapan antara persetujuan Kepala Dinas dan hari ini."}
    return _unnoted(values, today)


def _unnoted(values: Mapping[str, Any], today: date) -> Faults:
    if _reaches_back(values, today):
        return {"catatan_surut": "Produk hukum ini berlaku surut: lampirkan catatan Bagian Hukum."}
    return {}


@products.check("pengundangan")
def promulgated_after_enactment(situation: Situation) -> Mapping[str, str]:
    """Refuse a promulgation before the enactment or still to come, and an unnoted effect before it."""
    values, today = situation.values, local_day(situation.at)
    if not values["tanggal_penetapan"] <= values["tanggal_pengundangan"] <= today:
        return {"tanggal_pengundangan": "Tanggal pengundangan antara penetapan dan hari ini."}
    return _unnoted(values, today)


@products.automatic("nomor-keputusan")
def number_decision(situation: Situation) -> Done:
    """Return the next number of the year's decisions of the Kepala Dinas."""
    values = situation.values
    code = {"klasifikasi": values["kode_klasifikasi"]}
    given = give("keputusan-dinas", situation.at, situation.case.number, code, on=values["tanggal_penetapan"])
    return Done(values={"nomor_produk": given.written})


@products.check("penomoran")
def regulations_are_counted(situation: Situation) -> Mapping[str, str]:
    """Refuse a regulation's number that is no number."""
    values = situation.values
    if values["jenis"] == REGULATION and not values["nomor_wali_kota"].isdecimal():
        return {"nomor_wali_kota": "Tulis bilangan nomor peraturan saja."}
    return {}


@products.computes("penomoran")
def number_recorded(situation: Situation) -> Mapping[str, Any]:
    """Return the number that the Bagian Hukum gave, as the product bears it."""
    given, enacted = situation.values["nomor_wali_kota"], situation.values["tanggal_penetapan"]
    regulation = situation.values["jenis"] == REGULATION
    return {"nomor_produk": regulation_number(int(given), enacted.year) if regulation else given}


@products.computes("pengundangan")
def gazetted(situation: Situation) -> Mapping[str, Any]:
    """Return where the regulation stands in the Berita Daerah."""
    year, number = situation.values["tanggal_pengundangan"].year, situation.values["nomor_berita_daerah"]
    return {"berita_daerah": f"BERITA DAERAH KOTA SERANG TAHUN {year} NOMOR {number:f}"}


# -- outside the office ------------------------------------------------------------------------------------------------


@products.check("ajukan-fasilitasi")
def received_already(situation: Situation) -> Mapping[str, str]:
    """Refuse a receipt that is still to come."""
    late = situation.values["tanggal_terima_gubernur"] > local_day(situation.at)
    return {"tanggal_terima_gubernur": "Tanggal terima tidak sesudah hari ini."} if late else {}


@products.check("fasilitasi")
def limit_has_passed(situation: Situation) -> Mapping[str, str]:
    """Refuse to go on without a result of the Gubernur before his time is up, counted from the receipt."""
    limit = next(clock.limit for clock in situation.procedure.clocks if clock.id == "fasilitasi")
    start = datetime.combine(situation.values["tanggal_terima_gubernur"], time.min, OFFICE_ZONE)
    if situation.outcome != LATE or not isinstance(limit, Duration):
        return {}
    end = situation.calendar.deadline(start, limit)
    return {} if situation.at > end else {"outcome": f"Batas fasilitasi {end:%d-%m-%Y} belum lewat."}


@products.check("paraf-koordinasi")
def every_page_initialled(situation: Situation) -> Mapping[str, str]:
    """Refuse initials that are not on every page."""
    rows: Sequence[Mapping[str, Any]] = situation.values.get("paraf_koordinasi") or ()
    return {
        f"paraf_koordinasi.{place}.tiap_halaman": "Paraf koordinasi dibubuhkan pada tiap halaman."
        for place, row in enumerate(rows)
        if not row.get("tiap_halaman")
    }


@products.check("autentifikasi")
def published_unless_excluded(situation: Situation) -> Mapping[str, str]:
    """Refuse to publish what is excluded from publicity, or not to publish the rest."""
    excluded, link = bool(situation.values.get("dikecualikan")), situation.values.get("tautan_jdih")
    if excluded == bool(link):
        why = "tidak dipublikasikan" if excluded else "dipublikasikan pada JDIH"
        return {"tautan_jdih": f"Produk hukum ini {why}."}
    return {}


# -- books and papers -------------------------------------------------------------------------------------------------

products.row("register-permohonan")(books.request)
products.row("register-keputusan")(books.decision)
products.row("perubahan-status")(books.changed)
products.paper("keputusan")(books.signature)
