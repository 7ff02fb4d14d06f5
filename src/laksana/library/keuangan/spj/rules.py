"""What a month of the cash book must satisfy, and when it must be sent."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from laksana.library.tables import Settings
from laksana.sop.rules import rule
from laksana.worktime.calendar import WorkCalendar, months_later

figure = Settings(__file__, "../ketentuan-spj.csv")
LAW = "Permendagri 77/2020"


def first_day(month: str) -> date:
    """Return the first day of a month written MM-YYYY."""
    return date(int(month[3:]), int(month[:2]), 1)


def last_day(month: str) -> date:
    """Return the last day of a month written MM-YYYY."""
    return months_later(first_day(month), 1) - timedelta(days=1)


@rule("spj.batas", title="Batas penyampaian SPJ", source=LAW)
def sent_by(month: str, calendar: WorkCalendar) -> date:
    """Return by when a month is reported: a date of the next that no holiday moves; for December its last working day."""
    if first_day(month).month == 12:
        return calendar.workday_on_or_before(last_day(month))
    return months_later(first_day(month), 1).replace(day=figure.whole("tanggal_batas"))


@rule("spj.pajak-setor", title="Batas setor PPh", source="PMK 81/2024 pasal 94 dan 100", checked=True)
def tax_paid_by(month: str, calendar: WorkCalendar) -> date:
    """Return by when the income tax withheld in a month is paid over: a date of the next month or the next working day."""
    day = months_later(first_day(month), 1).replace(day=figure.whole("tanggal_setor_pajak"))
    return calendar.workday_on_or_after(day)


@rule("spj.saldo-bku", title="Saldo akhir BKU", source="pembukuan")
def closing_balance(opening: Decimal, received: Decimal, spent: Decimal) -> Decimal:
    """Return the closing balance of the cash book in rupiah."""
    return opening + received - spent


@rule("spj.bank-rekon", title="Saldo bank setelah rekonsiliasi", source="praktik")
def reconciled(statement: Decimal, in_transit: Decimal, outstanding: Decimal) -> Decimal:
    """Return the bank's balance in rupiah with deposits under way, without transfers not yet taken off."""
    return statement + in_transit - outstanding


@rule("spj.saldo-fisik", title="Selisih kas", source="register penutupan kas")
def cash_missing(balance: Decimal, cash: Decimal, bank: Decimal, advances: Decimal) -> Decimal:
    """Return in rupiah what of the balance is not found in cash, bank and open advances."""
    return balance - (cash + bank + advances)


@rule("spj.up-tetap", title="Kekurangan UP", source="sistem imprest")
def float_missing(decided: Decimal, held: Decimal, not_refilled: Decimal) -> Decimal:
    """Return in rupiah what the float lacks: what was decided, without what is held and what was spent and not refilled."""
    return decided - held - not_refilled


@rule("spj.kas-triwulan", title="Pemeriksaan kas triwulan", source=LAW)
def examined_in_quarter(month: str, examined: date) -> bool:
    """Return whether the minutes of a cash examination serve a month: those of a quarter's last month are of that quarter."""
    end = last_day(month)
    return end.month % 3 != 0 or months_later(first_day(month), -2) <= examined <= end


@rule("spj.bukti-sah", title="Bukti belanja sah", source="PP 12/2019 pasal 141; UU 10/2020")
def faults_of_receipt(amount: Decimal, seen: Mapping[str, Any]) -> Sequence[str]:
    """Return what a receipt lacks, in words; stamp duty only where its amount in rupiah asks for it."""
    needed = {
        "pembayar_keperluan": "pembayar dan keperluan",
        "terbilang": "kesesuaian angka dan huruf",
        "tanda_tangan": "tanda tangan penerima",
        "persetujuan": "persetujuan PPTK dan PA",
    }
    if amount > figure("batas_meterai"):
        needed["meterai"] = "meterai"
    return [words for name, words in needed.items() if not seen.get(name)]
