"""The rules of reading matter: what is bought at all, what a subscription is paid, and loans."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from laksana.library.rounding import down
from laksana.library.tables import Row, Settings, Table
from laksana.sop.rules import rule

figure = Settings(__file__, "../ketentuan-bahan-bacaan.csv").whole


class CodeRow(Row):
    """The code of goods under which a kind of reading matter stands in the KIB E."""

    jenis: str
    kode_barang: str
    keterangan: str = ""


CODES = Table(__file__, "../kode-barang-bacaan.csv", CodeRow, key="jenis")
CATALOGUED = ("buku", "himpunan_peraturan")
"""What becomes property of the library; the rest is printed matter or a subscription."""


@rule("bahan-bacaan.disetujui", title="Eksemplar yang disetujui", source="kebijakan kantor")
def approved(kind: str, free: bool, reasoned: bool, asked: int, held: int, units: int) -> tuple[int, str]:
    """Return how many copies may be bought, and why fewer than asked: free law is not bought, nor more than one for a unit."""
    if free and (kind == "peraturan_lepas" or (kind == "himpunan_peraturan" and not reasoned)):
        return 0, "Tersedia gratis pada JDIH."
    most = max(0, units + figure("eksemplar_ruang_baca") - held)
    return (asked, "") if asked <= most else (most, f"Paling banyak {most} eksemplar lagi.")


@rule("bahan-bacaan.langganan", title="Pembayaran langganan sebulan", source="praktik kantor")
def subscription(monthly: Decimal, delivered: int, due: int) -> Decimal:
    """Return what a month's subscription is paid in rupiah, rounded down: by the issues that came."""
    return down(Fraction(monthly) * delivered / due)


def too_many_loans(borrowers: Iterable[int]) -> bool:
    """Return whether somebody has more on loan than one may."""
    people = list(borrowers)
    return any(people.count(person) > figure("pinjam_terbanyak") for person in people)
