"""Who signs a paper is read from what it prints."""

import pytest

from laksana.signing.blocks import blocks, prints_a_signature

RINA = {"lines": ["Kepala Dinas,"], "name": "Rina Contoh", "rank": "", "nip": "1", "mark": ""}
EDI = RINA | {"lines": ["a.n. Kepala Dinas", "Sekretaris,"], "name": "Edi Contoh", "nip": "2"}


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("documents/typst/forms/berita-acara.typ", True),
        ("documents/typst/forms/naskah.typ", False),
        ("documents/typst/forms/notula.typ", True),
        ("documents/typst/forms/keputusan.typ", True),
        ("documents/typst/forms/surat.typ", True),
        ("library/persuratan/surat_keluar/surat-dinas.typ", True),
        ("library/persuratan/surat_keluar/lembar-verbal.typ", False),
        ("library/persuratan/surat_masuk/lembar-disposisi.typ", False),
    ],
)
def test_a_sheet_without_a_block_is_not_signed(template: str, printed: bool) -> None:
    assert prints_a_signature(template) is printed


def test_the_papers_own_signer_comes_first_and_each_once() -> None:
    data = {"values": {"penerima": EDI, "lagi": [EDI]}, "signature": RINA}
    assert [(each.name, each.title) for each in blocks(data)] == [
        ("Rina Contoh", "Kepala Dinas"),
        ("Edi Contoh", "a.n. Kepala Dinas Sekretaris"),
    ]
