"""What ended cases leave in the employee file: the rows that each decided, with the case as their proof."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from laksana.cases.errors import Refused
from laksana.cases.models import Case
from laksana.library.kepegawaian.riwayat.kinds import ContentError
from laksana.library.kepegawaian.riwayat.models import FileRow
from laksana.library.kepegawaian.riwayat.services import Proof, correct, record, standing
from laksana.people.models import Person

Data = Mapping[str, Any]


@dataclass(frozen=True)
class _Result:
    """A row that a case decided; of `person`, where it is not the one employee of the case."""

    kind: str
    since: str
    content: Data
    document: str = ""
    until: str | None = None
    person: int | None = None


def _pay(data: Data) -> Iterator[_Result]:
    """Yield the new pay of a periodic increase whose letter was issued and entered into the payroll."""
    if not (data.get("nomor_surat") and data.get("bulan_gaji_berubah")):
        return
    held = {
        "golongan": data.get("golongan") or data.get("golongan_pppk"),
        "gaji_pokok": data["gaji_baru"],
        "mkg_tahun": data.get("mkg_baru_tahun") or 0,
        "mkg_bulan": 0,
    }
    yield _Result("gaji", data["tmt_baru"], held, data["nomor_surat"])


def _grade(data: Data) -> Iterator[_Result]:
    """Yield the new grade of a promotion whose decree has come, and the pay that it brings."""
    if not (data.get("nomor_sk") and data.get("golongan_baru")):
        return
    held = {
        "golongan": data["golongan_baru"],
        "mkg_tahun": data.get("mkg_baru_tahun") or 0,
        "mkg_bulan": data.get("mkg_baru_bulan") or 0,
    }
    yield _Result("pangkat", data["tmt_sk"], held, data["nomor_sk"])
    if data.get("gaji_baru"):
        yield _Result("gaji", data["tmt_sk"], {**held, "gaji_pokok": data["gaji_baru"]}, data["nomor_sk"])


def _award(data: Data) -> Iterator[_Result]:
    """Yield the award that was conferred."""
    if data.get("nomor_keppres") and data.get("tanggal_keppres") and data.get("jenis"):
        held = {"penghargaan": data["jenis"]}
        yield _Result("penghargaan", data["tanggal_keppres"], held, data["nomor_keppres"])


def _rating(data: Data) -> Iterator[_Result]:
    """Yield the rating of the part of the year that was evaluated."""
    if data.get("predikat_tahunan"):
        held = {"tahun": data["tahun"], "predikat": data["predikat_tahunan"]}
        yield _Result("skp", data["periode_mulai"], held, until=data["periode_selesai"])


def _leave(data: Data) -> Iterator[_Result]:
    """Yield the leave as it was taken: a recall ends it sooner and gives days back."""
    if not data.get("nomor_surat"):
        return
    until = data.get("dijalankan_sampai") or data["selesai"]
    if until < data["mulai"]:
        return
    lasted = int(data["lama"]) - int(data.get("hari_dikembalikan") or 0)
    held = {"jenis_cuti": data["jenis_cuti"], "lama": max(0, lasted)}
    yield _Result("cuti", data["mulai"], held, data["nomor_surat"], until)


def _card(data: Data) -> Iterator[_Result]:
    """Yield the card that was issued."""
    if data.get("nomor_kartu") and data.get("tanggal_terbit"):
        held = {"jenis_kartu": data["jenis_kartu"], "nomor": data["nomor_kartu"]}
        yield _Result("kartu", data["tanggal_terbit"], held, f"Kartu {data['nomor_kartu']}")


def _family(data: Data) -> Iterator[_Result]:
    """Yield the members of the family with whether the allowance is paid for each, from the month of their pay on."""
    if not (data.get("nomor_skum") and data.get("berlaku_mulai")):
        return
    members = [("pasangan", "nama", row) for row in data.get("pasangan") or ()]
    members += [("anak", "nama_anak", row) for row in data.get("anak") or ()]
    for relation, name, row in members:
        held = {
            "hubungan": relation,
            "nama": row[name],
            "tanggal_lahir": row["tanggal_lahir"],
            "tertanggung": bool(row.get("dapat_tunjangan")),
        }
        yield _Result("keluarga", data["berlaku_mulai"], held, data["nomor_skum"])


def _retirement(data: Data) -> Iterator[_Result]:
    """Yield the pension whose decree has come."""
    if data.get("nomor_sk") and data.get("tmt_pensiun"):
        held = {
            "jenis_pensiun": data["jenis_pensiun"],
            "perkiraan_pensiun": data.get("perkiraan_pensiun") or None,
        }
        yield _Result("pensiun", data["tmt_pensiun"], held, data["nomor_sk"])


_CODES = {"dinas_luar": "dl", "cuti": "c", "sakit": "s", "izin": "i", "tugas_belajar": "tb"}


def _attendance(data: Data) -> Iterator[_Result]:
    """Yield the month of every employee of a recap that was locked."""
    if not data.get("terkunci"):
        return
    first = date.fromisoformat(data["bulan"])
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    for row in data.get("rekap") or ():
        held = {
            "hari_kerja": int(data["jumlah_hari_kerja"]),
            "hadir": int(row["h"]),
            "tanpa_keterangan": int(row["tk"]),
            "terlambat_menit": int(row["tl_menit"]),
            "pulang_awal_menit": int(row["psw_menit"]),
            **{name: int(row[code]) for name, code in _CODES.items()},
        }
        yield _Result("kehadiran", data["bulan"], held, until=last.isoformat(), person=int(row["pegawai"]))


_RESULTS: Mapping[str, Callable[[Data], Iterator[_Result]]] = {
    "kenaikan-gaji-berkala": _pay,
    "kenaikan-pangkat": _grade,
    "satyalancana": _award,
    "skp-asn": _rating,
    "cuti": _leave,
    "kartu-pegawai": _card,
    "skumptk": _family,
    "pensiun": _retirement,
    "kehadiran-manual": _attendance,
}


def keep_result(case: Case, at: datetime) -> None:
    """Write what an ended case decided into the files of its employees, once. Raises Refused for what a file cannot hold."""
    decided = _RESULTS.get(case.procedure)
    if decided is None or FileRow.objects.filter(case=case).exists():
        return
    own = case.data.get("pegawai") or case.data.get("calon") or case.initiator_id
    results = [(each.person or own, each) for each in decided(case.data)]
    people = Person.objects.in_bulk([key for key, _each in results if key])
    try:
        for place, (key, result) in enumerate(results):
            if key in people:
                _write(people[key], result, Proof(result.document, case, place), at)
    except ContentError as error:
        raise Refused(f"Berkas pegawai tidak dapat memuat hasil ini: {error}") from None


def _write(person: Person, result: _Result, proof: Proof, at: datetime) -> None:
    """Write a row; a second recap of a month stands in place of the first, which stays readable."""
    span = (date.fromisoformat(result.since), date.fromisoformat(result.until) if result.until else None)
    before = standing("kehadiran").filter(person=person, since=span[0]).first()
    if result.kind != "kehadiran" or before is None:
        record(person, result.kind, span, result.content, proof, at=at)
        return
    number = proof.case.number if proof.case else ""
    correct(before, span, result.content, proof, reason=f"Rekap koreksi {number}", at=at, by=None)
