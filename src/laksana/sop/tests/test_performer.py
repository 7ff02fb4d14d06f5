"""Who holds a lane."""

import pytest

from laksana.sop.performer import Binding, Kind


@pytest.mark.parametrize(
    ("text", "kind", "of"),
    [
        ("initiator", Kind.INITIATOR, ""),
        ("position kasubag-umpeg", Kind.POSITION, "kasubag-umpeg"),
        ("unit sekretariat", Kind.UNIT, "sekretariat"),
        ("group arsiparis", Kind.GROUP, "arsiparis"),
        ("superior of pemohon", Kind.SUPERIOR, "pemohon"),
        ("head of unit of pemohon", Kind.HEAD, "pemohon"),
        ("field pejabat_penerima", Kind.FIELD, "pejabat_penerima"),
        ("each kepada", Kind.EACH, "kepada"),
        ("doer of periksa-awal", Kind.DOER, "periksa-awal"),
        ("outside", Kind.OUTSIDE, ""),
        ("public", Kind.PUBLIC, ""),
        ("system", Kind.SYSTEM, ""),
    ],
)
def test_a_binding_is_read_and_written(text: str, kind: Kind, of: str) -> None:
    binding = Binding.parse(text)
    assert binding == Binding(kind, of)
    assert str(binding) == text


@pytest.mark.parametrize(
    "text", ["", "kasubag", "Initiator", "outside bkpsdm", "position", "superior", "positionkadis"]
)
def test_anything_else_is_refused_with_what_is_expected(text: str) -> None:
    with pytest.raises(ValueError, match="expected one of initiator"):
        Binding.parse(text)


@pytest.mark.parametrize("text", ["position Kadis", "unit a b", "field ", "each -x"])
def test_a_code_is_small_letters_digits_and_dashes(text: str) -> None:
    with pytest.raises(ValueError, match="is not a code"):
        Binding.parse(text)
