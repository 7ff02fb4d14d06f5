"""What the periodic increase adds to its definition: the new pay and its days, who may go on, and what is owed if it is late."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.library.kepegawaian.figures import whole
from laksana.library.kepegawaian.kenaikan_gaji_berkala import papers, rules
from laksana.library.kepegawaian.pay import basic_pay, paid
from laksana.library.kepegawaian.ratings import rating_set
from laksana.library.kepegawaian.riwayat.prefill import from_file
from laksana.library.kepegawaian.service import in_words
from laksana.library.numbered import number_once
from laksana.library.rupiah import rupiah
from laksana.sop.nip import Nip
from laksana.worktime.calendar import months_later
from laksana.worktime.zone import local_day

kgb = Behaviour("kenaikan-gaji-berkala")
_FROM_FILE = {
    "nip": "nip",
    "nama": "nama",
    "status_pegawai": "status_pegawai",
    "golongan": "golongan_pns",
    "golongan_pppk": "golongan_pppk",
    "jabatan_kelompok": "jabatan_kelompok",
    "sk_terakhir_nomor": "nomor_gaji",
    "tmt_lama": "tmt_gaji",
    "mkg_lama_tahun": "mkg_gaji_tahun",
    "mkg_lama_bulan": "mkg_gaji_bulan",
    "gaji_lama_pppk": "gaji_pppk",
    "predikat_terakhir": "predikat",
    "tahun_predikat": "tahun_predikat",
    "tanggungan_pasangan": "tanggungan_pasangan",
    "tanggungan_anak": "tanggungan_anak",
}
kgb.prefills("jaring", "verifikasi", "ubah-gaji")(from_file(_FROM_FILE, chosen_by="pegawai"))
kgb.rests(
    "gaji_lama",
    "gaji_baru",
    "gaji_dibayar",
    on="gaji.tabel",
    tables=("gaji-pokok-pns.csv", "gaji-pokok-pppk.csv"),
)
kgb.rests("tmt_baru", "tmt_berikutnya", on="gaji.kenaikan-berikut", tables=("gaji-pokok-pns.csv",))
kgb.rests("tmt_bayar", "tmt_setelah_tunda", on="kgb.tunda")
kgb.rests("batas_terbit", on="kgb.batas-terbit", tables=("ketentuan-kepegawaian.csv",))
kgb.rests("wewenang", on="kgb.wewenang", tables=("pelimpahan-kgb.csv",))
kgb.rests("rapel", "rincian_rapel", on="kgb.rapel", tables=("ketentuan-kepegawaian.csv",))


@kgb.computes("jaring", "verifikasi", "konsep")
def reckoned(situation: Situation) -> Mapping[str, Any]:
    """Return the pay before and after, from when, until when the letter is due, the next increase, and who signs."""
    values = situation.values
    civil = values["status_pegawai"] != "PPPK"
    grade, years = values.get("golongan") if civil else None, rules.number(values, "mkg_lama_tahun")
    names = (
        "tmt_baru",
        "mkg_baru_tahun",
        "gaji_baru",
        "gaji_dibayar",
        "tmt_bayar",
        "batas_terbit",
        "tmt_berikutnya",
    )
    increase = rules.increase(values) or {}
    return {
        "gaji_lama": rules.pay_before(values["golongan"], years, increase.get("tmt_baru"))
        if civil
        else values["gaji_lama_pppk"],
        "wewenang": rules.signs(values["jabatan_kelompok"], grade),
        **dict.fromkeys(names),
        **increase,
    }


@kgb.check("jaring", "verifikasi", "konsep")
def base_is_sound(situation: Situation) -> Mapping[str, str]:
    """Refuse a pay base that cannot be: not from a first of a month, below the table's rows, or outside a PPPK's range."""
    values, faults = situation.values, {}
    if values["tmt_lama"].day != 1:
        faults["tmt_lama"] = "TMT gaji selalu tanggal 1."
    if values["status_pegawai"] == "PPPK":
        for name in ("gaji_lama_pppk", "gaji_baru_pppk"):
            if limits := rules.outside_range(values.get("golongan_pppk"), values.get(name)):
                least, most = rupiah(limits["terendah"]), rupiah(limits["tertinggi"])
                faults[name] = f"Gaji golongan ini antara {least} dan {most}."
        found = rules.increase(values)
        if found is not None and found["gaji_baru"] is None:
            faults["gaji_baru_pppk"] = (
                "Tabel gaji tidak memuat masa kerja ini pada golongan tersebut: isi menurut perjanjian."
            )
    elif basic_pay(values["golongan"], rules.number(values, "mkg_lama_tahun")) is None:
        faults["mkg_lama_tahun"] = "Tabel gaji tidak memuat MKG ini pada golongan tersebut."
    return faults


@kgb.warns("jaring", "verifikasi", "konsep")
def differs_from_table(situation: Situation) -> Mapping[str, str]:
    """Warn where the new pay of a PPPK is not the one of the table."""
    values = situation.values
    written = values.get("gaji_baru_pppk")
    if values.get("status_pegawai") != "PPPK" or written is None:
        return {}
    found = rules.increase({**values, "gaji_baru_pppk": None})
    if found is None or found["gaji_baru"] in (None, written):
        return {}
    return {
        "gaji_baru_pppk": f"Menurut tabel pada masa kerja {found['mkg_baru_tahun']} tahun: {rupiah(found['gaji_baru'])}."
    }


@kgb.check("jaring")
def number_fits(situation: Situation) -> Mapping[str, str]:
    """Refuse a NIP that does not fit the status: that of a PPPK names a contract in place of the month."""
    values = situation.values
    if Nip.parse(values["nip"]).is_pppk != (values["status_pegawai"] == "PPPK"):
        return {"nip": "Angka ke-13 dan 14 tidak sesuai dengan status kepegawaian."}
    return {}


@kgb.check("verifikasi")
def rating_is_last(situation: Situation) -> Mapping[str, str]:
    """Refuse a rating of another year than the last one whose rating is set: last year, or the year before early in a year."""
    year = local_day(situation.at).year
    if not year - 2 <= int(situation.values["tahun_predikat"]) < year:
        return {
            "tahun_predikat": f"Yang berlaku ialah predikat terakhir yang ditetapkan: {year - 1} atau {year - 2}."
        }
    return {}


@kgb.warns("verifikasi")
def rating_differs(situation: Situation) -> Mapping[str, str]:
    """Warn where the rating is not the one with which the evaluation of that year ended here."""
    values, year = situation.values, situation.values.get("tahun_predikat")
    known = rating_set(values["pegawai"], int(year)) if year else None
    if known in (None, values.get("predikat_terakhir")):
        return {}
    return {"predikat_terakhir": f"Predikat tahun {year} menurut SKP: {known}."}


@kgb.check("verifikasi")
def outcome_fits(situation: Situation) -> Mapping[str, str]:
    """Refuse an outcome that the table's last row, a promotion on the same day, the rating or missing files forbid."""
    values, outcome = situation.values, situation.outcome
    if outcome not in ("Memenuhi syarat", "Kinerja tidak memenuhi"):
        return {}
    why, increase = None, rules.increase(values)
    if increase is None:
        why = "MKG sudah pada baris tertinggi: tidak ada KGB."
    elif rules.covered_by_promotion(increase["tmt_baru"], values.get("tmt_pangkat_baru")):
        why = "Kenaikan pangkat berlaku pada tanggal yang sama: SK-nya sudah memuat gaji baru, tidak ada KGB."
    elif (outcome == "Memenuhi syarat") != rules.performs(values["predikat_terakhir"]):
        why = f"Predikat {values['predikat_terakhir']} tidak sejalan dengan hasil ini."
    elif outcome == "Memenuhi syarat" and not (values.get("berkas_sk") and values.get("berkas_skp")):
        why = "SK/surat gaji terakhir atau dokumen evaluasi kinerja belum diserahkan."
    return {"outcome": why} if why else {}


