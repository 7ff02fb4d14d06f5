"""Forms of one Indonesian word are told to be so, whichever letter the prefix swallowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laksana.stemming import WORD, roots, stem, stems

ROOTS = [
    "ajukan", "terima", "kirim", "susun", "periksa", "kelola", "mohon", "kembang", "terbit", "naik", "pinjam", "sampai",
    "catat", "daftar", "minta", "tulis", "nilai", "layan", "adu", "bayar", "hapus", "lapor", "pelihara", "panggil",
    "putus", "tanda", "simpan", "pakai", "kaji", "kumpul", "setuju", "hitung", "ganti", "beli", "angkut", "usul",
]  # fmt: skip
"""Roots of words with which the procedures of the book speak."""
NASAL = {"k": "ng", "g": "ngg", "h": "ngh", "s": "ny", "t": "n", "d": "nd", "c": "nc", "p": "m", "b": "mb", "l": "l",
         "m": "m", "n": "n"}  # fmt: skip
SWALLOWED = "kstp"


def prefixed(prefix: str, root: str) -> str:
    """Return me- or pe- with a root, as the language melts them."""
    first = root[0]
    if first in "aiueo":
        return f"{prefix}ng{root}"
    if first in "lmn":
        return prefix + root
    rest = root[1:] if first in SWALLOWED or first in "gdcbh" else root
    return prefix + NASAL[first] + rest


def forms(root: str) -> list[str]:
    bare = root.removesuffix("kan")
    return [
        root, bare, prefixed("me", bare), prefixed("me", bare) + "kan", prefixed("pe", bare) + "an", f"di{bare}", f"di{bare}kan",
        f"di{bare}kannya", prefixed("me", bare) + "nya",
    ]  # fmt: skip


@given(root=st.sampled_from(ROOTS), data=st.data())
def test_any_two_forms_of_a_word_share_a_root(root: str, data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(forms(root)))
    other = data.draw(st.sampled_from(forms(root)))
    assert roots(one) & roots(other), (one, roots(one), other, roots(other))


@pytest.mark.parametrize("word", ["cuti", "gaji", "pegawai", "tamu", "sandi", "kendaraan"])
def test_other_words_share_none_with_them(word: str) -> None:
    assert [root for root in ROOTS if any(roots(form) & roots(word) for form in forms(root))] == []


@given(st.text(max_size=40))
def test_every_word_is_a_root_of_itself_and_no_text_is_a_fault(text: str) -> None:
    for word in WORD.findall(text.lower()):
        assert word in roots(word)
        assert all(roots(word))
    assert set(stems(text).split()) == {stem(word) for word in WORD.findall(text.lower())}
