"""What the LKjIP adds to its definition: achievement, trend, efficiency, and the score of the SAKIP evaluation."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.gathering import gathered
from laksana.library.perencanaan.achievement import achievement
from laksana.library.rounding import half_up, percent
from laksana.library.tables import Row, Settings, Table
from laksana.sop.duration import Duration
from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later
from laksana.worktime.zone import local_day

lkjip = Behaviour("lkjip")
PARTS = ("realisasi_tahun", "analisis", "program_penunjang", "penghargaan")
Rows = Sequence[Mapping[str, Any]]


class Component(Row):
    """A component of the evaluation with its weight."""

    komponen: str
    bobot: Decimal


class Grade(Row):
    """A predicate with the score that it must exceed."""

    predikat: str
    lebih_dari: Decimal


figure = Settings(__file__, "../ketentuan-lkjip.csv")
COMPONENTS = Table(__file__, "../sakip-komponen.csv", Component, key="komponen")
GRADES = Table(__file__, "../sakip-predikat.csv", Grade)


@rule("lkjip.efisiensi", title="Tingkat efisiensi", source="praktik SAKIP")
def efficiency(value: Decimal, ceiling: Decimal, spent: Decimal) -> Decimal | None:
    """Return the share of the money that the result did not need, in percent; None where the target was not reached.

    An office may choose the simpler form, in points: achievement less the share of the money that was spent.
    """
    if value < figure("capaian_efisiensi") or ceiling == 0:
        return None
    if figure("efisiensi_dalam_poin"):
        return value - spent / ceiling * 100
    needed = ceiling * min(value, figure("capaian_tertinggi")) / 100
    return (needed - spent) / needed * 100


@rule("lkjip.tren", title="Perubahan terhadap tahun lalu", source="praktik")
def trend(now: Decimal, before: Decimal) -> Decimal | None:
    """Return the change in percent of last year's realisation; None where that was zero."""
    return (now - before) / before * 100 if before else None


@rule("lkjip.sakip", title="Nilai SAKIP", source="PermenPANRB 88/2021", checked=True)
def sakip(scores: Mapping[str, Decimal]) -> Decimal:
    """Return the score: the components' scores by their weights."""
    return sum((COMPONENTS[name].bobot * score / 100 for name, score in scores.items()), Decimal())


@rule("lkjip.predikat-sakip", title="Predikat SAKIP", source="PermenPANRB 88/2021", checked=True)
def predicate(score: Decimal) -> str:
    """Return the predicate: the lower bound does not belong to it."""
    return next(
        row.predikat
        for row in sorted(GRADES.rows(), key=lambda row: -row.lebih_dari)
        if score > row.lebih_dari
    )


@lkjip.computes("rencana")
def dates(situation: Situation) -> Mapping[str, Any]:
    """Return the last day of the year reported on, and until when the report is due."""
    end = date(int(situation.values["tahun"]), 12, 31)
    clock = next(clock for clock in situation.procedure.clocks if clock.id == "dua-bulan")
    months = int(clock.limit.amount) if isinstance(clock.limit, Duration) else 0
    return {"akhir_tahun": end, "jatuh_tempo": months_later(end, months)}


@lkjip.automatic("himpun-kinerja")
def put_together(situation: Situation) -> Done:
    """Return what all bidang gave as tables of the case."""
    return Done(values=gathered(situation.case, *PARTS))


@lkjip.computes("isi-keuangan")
def absorption(situation: Situation) -> Mapping[str, Any]:
    """Return the budget with the share spent."""
    rows: Rows = situation.values.get("anggaran") or ()
    shares = [percent(row["realisasi"], row["pagu"]) for row in rows]
    return {"anggaran": [{**row, "persen": share} for row, share in zip(rows, shares, strict=True)]}


@lkjip.automatic("hitung-capaian")
def reckon(situation: Situation) -> Done:
    """Return achievements, trends and efficiency."""
    return Done(values=_reckoned(situation.values))


@lkjip.computes("perbaiki")
def reckoned_again(situation: Situation) -> Mapping[str, Any]:
    """Return the figures after a correction."""
    return _reckoned(situation.values)


def _reckoned(values: Mapping[str, Any]) -> Mapping[str, Any]:
    realised = {row["kode"]: row["realisasi"] for row in values.get("realisasi_tahun") or ()}
    last = {
        row["kode"]: row["realisasi"]
        for row in values.get("realisasi_lalu") or ()
        if row["tahun"] == values["tahun"] - 1
    }
    final = {row["kode"]: row["target"] for row in values.get("target_akhir") or ()}
    most = figure("capaian_tertinggi")
    rows = []
    by_goal: dict[str, list[Decimal]] = defaultdict(list)
    by_programme: dict[str, list[Decimal]] = defaultdict(list)
    for row in values["pk_terakhir"]:
        code = row["kode"]
        if code not in realised:
            continue
        now, before = realised[code], last.get(code)
        value = achievement(row["target"], now, row["polaritas"])
        if value is not None:
            by_goal[row["sasaran"]].append(min(value, most))
            by_programme[row["program"]].append(value)
        change = None if before is None else trend(now, before)
        rows.append({
            **{name: row[name] for name in ("kode", "sasaran", "indikator", "target")}, "realisasi": now,
            "capaian": None if value is None else half_up(value), "tren_persen": None if change is None else half_up(change),
            "tren_poin": None if before is None else now - before,
            "terhadap_renstra": percent(now, final[code]) if final.get(code) else None,
        })  # fmt: skip
    means = [sum(each, Decimal()) / len(each) for each in by_goal.values()]
    money = [_efficient(row, by_programme.get(row["program"], [])) for row in values.get("anggaran") or ()]
    return {
        "capaian": rows, "capaian_rata": half_up(sum(means, Decimal()) / len(means)) if means else None, "efisiensi": money,
        "program_efisien": sum(row["keterangan"] == "efisien" for row in money),
    }  # fmt: skip


def _efficient(row: Mapping[str, Any], values: list[Decimal]) -> dict[str, Any]:
    """Return the efficiency of a programme, by the mean achievement of its indicators."""
    value = sum(values, Decimal()) / len(values) if values else None
    found = None if value is None else efficiency(value, row["pagu"], row["realisasi"])
    word = "tidak dihitung" if found is None else "efisien" if found > 0 else "tidak efisien"
    return {
        "program": row["program"], "capaian": None if value is None else half_up(value), "pagu": row["pagu"],
        "realisasi": row["realisasi"], "efisiensi": None if found is None else half_up(found), "keterangan": word,
    }  # fmt: skip


@lkjip.computes("susun", "reviu", "sampaikan", "dampingi-evaluasi")
def noted(situation: Situation) -> Mapping[str, Any]:
    """Return what the register says of each station of the report."""
    values, day = situation.values, local_day(situation.at)
    match situation.step.id:
        case "susun":
            return {"tgl_konsep": day}
        case "reviu":
            return {"tgl_reviu": day}
        case "sampaikan":
            return {"tepat_waktu": values["tgl_kirim"] <= values["jatuh_tempo"]}
    scores = {row["komponen"]: row["skor"] for row in values.get("nilai_sakip") or ()}
    total = sakip(scores)
    return {"skor_sakip": total, "predikat_sakip": predicate(total)} if scores else {}
