"""Every column that the reference asks of a book is there, or another column carries what it says."""

import csv
from collections import defaultdict
from pathlib import Path

from laksana.library.catalogue import entries
from laksana.sop.definition import Register

REFERENCE = Path(__file__).with_name("kolom-register.csv")
NUMBER_OF_THE_ROW = "#"
OUR_OWN = {
    ("pemeliharaan-kendaraan-dinas", "pekerjaan-ringan"),
    ("pengadaan-barang-pakai-habis", "kib-ekstra"),
    ("informasi-dikecualikan", "perubahan-dik"),
    ("surat-keluar", "agenda-setda"),
    ("penerbitan-produk-hukum", "perubahan-status"),
}
"""Books that the reference does not name."""

Key = tuple[str, str]


def wanted() -> dict[Key, dict[str, list[str]]]:
    """Return of each book the columns of the reference, each with the columns that carry it."""
    found: defaultdict[Key, dict[str, list[str]]] = defaultdict(dict)
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["prosedur"], row["register"]][row["kolom"]] = row["dimuat_oleh"].split("|")
    return dict(found)


def kept() -> dict[Key, Register]:
    """Return the books that the procedures declare."""
    return {
        (each.procedure.id, register.id): register
        for each in entries().values()
        for register in each.procedure.registers
    }


def test_every_book_of_the_reference_is_kept_and_no_other_but_those_named() -> None:
    assert set(kept()) - set(wanted()) == OUR_OWN
    assert set(wanted()) <= set(kept())


def test_every_column_of_the_reference_is_there_or_carried_by_another() -> None:
    books = kept()
    missing = [
        f"{procedure}/{register}: {column} -> {carrier}"
        for (procedure, register), columns in wanted().items()
        for column, carriers in columns.items()
        for carrier in carriers
        if carrier != NUMBER_OF_THE_ROW and carrier not in books[procedure, register].columns
    ]
    assert not missing, "\n".join(missing)
