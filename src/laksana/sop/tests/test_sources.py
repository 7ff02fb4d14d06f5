"""Where a book takes what stands in a column."""

import pytest

from laksana.sop.sources import Doing, InRows, Named, Source, sources_of


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nama", (Named("nama"),)),
        ("by periksa", (Doing("by", "periksa"),)),
        ("by buka-dua as sandiman_1", (Doing("by", "buka-dua", "sandiman_1"),)),
        ("at periksa", (Doing("at", "periksa"),)),
        ("then on perbaiki", (Doing("on", "perbaiki", after_the_row=True),)),
        ("barang.kode", (InRows("barang", "kode"),)),
        ("penerima or by serah or barang.kode", (Named("penerima"), Doing("by", "serah"), InRows("barang", "kode"))),
    ],
)  # fmt: skip
def test_a_text_says_where_a_column_takes_its_value(text: str, told: tuple[Source, ...]) -> None:
    assert sources_of(text) == told


@pytest.mark.parametrize(
    "text", ["", "Nama", "by Periksa", "of periksa", "a.b.c", "nama or", "nama  or biaya"]
)
def test_another_text_is_no_source(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        sources_of(text)
