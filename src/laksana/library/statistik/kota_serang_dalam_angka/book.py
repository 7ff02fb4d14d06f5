"""One book out of many producers' tables: what each delivered, how it is judged, and what was corrected."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from laksana.library.statistik.kota_serang_dalam_angka import rules
from laksana.library.statistik.kota_serang_dalam_angka.checking import HARD, Sheet, check, differences, listed
from laksana.library.statistik.kota_serang_dalam_angka.plan import own_plans, request, sectoral, unavailable
from laksana.sop.values import number_text
from laksana.worktime.calendar import WorkCalendar

Values = Mapping[str, Any]
Rows = Sequence[Mapping[str, Any]]
METADATA_SHOWN = ("kode_tabel", "jenis_metadata", "versi", "penanggung_jawab", "kelengkapan")


@dataclass(frozen=True)
class Delivery:
    """What one producer gave to the book."""

    cells: list[dict[str, Any]]
    metadata: list[dict[str, Any]]
    unavailable: Rows
    request: dict[str, Any]
    judged: dict[str, Any]


def inspected(values: Values) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return what is wrong with the tables of a producer, answered or not, and a summary of each table."""
    answered = {answer_to(row) for row in values.get("penjelasan_opd") or ()}
    out = unavailable(values)
    findings: list[dict[str, Any]] = []
    summaries: list[dict[str, Any]] = []
    for plan in (plan for plan in own_plans(values) if plan["kode"] not in out):
        rows = []
        for each in check(Sheet.of(plan, values.get("isian_tabel") or ())):
            row = {"kode_tabel": plan["kode"], "aturan": each.rule, "tingkat": each.severity, "baris": each.row,
                   "kolom": each.column, "nilai": each.found, "harapan": each.expected}  # fmt: skip
            done = each.severity != HARD and answer_to(row) in answered
            rows.append({**row, "status": "terjawab" if done else "terbuka"})
        findings += rows
        summaries.append(summary(plan["kode"], values["opd"], rows))
    return findings, summaries


def answer_to(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a finding or its answer is about."""
    return (row["kode_tabel"], row["aturan"], row.get("baris") or "", row.get("kolom") or "")


def summary(code: str, producer: str, rows: Rows) -> dict[str, Any]:
    """Return how many findings a table has, and whether it passes."""
    hard = sum(row["tingkat"] == HARD for row in rows)
    answered = sum(row["status"] == "terjawab" for row in rows)
    return {
        "kode_tabel": code, "opd": producer, "temuan_keras": hard, "peringatan": len(rows) - hard, "terjawab": answered,
        "status": "lolos" if answered == len(rows) else "anomali",
    }  # fmt: skip


def corrected(cells: Rows, changes: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return cells with the new figures or marks in their places; a place that is not there yet is added."""
    found = {(row["kode_tabel"], row["baris"], row["kolom"]): dict(row) for row in cells}
    for each in changes:
        if each.get("nilai_baru") is None and not each.get("tanda_baru"):
            continue
        place = (each["kode_tabel"], each.get("baris") or "", each.get("kolom") or "")
        before = found.get(place, dict(zip(("kode_tabel", "baris", "kolom"), place, strict=True)))
        found[place] = {**before, "nilai": each.get("nilai_baru"), "tanda": each.get("tanda_baru")}
    return list(found.values())


def delivery(values: Values, row: Values, given: Values, calendar: WorkCalendar) -> Delivery:
    """Return what the producer of a row gave, by the case's values and its own."""
    producer, codes = row["opd"], listed(row["kode_tabel"])
    passed = [
        each["kode_tabel"] for each in given.get("rekap_pemeriksaan") or () if each["status"] == "lolos"
    ]
    late = max(0, calendar.workdays_between(values["batas_data"], given["tanggal_masuk"]))
    metadata = _described({**values, **given}, passed)
    told = {"hari_terlambat": late, "pengingat": int(given.get("pengingat_ke") or 0)}
    return Delivery(
        cells=[
            _final(each, producer) for each in given.get("isian_tabel") or () if each["kode_tabel"] in passed
        ],
        metadata=metadata,
        unavailable=given.get("tabel_tidak_tersedia") or (),
        request={
            **request(producer, sectoral(values["daftar_tabel"])),
            **told,
            "tanggal_masuk": given["tanggal_masuk"],
            "status": "lengkap" if len(passed) == len(codes) else "tidak tersedia",
        },
        judged={
            **told,
            "opd": producer,
            "tabel_diminta": len(codes),
            "tabel_lolos": len(passed),
            "kelengkapan": rules.completeness(len(passed), len(codes)),
            "galat_pertama": given.get("galat_pertama"),
            "metadata": filled_share(metadata),
        },
    )


def _final(row: Mapping[str, Any], producer: str) -> dict[str, Any]:
    return {"opd": producer, **{name: value for name, value in row.items() if name != "nilai_lalu"}}


def _described(values: Values, codes: Sequence[str]) -> list[dict[str, Any]]:
    """Return the metadata of tables by kind, each with how many columns have to be filled in and how many are."""
    found = []
    for kind, name in (("variabel", "metadata_variabel"), ("indikator", "metadata_indikator")):
        wanted = [row.kolom for row in rules.METADATA.rows() if row.jenis == kind]
        for code in codes:
            rows = [row for row in values.get(name) or () if row["kode_tabel"] == code]
            filled, needed = (
                sum(bool(row.get(each)) for row in rows for each in wanted),
                len(rows) * len(wanted),
            )
            if rows:
                found.append({"kode_tabel": code, "jenis_metadata": kind, "versi": values["tahun_terbit"],
                              "penanggung_jawab": values["penanggung_jawab_opd"], "terisi": filled, "wajib": needed,
                              "kelengkapan": rules.completeness(filled, needed)})  # fmt: skip
    return found


def filled_share(described: Rows) -> Decimal | None:
    """Return in percent how much of the metadata that has to be filled in is."""
    return rules.completeness(sum(row["terisi"] for row in described), sum(row["wajib"] for row in described))


def told_differences(cells: Rows) -> list[dict[str, str]]:
    """Return the figures that differ between tables, as the reconciliation reads them."""
    return [
        {
            "besaran": name,
            "kode_tabel": "; ".join(seen),
            "nilai": "; ".join(number_text(v) for v in seen.values()),
        }
        for name, seen in differences(cells)
    ]
