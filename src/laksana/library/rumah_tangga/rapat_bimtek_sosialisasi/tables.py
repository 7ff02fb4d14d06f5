"""The tables of meetings: the office's figures, the rates of fees, and the tax on them."""

from decimal import Decimal

from laksana.library.tables import Row, Settings, Table


class Fee(Row):
    """What one part in an event is paid, in rupiah before tax."""

    kode: str
    peran: str
    kualifikasi: str
    satuan: str
    besaran: Decimal


class Bracket(Row):
    """The tax of one kind of recipient, up to a taxable amount."""

    penerima: str
    sampai: Decimal | None = None
    persen: Decimal
    dasar_persen: Decimal


figure = Settings(__file__, "ketentuan-acara.csv").whole
FEES = Table(__file__, "honor-kegiatan.csv", Fee, key="kode")
TAX = Table(__file__, "pph21-honor.csv", Bracket)
