"""The form of one unit: which rows are its own, what it lacks, and the newest that all units gave."""

from collections.abc import Iterator, Mapping
from typing import Any

from laksana.cases import services as cases
from laksana.cases.models import Case
from laksana.library.perencanaan.capaian_kinerja.measuring import (
    QUARTERS,
    claims,
    is_due,
    measured,
    must_be_explained,
)
from laksana.library.rounding import half_up

KEYS = {"realisasi": "kode", "penjelasan": "kode", "realisasi_fisik": "sub_kegiatan"}
"""Of each table that the units fill in, the column that says what a row is about."""


def owners(values: Mapping[str, Any]) -> dict[str, str]:
    """Return of each indicator and sub kegiatan who answers for it."""
    found = {row["kode"]: row["penanggung_jawab"] for row in values["daftar_indikator"]}
    return found | {row["sub_kegiatan"]: row["penanggung_jawab"] for row in values["daftar_sub"]}


def absent(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what a unit's form lacks that it answers for, as a field and what is wrong with it."""
    unit = values["bidang"]
    given = {row["kode"] for row in values.get("realisasi") or ()}
    done = {row["sub_kegiatan"] for row in values.get("realisasi_fisik") or ()}
    for row in values["daftar_indikator"]:
        if row["penanggung_jawab"] == unit and row["kode"] not in given and is_due(row, len(_until(values))):
            yield "realisasi", f"Indikator {row['kode']} belum diisi."
    for row in values["daftar_sub"]:
        if row["penanggung_jawab"] == unit and row["sub_kegiatan"] not in done:
            yield "realisasi_fisik", f"Sub kegiatan {row['sub_kegiatan']} belum diisi."


def unfounded(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what a unit's rows cannot stand without: the parts of a ratio, an explanation, a file for evidence named."""
    indicators = {row["kode"]: row for row in values["daftar_indikator"]}
    explained = {row["kode"] for row in values.get("penjelasan") or ()}
    entries = [row for row in values.get("realisasi") or () if row["kode"] in indicators]
    for entry in entries:
        indicator = indicators[entry["kode"]]
        kind = indicator["agregasi"]
        line = measured(indicator, entries_of(values, entry["kode"], entry))
        if kind == "rasio" and not claims(entry, kind) and entry.get("nilai") is not None:
            yield "realisasi", f"Indikator rasio {entry['kode']} diisi pembilang dan penyebutnya."
        elif must_be_explained(line) and entry["kode"] not in explained:
            value = f"{half_up(line['capaian'])}".replace(".", ",")
            yield "penjelasan", f"Capaian {entry['kode']} {value} persen; beri penjelasan dan tindak lanjut."
    if any(row.get("bukti") for row in entries) and not values.get("bukti"):
        yield "bukti", "Lampirkan berkas bukti yang disebut."


def _until(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the quarters of the year up to the one reported."""
    return QUARTERS[: QUARTERS.index(values["triwulan"]) + 1]


def entries_of(
    values: Mapping[str, Any], code: str, current: Mapping[str, Any] | None
) -> list[Mapping[str, Any] | None]:
    """Return what was reported on an indicator, quarter by quarter up to this one."""
    before = {row["triwulan"]: row for row in values.get("realisasi_lalu") or () if row["kode"] == code}
    return [*(before.get(name) for name in _until(values)[:-1]), current]


def newest(case: Case) -> dict[str, list[Any]]:
    """Return what the units gave: of each indicator and sub kegiatan the newest row, and every file of evidence."""
    rows: dict[str, dict[str, Any]] = {table: {} for table in KEYS}
    files: dict[Any, None] = {}
    for each in sorted(cases.instances(case), key=lambda each: int(each.path)):
        for table, key in KEYS.items():
            rows[table] |= {row[key]: row for row in each.data.get(table) or ()}
        files |= dict.fromkeys(each.data.get("bukti") or ())
    return {table: list(found.values()) for table, found in rows.items()} | {"bukti": list(files)}