@kgb.check("konsep")
def still_increases(situation: Situation) -> Mapping[str, str]:
    """Refuse a mended pay base from which there is no increase."""
    return (
        {}
        if rules.increase(situation.values)
        else {"mkg_lama_tahun": "MKG ini sudah pada baris tertinggi: tidak ada KGB."}
    )


@kgb.computes("usul-tunda")
def postponing(situation: Situation) -> Mapping[str, Any]:
    """Return how long the increase will have been postponed in all, and from when it may then be paid."""
    values = situation.values
    months = rules.number(values, "bulan_penundaan") + rules.number(values, "lama_penundaan_bulan")
    return {"jumlah_penundaan": months, "tmt_setelah_tunda": rules.postponed(values["tmt_baru"], months)}


@kgb.computes("ttd-pejabat")
def numbered_above(situation: Situation) -> Mapping[str, Any]:
    """Return the number and the day of a letter that was signed and numbered above the office."""
    values = situation.values
    if situation.outcome != "Ditandatangani":
        return {}
    return {"nomor_surat": values["nomor_setda"], "tanggal_surat": values["tanggal_setda"]}


number_once(kgb, "nomori", "nomor_surat", "KGB")


@kgb.computes("nomori")
def issued(situation: Situation) -> Mapping[str, Any]:
    """Return the day of the letter, and whether it came too late."""
    values = situation.values
    day: date = values.get("tanggal_surat") or local_day(situation.at)
    return {"tanggal_surat": day, "terlambat": day > values["batas_terbit"]}


