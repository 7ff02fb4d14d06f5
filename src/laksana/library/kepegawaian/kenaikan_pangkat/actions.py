"""What a promotion adds to its definition: who is due and from when, what is lacking, and the pay that the decree brings."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.kepegawaian.functional import credit_needed
from laksana.library.kepegawaian.kenaikan_pangkat import papers, rules
from laksana.library.kepegawaian.kenaikan_pangkat.conditions import (
    enough_said,
    unmet_by_data,
    unmet_by_papers,
)
from laksana.library.kepegawaian.pay import basic_pay, next_increase, regraded
from laksana.library.kepegawaian.ratings import rating_set
from laksana.library.kepegawaian.riwayat.prefill import from_file
from laksana.library.kepegawaian.service import full_months, in_words
from laksana.sop.law import law_of
from laksana.sop.nip import Nip
from laksana.worktime.calendar import months_later
from laksana.worktime.zone import local_day

pangkat = Behaviour("kenaikan-pangkat")
_FROM_FILE = {
    "nip": "nip",
    "nama": "nama",
    "jenis_kp": "jenis_kp",
    "golongan_lama": "golongan_pns",
    "tmt_lama": "tmt_golongan",
    "mkg_lama_tahun": "mkg_pangkat_tahun",
    "mkg_lama_bulan": "mkg_pangkat_bulan",
    "jabatan": "jabatan",
    "tmt_jabatan": "tmt_jabatan",
    "eselon": "eselon",
    "jenjang_jf": "jenjang_jf",
    "pendidikan": "pendidikan",
    "tmt_cpns": "tmt_cpns",
    "skp_tahun_1": "predikat",
    "skp_tahun_2": "predikat_sebelumnya",
}
pangkat.prefills("jaring", "kumpulkan", "verifikasi")(from_file(_FROM_FILE, chosen_by="pegawai"))
pangkat.rests("golongan_baru", on="kenaikan-pangkat.golongan-baru", tables=("pangkat-pendidikan.csv",))
pangkat.rests("tmt_paling_awal", on="kenaikan-pangkat.paling-awal", tables=("ketentuan-kepegawaian.csv",))
pangkat.rests("batas_usul", on="kenaikan-pangkat.batas-usul", tables=("ketentuan-kepegawaian.csv",))
pangkat.rests("ak_dibutuhkan", on="angka-kredit.kebutuhan", tables=("angka-kredit.csv",))
pangkat.rests("syarat_kurang", on="kenaikan-pangkat.syarat", tables=("ketentuan-kepegawaian.csv",))
pangkat.rests("gaji_lama", "gaji_baru", on="gaji.tabel", tables=("gaji-pokok-pns.csv",))
pangkat.rests("kgb_berikutnya", on="gaji.kenaikan-berikut", tables=("gaji-pokok-pns.csv",))
pangkat.paper("sk-kp")(papers.decree)


@pangkat.check("jaring", "verifikasi")
def period_fits(situation: Situation) -> Mapping[str, str]:
    """Refuse a day that no period has, one already past, or for a retirement another than the month of the age limit."""
    values = situation.values
    day: date = values["tmt_usul"]
    if values["jenis_kp"] not in rules.BY_EVENT:
        if day.day != 1:
            return {"tmt_usul": "Kenaikan pangkat berlaku pada tanggal 1."}
        if day <= local_day(situation.at):
            return {"tmt_usul": "Kenaikan pangkat tidak berlaku surut."}
    if values.get("sebab_pengabdian") == "bup" and day != (due := months_later(values["tmt_pensiun"], -1)):
        return {"tmt_usul": f"Pengabdian berlaku satu bulan sebelum TMT pensiun: {due:%d-%m-%Y}."}
    return {}


@pangkat.check("jaring")
def rank_exists(situation: Situation) -> Mapping[str, str]:
    """Refuse a NIP of a PPPK, who has no ranks, and a promotion above the highest grade."""
    values = situation.values
    if Nip.parse(values["nip"]).is_pppk:
        return {"nip": "PPPK tidak mempunyai kenaikan pangkat."}
    if (
        values["jenis_kp"] != "ijazah"
        and rules.new_grade(values["golongan_lama"], "reguler", values["pendidikan"]) is None
    ):
        return {"golongan_lama": "Tidak ada pangkat di atas IV/e."}
    return {}


@pangkat.warns("jaring")
def not_due(situation: Situation) -> Mapping[str, str]:
    """Warn of what the promotion lacks by the data alone."""
    if not enough_said(situation.values):
        return {}
    lacking = " ".join(unmet_by_data(situation.values))
    return {"": lacking} if lacking else {}


@pangkat.warns("kumpulkan")
def ratings_differ(situation: Situation) -> Mapping[str, str]:
    """Warn where a rating is not the one with which the evaluation of that year ended here."""
    found = {}
    for back in (1, 2):
        year = local_day(situation.at).year - back
        known, given = (
            rating_set(situation.values["pegawai"], year),
            situation.values.get(f"skp_tahun_{back}"),
        )
        if known and given and known != given:
            found[f"skp_tahun_{back}"] = f"Predikat tahun {year} menurut SKP: {known}."
    return found


@pangkat.computes("jaring", "verifikasi")
def foreseen(situation: Situation) -> Mapping[str, Any]:
    """Return the new grade, the earliest day, the last day of the proposal, the credit needed, and what is lacking."""
    values = situation.values
    kind, grade = values["jenis_kp"], values["golongan_lama"]
    needed = credit_needed(values["jenjang_jf"], grade) if kind == "jabatan_fungsional" else None
    lacking = list(unmet_by_data(values))
    if situation.step.id == "verifikasi":
        lacking += unmet_by_papers(values)
    return {
        "golongan_baru": rules.new_grade(grade, kind, values["pendidikan"]),
        "tmt_paling_awal": rules.earliest(values),
        "batas_usul": None if kind in rules.BY_EVENT else rules.cut_off(values["tmt_usul"]),
        "ak_dibutuhkan": needed[0] if needed else None,
        "naik_jenjang": bool(needed and needed[1]),
        "syarat_kurang": " ".join(lacking) or None,
    }


@pangkat.check("verifikasi")
def outcome_fits(situation: Situation) -> Mapping[str, str]:
    """Refuse to find complete what lacks something, naming it all."""
    if situation.outcome != "Memenuhi syarat":
        return {}
    lacking = " ".join((*unmet_by_data(situation.values), *unmet_by_papers(situation.values)))
    return {"outcome": lacking} if lacking else {}


@pangkat.automatic("tetapkan-periode")
def into_period(situation: Situation) -> Done:
    """Return the period into which the day of sending puts the proposal."""
    values = situation.values
    if values["jenis_kp"] in rules.BY_EVENT:
        return Done()
    sent = values.get("waktu_kirim")
    day = local_day(sent or situation.at)
    start = rules.period(day, values["tmt_usul"])
    return Done({"tmt_usul": start, "batas_usul": rules.cut_off(start)})


def _served(values: Mapping[str, Any]) -> int:
    """Return the months of service in the old grade on the day of the decree."""
    first = 12 * int(values["mkg_lama_tahun"]) + int(values["mkg_lama_bulan"])
    return first + full_months(values["tmt_lama"], values["tmt_sk"]) - int(values.get("bulan_cltn") or 0)


@pangkat.check("sk")
def decree_fits(situation: Situation) -> Mapping[str, str]:
    """Refuse a service in grade that the pay table does not know for the new grade."""
    values = situation.values
    if basic_pay(values["golongan_baru"], int(values["mkg_baru_tahun"])) is None:
        return {"mkg_baru_tahun": "Tabel gaji tidak memuat MKG ini pada golongan baru."}
    return {}


@pangkat.warns("sk")
def decree_differs(situation: Situation) -> Mapping[str, str]:
    """Warn where the decree's day, service or pay is not the expected one."""
    values, found = situation.values, {}
    if any(values.get(name) is None for name in ("tmt_sk", "mkg_baru_tahun", "mkg_baru_bulan")):
        return {}
    stated, expected = (
        12 * int(values["mkg_baru_tahun"]) + int(values["mkg_baru_bulan"]),
        regraded(_served(values), values["golongan_lama"], values["golongan_baru"]),
    )
    if values["tmt_sk"] != values["tmt_usul"]:
        found["tmt_sk"] = f"TMT pada SK berbeda dari yang diusulkan ({values['tmt_usul']:%d-%m-%Y})."
    if stated != expected:
        found["mkg_baru_tahun"] = f"MKG menurut hitungan {in_words(expected)}."
    before, pay = (
        basic_pay(values["golongan_lama"], _served(values) // 12),
        basic_pay(values["golongan_baru"], int(values["mkg_baru_tahun"])),
    )
    if before is not None and pay is not None and pay < before:
        found["mkg_baru_bulan"] = "Gaji pokok baru lebih rendah daripada gaji pokok lama."
    return found


@pangkat.automatic("hitung-gaji-pangkat")
def reckon(situation: Situation) -> Done:
    """Return the pay before and after, the next periodic increase, and the credit that remains."""
    values = situation.values
    grade, years, months = (
        values["golongan_baru"],
        int(values["mkg_baru_tahun"]),
        int(values["mkg_baru_bulan"]),
    )
    increase = next_increase(grade, values["tmt_sk"], years, months)
    done: dict[str, Any] = {
        "gaji_lama": basic_pay(values["golongan_lama"], _served(values) // 12),
        "gaji_baru": _pay_from(values["tmt_sk"], grade, years),
        "kgb_berikutnya": increase[0] if increase else None,
    }
    if values["jenis_kp"] == "jabatan_fungsional":
        done["ak_setelah"] = 0 if values["naik_jenjang"] else values["ak_kumulatif"]
    return Done(done)


@pangkat.row("register-kp")
def told_by_agency(situation: Situation) -> Mapping[str, Any]:
    """Return what the personnel agency found, once it has."""
    return {"status_bkpsdm": situation.outcome if situation.step.id == "verifikasi-bkpsdm" else None}


def _pay_from(start: date, grade: str, years: int) -> Decimal | None:
    """Return the basic pay by the table in force when a promotion takes effect."""
    with law_of(start):
        return basic_pay(grade, years)
