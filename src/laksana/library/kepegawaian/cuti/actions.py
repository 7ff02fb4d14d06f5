"""What a request for leave adds to its definition: how long it is, what is left of the year's, and who may grant it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.kepegawaian.figures import whole
from laksana.library.kepegawaian.service import full_months, in_words
from laksana.library.numbered import number_once
from laksana.library.tables import Row, Table
from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later

cuti = Behaviour("cuti")
number_once(cuti, "terbit", "nomor_surat", "SIC")

_UNITS = {"tahunan": "hari_kerja", "sakit": "hari", "alasan_penting": "hari"}
_SEVERE = ("keluarga_sakit_keras", "keluarga_meninggal", "menikah")


class Right(Row):
    """What the law gives for a kind of leave and a status: least service in months and the longest duration."""

    jenis: str
    status: str
    masa_kerja_min: int
    lama_maks: int
    satuan: str


class Delegation(Row):
    """Who grants a kind of leave to whom; `lama_maks` in calendar days."""

    jenis: str
    kelompok: str
    lama_maks: int | None = None
    pejabat: str


RIGHTS = Table(__file__, "../hak-cuti.csv", Right)
DELEGATIONS = Table(__file__, "../pelimpahan-cuti.csv", Delegation)


@rule(
    "cuti.bulan-kalender",
    title="Akhir cuti yang dihitung dalam bulan",
    source="kebiasaan kalender (tafsiran kantor)",
)
def last_day(mulai: date, bulan: int) -> date:
    """Return the last day of a leave of whole months; in a month that lacks the day, the month's last one."""
    end = months_later(mulai, bulan)
    return end if end.day < mulai.day else end - timedelta(days=1)


@rule(
    "cuti.bawaan",
    title="Jumlah hak cuti tahunan dengan bawaan",
    source="Peraturan BKN 24/2017 III.A angka 8-10",
    checked=True,
)
def entitlement(terpakai_n1: int, terpakai_n2: int, ditangguhkan: int = 0, bertugas: int = 0) -> int:
    """Return the annual leave of a year: its own, what last year left, and the days worked on cuti bersama."""
    if terpakai_n1 == 0 and terpakai_n2 == 0:
        return whole("cuti_terbanyak") + bertugas
    left = max(0, whole("cuti_hari_setahun") - terpakai_n1 - ditangguhkan)
    return (
        min(
            whole("cuti_terbanyak"),
            whole("cuti_hari_setahun") + ditangguhkan + min(whole("cuti_bawaan_terbanyak"), left),
        )
        + bertugas
    )


def _service(values: Mapping[str, Any], at: date) -> int:
    return full_months(values["tmt_masuk"], at)


def _first_year(values: Mapping[str, Any]) -> bool:
    return bool(
        values["status_pegawai"] == "PPPK"
        and _service(values, values["mulai"]) < whole("cuti_masa_kerja_bulan")
    )


def _workdays(situation: Situation, first: date, last: date) -> int:
    return max(0, situation.calendar.workdays_between(first - timedelta(days=1), last))


def _length(situation: Situation, values: Mapping[str, Any]) -> int:
    first, last = values["mulai"], values["selesai"]
    match _UNITS.get(values["jenis_cuti"], "bulan"):
        case "hari_kerja":
            return _workdays(situation, first, last)
        case "hari":
            return int((last - first).days + 1)
    count = 1
    while last_day(first, count) < last:
        count += 1
    return count


def _total(values: Mapping[str, Any]) -> int:
    """Return the annual leave that the year of the request has."""
    if _first_year(values):
        return whole("cuti_pppk_tahun_pertama") if values.get("alasan_penting_kode") in _SEVERE else 0
    service = _service(values, values["mulai"])
    if service < whole("cuti_masa_kerja_bulan"):
        return 0
    used = [int(values.get(name) or 0) for name in ("terpakai_n1", "terpakai_n2", "ditangguhkan_n1")]
    # A year in which there was no right yet leaves nothing, and does not count as one not used.
    years = (whole("cuti_masa_kerja_bulan") * 2, whole("cuti_masa_kerja_bulan") * 3)
    one, two = (
        n if service >= least else whole("cuti_hari_setahun")
        for n, least in zip(used[:2], years, strict=True)
    )
    return entitlement(one, two, used[2], int(values.get("tambahan_cuti_bersama") or 0))


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
    service, kind = _service(values, values["mulai"]), values["jenis_cuti"]
    length, total, used = _length(situation, values), _total(values), int(values.get("terpakai_n") or 0)
    found |= {
        "masa_kerja": in_words(service),
        "lama": length,
        "satuan": _UNITS.get(kind, "bulan"),
        "hak_n": total,
        "sisa_n1": max(0, whole("cuti_hari_setahun") - int(values.get("terpakai_n1") or 0)),
        "sisa_n2": max(0, whole("cuti_hari_setahun") - int(values.get("terpakai_n2") or 0)),
        "sisa_sesudah": 0 if kind == "besar" else total - used - (length if kind == "tahunan" else 0),
        "pejabat_berwenang": _authority(values),
    }
    return found


