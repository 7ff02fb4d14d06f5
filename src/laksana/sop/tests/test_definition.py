"""The definition model: what it reads, writes, and refuses with file, line, key and what was expected."""

from typing import Any

import pytest

from laksana.sop.definition import END, as_data, dump, load
from laksana.sop.source import DefinitionError
from laksana.sop.tests.examples import as_text, decision, definition, procedure, step

EVERYTHING: dict[str, Any] = {
    "prefix": "CTH",
    "subject": "{hal}",
    "performers": {
        "staf": {"title": "Staf", "is": "initiator"},
        "kasubag": {"title": "Kepala Subbagian", "is": "position kasubag-umpeg"},
        "penerima": {"title": "Penerima", "is": "each kepada"},
        "bkpsdm": {"title": "BKPSDM", "is": "outside", "recorded_by": "position kasubag-umpeg"},
    },
    "fields": {
        "hal": {"label": "Hal", "type": "text", "required": True, "max_length": 200, "envelope": True},
        "jenis": {"label": "Jenis", "type": "choice", "choices": {"a": "Satu", "b": "Dua"}},
        "nilai": {
            "label": "Nilai",
            "type": "money",
            "min": 0,
            "max": "1000000.50",
            "required_if": "jenis == 'a'",
        },
        "disposisi": {
            "label": "Disposisi",
            "type": "table",
            "columns": {
                "kepada": {"label": "Kepada", "type": "assignee", "required": True},
                "tembusan": {"label": "Tembusan", "type": "bool", "default": False},
            },
        },
        "catatan": {"label": "Catatan", "type": "table", "columns": ["hari", "isi"]},
        "nomor": {"label": "Nomor", "type": "text", "computed": True},
        "mulai": {"label": "Mulai", "type": "date"},
    },
    "steps": [
        step("ajukan", asks=["hal", "jenis", "nilai", "disposisi", "mulai"]),
        decision(
            "periksa",
            {"Ya": {"then": ["bagi", "catat"], "allowed_if": "nilai <= 500"}, "Tidak": "ajukan"},
            skip_if={"when": "jenis == 'b'", "outcome": "Ya"},
            not_by="staf",
        ),
        step("catat", journal="catatan", then="gabung", timeout={"after": "5 hari kerja", "then": "gabung"}),
        step("bagi", by="penerima", for_each={"field": "disposisi", "where": "not tembusan", "quorum": 2}),
        step("kumpul", gathers={"of": "bagi", "each_level": True}, then="gabung"),
        step("gabung", joins=True, auto="gabungkan", attended=False),
        step(
            "balas",
            starts={
                "by": "jenis",
                "choose": {"a": "x", "b": "y"},
                "hand_over": {"hal": "hal"},
                "hand_back": {"nomor": "nomor"},
            },
            waits=True,
        ),
        decision("putus", {"Ya": "selesai", "Tidak": "balas"}, agree="majority")
        | {"by": ["staf", "kasubag"]},
    ],
    "documents": [{"id": "surat", "title": "Surat", "form": "surat", "at": "putus", "when": "jenis == 'a'"}],
    "registers": [
        {"id": "buku", "title": "Buku", "at": "putus", "columns": ["nomor", "hal"], "filled_at": "putus"}
    ],
    "clocks": [
        {"id": "satu", "from": "ajukan", "to": "selesai", "limit": "5 hari kerja", "pauses_at": ["balas"]},
        {
            "id": "dua",
            "from": {"field": "mulai"},
            "to": "putus",
            "limit": {"by": "jenis", "choose": {"a": "1 hari", "b": "2 jam berjalan"}},
            "extension": {"by": "7 hari kerja"},
            "if": "not empty(mulai)",
            "silence": "dianggap dikabulkan",
        },
        {"id": "tiga", "from": {"event": "putusan"}, "to": "putus", "limit": {"rule": "contoh.batas"}},
    ],
    "data": {
        "classification": "terbatas",
        "access": {"by": "jenis", "levels": {"a": "terbuka", "b": "rahasia"}, "readers": ["kasubag"]},
        "personal": ["hal"],
        "retention": "2 tahun",
    },
}


