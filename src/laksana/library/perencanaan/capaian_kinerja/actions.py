"""What the quarterly report adds to its definition: who reports, what must be proven and explained, and the year so far."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.perencanaan.achievement import rank
from laksana.library.perencanaan.capaian_kinerja.measuring import (
    QUARTERS,
    claims,
    demands_action,
    is_proven,
    means,
    measured,
    quarter_end,
    weighted,
)
from laksana.library.perencanaan.capaian_kinerja.reporting import (
    KEYS,
    absent,
    entries_of,
    newest,
    owners,
    unfounded,
)
from laksana.library.rounding import half_up, percent
from laksana.sop.duration import Duration

report = Behaviour("capaian-kinerja")
Rows = Sequence[Mapping[str, Any]]


@report.check("minta-data")
def targets_can_be_measured(situation: Situation) -> Mapping[str, str]:
    """Refuse a target of zero where more is better, and a range that ends before it begins."""
    found: dict[str, str] = {}
    for number, row in enumerate(situation.values.get("daftar_indikator") or ()):
        if row["polaritas"] == "maksimum":
            for name in ("target_tahun", "tw1", "tw2", "tw3", "tw4"):
                if row.get(name) == 0:
                    found[f"daftar_indikator.{number}.{name}"] = (
                        "Target indikator maksimum tidak boleh nol; kosongkan."
                    )
        if row["polaritas"] == "rentang" and row["bawah"] > row["atas"]:
            found[f"daftar_indikator.{number}.atas"] = "Batas atas lebih kecil daripada batas bawah."
    return found


@report.computes("minta-data")
def opened(situation: Situation) -> Mapping[str, Any]:
    """Return when the quarter ended, until when the report is due, and which units report."""
    values = situation.values
    end = quarter_end(int(values["tahun"]), QUARTERS.index(values["triwulan"]) + 1)
    clock = next(clock for clock in situation.procedure.clocks if clock.id == "lapor-tw")
    days = int(clock.limit.amount) if isinstance(clock.limit, Duration) else 0
    units = dict.fromkeys(
        row["penanggung_jawab"] for row in (*values["daftar_indikator"], *values["daftar_sub"])
    )
    return {
        "akhir_triwulan": end, "jatuh_tempo": situation.calendar.add_workdays(end, days),
        "unit_pelapor": [{"bidang": unit} for unit in units],
    }  # fmt: skip


@report.check("isi-capaian", "perbaiki-data")
def nothing_foreign(situation: Situation) -> Mapping[str, str]:
    """Refuse what another unit answers for, or nobody."""
    values = situation.values
    answering, unit = owners(values), values["bidang"]
    return {
        f"{table}.{number}.{key}": f"{row[key]} bukan tanggung jawab unit kerja ini."
        for table, key in KEYS.items()
        for number, row in enumerate(values.get(table) or ())
        if answering.get(row[key]) != unit
    }


@report.check("isi-capaian")
def complete(situation: Situation) -> Mapping[str, str]:
    """Refuse a form without a row on something that the unit answers for, and what `unfounded` says."""
    return dict(absent(situation.values)) | dict(unfounded(situation.values))


@report.check("perbaiki-data")
def mended(situation: Situation) -> Mapping[str, str]:
    """Refuse a correction that corrects nothing, and what `unfounded` says; what it leaves out stays as it was."""
    values = situation.values
    if not values.get("realisasi") and not values.get("realisasi_fisik"):
        return {"realisasi": "Isi kembali yang diperbaiki."}
    return dict(unfounded(values))


@report.automatic("himpun-capaian")
def put_together(situation: Situation) -> Done:
    """Return what the units gave, the newest on each indicator, and how many realisations lack evidence."""
    found = newest(situation.case)
    kinds = {row["kode"]: row["agregasi"] for row in situation.values["daftar_indikator"]}
    unproven = [
        row for row in found["realisasi"]
        if claims(row, kinds[row["kode"]]) and not is_proven(row, kinds[row["kode"]])
    ]  # fmt: skip
    return Done(values={**found, "tanpa_bukti": len(unproven)})


@report.check("isi-anggaran", "perbaiki-anggaran")
def every_line_of_budget(situation: Situation) -> Mapping[str, str]:
    """Refuse a budget that lacks a sub kegiatan, knows another, or spends more than its ceiling."""
    ceilings = {row["sub_kegiatan"]: row["pagu"] for row in situation.values["daftar_sub"]}
    rows: Rows = situation.values.get("realisasi_anggaran") or ()
    found: dict[str, str] = {}
    for number, row in enumerate(rows):
        if row["sub_kegiatan"] not in ceilings:
            found[f"realisasi_anggaran.{number}.sub_kegiatan"] = "Sub kegiatan ini tidak ada pada daftar."
        elif row["realisasi"] > ceilings[row["sub_kegiatan"]]:
            found[f"realisasi_anggaran.{number}.realisasi"] = "Realisasi melampaui pagu."
    if lacking := set(ceilings) - {row["sub_kegiatan"] for row in rows}:
        found.setdefault("realisasi_anggaran", f"Belum diisi: {', '.join(sorted(lacking))}.")
    return found


@report.check("validasi", "validasi-ulang")
def names_what_is_wrong(situation: Situation) -> Mapping[str, str]:
    """Refuse to send data back without saying which, and to find valid what is not."""
    wrong = [
        row["kode"] for row in situation.values.get("hasil_validasi") or () if row["hasil"] == "tidak_sah"
    ]
    if situation.outcome == "Sahih":
        return {"hasil_validasi": "Masih ada yang tidak sah."} if wrong else {}
    if situation.outcome == "Data bidang tidak sahih" and not set(wrong) & set(owners(situation.values)):
        return {"hasil_validasi": "Sebut indikator atau sub kegiatan yang tidak sah."}
    return {}


@report.computes("validasi", "validasi-ulang")
def sent_back(situation: Situation) -> Mapping[str, Any]:
    """Return which units must mend what."""
    answering = owners(situation.values)
    notes: dict[str, list[str]] = {}
    for row in situation.values.get("hasil_validasi") or ():
        if row["hasil"] == "tidak_sah" and row["kode"] in answering:
            notes.setdefault(answering[row["kode"]], []).append(f"{row['kode']}: {row.get('catatan')}")
    return {"pengembalian": [{"bidang": unit, "masalah": "; ".join(told)} for unit, told in notes.items()]}


@report.automatic("hitung-capaian")
def reckon(situation: Situation) -> Done:
    """Return the achievements, their means and ranks, the deviations, and how much money and work is done."""
    values = situation.values
    entries = {row["kode"]: row for row in values["realisasi"]}
    lines = [
        measured(row, entries_of(values, row["kode"], entries.get(row["kode"])))
        for row in values["daftar_indikator"]
    ]
    goals = means(lines)
    mean = sum(goals.values(), Decimal()) / len(goals) if goals else None
    spent = sum((row["realisasi"] for row in values["realisasi_anggaran"]), Decimal())
    progress = {row["sub_kegiatan"]: row["fisik"] for row in values["realisasi_fisik"]}
    work = weighted((progress[row["sub_kegiatan"]], row["pagu"]) for row in values["daftar_sub"])
    return Done(values={
        "capaian": [_shown(line) for line in lines],
        "realisasi_kumulatif": [
            {name: line[name] for name in ("kode", "pembilang", "penyebut")} | {"realisasi": _two(line["realisasi"])}
            for line in lines
        ],
        "deviasi": [
            {"kode": line["kode"], "deviasi": _two(line["deviasi"]), "perlu_tindak": demands_action(line["deviasi"])}
            for line in lines if line["deviasi"] is not None
        ],
        "capaian_sasaran": [{"sasaran": goal, "rata": half_up(value)} for goal, value in goals.items()],
        "capaian_rata": _two(mean), "peringkat": None if mean is None else rank(mean),
        "serapan": percent(spent, sum((row["pagu"] for row in values["daftar_sub"]), Decimal())), "fisik_rata": _two(work),
    })  # fmt: skip


def _two(value: Decimal | None) -> Decimal | None:
    return None if value is None else half_up(value)


def _shown(line: Mapping[str, Any]) -> dict[str, Any]:
    """Return a line as the report shows it: rounded, with the rank of what is not."""
    told = {
        name: line[name] for name in ("kode", "sasaran", "indikator", "target_tw", "target_tahun", "status")
    }
    told |= {name: _two(line[name]) for name in ("realisasi", "terhadap_tw", "terhadap_tahun", "capaian")}
    return told | {"peringkat": None if line["capaian"] is None else rank(line["capaian"])}


@report.check("rapat")
def deviations_are_acted_on(situation: Situation) -> Mapping[str, str]:
    """Refuse a meeting that plans nothing for an indicator that is too far behind."""
    planned = {row["indikator"] for row in situation.values.get("rencana_tindak") or ()}
    behind = [
        row["kode"]
        for row in situation.values.get("deviasi") or ()
        if row["perlu_tindak"] and row["kode"] not in planned
    ]
    return {"rencana_tindak": f"Belum ada tindak lanjut untuk {', '.join(behind)}."} if behind else {}


@report.check("arsip")
def followed_up(situation: Situation) -> Mapping[str, str]:
    """Refuse to close while the state of a follow-up is not known, or one is done without evidence."""
    found: dict[str, str] = {}
    for number, row in enumerate(situation.values.get("rencana_tindak") or ()):
        if not row.get("status"):
            found[f"rencana_tindak.{number}.status"] = "Wajib diisi."
        elif row["status"] == "selesai" and not row.get("bukti"):
            found[f"rencana_tindak.{number}.bukti"] = "Tindak lanjut yang selesai memerlukan bukti."
    return found


@report.computes("kirim")
def sent(situation: Situation) -> Mapping[str, Any]:
    """Return when the report was sent first and whether that was in time; sending it again does not change it."""
    if situation.values.get("tgl_kirim_pertama") is not None:
        return {}
    day = situation.values["tgl_kirim"]
    return {"tgl_kirim_pertama": day, "tepat_waktu": day <= situation.values["jatuh_tempo"]}
