"""What developing an application adds: scores, the share of tests passed, what forbids acceptance, the guarantee."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Behaviour, Situation
from laksana.library.others import other_cases
from laksana.library.rounding import half_up
from laksana.library.tables import Row, Settings, Table
from laksana.library.teknologi.pengembangan_aplikasi import rules
from laksana.numbering.services import declare_simple, give
from laksana.sop.duration import Duration
from laksana.worktime.zone import local_day

aplikasi = Behaviour("pengembangan-aplikasi")
_SERIES = declare_simple(
    "permohonan-aplikasi", "APP/{urut:03}/{tahun}", "pengembangan-aplikasi", "nomor_permohonan"
).key
_POINTS = {"A": 5, "B": 2, "C": 1}
_CATEGORIES = ((35, "strategis"), (16, "tinggi"), (0, "rendah"))
_BEST = 4
figure = Settings(__file__, "../ketentuan-aplikasi.csv")
_BLOCKING = {"kritis", "tinggi"}
_HEAVY = {"tinggi", "sangat_tinggi"}
_STAGES = {
    "ajukan": "Diajukan",
    "kaji": "Dikaji",
    "rekomendasi": "Pakai aplikasi yang ada",
    "tutup-tidak-lanjut": "Tidak dilanjutkan",
    "susun-kak": "Direncanakan",
    "izin-rilis": "Dirilis",
    "serah-terima": "Diserahterimakan",
    "hentikan": "Dihentikan",
}
"""Step -> what the book says of the application after it."""


class WeightRow(Row):
    """How much an element counts in the priority of an application, of 100."""

    unsur: str
    bobot: int


WEIGHTS = Table(__file__, "bobot-prioritas.csv", WeightRow, key="unsur")


@aplikasi.computes("ajukan")
def numbered(situation: Situation) -> Mapping[str, Any]:
    """Number the application once."""
    if situation.values.get("nomor_permohonan"):
        return {}
    return {"nomor_permohonan": give(_SERIES, situation.at, situation.case.number).written}


@aplikasi.computes("kaji")
def studied(situation: Situation) -> Mapping[str, Any]:
    """Return the score of priority (0 to 100) and the category of the electronic system."""
    judged = situation.values.get("nilai_prioritas") or ()
    score = sum(
        (Decimal(WEIGHTS[row["unsur"]].bobot) * Decimal(row["nilai_0_4"]) / _BEST for row in judged),
        Decimal(0),
    )
    points = sum(_POINTS[row["jawaban_a_b_c"]] for row in situation.values.get("kategori_se") or ())
    category = next(name for least, name in _CATEGORIES if points >= least)
    return {
        "skor_prioritas": half_up(score, 1),
        "kategori_skor": points,
        "kategori_hasil": category,
        "aplikasi_sejenis": [
            {**row, "kesamaan_persen": rules.overlap(int(row["fungsi_terpenuhi"]), int(row["fungsi_wajib"]))}
            for row in situation.values.get("aplikasi_sejenis") or ()
        ],
        **_risks(situation),
    }


@aplikasi.computes("putus-keamanan")
def risks_left(situation: Situation) -> Mapping[str, Any]:
    """Return the register of risks with what treatment left of them."""
    return _risks(situation)


def _risks(situation: Situation) -> Mapping[str, Any]:
    rows = [_weighed(row) for row in situation.values.get("risiko") or ()]
    left = any((row["tingkat_sisa"] or row["tingkat"]) in _HEAVY for row in rows)
    return {"risiko": rows, "risiko_tersisa": left}


def _weighed(row: Mapping[str, Any]) -> dict[str, Any]:
    size, level = rules.risk(int(row["kemungkinan"]), int(row["dampak"]))
    after = (row.get("kemungkinan_sisa") or row["kemungkinan"], row.get("dampak_sisa") or row["dampak"])
    left, level_left = rules.risk(*(int(each) for each in after))
    return {**row, "besaran": size, "tingkat": level, "besaran_sisa": left, "tingkat_sisa": level_left}


@aplikasi.check("putus-kajian")
def not_twice(situation: Situation) -> Mapping[str, str]:
    """Refuse to build anew what an application already does for the most part."""
    values = situation.values
    if situation.outcome != "Dibangun atau dikembangkan" or values["jenis_permohonan"] != "pembangunan_baru":
        return {}
    least = figure("kesamaan_persen")
    for row in values.get("aplikasi_sejenis") or ():
        if row["kesamaan_persen"] >= least:
            told = f"{row['aplikasi']} memenuhi {half_up(row['kesamaan_persen'], 0)} persen fungsi"
            return {"outcome": f"{told}; mulai {least} persen aplikasi itu yang dipakai atau dikembangkan."}
    return {}


@aplikasi.check("susun-kak")
def subdomain_is_free(situation: Situation) -> Mapping[str, str]:
    """Refuse a subdomain that is reserved, misleading or taken."""
    name = situation.values.get("subdomain") or ""
    taken = other_cases(situation, subdomain__isnull=False).values_list("data__subdomain", flat=True)
    fault = rules.subdomain_fault(name, set(taken), bool(situation.values.get("izin_subdomain")))
    return {"subdomain": fault} if fault else {}


@aplikasi.check("uji-keamanan")
def vectors_are_whole(situation: Situation) -> Mapping[str, str]:
    """Refuse a finding whose vector cannot be read."""
    faults = {}
    for place, row in enumerate(situation.values.get("temuan_keamanan") or ()):
        try:
            rules.base_score(row["vektor"])
        except rules.VectorError as error:
            faults[f"temuan_keamanan.{place}.vektor"] = str(error)
    return faults


@aplikasi.computes("uji-keamanan")
def weighed(situation: Situation) -> Mapping[str, Any]:
    """Return the findings with their scores, severities and limits; a finding reported before keeps its limit."""
    return {"temuan_keamanan": list(_findings(situation))}


def _findings(situation: Situation) -> Iterator[dict[str, Any]]:
    before = {
        row["nomor"]: date.fromisoformat(row["batas_perbaikan"])
        for row in situation.case.data.get("temuan_keamanan") or ()
        if row.get("batas_perbaikan")
    }
    today = local_day(situation.at)
    for row in situation.values.get("temuan_keamanan") or ():
        score = rules.base_score(row["vektor"])
        level = rules.severity(score)
        limit = rules.repaired_by(level, today, situation.calendar) if level else None
        yield {**row, "cvss": score, "tingkat": level, "batas_perbaikan": before.get(row.get("nomor"), limit)}


@aplikasi.computes("uat")
def passed(situation: Situation) -> Mapping[str, Any]:
    """Return the share of scenarios that passed, in percent."""
    rows = situation.values.get("hasil_uat") or ()
    if not rows:
        return {}
    share = Decimal(100 * sum(row["hasil"] == "lulus" for row in rows)) / len(rows)
    return {"persen_uat": half_up(share)}


@aplikasi.computes("serah-terima")
def guaranteed(situation: Situation) -> Mapping[str, Any]:
    """Return until when the guarantee runs: the limit of the clock `pemeliharaan` after the hand-over."""
    limit = next(clock.limit for clock in situation.procedure.clocks if clock.id == "pemeliharaan")
    handed = situation.values.get("tanggal_bast")
    if handed is None or not isinstance(limit, Duration):
        return {}
    return {"garansi_sampai": handed + timedelta(days=int(limit.amount))}


@aplikasi.check("putus-uat")
def acceptable(situation: Situation) -> Mapping[str, str]:
    """Refuse to accept an application that fails a mandatory scenario, too many others, or has a grave defect."""
    if situation.outcome != "Diterima":
        return {}
    values = situation.values
    tests = values.get("hasil_uat") or ()
    failed = [row for row in tests if row["hasil"] != "lulus"]
    defects = [row for row in values.get("cacat_terbuka") or () if row["status"] == "terbuka"]
    if any(row.get("wajib") for row in failed):
        return {"outcome": _("A mandatory scenario has failed.")}
    least, grave = figure.whole("uat_lulus_persen"), figure.whole("keparahan_menghalangi")
    if 100 * (len(tests) - len(failed)) < least * len(tests):
        return {"outcome": _("Fewer than %s percent of the scenarios passed.") % least}
    if any(row["keparahan_1_4"] <= grave for row in defects):
        return {"outcome": _("A defect of severity %s or worse is still open.") % grave}
    return {}


@aplikasi.check("putus-keamanan")
def fit(situation: Situation) -> Mapping[str, str]:
    """Refuse to call an application fit while a grave finding is open, or a medium one without a date for its repair."""
    if situation.outcome != "Laik":
        return {}
    findings = situation.values.get("temuan_keamanan") or ()
    still_open = [row for row in findings if row["status"] == "terbuka"]
    if any(row["tingkat"] in _BLOCKING for row in still_open):
        return {"outcome": _("A critical or high finding is still open.")}
    if any(row["tingkat"] == "sedang" and not row.get("rencana_selesai") for row in still_open):
        return {"outcome": _("A medium finding that stays open needs the date by which it will be repaired.")}
    return {}


@aplikasi.row("register-permohonan-aplikasi")
def stage(situation: Situation) -> Mapping[str, Any]:
    """Return how far an application has come."""
    return {"status": _STAGES.get(situation.step.id)}


@aplikasi.row("daftar-aplikasi")
def listed(situation: Situation) -> Mapping[str, Any]:
    """Return whether an application is in use by its owner already."""
    return {"status": "Dipakai" if situation.step.id == "serah-terima" else "Terpasang"}


@aplikasi.row("register-temuan")
def finding_row(situation: Situation) -> Mapping[str, Any]:
    """Return when a finding was seen to be closed: by the test that was made again."""
    if situation.values.get("status") != "ditutup":
        return {}
    return {"ditutup": local_day(situation.at), "pengujian_ulang": "Lulus"}
