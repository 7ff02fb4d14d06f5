"""What the Renja adds to its definition: codes of the nomenclature, money within the ceiling, its schedule and its stages."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.gathering import gathered
from laksana.library.perencanaan.achievement import achievement, rank
from laksana.library.perencanaan.renja.proposals import ceiling, completed, faults, left
from laksana.library.perencanaan.renja.rules import (
    SCHEDULE,
    Rows,
    milestone,
    progress,
    summed,
    upward,
)
from laksana.library.rounding import half_up
from laksana.library.rupiah import rupiah
from laksana.sop.duration import Duration
from laksana.sop.form import from_json
from laksana.worktime.zone import OFFICE_ZONE, local_day

renja = Behaviour("renja")
YEARS = ("r1", "r2", "r3", "r4")
EDITED = ("sesuaikan", "perbaiki-rancangan", "rancangan-akhir")
"""The steps that change the proposals under the ceiling."""
STAGES = {
    "serah-awal": ("rancangan_awal", "nomor_surat_awal"), "serah-rancangan": ("rancangan", ""),
    "serah-akhir": ("rancangan_akhir", "nomor_surat_akhir"), "tetapkan": ("penetapan", "nomor_penetapan"),
}  # fmt: skip


@renja.check("bentuk-tim")
def a_year_to_come(situation: Situation) -> Mapping[str, str]:
    """Refuse a plan for any other year than the next or the one after it."""
    ahead = situation.values["tahun_rencana"] - local_day(situation.at).year
    return {} if ahead in (1, 2) else {"tahun_rencana": "Tahun rencana adalah tahun berjalan + 1 atau + 2."}


@renja.computes("bentuk-tim")
def schedule(situation: Situation) -> Mapping[str, Any]:
    """Return until when each stage must be done."""
    year = int(situation.values["tahun_rencana"])
    rows = [
        {"tahap": row.nama, "batas": milestone(situation.calendar, year, row.tahap)}
        for row in SCHEDULE.rows()
    ]
    return {"jadwal": rows, "batas_forum": milestone(situation.calendar, year, "forum")}


@renja.deadline("forum-feb")
def due_forum(situation: Situation) -> datetime | None:
    """Return the closing of the last day for the forum."""
    day = situation.values.get("batas_forum")
    return situation.calendar.closing(day) if day else None


@renja.computes("evaluasi")
def evaluated(situation: Situation) -> Mapping[str, Any]:
    """Return last year's plan and the Renstra's indicators with what was reached and its rank."""
    values = situation.values
    plan = []
    for row in values.get("evaluasi_lalu") or ():
        reached = achievement(row["target"], row["realisasi"], row["polaritas"])
        plan.append({**row, **_judged(reached)})
    strategy = [
        {**row, **_judged(progress([row.get(year) for year in YEARS], row["target_akhir"], row["agregasi"]))}
        for row in values.get("capaian_renstra") or ()
    ]
    return {"evaluasi_lalu": plan, "capaian_renstra": strategy}


def _judged(value: Decimal | None) -> Mapping[str, Any]:
    return {} if value is None else {"capaian": half_up(value), "peringkat": rank(value)}


@renja.check("evaluasi")
def money_of_the_renstra(situation: Situation) -> Mapping[str, str]:
    """Refuse an amount for the year that the Renstra's sub kegiatan do not make."""
    total = sum((row["pagu"] for row in situation.values.get("sub_renstra") or ()), Decimal())
    if total == situation.values["pagu_renstra"]:
        return {}
    return {"pagu_renstra": f"Jumlah pagu sub kegiatan Renstra {rupiah(total)}."}


@renja.check("usul-bidang", *EDITED)
def proposals_hold(situation: Situation) -> Mapping[str, str]:
    """Refuse codes that the nomenclature lacks, programmes outside the Renstra, and sub kegiatan outside it without a reason."""
    values = situation.values
    planned = {row["sub_kegiatan"] for row in values["sub_renstra"]}
    programmes = {upward(code)[0] for code in planned}
    found: dict[str, str] = {}
    for number, row in enumerate(values.get("usulan_bidang") or ()):
        found |= dict(faults(f"usulan_bidang.{number}", row, planned, programmes))
    return found


