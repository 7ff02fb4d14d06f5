"""What a proposal for the Satyalancana adds to its definition: the service counted, the class, and the circular's date."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.library.kepegawaian.riwayat.prefill import from_file
from laksana.library.kepegawaian.service import full_months, in_words
from laksana.sop.rules import rule

satyalancana = Behaviour("satyalancana")
_FROM_FILE = {
    "nip": "nip",
    "nama": "nama",
    "tmt_cpns": "tmt_cpns",
    "jenis_terakhir": "satyalancana",
    "nomor_keppres_lama": "nomor_satyalancana",
    "hukdis": "hukdis",
    "cltn": "cltn",
}
satyalancana.prefills("jaring")(from_file(_FROM_FILE, chosen_by="pegawai"))

_CLASSES = (30, 20, 10)


@rule(
    "satyalancana.masa-kerja",
    title="Masa kerja terus-menerus dalam bulan",
    source="PP 25/1994 Pasal 4",
    checked=True,
)
def served(mulai: date, tanggal_hitung: date) -> int:
    """Return the full months of service between two days."""
    return full_months(mulai, tanggal_hitung)


@rule(
    "satyalancana.jenis",
    title="Jenis Satyalancana yang diusulkan",
    source="PP 25/1994 Pasal 2 dan 4",
    checked=True,
)
def highest(bulan: int, dimiliki: int = 0) -> int | None:
    """Return the highest class reached that is not held yet, None where there is none."""
    return next((years for years in _CLASSES if bulan >= 12 * years and years > dimiliki), None)


def _start(values: Mapping[str, Any]) -> date | None:
    """Return from when service counts: anew after a heavier penalty or unpaid leave, or not at all by the other policy."""
    until: date = values["tanggal_hitung"]
    penalties: list[date] = [
        row.get("tanggal_selesai") or until
        for row in values.get("hukdis") or ()
        if row["tingkat"] != "ringan" and row["tanggal_mulai"] <= until
    ]
    breaks: list[date] = penalties + [row["selesai"] for row in values.get("cltn") or ()]
    joined: date = values["tmt_cpns"]
    if not breaks:
        return joined
    if values["kebijakan"] == "gugur":
        return None
    return max(joined, max(breaks) + timedelta(days=1))


@satyalancana.computes("jaring")
def screened(situation: Situation) -> Mapping[str, Any]:
    """Return the service, the class it gives, and the first year in which the next class may be proposed."""
    values = situation.values
    held = int(values["jenis_terakhir"]) if values["jenis_terakhir"] != "tidak_ada" else 0
    start, at = _start(values), values["tanggal_hitung"]
    if start is None:
        return {"memenuhi": False, "jenis": None, "masa_kerja": "terputus", "tahun_berikutnya": None}
    months = served(start, at)
    found = highest(months, held)
    lowest = min((years for years in _CLASSES if years > held), default=None)
    later = None
    if found is None and lowest is not None:
        later = at.year + max(1, -(-(12 * lowest - months) // 12))
    return {
        "memenuhi": found is not None,
        "jenis": str(found) if found else None,
        "masa_kerja": in_words(months),
        "tahun_berikutnya": later,
    }


@satyalancana.computes("verifikasi-bkpsdm")
def next_year(situation: Situation) -> Mapping[str, Any]:
    """Return the year in which a proposal that came too late will be made again."""
    late = situation.outcome == "Lewat batas, tahun berikutnya"
    return {"tahun_berikutnya": int(situation.values["tahun"]) + 1} if late else {}


@satyalancana.deadline("batas-usul")
def due(situation: Situation) -> datetime | None:
    """Return the closing of the last working day that the circular gives."""
    day, calendar = situation.values.get("batas_bkpsdm"), situation.calendar
    return calendar.closing(calendar.workday_on_or_before(day)) if day else None
