"""What a request for a card adds to its definition: what the NIP tells, the days of the report, and the serial's letters."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.cases.models import Case
from laksana.library.kepegawaian.kartu_pegawai import rules
from laksana.library.kepegawaian.kartu_pegawai.rules import SPOUSE_CARDS
from laksana.library.kepegawaian.riwayat.prefill import from_file
from laksana.library.others import other_cases
from laksana.sop.nip import Nip, NipError
from laksana.worktime.zone import local_day

kartu = Behaviour("kartu-pegawai")
kartu.prefills("ajukan", "perbaiki")(
    from_file(
        {
            "nip": "nip",
            "nama": "nama_tanpa_gelar",
            "status_pegawai": "status_pegawai",
            "nama_pasangan": "nama_pasangan",
            "tanggal_lahir_pasangan": "tanggal_lahir_pasangan",
        }
    )
)
kartu.rests(
    "batas_lapor",
    "laporan_terlambat",
    "hari_terlambat",
    on="kartu-pegawai.batas-lapor",
    tables=("ketentuan-kartu.csv",),
)
kartu.rests("jenis_kelamin", on="kartu-pegawai.nip")


def _nip(situation: Situation) -> Nip | None:
    try:
        return Nip.parse(situation.values.get("nip") or "")
    except NipError:
        return None  # the field itself says so


@kartu.check("ajukan", "perbaiki")
def number_fits(situation: Situation) -> Mapping[str, str]:
    """Refuse a NIP that does not fit the status, and a card of the wrong sex (Keputusan Kepala BAKN 1158a/KEP/1983)."""
    values, nip = situation.values, _nip(situation)
    if nip is None:
        return {}
    if fault := rules.nip_fault(nip, values["status_pegawai"], local_day(situation.at).year):
        return {"nip": fault}
    kind = values.get("jenis_kartu")
    if kind in SPOUSE_CARDS and kind != rules.card_of("P" if nip.female else "L"):
        return {"jenis_kartu": "Pegawai pria meminta karis, pegawai wanita meminta karsu."}
    return {}


@kartu.check("ajukan", "perbaiki")
def already_married(situation: Situation) -> Mapping[str, str]:
    """Refuse the report of a marriage to come."""
    values = situation.values
    married = values.get("tanggal_nikah")
    if values.get("jenis_kartu") in SPOUSE_CARDS and married and married > local_day(situation.at):
        return {"tanggal_nikah": "Tanggal perkawinan belum tiba."}
    return {}


@kartu.check("ajukan", "perbaiki")
def one_card_at_a_time(situation: Situation) -> Mapping[str, str]:
    """Refuse a new card of a kind, for a spouse card of the same marriage, while one is in force (SE BAKN 08/SE/1983)."""
    values = situation.values
    if values.get("alasan") != "baru":
        return {}
    same = {"nip": values.get("nip"), "jenis_kartu": values.get("jenis_kartu")}
    if values.get("jenis_kartu") in SPOUSE_CARDS:
        same["nik_pasangan"] = values.get("nik_pasangan")
    held = other_cases(situation, **same).filter(state=Case.State.ENDED, data__has_key="tanggal_serah").last()
    if held is None:
        return {}
    return {
        "alasan": f"Kartu ini sudah ada, nomor {held.data['nomor_kartu']}; pilih hilang, rusak, atau perbaikan data."
    }


@kartu.warns("ajukan", "perbaiki")
def unusual(situation: Situation) -> Mapping[str, str]:
    """Warn of an unusual age at appointment, and of a marriage reported late."""
    found, nip = {}, _nip(situation)
    if nip and rules.age_at_appointment(nip) > rules.figure("usia_pengangkatan_wajar"):
        found["nip"] = "Umur pada pengangkatan lebih tinggi dari lazimnya; periksa kembali."
    if days := _report(situation).get("hari_terlambat"):
        found["tanggal_nikah"] = f"Laporan terlambat {days} hari; diberitahukan kepada Sekretaris."
    return found


def _report(situation: Situation) -> Mapping[str, Any]:
    values = situation.values
    if values.get("jenis_kartu") not in SPOUSE_CARDS or not (married := values.get("tanggal_nikah")):
        return {}
    limit = rules.report_limit(married)
    reported: date = values.get("tanggal_lapor") or local_day(situation.at)
    late = rules.days_late(married, reported)
    return {
        "tanggal_lapor": reported,
        "batas_lapor": limit,
        "laporan_terlambat": late > 0,
        "hari_terlambat": late,
    }


@kartu.computes("ajukan", "perbaiki")
def applicant(situation: Situation) -> Mapping[str, Any]:
    """Return what the NIP and the record of the applicant tell; the report counts from the first sending."""
    nip, person = _nip(situation), situation.actor
    known: dict[str, Any] = {
        "jenis_kelamin": ("P" if nip.female else "L") if nip else None,
        **_report(situation),
    }
    known["tanggal_permohonan"] = situation.values.get("tanggal_permohonan") or local_day(situation.at)
    if person:
        held = person.holdings.filter(kind="definitif").select_related("position").first()
        known |= {"pangkat_golongan": person.rank, "unit_kerja": person.unit.code}
        known["jabatan"] = held.position.title if held else ""
    return known


@kartu.computes("verifikasi-bkpsdm")
def letters(situation: Situation) -> Mapping[str, Any]:
    """Return the numbers of all covering letters so far: papers sent back go again under a new one."""
    before, number = situation.values.get("daftar_pengantar") or "", situation.values.get("nomor_pengantar")
    if not number or number in before.split("; "):
        return {}
    return {"daftar_pengantar": f"{before}; {number}" if before else number}


@kartu.check("mutakhirkan", "terbit")
def serial_fits(situation: Situation) -> Mapping[str, str]:
    """Refuse a spouse card's serial that is not its letters and seven digits, and a day of issue to come."""
    values, faults = situation.values, {}
    kind, number = values.get("jenis_kartu"), values.get("nomor_kartu") or ""
    if kind in SPOUSE_CARDS:
        status = values["status_pegawai"]
        prefix = rules.serial_prefix(status, str(kind))
        if not rules.serial_fits(number, status, "karis" if kind == "karis" else "karsu"):
            faults["nomor_kartu"] = f"Nomor seri kartu ini berawalan {prefix} diikuti tujuh angka."
    if (day := values.get("tanggal_terbit")) and day > local_day(situation.at):
        faults["tanggal_terbit"] = "Tanggal terbit belum tiba."
    return faults


@kartu.warns("catat", "terima")
def family_changed(situation: Situation) -> Mapping[str, str]:
    """Warn that a new spouse belongs into the statement for the family allowance too."""
    if situation.values.get("jenis_kartu") in SPOUSE_CARDS and situation.values.get("alasan") == "baru":
        return {"": "Pasangan baru: perbarui SKUMPTK supaya tunjangan keluarga benar."}
    return {}


@kartu.computes("terima")
def handed_over(situation: Situation) -> Mapping[str, Any]:
    """Return the day on which the applicant confirmed the card."""
    return {"tanggal_serah": local_day(situation.at)}