def faults(data: dict[str, Any]) -> list[str]:
    with pytest.raises(DefinitionError) as refused:
        load(as_text(data), "sop.yaml")
    return [str(fault).split(": ", 1)[1] for fault in refused.value.faults]


def test_what_is_written_is_read_as_an_equal_procedure() -> None:
    made = procedure(**EVERYTHING)
    assert load(dump(made)) == made
    assert as_data(load(dump(made))) == as_data(made)


def test_defaults_are_not_written() -> None:
    assert "registers" not in as_data(procedure())
    assert as_data(procedure())["steps"][0] == step("ajukan") | {"by": ["staf"]}


def test_plain_lists_of_choices_and_columns_are_names_that_become_labels() -> None:
    made = procedure(
        fields={
            "a": {"label": "A", "type": "choice", "choices": ["alasan_penting"], "computed": True},
            "b": {"label": "B", "type": "table", "columns": ["batas_waktu"], "computed": True},
        }
    )
    assert made.fields["a"].choices == {"alasan_penting": "alasan penting"}
    columns = made.fields["b"].columns
    assert columns is not None
    assert (columns["batas_waktu"].label, columns["batas_waktu"].type) == ("Batas waktu", "text")


def test_a_step_leads_to_the_next_row_unless_it_says_otherwise() -> None:
    made = procedure(**EVERYTHING)
    assert made.successors(made.step("ajukan")) == {None: ("periksa",)}
    assert made.successors(made.step("catat")) == {None: ("gabung",)}
    assert made.successors(made.step("periksa")) == {"Ya": ("bagi", "catat"), "Tidak": ("ajukan",)}
    assert procedure().successors(procedure().step("arsip")) == {None: (END,)}


@pytest.mark.parametrize(
    ("keys", "unattended"),
    [
        ({}, False),
        ({"auto": "x"}, True),
        ({"auto": "x", "asks": ["hal"]}, False),
        ({"auto": "x", "attended": True}, False),
        ({"auto": "x", "attended": False}, True),
    ],
)
def test_the_system_does_what_is_automatic_and_asks_nothing(keys: dict[str, Any], unattended: bool) -> None:
    fields = {"hal": {"label": "Hal", "type": "text", "computed": True}}
    made = procedure(fields=fields, steps=[step("a"), step("b", **keys), step("c", by="kasubag")])
    assert made.step("b").unattended is unattended


def test_a_case_s_number_begins_with_the_prefix_or_the_id() -> None:
    assert procedure().number_prefix == "CONTOH"
    assert procedure(prefix="CTH").number_prefix == "CTH"


def test_an_unknown_step_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        procedure().step("hilang")


def without(key: str) -> dict[str, Any]:
    data = definition()
    del data[key]
    return data