def _authority(values: Mapping[str, Any]) -> str:
    days = (values["selesai"] - values["mulai"]).days + 1
    for row in DELEGATIONS.rows():
        fits = row.jenis in (values["jenis_cuti"], "semua") and row.kelompok in (
            values["kelompok_pemohon"],
            "semua",
        )
        if fits and (row.lama_maks is None or days <= row.lama_maks):
            # Leave abroad goes to the next higher official until the office says otherwise.
            higher = row.pejabat == "kepala_dinas" and values.get("luar_negeri")
            return "sekda" if higher else row.pejabat
    return "wali_kota"


@cuti.check("ajukan", "perbaiki")
def entitled(situation: Situation) -> Mapping[str, str]:  # noqa: PLR0911  (one return for each refusal)
    """Refuse what the law does not give: the kind, the service, the length, or more days than are left."""
    if situation.outcome == "Ditarik":
        return {}
    values = situation.values
    kind, status, first, last = (values[n] for n in ("jenis_cuti", "status_pegawai", "mulai", "selesai"))
    if last < first:
        return {"selesai": "Tanggal akhir mendahului tanggal mulai."}
    right = next((r for r in RIGHTS.rows() if (r.jenis, r.status) == (kind, status)), None)
    if right is None:
        return {"jenis_cuti": f"Tidak berhak: {status} tidak mempunyai jenis cuti ini."}
    if status == "PPPK" and last > values["akhir_kontrak"]:
        return {"selesai": "Cuti melampaui akhir perjanjian kerja."}
    if kind == "melahirkan" and (values.get("anak_ke") or 0) > 3:
        return {"jenis_cuti": "Kelahiran anak keempat dan seterusnya: ajukan cuti besar."}
    if kind == "tahunan":
        left = _total(values) - int(values.get("terpakai_n") or 0)
        if (length := _length(situation, values)) > left or length < 1:
            return {"selesai": f"Tidak berhak: sisa {left} hari kerja, diminta {length}."}
        return {}
    exempt = kind == "besar" and (values.get("haji_pertama") or (values.get("anak_ke") or 0) > 3)
    if _service(values, first) < right.masa_kerja_min and not exempt:
        return {"jenis_cuti": f"Tidak berhak: masa kerja belum {right.masa_kerja_min} bulan."}
    if values.get("sub_jenis_sakit") != "kecelakaan_kerja" and last > last_day(first, right.lama_maks):
        return {
            "selesai": f"Paling lama {right.lama_maks} bulan, sampai {last_day(first, right.lama_maks):%d-%m-%Y}."
        }
    return {}


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
        deferred = _length(situation, values)
        used = int(values.get("terpakai_n") or 0)
        found["hak_tahun_depan"] = min(
            whole("cuti_terbanyak"),
            whole("cuti_hari_setahun")
            + deferred
            + min(whole("cuti_bawaan_terbanyak"), max(0, whole("cuti_hari_setahun") - used - deferred)),
        )
    return found


@cuti.automatic("potong-sisa-cuti")
def take_off(_situation: Situation) -> Done:
    """Return nothing more: what is left was reckoned with the decision, and is booked when the case closes."""
    return Done()


@cuti.check("kembali")
def came_back(situation: Situation) -> Mapping[str, str]:
    """Refuse an early return that is not early."""
    back = situation.values.get("tanggal_kembali")
    if (
        situation.outcome == "Dipanggil kembali/kembali lebih awal"
        and back
        and back > situation.values["selesai"]
    ):
        return {"tanggal_kembali": "Tanggal ini sesudah akhir cuti."}
    return {}


@cuti.automatic("kembalikan-sisa-cuti")
def give_back(situation: Situation) -> Done:
    """Return the working days of annual leave that were not taken, and what is left with them."""
    values = situation.values
    if values["jenis_cuti"] != "tahunan":
        return Done({"hari_dikembalikan": 0})
    days = _workdays(situation, max(values["tanggal_kembali"], values["mulai"]), values["selesai"])
    return Done({"hari_dikembalikan": days, "sisa_sesudah": values["sisa_sesudah"] + days})