@kgb.check("ubah-gaji")
def month_fits(situation: Situation) -> Mapping[str, str]:
    """Refuse a first month of pay that is not a first of a month, or before the increase is due."""
    month, due = situation.values["bulan_gaji_berubah"], situation.values["tmt_bayar"]
    if month.day != 1 or month < due:
        return {"bulan_gaji_berubah": f"Tulis tanggal 1 bulan gaji, paling cepat {due:%d-%m-%Y}."}
    return {}


@kgb.computes("ubah-gaji")
def owed(situation: Situation) -> Mapping[str, Any]:
    """Return what is short for the months that were paid by the old pay."""
    values = situation.values
    old, new = paid(values["gaji_lama"], values["status_pegawai"]), values["gaji_dibayar"]
    months = rules.arrears(
        values["tmt_bayar"], values["bulan_gaji_berubah"], new - old,
        bool(values.get("tanggungan_pasangan")), rules.number(values, "tanggungan_anak"),
    )  # fmt: skip
    rows = [{"bulan": month, "gaji_lama": old, "gaji_baru": new, **parts} for month, parts in months.items()]
    return {"rincian_rapel": rows, "rapel": sum(row["jumlah"] for row in rows)}


@kgb.check("cocokkan")
def payroll_agrees(situation: Situation) -> Mapping[str, str]:
    """Refuse to say that the payroll agrees when it shows another pay."""
    values = situation.values
    if situation.outcome == "Sesuai" and values["gaji_tampil"] != values["gaji_dibayar"]:
        return {"gaji_tampil": f"Gaji pokok seharusnya {rupiah(values['gaji_dibayar'])}."}
    return {}


kgb.paper("surat-kgb")(papers.letter)
kgb.paper("sk-penundaan")(papers.postponement)


@kgb.row("penjagaan-kgb")
@kgb.row("register-kgb")
def registered(situation: Situation) -> Mapping[str, Any]:
    """Return the grade of either status, the service as papers write it, and whether an increase is due at all."""
    values = situation.values
    served = 12 * rules.number(values, "mkg_lama_tahun") + rules.number(values, "mkg_lama_bulan")
    return {
        "golongan_tercatat": values.get("golongan") or values.get("golongan_pppk"),
        "mkg_tercatat": in_words(served),
        "status_penjagaan": "KGB" if values.get("tmt_baru") else "MKG tertinggi",
    }


@kgb.deadline("terbit-dua-bulan")
def letter_due(situation: Situation) -> datetime | None:
    """Return the closing of the last working day on which the letter is in time."""
    return _closing(situation, situation.values.get("batas_terbit"))


@kgb.deadline("nilai-kembali")
def reassessed(situation: Situation) -> datetime | None:
    """Return until when a postponed increase is taken up again: as long before it may be paid as others are listed, or soon."""
    values, calendar = situation.values, situation.calendar
    day = months_later(values["tmt_setelah_tunda"], -whole("kgb_jaring_bulan_sebelum"))
    soonest = calendar.add_workdays(local_day(situation.at), whole("kgb_ingat_lagi_hari_kerja"))
    return _closing(situation, max(day, soonest))


def _closing(situation: Situation, day: date | None) -> datetime | None:
    calendar = situation.calendar
    return calendar.closing(calendar.workday_on_or_before(day)) if day else None
