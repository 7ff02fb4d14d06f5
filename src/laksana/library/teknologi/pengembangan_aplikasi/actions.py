"""What developing an application adds: scores, the share of tests passed, what forbids acceptance, the guarantee."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Behaviour, Situation
from laksana.library.rounding import half_up
from laksana.library.tables import Row, Settings, Table
from laksana.numbering.services import declare_simple, give
from laksana.sop.duration import Duration

aplikasi = Behaviour("pengembangan-aplikasi")
_SERIES = declare_simple(
    "permohonan-aplikasi", "APP/{urut:03}/{tahun}", "pengembangan-aplikasi", "nomor_permohonan"
).key
_POINTS = {"A": 5, "B": 2, "C": 1}
_CATEGORIES = ((35, "strategis"), (16, "tinggi"), (0, "rendah"))
_BEST = 4
figure = Settings(__file__, "../ketentuan-aplikasi.csv")
_BLOCKING = {"kritis", "tinggi"}


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
    }


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
    """Refuse to call an application fit while a critical or high finding is open."""
    findings = situation.values.get("temuan_keamanan") or ()
    if situation.outcome == "Laik" and any(
        row["status"] == "terbuka" and row["tingkat"] in _BLOCKING for row in findings
    ):
        return {"outcome": _("A critical or high finding is still open.")}
    return {}
