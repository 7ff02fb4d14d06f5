"""What the LPPD adds to its definition: the values of the IKK, their change against last year, and one source for one thing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from laksana.cases import services as cases
from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.rounding import percent
from laksana.library.tables import Settings
from laksana.sop.rules import rule

lppd = Behaviour("lppd")


figure = Settings(__file__, "../ketentuan-lppd.csv")


@rule("lppd.nilai", title="Nilai satu IKK", source="Permendagri 19/2024")
def value_of(numerator: Decimal, denominator: Decimal, decimals: int = 2) -> Decimal | None:
    """Return numerator / denominator * 100 in percent, rounded half up; None where the indicator does not apply."""
    return percent(numerator, denominator, decimals)


@rule("lppd.perubahan", title="Perubahan terhadap tahun lalu", source="praktik reviu")
def change(now: Decimal | None, before: Decimal | None, decimals: int = 2) -> Decimal | None:
    """Return the change in percent of last year's value, from the rounded values; None where there is nothing to compare."""
    if now is None or not before:
        return None
    return percent(now - before, before, decimals)


@lppd.computes("terima")
def year_end(situation: Situation) -> Mapping[str, Any]:
    """Return the last day of the year reported on, from which the law counts."""
    return {"akhir_tahun": date(int(situation.values["tahun"]), 12, 31)}


@lppd.check("isi", "tanggapi")
def numerators_hold(situation: Situation) -> Mapping[str, str]:
    """Refuse a numerator above its denominator."""
    return {
        f"ikk.{number}.pembilang": "Pembilang melebihi penyebut."
        for number, row in enumerate(situation.values.get("ikk") or ())
        if row["penyebut"] and row["pembilang"] > row["penyebut"]
    }


def _gathered(situation: Situation) -> list[dict[str, Any]]:
    """Return the IKK that the bidang gave, of each code the newest."""
    found: dict[str, dict[str, Any]] = {}
    for instance in cases.instances(situation.case):
        for row in instance.data.get("ikk") or ():
            figures = {name: Decimal(str(row[name])) for name in ("pembilang", "penyebut")}
            found[str(row["kode"])] = {**row, **figures}
    return [found[code] for code in sorted(found)]


@lppd.automatic("hitung-ikk")
def reckon(situation: Situation) -> Done:
    """Return the value of each IKK, its change, and how many need an explanation."""
    decimals, threshold = figure.whole("desimal"), figure("ambang_perubahan")
    last = {
        row["kode"]: value_of(row["pembilang"], row["penyebut"], decimals)
        for row in situation.values.get("capaian_lalu") or ()
    }
    values, changes = [], []
    for row in _gathered(situation):
        now, before = value_of(row["pembilang"], row["penyebut"], decimals), last.get(row["kode"])
        moved = change(now, before, decimals)
        proofs = [row.get("bukti_pembilang"), row.get("bukti_penyebut")]
        note = "tidak berlaku" if now is None else "" if all(proofs) else "tidak terbukti"
        kept = {name: row[name] for name in ("kode", "indikator", "pembilang", "penyebut", "objek")}
        told = {"nilai": now, "nilai_lalu": before, "perubahan": moved, "keterangan": note}
        values.append({**kept, **told, "bukti": "; ".join(filter(None, proofs))})
        changes.append(
            {
                "kode": row["kode"],
                "perubahan": moved,
                "tajam": now is not None and (moved is None or abs(moved) > threshold),
            }
        )
    sharp = sum(row["tajam"] for row in changes)
    return Done(values={"nilai_ikk": values, "perubahan": changes, "tajam": sharp})


def _differing(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, set[Decimal]]:
    """Return what is counted with different denominators."""
    seen: dict[str, set[Decimal]] = defaultdict(set)
    for row in rows:
        seen[str(row["objek"]).strip().lower()].add(row["penyebut"])
    return {name: each for name, each in seen.items() if len(each) > 1}


@lppd.check("verifikasi")
def one_source(situation: Situation) -> Mapping[str, str]:
    """Refuse to find valid what counts the same things differently, or is not proven."""
    if situation.outcome != "Sahih":
        return {}
    rows = situation.values.get("nilai_ikk") or ()
    unproven = [row["kode"] for row in rows if row["keterangan"] == "tidak terbukti"]
    for name, figures in _differing(rows).items():
        counted = " dan ".join(f"{each.normalize():f}" for each in sorted(figures))
        return {"outcome": f"Penyebut untuk {name} berbeda: {counted}. Pakai satu sumber."}
    return {"outcome": f"Belum ada bukti lengkap: {', '.join(unproven)}."} if unproven else {}


@lppd.computes("reviu")
def review_status(situation: Situation) -> Mapping[str, Any]:
    """Return what the register says of the review."""
    return {"status_reviu": situation.outcome or ""}
