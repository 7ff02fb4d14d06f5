"""The rules of family allowance: who counts until when, what is paid, from when, and what was paid too much."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from typing_extensions import TypedDict

from laksana.library.kepegawaian.figures import figure, whole
from laksana.library.rounding import half_up
from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later

LAW = "PP 7/1977 Pasal 16 jo. PP 51/1992"


class _Born(TypedDict):
    tanggal_lahir: date


class Child(_Born, total=False):
    """A child as the statement tells it. `status` is kandung, tiri or angkat; the last needs a court's decision."""

    status: str
    putusan_pengadilan: Any
    kawin: bool
    bekerja: bool
    sekolah_sampai: date | None


def percent_of(base: Decimal, name: str) -> Decimal:
    """Return a percentage that the law sets of a basic pay, in whole rupiah, half up."""
    return half_up(base * figure(name) / 100, 0)


def birthday(born: date, age: int) -> date:
    """Return the birthday on which an age is reached; 28 February for one born on the 29th."""
    return months_later(born, 12 * age)


def month_of(day: date) -> date:
    """Return the first of a day's month."""
    return day.replace(day=1)


@rule("skumptk.bulan-berikut", title="Awal bulan berikutnya", source="Permendagri 6/2021")
def month_after(day: date) -> date:
    """Return the first of the month after a day: from its salary on a report or an event counts."""
    return months_later(day.replace(day=1), 1)


@rule("skumptk.anak-sampai", title="Bulan terakhir tunjangan anak", source=LAW)
def child_until(born: date, school_until: date | None) -> date:
    """Return the first of the last month in which a child counts, by age and schooling."""
    until = month_of(birthday(born, whole("tunjangan_anak_usia")))
    if school_until is None:
        return until
    return max(
        until, min(month_of(school_until), month_of(birthday(born, whole("tunjangan_anak_usia_sekolah"))))
    )


@rule("skumptk.anak", title="Anak yang bertunjangan", source=LAW)
def counted_children(children: Sequence[Child], month: date) -> list[int]:
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
    return percent_of(pay, "tunjangan_cpns_persen") if status == "CPNS" else pay


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


@rule("skumptk.berhenti", title="Bulan pertama tanpa tunjangan", source=LAW, checked=True)
def stops(peristiwa: date) -> date:
    """Return the first month without an allowance after what ended its right; the month of that event is still paid."""
    return month_after(peristiwa)


@rule(
    "skumptk.mulai",
    title="Bulan pertama dengan tunjangan",
    source="PP 51/1992; Permendagri 6/2021",
    checked=True,
)
def begins(tanggal_lapor: date) -> date:
    """Return the first month with an allowance for who was reported on a day."""
    return month_after(tanggal_lapor)


@rule("skumptk.tunjangan", title="Tunjangan keluarga sebulan", source=LAW, checked=True)
def allowances(
    gaji_pokok: Decimal,
    pasangan: bool = False,
    anak: int = 0,
    status_pegawai: str = "PNS",
    diterima_pasangan: bool = False,
) -> dict[str, Decimal]:
    """Return the rupiah a month for the spouse, for the children that count, and in all; nothing if the spouse receives them."""
    base = base_of(gaji_pokok, status_pegawai)
    counted = 0 if diterima_pasangan else min(anak, whole("tunjangan_anak_terbanyak"))
    of_spouse = (
        percent_of(base, "tunjangan_pasangan_persen") if pasangan and not diterima_pasangan else Decimal()
    )
    of_children = percent_of(base, "tunjangan_anak_persen") * counted
    return {"pasangan": of_spouse, "anak": of_children, "jumlah": of_spouse + of_children}


@rule("skumptk.beras", title="Tunjangan beras sebulan", source="PER-3/PB/2015")
def rice(
    pasangan: bool = False, anak: int = 0, penghasilan_pasangan: bool = False, diterima_pasangan: bool = False
) -> tuple[int, Decimal]:
    """Return the heads and the rupiah a month: the employee, a spouse without rice of his own, and the children that count."""
    heads = 1
    if not diterima_pasangan:
        heads += (pasangan and not penghasilan_pasangan) + min(anak, whole("tunjangan_anak_terbanyak"))
    return heads, heads * rice_of_head()


def rice_of_head() -> Decimal:
    """Return the rupiah a month for the rice of one head."""
    return Decimal(whole("beras_kg") * whole("beras_harga"))


@rule("skumptk.selisih", title="Kelebihan tunjangan yang dikembalikan", source="pernyataan pada formulir")
def overpaid(
    gaji_pokok: Decimal,
    peristiwa: date,
    tanggal_lapor: date,
    pasangan: bool,
    status_pegawai: str = "PNS",
    dengan_beras: bool = True,
) -> tuple[int, Decimal, Decimal]:
    """Return months, and rupiah of allowance and of rice paid too much, for a spouse or else a child whose right had ended."""
    months = months_overpaid(peristiwa, tanggal_lapor)
    name = "tunjangan_pasangan_persen" if pasangan else "tunjangan_anak_persen"
    share = percent_of(base_of(gaji_pokok, status_pegawai), name)
    return months, months * share, months * (rice_of_head() if dengan_beras else Decimal())
