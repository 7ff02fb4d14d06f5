"""What the Renstra adds to its definition: verdicts on the last one, targets that hold, money within the RPJMD, no orphans."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.gathering import gathered
from laksana.library.perencanaan.achievement import achievement
from laksana.library.perencanaan.targets import TARGETS, end_target, step_back, yearly
from laksana.library.rounding import half_up
from laksana.library.rupiah import rupiah
from laksana.library.tables import Row, Table
from laksana.sop.rules import rule

renstra = Behaviour("renstra")
CEILINGS = ("p1", "p2", "p3", "p4", "p5")
Rows = Sequence[Mapping[str, Any]]


class Verdict(Row):
    """A verdict with the lowest achievement that has it."""

    peringkat: str
    terendah: Decimal


VERDICTS = Table(__file__, "../peringkat-renstra.csv", Verdict)


@rule("renstra.peringkat", title="Peringkat capaian", source="pilihan sistem")
def verdict(value: Decimal) -> str:
    """Return the verdict on an achievement that is not rounded."""
    return next(
        row.peringkat
        for row in sorted(VERDICTS.rows(), key=lambda row: -row.terendah)
        if value >= row.terendah
    )


@renstra.computes("evaluasi")
def judged(situation: Situation) -> Mapping[str, Any]:
    """Return the indicators of the last Renstra with achievement and verdict."""
    found = []
    for row in situation.values.get("evaluasi_renstra_lalu") or ():
        value = achievement(row["target"], row["realisasi"], row["polaritas"], "banding")
        told = {} if value is None else {"capaian": half_up(value), "peringkat": verdict(value)}
        found.append({**row, **told})
    return {"evaluasi_renstra_lalu": found}


@renstra.automatic("himpun-isu")
def put_together(situation: Situation) -> Done:
    """Return the issues and goals of all units as tables of the case."""
    return Done(values=gathered(situation.case, "isu", "tujuan_sasaran"))


@renstra.check("isu-dan-sasaran", "rancangan-awal-perbaiki", "rancangan-akhir")
def targets_hold(situation: Situation) -> Mapping[str, str]:
    """Refuse targets that step back without a reason, a wrong end target, and a baseline that is not before the plan."""
    found: dict[str, str] = {}
    for number, row in enumerate(situation.values.get("tujuan_sasaran") or ()):
        found |= dict(_target_errors(f"tujuan_sasaran.{number}", row, int(situation.values["periode"][:4])))
    return found


def _target_errors(place: str, row: Mapping[str, Any], first: int) -> Iterator[tuple[str, str]]:
    years = yearly(row)
    if row["tahun_baseline"] >= first:
        yield f"{place}.tahun_baseline", f"Kondisi awal harus dari tahun sebelum {first}."
    if len(years) < len(TARGETS):
        return
    back = step_back(None if row["agregasi"] == "kumulatif" else row["baseline"], years, row["polaritas"])
    if back is not None and not row.get("alasan"):
        yield f"{place}.t{back}", "Target ini mundur; perbaiki atau beri alasan."
    end = end_target(years, row["agregasi"])
    if row.get("akhir") not in (None, end):
        yield f"{place}.akhir", f"Target akhir indikator ini {end}."


@renstra.check("rancangan-akhir")
def within_rpjmd(situation: Situation) -> Mapping[str, str]:
    """Refuse programmes that the RPJMD lacks or that go over its ceiling in a year."""
    ceilings = {row["kode"]: row for row in situation.values.get("pagu_rpjmd") or ()}
    found: dict[str, str] = {}
    for number, row in enumerate(situation.values.get("program") or ()):
        if row["tingkat"] != "program":
            continue
        ceiling = ceilings.get(row["kode"])
        if ceiling is None:
            found[f"program.{number}.kode"] = f"Program {row['kode']} tidak ada dalam RPJMD."
            continue
        for year in CEILINGS:
            if (over := row[year] - ceiling[year]) > 0:
                found[f"program.{number}.{year}"] = f"Melampaui pagu RPJMD sebesar {rupiah(over)}."
    return found


@renstra.computes("rancangan-awal", "rancangan-awal-perbaiki", "rancangan-akhir")
def summed(situation: Situation) -> Mapping[str, Any]:
    """Return end targets, the money of each year, the counts, and how many goals and programmes trace to nothing."""
    values = situation.values
    goals: Rows = values.get("tujuan_sasaran") or ()
    programmes = [row for row in values.get("program") or () if row["tingkat"] == "program"]
    links: Rows = values.get("keselarasan") or ()
    sums = [sum((row[year] for row in programmes), Decimal()) for year in CEILINGS]
    orphans = {row["kode"] for row in goals} - {row["sasaran"] for row in links}
    orphans |= {row["kode"] for row in programmes} - {row["program"] for row in links}
    return {
        "tujuan_sasaran": [_ended(row) for row in goals],
        "total_pagu": [{"tahun": year, "jumlah": amount} for year, amount in enumerate(sums, 1)],
        "total_lima_tahun": sum(sums, Decimal()), "yatim": len(orphans), "jumlah_tujuan": len({row["tujuan"] for row in goals}),
        "jumlah_sasaran": len({row["kode"] for row in goals}), "jumlah_indikator": len(goals), "jumlah_program": len(programmes),
    }  # fmt: skip


def _ended(row: Mapping[str, Any]) -> Mapping[str, Any]:
    years = yearly(row)
    return (
        row
        if row.get("akhir") is not None or not years
        else {**row, "akhir": end_target(years, row["agregasi"])}
    )