def changed_step(**keys: Any) -> dict[str, Any]:
    return definition(
        steps=[step("a"), {k: v for k, v in step("b", by="kasubag").items() if k != "does"} | keys, step("c")]
    )


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (without("owner"), "owner: missing"),
        (definition(warna="biru"), "warna: unknown key"),
        (
            definition(code="A7"),
            "code: write the section's letter, a dot and the place in the book, such as A.7, not 'A7'",
        ),
        (definition(kind="lain"), "kind: expected 'layanan', 'rutin' or 'penugasan', not 'lain'"),
        (definition(legal_basis=[]), "legal_basis: "),
        (definition(page="tiga"), "page: input should be a valid integer"),
        (
            definition(id="Surat Masuk"),
            "id: write small letters and digits, words joined by -, beginning with a letter, not 'Surat Masuk'",
        ),
        (definition(performers={"staf": {"title": "Staf", "is": "initiator"}}), "performers: "),
        (
            definition(performers={"a": {"title": "A", "is": "kadis"}, "b": {"title": "B", "is": "outside"}}),
            "performers.a.is: 'kadis' does not say who holds the lane; expected one of initiator",
        ),
        (
            definition(
                performers={"a": {"title": "A", "is": "initiator"}, "b": {"title": "B", "is": "outside"}}
            ),
            "performers.b: recorded_by is needed for, and only for, a performer that is outside or public",
        ),
        (
            definition(fields={"Hal": {"label": "Hal", "type": "text"}}),
            "fields.Hal: write small letters, digits and _, beginning with a letter, not 'Hal'",
        ),
        (
            definition(fields={"a": {"label": "A", "type": "choice", "computed": True}}),
            "fields.a: choices are needed for, and only for, a choice or multichoice",
        ),
        (
            definition(fields={"a": {"label": "A", "type": "table", "computed": True}}),
            "fields.a: columns are needed for, and only for, a table",
        ),
        (
            definition(fields={"a": {"label": "A", "type": "text", "required_if": "tidak sesuai"}}),
            "fields.a.required_if: 'tidak sesuai' is not an expression",
        ),
        (
            definition(identity=definition()["identity"] | {"effective": "2025-01-01"}),
            "identity: dates must run made <= revised <= effective (R16)",
        ),
        (changed_step(), "steps[1]: a step needs exactly one of does, decides"),
        (changed_step(does="A", decides="B"), "steps[1]: a step needs exactly one of does, decides"),
        (changed_step(decides="B"), "steps[1]: a decision needs at least two outcomes (R10)"),
        (changed_step(does="A", outcomes={"Ya": "c"}), "steps[1]: outcomes belong to a step that decides"),
        (
            changed_step(decides="B", outcomes={"Ya": "c", "Tidak": "a"}, then="c"),
            "steps[1]: a decision leads on by its outcomes, not by then",
        ),
        (
            changed_step(does="A", waits=True),
            "steps[1]: waits belongs to a step that starts another procedure",
        ),
        (
            changed_step(does="A", skip_if={"when": "true", "outcome": "Ya"}),
            "steps[1]: skip_if names an outcome for, and only for, a decision",
        ),
        (
            changed_step(does="A", time="sebentar"),
            "steps[1].time: 'sebentar' is not a duration; expected a number",
        ),
        (changed_step(does="A", needs=[]), "steps[1].needs: "),
        (
            changed_step(does="A", starts={"by": "jenis"}),
            "steps[1].starts: starts needs a procedure, or `by` with `choose`",
        ),
        (changed_step(does="A", for_each={"field": "a", "quorum": 0}), "steps[1].for_each.quorum: "),
    ],
)
def test_a_malformed_definition_is_refused_with_its_key_and_what_was_expected(
    data: dict[str, Any], fault: str
) -> None:
    assert any(found.startswith(fault) for found in faults(data)), faults(data)


@pytest.mark.parametrize(
    ("clock", "fault"),
    [
        ({"from": "Ajukan", "limit": "5 hari"}, "clocks[0].from: write small letters"),
        (
            {"from": {}, "limit": "5 hari"},
            "clocks[0].from: a clock starts on exactly one of step, field, event",
        ),
        ({"from": "ajukan", "limit": "lama"}, "clocks[0].limit: 'lama' is not a duration"),
        (
            {"from": "ajukan", "limit": {}},
            "clocks[0].limit: a limit is a duration, `by` with `choose`, or a rule",
        ),
    ],
)
def test_a_clock_s_fault_names_its_key_without_the_model_s_own_words(
    clock: dict[str, Any], fault: str
) -> None:
    found = faults(definition(clocks=[{"id": "c", "to": "selesai", **clock}]))
    assert any(one.startswith(fault) for one in found), found
    assert not any("constrained" in one or "instance[" in one for one in found)


def test_a_label_that_yaml_reads_as_yes_or_no_is_explained() -> None:
    text = as_text(definition()).replace("title_en: Example", "title_en: No")
    with pytest.raises(DefinitionError, match="YAML reads this word as yes or no; put it in quotes"):
        load(text, "sop.yaml")
