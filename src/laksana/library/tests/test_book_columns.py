"""Every column that the reference asks of a book is there, or another column carries what it says."""

import csv
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from laksana.cases import behaviour
from laksana.cases.behaviour import Situation
from laksana.cases.play import play
from laksana.documents.services import specs_over
from laksana.library.catalogue import entries, entry
from laksana.library.tests.test_books import examples
from laksana.registers.writing import FILLED_BY_THE_BOOK
from laksana.sop.definition import Procedure, Register
from laksana.sop.expression import outcome_name
from laksana.sop.sources import Named, sources_of

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


WITHOUT_A_SOURCE = {
    ("pemberian-password", "log-rahasia", "otp_salah"): "no one-time code is asked for: the holder signs in",
    ("pemberian-password", "log-rahasia", "alamat_ip"): "addresses of readers are not kept",
    ("pemeliharaan-hak-akses", "buku-istimewa", "dipakai_pada"): "the envelope is opened outside any case",
    ("panggilan-darurat-112", "log-blokir", "dibuka_atas_dasar"): "a number is set free outside any case",
    (
        "pengiriman-berita-berklasifikasi",
        "kunci-penerima",
        "dicabut",
    ): "the recipient takes his key back, outside any case",
}
"""Columns that only a visible correction of the row fills in, each with why no step can."""


_ONE_WAY = "one card for both: what comes in and what goes out are steps of two procedures"
_OF_A_BOOK = "particulars that the buyer of a book may leave out"
SELDOM = {
    **{
        ("distribusi-barang-pakai-habis", "kartu-barang", f"masuk_{of}"): _ONE_WAY
        for of in ("jumlah", "harga", "nilai")
    },
    **{
        ("pengadaan-barang-pakai-habis", "kartu-barang", f"keluar_{of}"): _ONE_WAY
        for of in ("jumlah", "harga", "nilai")
    },
    (
        "backup-eksternal",
        "log-uji-eksternal",
        "rto_target_menit",
    ): "a trial of a restore is walked, not played",
    (
        "distribusi-barang-modal",
        "daftar-pemegang",
        "tanggal_kembali",
    ): "a return is played as far as its check only",
    ("bahan-bacaan", "buku-induk", "pengarang"): _OF_A_BOOK,
    ("bahan-bacaan", "buku-induk", "tahun"): _OF_A_BOOK,
    ("bahan-bacaan", "buku-induk", "isbn"): _OF_A_BOOK,
    ("bahan-bacaan", "kib-e", "pencipta"): _OF_A_BOOK,
}
"""Columns that the procedure computes, but that no example has a value for, each with why."""


def computed_only(procedure: Procedure) -> dict[Key, str]:
    """Return the columns that wait for what the procedure computes: nothing declared fills them; with their names."""
    decisions = {outcome_name(step.id) for step in procedure.steps if step.is_decision}
    rows = [procedure.fields[step.for_each.field] for step in procedure.steps if step.for_each]
    of_rows = {column for table in rows for column in table.columns or {}}
    found = {}
    for register in procedure.registers:
        known = {*specs_over(procedure, register.for_each), *of_rows, *decisions, *FILLED_BY_THE_BOOK}
        for column, text in register.columns.items():
            names = [each.name for each in sources_of(text) if isinstance(each, Named)]
            if len(names) == len(sources_of(text)) and known.isdisjoint(names):
                found[register.id, column] = names[0]
    return found


def computed_in_examples(procedure: Procedure, wanted: set[Key], monkeypatch: pytest.MonkeyPatch) -> set[Key]:
    """Return the names that the procedure computes for its books with a value, playing examples until all are seen."""
    seen: set[Key] = set()

    def noting(register: str, row: behaviour.Row) -> Callable[[Situation], Mapping[str, Any]]:
        @wraps(row)
        def noted(situation: Situation) -> Mapping[str, Any]:
            told = row(situation)
            seen.update((register, name) for name, value in told.items() if value is not None)
            return told

        return noted

    rows = behaviour.behaviour(procedure.id).rows
    for register, row in list(rows.items()):
        monkeypatch.setitem(rows, register, noting(register, row))
    scenarios, folder = examples(procedure.id)
    for scenario in scenarios:
        with transaction.atomic():
            for _event in play(scenario, folder):
                pass
            transaction.set_rollback(True)
        if wanted <= seen:
            break
    return seen


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    "procedure_id", sorted(each.procedure.id for each in entries().values() if computed_only(each.procedure))
)
def test_what_no_field_fills_the_procedure_computes(
    procedure_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    procedure = entry(procedure_id).procedure
    columns = {
        (register, column): (register, name)
        for (register, column), name in computed_only(procedure).items()
        if (procedure_id, register, column) not in WITHOUT_A_SOURCE.keys() | SELDOM.keys()
    }
    seen = computed_in_examples(procedure, set(columns.values()), monkeypatch)
    assert sorted(column for column, name in columns.items() if name not in seen) == []


def test_the_lists_of_empty_columns_name_no_other() -> None:
    books = kept()
    for procedure, register, column in WITHOUT_A_SOURCE.keys() | SELDOM.keys():
        assert (register, column) in computed_only(entry(procedure).procedure)
        assert column in books[procedure, register].columns