@renja.automatic("himpun-usulan")
def put_together(situation: Situation) -> Done:
    """Return the proposals of all units, completed and summed."""
    given = from_json(situation.procedure, gathered(situation.case, "usulan_bidang"))
    return Done(values=completed({**situation.values, **given}))


@renja.computes(*EDITED)
def looked_up(situation: Situation) -> Mapping[str, Any]:
    """Return the proposals with what the nomenclature says, their sums, and what the ceiling leaves."""
    return completed(situation.values)


@renja.check(*EDITED)
def within_the_ceiling(situation: Situation) -> Mapping[str, str]:
    """Refuse proposals that together go over the indicative ceiling."""
    rest = left(situation.values)
    return {"usulan_bidang": f"Melampaui pagu indikatif sebesar {rupiah(-rest)}."} if rest < 0 else {}


@renja.warns("rancangan-awal", *EDITED)
def not_the_ceiling(situation: Situation) -> Mapping[str, str]:
    """Warn of proposals that leave money, or that go over the Renstra's amount while no ceiling is known."""
    rest = left(situation.values)
    if rest < 0 and situation.step.id == "rancangan-awal":
        return {"": f"Usulan melampaui pagu menurut Renstra sebesar {rupiah(-rest)}."}
    return {"": f"Sisa pagu {rupiah(rest)}."} if rest > 0 else {}


@renja.check("rancangan-awal", "rancangan-akhir")
def every_level_is_measured(situation: Situation) -> Mapping[str, str]:
    """Refuse a draft without an indicator of a sasaran, or of a program or kegiatan that it holds."""
    values = situation.values
    given: Rows = values.get("indikator_hasil") or ()
    measured = {row["kode"] for row in given}
    needed = {row["kode"] for row in summed(values.get("usulan_bidang") or ())}
    if missing := sorted(needed - measured):
        return {"indikator_hasil": f"Belum ada indikator untuk {', '.join(missing)}."}
    goals = any(row["tingkat"] == "sasaran" for row in given)
    return {} if goals else {"indikator_hasil": "Belum ada indikator sasaran."}


@renja.computes("rancangan-akhir")
def after_the_rkpd(situation: Situation) -> Mapping[str, Any]:
    """Return until when the final draft must be handed over and the plan fixed."""
    noon = datetime.combine(situation.values["tgl_rkpd"], time(12), OFFICE_ZONE)
    names = {"akhir-2-minggu": "batas_akhir", "tetap-1-bulan": "batas_penetapan"}
    return {
        names[clock.id]: local_day(situation.calendar.deadline(noon, clock.limit))
        for clock in situation.procedure.clocks
        if clock.id in names and isinstance(clock.limit, Duration)
    }


@renja.computes(*STAGES)
def staged(situation: Situation) -> Mapping[str, Any]:
    """Return the stages of the plan with the one that is done now."""
    values, (stage, paper) = situation.values, STAGES[situation.step.id]
    before: Rows = values.get("tahapan") or ()
    day: date = values["tgl_penetapan"] if stage == "penetapan" else local_day(situation.at)
    due = {"rancangan_akhir": values.get("batas_akhir"), "penetapan": values.get("batas_penetapan")}.get(
        stage
    )
    late = (day - due).days if due else 0
    codes = {row["sub_kegiatan"] for row in values["usulan_bidang"]}
    return {"tahapan": [*before, {
        "tahap": stage, "tanggal": day, "versi": 1 + sum(row["tahap"] == stage for row in before),
        "jumlah_program": len({upward(code)[0] for code in codes}), "jumlah_sub": len(codes),
        "total": values["total_pagu"], "pagu": ceiling(values), "naskah": values.get(paper) if paper else None,
        "keterangan": f"Terlambat {late} hari" if late > 0 else None,
    }]}  # fmt: skip
