"""What the LKPJ adds to its definition: the parts put together, shares, the test against other reports, the follow-up rate."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.gathering import gathered
from laksana.library.rounding import percent
from laksana.sop.rules import rule

lkpj = Behaviour("lkpj")
PARTS = ("capaian_program", "kebijakan", "masalah", "tl_rekomendasi", "tugas_pembantuan")


@rule("lkpj.persen", title="Capaian atau serapan", source="praktik")
def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """Return part / whole * 100 in percent with two decimals, rounded half up; None where the whole is zero."""
    return percent(part, whole)


@lkpj.computes("terima")
def year_end(situation: Situation) -> Mapping[str, Any]:
    """Return the last day of the year reported on, from which the law counts."""
    return {"akhir_tahun": date(int(situation.values["tahun"]), 12, 31)}


@lkpj.automatic("himpun-bahan")
def put_together(situation: Situation) -> Done:
    """Return the rows that all bidang gave as tables of the case, and how much of last year's advice was followed."""
    tables = gathered(situation.case, *PARTS)
    return Done(
        values={
            **tables,
            "persen_tl": _followed(tables["tl_rekomendasi"]),
            "jumlah_indikator": len(tables[PARTS[0]]),
        }
    )


def _followed(rows: list[Any]) -> Decimal | None:
    return share(Decimal(sum(row.get("status") == "selesai" for row in rows)), Decimal(len(rows)))


@lkpj.computes("isi-kinerja", "isi-anggaran", "perbaiki")
def with_shares(situation: Situation) -> Mapping[str, Any]:
    """Return the tables with their percentages."""
    found: dict[str, Any] = {}
    for table, whole in (("capaian_program", "target"), ("anggaran", "anggaran")):
        if rows := situation.values.get(table):
            found[table] = [{**row, "persen": share(row["realisasi"], row[whole])} for row in rows]
    return found


@lkpj.automatic("uji-konsistensi")
def consistency(situation: Situation) -> Done:
    """Return where the realisation differs from the other reports, and how many differences are still unexplained."""
    return Done(values=_tested(situation.values))


@lkpj.computes("perbaiki")
def tested_again(situation: Situation) -> Mapping[str, Any]:
    """Return the test of the corrected figures, and the follow-up rate."""
    return _tested(situation.values) | {
        "persen_tl": _followed(list(situation.values.get("tl_rekomendasi") or ()))
    }


def _tested(values: Mapping[str, Any]) -> dict[str, Any]:
    ours = {row["kode"]: row["realisasi"] for row in values.get("anggaran") or ()}
    explained = {row["kode"] for row in values.get("penjelasan_selisih") or ()}
    rows = [
        {
            "kode": row["kode"], "sumber": row["sumber"], "lkpj": ours.get(row["kode"], Decimal()), "lain": row["realisasi"],
            "selisih": ours.get(row["kode"], Decimal()) - row["realisasi"], "dijelaskan": row["kode"] in explained,
        }
        for row in values.get("pembanding") or ()
    ]  # fmt: skip
    differing = [row for row in rows if row["selisih"]]
    return {"hasil_uji": differing, "selisih_terbuka": sum(not row["dijelaskan"] for row in differing)}


@lkpj.computes("serahkan")
def handed_in(situation: Situation) -> Mapping[str, Any]:
    """Return whether the part was handed in by the day that was asked."""
    return {"tepat_waktu": situation.values["tgl_serah"] <= situation.values["batas_bahan"]}


@lkpj.computes("rekomendasi-dprd")
def advice(situation: Situation) -> Mapping[str, Any]:
    """Return how many recommendations the council made to the office."""
    return {"jumlah_rekomendasi": len(situation.values.get("rekomendasi") or ())}
