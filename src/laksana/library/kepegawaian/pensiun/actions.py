"""What a proposal for pension adds to its definition: from when, whether it is due, and what it will come to."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.kepegawaian.figures import figure, whole
from laksana.library.kepegawaian.pay import PAY
from laksana.library.kepegawaian.riwayat.prefill import from_file
from laksana.library.kepegawaian.service import in_words
from laksana.library.rounding import half_up
from laksana.library.tables import Row, Table
from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later

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

_LEAST = {
    "bup": "pensiun_bulan_bup",
    "atas_permintaan_sendiri": "pensiun_bulan_permintaan_sendiri",
    "tidak_cakap_jasmani_rohani": "pensiun_bulan_tidak_cakap",
}
"""Kind of pension -> the figure that says its least service in months."""


class RetirementAge(Row):
    """At what age the holders of a kind of post retire."""

    kode: str
    jabatan: str
    bup_tahun: int


AGES = Table(__file__, "../bup-jabatan.csv", RetirementAge, key="kode")


def _next_first(day: date) -> date:
    return months_later(day.replace(day=1), 1)


@rule(
    "pensiun.tmt-bup",
    title="TMT pensiun karena batas usia",
    source="UU 20/2023 Pasal 55; PP 11/2017 Pasal 239",
    checked=True,
)
def retires(tanggal_lahir: date, jabatan_kode: str) -> tuple[date, date]:
    """Return the day on which the age is reached and the first day of the pension, the first of the next month."""
    reached = months_later(tanggal_lahir, 12 * AGES[jabatan_kode].bup_tahun)
    return reached, _next_first(reached)


@rule(
    "pensiun.perkiraan",
    title="Perkiraan pensiun pokok sebelum konversi PP 8/2024",
    source="UU 11/1969 Pasal 11",
)
def estimate(gaji_pokok: Decimal, bulan: int) -> Decimal:
    """Return a share of the basic pay for each year of service, within its bounds and not below the lowest basic pay."""
    share = min(
        max(figure("pensiun_persen_setahun") * bulan / 12, figure("pensiun_persen_terendah")),
        figure("pensiun_persen_tertinggi"),
    )
    return max(half_up(share * gaji_pokok / 100, 0), lowest_pay())


@rule("pensiun.janda-duda", title="Perkiraan pensiun janda/duda", source="UU 11/1969")
def survivors(gaji_pokok: Decimal, tewas: bool) -> Decimal:
    """Return a share of the basic pay, a larger one where the employee fell on duty, not below the floor of each."""
    share = figure("pensiun_persen_janda_tewas" if tewas else "pensiun_persen_janda")
    floor = lowest_pay() * (100 if tewas else figure("pensiun_persen_janda_terendah"))
    return half_up(max(share * gaji_pokok, floor) / 100, 0)


def lowest_pay() -> Decimal:
    """Return the lowest basic pay of all."""
    return min(row.gaji_pokok for row in PAY.rows())


def _basic_pay(grade: str, years: int) -> Decimal | None:
    fitting = [row for row in PAY.rows() if row.golongan == grade and row.mkg_mulai <= years]
    return max(fitting, key=lambda row: row.mkg_mulai).gaji_pokok if fitting else None


def _starts(values: Mapping[str, Any]) -> date:
    match values["jenis_pensiun"]:
        case "atas_permintaan_sendiri":
            asked: date = values["tanggal_permintaan"]
            return asked if asked.day == 1 else _next_first(asked)
        case "meninggal" | "tewas":
            return _next_first(values["tanggal_meninggal"])
        case "tidak_cakap_jasmani_rohani":
            return _next_first(values["tanggal_uji"])
    return retires(values["tanggal_lahir"], values["jabatan_kode"])[1]


@pensiun.computes("jaring")
def foreseen(situation: Situation) -> Mapping[str, Any]:
    """Return when the pension starts, until when it must be proposed, and whether its conditions are met."""
    values = situation.values
    reached, _first = retires(values["tanggal_lahir"], values["jabatan_kode"])
    start, kind = _starts(values), values["jenis_pensiun"]
    own = int(values.get("pmk_bulan") or 0) - int(values.get("bulan_cltn") or 0)
    joined: date = values["tmt_cpns"]
    served = (start.year - joined.year) * 12 + start.month - joined.month + own
    least = whole(_LEAST[kind]) if kind in _LEAST and not values.get("karena_dinas") else 0
    earliest = max(
        _next_first(months_later(values["tanggal_lahir"], 12 * whole("pensiun_umur_permintaan_sendiri"))),
        months_later(joined, whole("pensiun_bulan_permintaan_sendiri") - own),
    )
    by_request = kind == "atas_permintaan_sendiri"
    return {
        "bup_tahun": AGES[values["jabatan_kode"]].bup_tahun,
        "tanggal_bup": reached,
        "tmt_pensiun": start,
        "batas_usul": months_later(start, -12) if kind == "bup" else None,
        "batas_sk": months_later(start, -1) if kind == "bup" else None,
        "tmt_paling_awal": earliest if by_request else None,
        "memenuhi_syarat": served >= least and (not by_request or start >= earliest),
        "masa_kerja_pensiun": in_words(served),
        "gaji_pokok_dasar": _basic_pay(values["golongan"], int(values["mkg_tahun"])),
    }


@pensiun.automatic("hitung-pensiun")
def reckon(situation: Situation) -> Done:
    """Return the estimate of the pension, and each survivor's share of it."""
    values = situation.values
    pay, kind = values.get("gaji_pokok_dasar"), values["jenis_pensiun"]
    if pay is None:
        return Done()
    if kind in ("meninggal", "tewas"):
        total = survivors(pay, tewas=kind == "tewas")
        share = half_up(total / int(values["jumlah_janda_duda"]), 0)
        return Done({"perkiraan_pensiun": total, "bagian_janda_duda": share})
    if values.get("karena_dinas"):
        return Done({"perkiraan_pensiun": half_up(pay * figure("pensiun_persen_tertinggi") / 100, 0)})
    years, _word, months, _last = values["masa_kerja_pensiun"].split()
    return Done({"perkiraan_pensiun": estimate(pay, int(years) * 12 + int(months))})


@pensiun.check("isi-dpcp")
def preparation_in_time(situation: Situation) -> Mapping[str, str]:
    """Refuse a period of preparation that begins more than a year before the pension, or not before it."""
    begin, start = situation.values.get("mpp_mulai"), situation.values["tmt_pensiun"]
    if situation.values.get("mpp_diambil") and begin and not months_later(start, -12) <= begin < start:
        return {
            "mpp_mulai": f"MPP dimulai antara {months_later(start, -12):%d-%m-%Y} dan sebelum {start:%d-%m-%Y}."
        }
    return {}


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
