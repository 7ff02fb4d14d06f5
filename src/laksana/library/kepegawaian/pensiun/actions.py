"""What a proposal for pension adds to its definition: from when, whether it is due, and what it will come to."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from laksana.cases.behaviour import Behaviour, Done, Filling, Known, Situation
from laksana.library.kepegawaian.pensiun import papers, rules
from laksana.library.kepegawaian.riwayat.prefill import from_file
from laksana.library.kepegawaian.service import in_words

pensiun = Behaviour("pensiun")
_FROM_FILE = {
    "nip": "nip",
    "nama": "nama",
    "tanggal_lahir": "tanggal_lahir",
    "jabatan_kode": "jabatan_kode",
    "golongan": "golongan_pns",
    "mkg_tahun": "mkg_gaji_tahun",
    "mkg_bulan": "mkg_gaji_bulan",
    "tmt_cpns": "tmt_cpns",
}
pensiun.prefills("jaring")(from_file(_FROM_FILE, chosen_by="calon"))

pensiun.rests("bup_tahun", "tanggal_bup", "tmt_pensiun", on="pensiun.tmt-bup", tables=("bup-jabatan.csv",))
pensiun.rests("batas_usul", "batas_sk", on="pensiun.tenggat", tables=("ketentuan-kepegawaian.csv",))
pensiun.rests(
    "memenuhi_syarat", "tmt_paling_awal", on="pensiun.syarat", tables=("ketentuan-kepegawaian.csv",)
)
pensiun.rests("masa_kerja_pensiun", on="pensiun.masa-kerja")
pensiun.rests("gaji_pokok_dasar", on="pensiun.dasar", tables=("gaji-pokok-pns.csv",))
pensiun.rests(
    "perkiraan_pensiun",
    on="pensiun.perkiraan",
    tables=("ketentuan-kepegawaian.csv", "konversi-pensiun-pp8.csv"),
)
pensiun.rests("bagian_janda_duda", on="pensiun.janda-duda", tables=("ketentuan-kepegawaian.csv",))
pensiun.paper("dpcp")(papers.personal_data)
pensiun.paper("usul")(papers.subject)
pensiun.paper("skpp")(papers.subject)
_EVENTS = {
    "atas_permintaan_sendiri": "tanggal_permintaan",
    "meninggal": "tanggal_meninggal",
    "tewas": "tanggal_meninggal",
    "tidak_cakap_jasmani_rohani": "tanggal_uji",
}
"""Kind of pension -> the field with the day from which it counts."""


_ANNEX: Mapping[str, Literal["I", "II", "III"]] = {"meninggal": "II", "tewas": "III"}
"""Kind of pension -> the annex of PP 8/2024 that converts it; the first for all others."""


def _own(values: Mapping[str, Any]) -> tuple[int, int]:
    return int(values.get("pmk_bulan") or 0), int(values.get("bulan_cltn") or 0)


@pensiun.computes("jaring")
def foreseen(situation: Situation) -> Mapping[str, Any]:
    """Return when the pension starts, until when it must be proposed, and whether its conditions are met."""
    values = situation.values
    kind, born, joined = values["jenis_pensiun"], values["tanggal_lahir"], values["tmt_cpns"]
    reached, _first = rules.retires(born, values["jabatan_kode"])
    start = rules.starts(kind, born, values["jabatan_kode"], values.get(_EVENTS.get(kind, "")))
    served = rules.service(joined, start, *_own(values))
    earliest = (
        rules.earliest_by_request(born, joined, *_own(values)) if kind == "atas_permintaan_sendiri" else None
    )
    limits = rules.due(start)
    return {
        "bup_tahun": rules.AGES[values["jabatan_kode"]].bup_tahun,
        "tanggal_bup": reached,
        "tmt_pensiun": start,
        "batas_usul": limits["usul"] if kind == "bup" else None,
        "batas_sk": limits["sk"] if kind == "bup" else None,
        "tmt_paling_awal": earliest,
        "memenuhi_syarat": rules.entitled(kind, served, start, earliest, bool(values.get("karena_dinas"))),
        "masa_kerja_pensiun": in_words(served),
        "gaji_pokok_dasar": rules.pension_base(values["golongan"], int(values["mkg_tahun"])),
    }


@pensiun.automatic("hitung-pensiun")
def reckon(situation: Situation) -> Done:
    """Return the estimate of the pension, and each survivor's share of it."""
    values = situation.values
    pay, kind = values.get("gaji_pokok_dasar"), values["jenis_pensiun"]
    if pay is None:
        return Done()
    found: dict[str, Any] = {}
    if kind in ("meninggal", "tewas"):
        total = rules.survivors(pay, tewas=kind == "tewas")
    elif values.get("karena_dinas"):
        total = rules.by_duty(pay)
    else:
        years, _word, months, _last = values["masa_kerja_pensiun"].split()
        total = rules.estimate(pay, int(years) * 12 + int(months))
    converted = rules.converted(total, values["golongan"], _ANNEX.get(kind, "I"))
    found["perkiraan_pensiun"] = total if converted is None else converted
    found["dasar_perkiraan"] = (
        "sebelum konversi PP 8/2024" if converted is None else "sesudah konversi PP 8/2024"
    )
    if kind in ("meninggal", "tewas"):
        found["bagian_janda_duda"] = rules.share_of_each(
            found["perkiraan_pensiun"], int(values["jumlah_janda_duda"])
        )
    return Done(found)


@pensiun.check("isi-dpcp")
def preparation_in_time(situation: Situation) -> Mapping[str, str]:
    """Refuse a period of preparation that begins more than a year before the pension, or not before it."""
    begin, start = situation.values.get("mpp_mulai"), situation.values["tmt_pensiun"]
    first, _last = rules.preparation(start)
    if situation.values.get("mpp_diambil") and begin and not first <= begin < start:
        return {"mpp_mulai": f"MPP dimulai antara {first:%d-%m-%Y} dan sebelum {start:%d-%m-%Y}."}
    return {}


@pensiun.prefills("skpp")
def last_pay(situation: Situation) -> Filling:
    """Return the first row of the last pay, which the case itself knows: the treasurer may not read the employee file."""
    pay = situation.values.get("gaji_pokok_dasar")
    if pay is None:
        return Filling()
    rows = [{"jenis": "penghasilan", "uraian": "Gaji pokok", "jumlah": pay}]
    return Filling(known={"penghasilan_terakhir": Known(rows, "tabel gaji pokok")})


@pensiun.deadline("usul-12-bulan")
def due_proposal(situation: Situation) -> datetime | None:
    """Return the closing of the last working day on which the proposal is in time."""
    return _closing(situation, situation.values.get("batas_usul"))


@pensiun.deadline("sk-diterima")
def due_decree(situation: Situation) -> datetime | None:
    """Return the closing of the last working day on which the decree is in time."""
    return _closing(situation, situation.values.get("batas_sk"))


def _closing(situation: Situation, day: date | None) -> datetime | None:
    calendar = situation.calendar
    return calendar.closing(calendar.workday_on_or_before(day)) if day else None
