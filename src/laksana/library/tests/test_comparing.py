"""The figures of the reference's worked examples come out of the rules, and one that does not is told."""

import pytest

from laksana.cases.play import read_script
from laksana.library.asking import ask
from laksana.library.catalogue import Entry, entries
from laksana.library.comparing import FILE, compare, read, same
from laksana.sop.rules import RuleError, get
from laksana.worktime.services import shipped_calendar

WITH_FIGURES = [entry for entry in entries().values() if (entry.folder / FILE).exists()]
CALENDAR = shipped_calendar(range(2024, 2031))


@pytest.mark.parametrize("entry", WITH_FIGURES, ids=[entry.id for entry in WITH_FIGURES])
def test_the_figures_of_every_example_are_those_computed(entry: Entry) -> None:
    examples = read(entry.folder / FILE)
    found = list(compare(entry.id, examples, CALENDAR))
    assert [each for each in found if not each.equal] == []
    played = {each.id for each in read_script((entry.folder / "scenarios.yaml").read_text("utf-8"), "")}
    for example in examples:
        assert example.figures or example.flow
        if example.flow:
            assert example.flow.removeprefix("dimainkan: ").split(" ")[0] in played


def test_the_nine_personnel_procedures_have_their_examples() -> None:
    counts = {entry.id: len(read(entry.folder / FILE)) for entry in WITH_FIGURES}
    assert counts == {
        "cuti": 9, "kartu-pegawai": 5, "kehadiran-manual": 6, "kenaikan-gaji-berkala": 6, "kenaikan-pangkat": 7,
        "pensiun": 7, "satyalancana": 5, "skp-asn": 6, "skumptk": 7,
    }  # fmt: skip


def test_an_answer_names_the_tables_behind_it_and_is_checked_only_if_they_are() -> None:
    found = ask(get("gaji.tabel"), {"golongan": "III/a", "tahun": 4})
    assert get("gaji.tabel").checked
    assert not found.checked
    assert [each.table for each in found.tables] == ["gaji-pokok-pns.csv"]
    assert ask(get("kehadiran.hukuman"), {"in_year": 3, "in_a_row": 1}).result == ["ringan", "Teguran lisan"]


def test_what_no_table_has_is_refused_in_words() -> None:
    with pytest.raises(RuleError, match="kepala_seksi"):
        get("pensiun.tmt-bup").call({"tanggal_lahir": "1969-04-15", "jabatan_kode": "kepala_seksi"})
    with pytest.raises(RuleError, match="peristiwa"):
        get("pensiun.tmt").call({"jenis_pensiun": "meninggal"})


@pytest.mark.parametrize(
    ("expected", "computed", "equal"),
    [
        (100, "100.00", True),
        ({"a": 1}, {"a": 1, "b": 2}, True),
        ([1], [1, 2], False),
        (False, 0, False),
        (None, 0, False),
        ("a", "b", False),
    ],
)
def test_values_are_compared_by_what_they_are(expected: object, computed: object, equal: bool) -> None:
    assert same(expected, computed) is equal
