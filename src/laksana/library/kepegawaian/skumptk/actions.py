"""What the SKUM-PTK adds to its definition: who counts, what is paid for them, from when, and what was paid too much."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.kepegawaian.figures import figure, whole
from laksana.library.kepegawaian.riwayat.prefill import from_file
from laksana.library.kepegawaian.service import full_months, in_words
from laksana.library.numbered import number_once
from laksana.library.rounding import half_up
from laksana.sop.nip import Nip
from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later
from laksana.worktime.zone import local_day

skumptk = Behaviour("skumptk")
_FROM_FILE = {
    "nip": "nip",
    "nama": "nama",
    "status_pegawai": "status_pegawai",
    "jabatan": "jabatan",
    "golongan": "pangkat_golongan",
    "tmt_golongan": "tmt_golongan",
    "gaji_pokok": "gaji_pokok",
    "masa_kerja_golongan": "mkg_kata",
    "pasangan": "pasangan",
    "anak": "anak",
}
_REMEMBERED = ("tempat_tanggal_lahir", "agama", "alamat", "penghasilan_pasangan")
skumptk.prefills("isi", "perbaiki")(from_file(_FROM_FILE, remembers=_REMEMBERED))
number_once(skumptk, "bagi", "nomor_skum", "SKUM")
LAW = "PP 7/1977 Pasal 16 jo. PP 51/1992"
_OF_SPOUSE = ("perceraian", "pasangan_berpenghasilan")
_OF_CHILD = ("anak_21", "anak_tidak_sekolah", "anak_bekerja", "anak_kawin")


def _percent(base: Decimal, name: str) -> Decimal:
    return half_up(base * figure(name) / 100, 0)


def _birthday(born: date, age: int) -> date:
    return months_later(born, 12 * age)


def _month(day: date) -> date:
    return day.replace(day=1)


@rule("skumptk.bulan-berikut", title="Awal bulan berikutnya", source="Permendagri 6/2021")
def month_after(day: date) -> date:
    """Return the first of the month after a day: from its salary on a report or an event counts."""
    return months_later(day.replace(day=1), 1)


@rule("skumptk.anak-sampai", title="Bulan terakhir tunjangan anak", source=LAW)
def child_until(born: date, school_until: date | None) -> date:
    """Return the first of the last month in which a child counts, by age and schooling."""
    until = _month(_birthday(born, whole("tunjangan_anak_usia")))
    if school_until is None:
        return until
    return max(
        until, min(_month(school_until), _month(_birthday(born, whole("tunjangan_anak_usia_sekolah"))))
    )


@rule("skumptk.anak", title="Anak yang bertunjangan", source=LAW)
def counted_children(children: Sequence[Mapping[str, Any]], month: date) -> list[int]:
    """Return the places of the children paid for in a month: the oldest that are eligible, as many as the law lets count."""
    fit = [
        (row["tanggal_lahir"], place)
        for place, row in enumerate(children)
        if not row.get("kawin") and not row.get("bekerja")
        if month <= child_until(row["tanggal_lahir"], row.get("sekolah_sampai"))
    ]
    counted: list[int] = []
    adopted = 0
    for _born, place in sorted(fit):
        is_adopted = children[place].get("status") == "angkat"
        if len(counted) == whole("tunjangan_anak_terbanyak") or (
            is_adopted and adopted == whole("tunjangan_anak_angkat_terbanyak")
        ):
            continue
        adopted += is_adopted
        counted.append(place)
    return sorted(counted)


@rule("skumptk.dasar", title="Dasar tunjangan", source="PP 7/1977 Pasal 5")
def base_of(pay: Decimal, status: str) -> Decimal:
    """Return what the percentages are taken of: of a CPNS a part of the basic pay."""
    return _percent(pay, "tunjangan_cpns_persen") if status == "CPNS" else pay


@rule("skumptk.penerima", title="Penerima bila keduanya pegawai", source=LAW)
def receiver(pay: Decimal, pay_of_spouse: Decimal) -> str | None:
    """Return who of two public employees receives the allowances: the one with the higher pay; None when they may choose."""
    if pay == pay_of_spouse:
        return None
    return "pegawai" if pay > pay_of_spouse else "pasangan"


@rule("skumptk.bulan-selisih", title="Jumlah bulan kelebihan", source="pernyataan pada formulir")
def months_overpaid(event: date, report: date) -> int:
    """Return for how many salaries an allowance was paid after its end: from the month after the event to that of the report."""
    first, changed = month_after(event), month_after(report)
    return max(0, (changed.year - first.year) * 12 + changed.month - first.month)


@skumptk.computes("isi")
def reported(situation: Situation) -> Mapping[str, Any]:
    """Return the day of the first report, and what the NIP tells: sex and length of service."""
    nip = Nip.parse(str(situation.values["nip"]))
    day = situation.values.get("tanggal_lapor") or local_day(situation.at)
    found: dict[str, Any] = {"tanggal_lapor": day, "jenis_kelamin": "P" if nip.female else "L"}
    if nip.appointed_month is not None:
        service = full_months(date(nip.appointed_year, nip.appointed_month, 1), day)
        found["masa_kerja_seluruhnya"] = in_words(service)
    return found


@skumptk.check("isi", "perbaiki")
def one_receives(situation: Situation) -> Mapping[str, str]:
    """Refuse allowances for the one of two public employees who has the lower pay."""
    values = situation.values
    if not values.get("penghasilan_pasangan") or values.get("gaji_pokok_pasangan") is None:
        return {}
    right = receiver(values["gaji_pokok"], values["gaji_pokok_pasangan"])
    if right in (None, values.get("tunjangan_diterima_pasangan")):
        return {}
    who = "pegawai ini" if right == "pegawai" else "istri/suami"
    return {"tunjangan_diterima_pasangan": f"Tunjangan diterima oleh {who}, yang gaji pokoknya lebih tinggi."}


def _starts(values: Mapping[str, Any]) -> date:
    """Return the first month with the new family: after the event where it ends a right, otherwise after the report."""
    ends = values["sebab"] in (*_OF_SPOUSE, *_OF_CHILD, "kematian")
    return month_after(values["tanggal_peristiwa"] if ends else values["tanggal_lapor"])


def _overpaid(values: Mapping[str, Any], base: Decimal, head: Decimal) -> tuple[int, Decimal]:
    """Return the months and the rupiah paid too much, where a right ended before it was reported."""
    cause = values["sebab"]
    of_spouse = cause in _OF_SPOUSE or values.get("yang_meninggal") == "pasangan"
    if not of_spouse and cause not in _OF_CHILD and values.get("yang_meninggal") != "anak":
        return 0, Decimal()
    months = months_overpaid(values["tanggal_peristiwa"], values["tanggal_lapor"])
    share = _percent(base, "tunjangan_pasangan_persen" if of_spouse else "tunjangan_anak_persen")
    rice = Decimal() if of_spouse and values.get("penghasilan_pasangan") else head
    return months, months * (share + rice)


@skumptk.automatic("hitung-tunjangan-keluarga")
def reckon(situation: Situation) -> Done:
    """Return the allowances by the month from which they count, who is counted, and what is to be paid back."""
    values = situation.values
    start = _starts(values)
    base = base_of(values["gaji_pokok"], values["status_pegawai"])
    head = Decimal(whole("beras_kg") * whole("beras_harga"))
    receives = values.get("tunjangan_diterima_pasangan") != "pasangan"
    spouses, children = values.get("pasangan") or (), values.get("anak") or ()
    has_spouse = receives and any(row.get("tercatat") for row in spouses)
    counted = counted_children(children, start) if receives else []
    of_spouse = _percent(base, "tunjangan_pasangan_persen") if has_spouse else Decimal()
    of_children = _percent(base, "tunjangan_anak_persen") * len(counted)
    heads = 1 + (has_spouse and not values.get("penghasilan_pasangan")) + len(counted)
    months, overpaid = _overpaid(values, base, head)
    return Done(
        values={
            "pasangan": [{**row, "dapat_tunjangan": has_spouse and bool(row.get("tercatat"))} for row in spouses],
            "anak": [_guarded(row, place in counted) for place, row in enumerate(children)],
            "jumlah_anak_tunjangan": len(counted), "tunjangan_pasangan": of_spouse, "tunjangan_anak": of_children,
            "jumlah_tunjangan": of_spouse + of_children, "jumlah_jiwa": heads, "tunjangan_beras": heads * head,
            "berlaku_mulai": start, "selisih_lebih": overpaid, "bulan_selisih": months,
        }
    )  # fmt: skip


def _guarded(row: Mapping[str, Any], counted: bool) -> Mapping[str, Any]:
    born = row["tanggal_lahir"]
    last = child_until(born, row.get("sekolah_sampai"))
    return {
        **row, "dapat_tunjangan": counted, "tanggal_21": _birthday(born, whole("tunjangan_anak_usia")),
        "tanggal_25": _birthday(born, whole("tunjangan_anak_usia_sekolah")),
        "berakhir": month_after(last) - timedelta(days=1),
    }  # fmt: skip
