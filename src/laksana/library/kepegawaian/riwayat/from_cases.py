"""What ended cases leave in the employee file: the row that each decided, with the case as its proof."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from laksana.cases.errors import Refused
from laksana.cases.models import Case
from laksana.library.kepegawaian.riwayat.kinds import ContentError
from laksana.library.kepegawaian.riwayat.models import FileRow
from laksana.library.kepegawaian.riwayat.services import Proof, record
from laksana.people.models import Person


@dataclass(frozen=True)
class _Result:
    """A row that a case decided."""

    kind: str
    since: str
    content: Mapping[str, Any]
    document: str = ""
    until: str | None = None


def _pay(data: Mapping[str, Any]) -> _Result | None:
    """Return the new pay of a periodic increase whose letter was issued and entered into the payroll."""
    if not (data.get("nomor_surat") and data.get("bulan_gaji_berubah")):
        return None
    held = {
        "golongan": data.get("golongan") or data.get("golongan_pppk"),
        "gaji_pokok": data["gaji_baru"],
        "mkg_tahun": data.get("mkg_baru_tahun") or 0,
        "mkg_bulan": 0,
    }
    return _Result("gaji", data["tmt_baru"], held, data["nomor_surat"])


def _grade(data: Mapping[str, Any]) -> _Result | None:
    """Return the new grade of a promotion whose decree has come."""
    if not (data.get("nomor_sk") and data.get("golongan_baru")):
        return None
    held = {
        "golongan": data["golongan_baru"],
        "mkg_tahun": data.get("mkg_baru_tahun") or 0,
        "mkg_bulan": data.get("mkg_baru_bulan") or 0,
    }
    return _Result("pangkat", data["tmt_sk"], held, data["nomor_sk"])


def _award(data: Mapping[str, Any]) -> _Result | None:
    """Return the award that was conferred."""
    if not (data.get("nomor_keppres") and data.get("tanggal_keppres") and data.get("jenis")):
        return None
    return _Result(
        "penghargaan", data["tanggal_keppres"], {"penghargaan": data["jenis"]}, data["nomor_keppres"]
    )


def _rating(data: Mapping[str, Any]) -> _Result | None:
    """Return the rating of the part of the year that was evaluated."""
    if not data.get("predikat_tahunan"):
        return None
    held = {"tahun": data["tahun"], "predikat": data["predikat_tahunan"]}
    return _Result("skp", data["periode_mulai"], held, until=data["periode_selesai"])


def _leave(data: Mapping[str, Any]) -> _Result | None:
    """Return the leave as it was taken: a recall ends it sooner and gives days back."""
    if not data.get("nomor_surat"):
        return None
    until = data.get("dijalankan_sampai") or data["selesai"]
    if until < data["mulai"]:
        return None
    lasted = int(data["lama"]) - int(data.get("hari_dikembalikan") or 0)
    held = {"jenis_cuti": data["jenis_cuti"], "lama": max(0, lasted)}
    return _Result("cuti", data["mulai"], held, data["nomor_surat"], until)


_RESULTS: Mapping[str, Callable[[Mapping[str, Any]], _Result | None]] = {
    "kenaikan-gaji-berkala": _pay,
    "kenaikan-pangkat": _grade,
    "satyalancana": _award,
    "skp-asn": _rating,
    "cuti": _leave,
}


def keep_result(case: Case, at: datetime) -> None:
    """Write what an ended case decided into the file of its employee, once. Raises Refused for what the file cannot hold."""
    decided = _RESULTS.get(case.procedure)
    if decided is None or not (pegawai := case.data.get("pegawai") or case.initiator_id):
        return
    result = decided(case.data)
    if result is None or FileRow.objects.filter(case=case, kind=result.kind).exists():
        return
    span = (date.fromisoformat(result.since), date.fromisoformat(result.until) if result.until else None)
    proof = Proof(result.document, case)
    try:
        record(Person.objects.get(pk=pegawai), result.kind, span, result.content, proof, at=at)
    except ContentError as error:
        raise Refused(f"Berkas pegawai tidak dapat memuat hasil ini: {error}") from None
