"""What a request for leave adds to its definition: how long it is, what is left of the year's, and who may grant it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from laksana.cases import hooks
from laksana.cases.behaviour import Behaviour, Known, Situation
from laksana.library.kepegawaian.cuti import away, ledger, papers, refusals, rules
from laksana.library.kepegawaian.cuti.book import Records
from laksana.library.kepegawaian.cuti.reckoning import (
    authority_of,
    hard_to_reach,
    length_of,
    service_of,
    total_of,
    used_of,
)
from laksana.library.kepegawaian.figures import whole
from laksana.library.kepegawaian.riwayat.prefill import from_file
from laksana.library.kepegawaian.service import in_words
from laksana.library.numbered import number_once
from laksana.people.models import Person
from laksana.worktime.zone import local_day

cuti = Behaviour("cuti")


def _card(situation: Situation, person: Person) -> Mapping[str, Known]:
    """Return what the card of leave would say, from the file and the cases: only years that are recorded."""
    year = (situation.values.get("mulai") or local_day(situation.at)).year
    records = Records.of(person, situation.calendar)
    used = {
        "terpakai_n1": records.used(year - 1),
        "terpakai_n2": records.used(year - 2),
        "terpakai_n": records.used(year, recorded_here=False),
        "ditangguhkan_n1": records.deferred(year - 1),
    }
    return {
        name: Known(days, "kartu kendali cuti di berkas") for name, days in used.items() if days is not None
    }


_FROM_FILE = {
    "nip": "nip",
    "nama": "nama",
    "status_pegawai": "status_pegawai",
    "jabatan": "jabatan",
    "kelompok_pemohon": "kelompok_pemohon",
    "unit_kerja": "unit_kerja",
    "tmt_masuk": "tmt_masuk",
    "akhir_kontrak": "akhir_kontrak",
}
cuti.prefills("ajukan", "perbaiki")(
    from_file(_FROM_FILE, remembers=("alamat_selama_cuti", "telepon"), more=_card)
)
cuti.rests(
    "hak_n", "sisa_sesudah", "hak_tahun_depan", on="cuti.bawaan", tables=("ketentuan-kepegawaian.csv",)
)
cuti.rests("lama", on="cuti.lama")
cuti.rests("pejabat_berwenang", on="cuti.wewenang", tables=("pelimpahan-cuti.csv",))
number_once(cuti, "terbit", "nomor_surat", "SIC")


@cuti.computes("ajukan", "periksa-hak", "perbaiki", "tanggapi", "putus", "putus-atas")
def reckon(situation: Situation) -> Mapping[str, Any]:
    """Return the length of the leave, what it leaves of the year's, and who may grant it."""
    values = dict(situation.values)
    found: dict[str, Any] = {}
    if situation.step.id == "tanggapi" and situation.outcome == "Menerima perubahan":
        found = {"mulai": values["mulai_ubah"], "selesai": values["selesai_ubah"]}
    values |= found
    if values["selesai"] < values["mulai"]:
        return found
    service, kind = service_of(values, values["mulai"]), values["jenis_cuti"]
    leaves, year = ledger.others(situation), values["mulai"].year
    length, total, used = (
        length_of(situation, values),
        total_of(values),
        used_of(situation, values, year, leaves),
    )
    counted_until = values["selesai"] - timedelta(days=hard_to_reach(values))
    of_year = ledger.workdays_of_year(values["mulai"], counted_until, year, situation.calendar)
    gone = kind == "besar" or ledger.has_long_leave(year, leaves)
    found |= {
        "tercatat_n": ledger.recorded(year, leaves, situation.calendar),
        "masa_kerja": in_words(service),
        "lama": length,
        "satuan": rules.UNITS.get(kind, "bulan"),
        "hak_n": total,
        "sisa_n1": max(0, whole("cuti_hari_setahun") - int(values.get("terpakai_n1") or 0)),
        "sisa_n2": max(0, whole("cuti_hari_setahun") - int(values.get("terpakai_n2") or 0)),
        "sisa_sesudah": 0 if gone else total - used - (of_year if kind == "tahunan" else 0),
        "pejabat_berwenang": authority_of(values),
    }
    return found


@cuti.check("putus", "putus-atas")
def deferred_in_time(situation: Situation) -> Mapping[str, str]:
    """Refuse to defer leave beyond the end of the next year."""
    until = situation.values.get("ditangguhkan_sampai")
    if situation.outcome == "Ditangguhkan" and until and until.year > situation.values["mulai"].year + 1:
        return {"ditangguhkan_sampai": "Paling lama sampai 31 Desember tahun berikutnya."}
    return {}


_DECISIONS = {
    "Disetujui": "disetujui",
    "Perubahan": "perubahan",
    "Ditangguhkan": "ditangguhkan",
    "Tidak disetujui": "tidak_disetujui",
}


@cuti.computes("pertimbangan")
def considered(situation: Situation) -> Mapping[str, Any]:
    """Return the superior's consideration as the form prints it."""
    return {"pertimbangan_atasan": _DECISIONS.get(situation.outcome or "")}


@cuti.computes("putus", "putus-atas")
def decided(situation: Situation) -> Mapping[str, Any]:
    """Return the decision as the form prints it, and next year's days where leave is deferred."""
    found: dict[str, Any] = {"keputusan": _DECISIONS.get(situation.outcome or "")}
    values = situation.values
    if situation.outcome == "Ditangguhkan" and values["jenis_cuti"] == "tahunan":
        deferred = length_of(situation, values)
        used = used_of(situation, values, values["mulai"].year, ledger.others(situation))
        found["hak_tahun_depan"] = rules.carried(whole("cuti_hari_setahun") - used - deferred, deferred)
    return found


@cuti.check("kembali")
def came_back(situation: Situation) -> Mapping[str, str]:
    """Refuse an early return that is not early, an extension that was not given, and giving up on somebody who may yet report."""
    values, last = situation.values, situation.values["selesai"]
    back = values.get("tanggal_kembali")
    match situation.outcome:
        case "Dipanggil kembali/kembali lebih awal" if back and back > last:
            return {"tanggal_kembali": "Tanggal ini sesudah akhir cuti."}
        case "Diperpanjang" if ledger.unpaid_from(situation, last + rules.DAY) is None:
            return {"outcome": f"Belum ada perpanjangan yang diberikan mulai {last + rules.DAY:%d-%m-%Y}."}
        case "Tidak kembali" if values["jenis_cuti"] == "cltn":
            report = rules.unpaid_limits(values["mulai"], last)["lapor_kembali"]
            if local_day(situation.at) <= report:
                return {"outcome": f"Yang bersangkutan masih dapat melapor sampai {report:%d-%m-%Y}."}
    return {}


cuti.check("ajukan", "perbaiki", "pertimbangan", "tanggapi", "putus", "putus-atas")(refusals.entitled)
cuti.check("ajukan", "serah-tugas")(refusals.substitute_is_there)
cuti.paper("formulir-cuti")(papers.form)
cuti.paper("formulir-cuti-terisi")(papers.form)
cuti.paper("surat-izin-cuti")(papers.permit)
cuti.paper("sk-cltn")(papers.unpaid)
cuti.automatic("potong-sisa-cuti")(away.take_off)
cuti.automatic("kembalikan-sisa-cuti")(away.give_back)
hooks.on_case_cancelled.append(away.end_with_case)
