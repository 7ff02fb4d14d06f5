"""A definition is refused when it names what is not there, or contradicts itself."""

from typing import Any

import pytest

from laksana.sop.definition import load
from laksana.sop.source import DefinitionError
from laksana.sop.tests.examples import as_text, decision, definition, procedure, step

TEXT = {"label": "Isian", "type": "text"}
PERSON = {"label": "Pegawai", "type": "person"}
CHOICE = {"label": "Jenis", "type": "choice", "choices": ["a", "b"]}
DATE = {"label": "Mulai", "type": "date"}
ROWS: dict[str, Any] = {
    "label": "Disposisi",
    "type": "table",
    "columns": {
        "kepada": {"label": "Kepada", "type": "assignee"},
        "catatan": {"label": "Catatan", "type": "text"},
    },
}
OFFICIAL = {"title": "Kepala Dinas", "is": "position kadis"}


def lanes(**more: Any) -> dict[str, Any]:
    return {
        "staf": {"title": "Staf", "is": "initiator"},
        "kasubag": {"title": "Kepala Subbagian", "is": "position kasubag-umpeg"},
        **more,
    }


def steps(*changed: dict[str, Any], asks: list[str] | None = None) -> list[dict[str, Any]]:
    """Return three steps or more: the changed ones, in place of those with their ids, or after them."""
    plain = [step("ajukan", asks=asks or []), step("proses", by="kasubag"), step("arsip")]
    by_id = {one["id"]: one for one in changed}
    kept = [by_id.pop(one["id"], one) for one in plain]
    return [*kept, *by_id.values()]


def faults(**changes: Any) -> dict[str, str]:
    """Return the faults of a changed definition: key -> reason."""
    with pytest.raises(DefinitionError) as refused:
        load(as_text(definition(**changes)), "contoh/sop.yaml")
    return {fault.key: str(fault.reason) for fault in refused.value.faults}


def test_a_definition_without_faults_is_read() -> None:
    assert procedure().id == "contoh"


def test_a_fault_names_file_and_line() -> None:
    text = as_text(definition(steps=steps(step("proses", then="arsib"))))
    with pytest.raises(DefinitionError) as refused:
        load(text, "contoh/sop.yaml")
    (fault,) = refused.value.faults
    line = 1 + next(i for i, words in enumerate(text.splitlines()) if "arsib" in words)
    assert str(fault) == f"contoh/sop.yaml:{line}: steps[1].then: arsib is no step here; is arsip meant?"


def test_every_fault_is_told_at_once_in_the_order_of_the_lines() -> None:
    text = as_text(definition(steps=steps(step("proses", then="x", by="y", asks=["z"])), related=["contoh"]))
    with pytest.raises(DefinitionError) as refused:
        load(text)
    lines = [fault.line for fault in refused.value.faults]
    assert len(lines) == 4
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("changed", "key", "reason"),
    [
        (step("proses", then="hilang"), "steps[1].then", "hilang is no step here."),
        (step("proses", then=["arsip", "arsip"]), "steps[1].then", "arsip stands here twice."),
        (step("proses", then=[]), "steps[1].then", "This leads nowhere; name a step, or selesai."),
        (
            step("proses", then=["arsip", "selesai"]),
            "steps[1].then",
            "A branch cannot lead to selesai while another goes on.",
        ),
        (
            decision("proses", {"Ya": "arsip", "Tidak": "ajuka"}),
            "steps[1].outcomes.Tidak",
            "ajuka is no step here; is ajukan meant?",
        ),
        (
            step("proses", timeout={"after": "3 hari kerja", "then": "naik"}),
            "steps[1].timeout.then",
            "naik is no step here.",
        ),
        (
            step("proses", gathers="ajukan"),
            "steps[1].gathers",
            "ajukan is no step that runs for_each row, so there is nothing to gather.",
        ),
        (step("proses", by="kasi"), "steps[1].by", "kasi is no performer here."),
        (
            step("proses", not_by="kasubak"),
            "steps[1].not_by",
            "kasubak is no performer here; is kasubag meant?",
        ),
        (step("proses", by=["staf", "staf"]), "steps[1].by", "staf stands here twice."),
        (step("proses", by=[]), "steps[1].by", "Name the performer."),
        (step("proses", asks=["nomer"]), "steps[1].asks", "nomer is no field here."),
        (step("proses", for_each="daftar"), "steps[1].for_each", "daftar is no field here."),
        (step("proses", journal="daftar"), "steps[1].journal", "daftar is no field here."),
        (
            decision(
                "proses", {"Ya": "arsip", "Tidak": "ajukan"}, skip_if={"when": "true", "outcome": "Mungkin"}
            ),
            "steps[1].skip_if.outcome",
            "Mungkin is no outcome here.",
        ),
        (step("proses", attended=True), "steps[1].attended", "attended belongs to a step that has auto."),
        (step("proses", agree="any"), "steps[1].agree", "agree belongs to a decision of several performers."),
        (
            step("proses", starts={"procedure": "lain", "hand_back": {"nomor": "nomor"}}, waits=True),
            "steps[1].starts.hand_back.nomor",
            "nomor is no field here.",
        ),
        (
            step("proses", skip_if="nomor == 1"),
            "steps[1].skip_if",
            "nomor is no field, nor the id (with _) of a decision here.",
        ),
        (step("ajukan", joins=True), "steps[0].joins", "The first step has nothing to wait for."),
        (
            step("ajukan", id="selesai"),
            "steps[3].id",
            "selesai is the name of the end; a step needs another.",
        ),
    ],
)
def test_a_step_must_agree_with_the_rest(changed: dict[str, Any], key: str, reason: str) -> None:
    assert faults(steps=steps(changed)) == {key: reason}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (
            {"for_each": "disposisi"},
            "A step that waits for branches cannot run for_each row; put a step between.",
        ),
        (
            {"gathers": "proses"},
            "A step waits for rows or for branches, not for both; put a step between.",
        ),
    ],
)
def test_a_step_waits_for_one_thing(changed: dict[str, Any], reason: str) -> None:
    chain = [
        step("ajukan", asks=["disposisi"]),
        step("proses", by="kasubag", for_each="disposisi"),
        step("arsip", joins=True, **changed),
    ]
    assert faults(fields={"disposisi": ROWS}, steps=chain) == {"steps[2].joins": reason}


def test_two_steps_have_two_names() -> None:
    twice = [step("ajukan"), step("proses", by="kasubag"), step("proses")]
    assert faults(steps=twice) == {"steps[2].id": "A second step is called proses."}


def test_rows_are_gathered_once_and_by_another_step() -> None:
    fields = {"disposisi": ROWS}
    chain = [
        step("ajukan", asks=["disposisi"]),
        step("kerja", for_each="disposisi"),
        step("kumpul", gathers="kerja"),
        step("lagi", gathers="kerja"),
    ]
    assert faults(fields=fields, steps=chain) == {
        "steps[3].gathers": "The rows of kerja are gathered at kumpul already."
    }
    chain[1:] = [step("kerja", for_each="disposisi", gathers="kerja"), step("arsip")]
    assert faults(fields=fields, steps=chain) == {
        "steps[1].gathers": "A step cannot gather what it makes itself; without gathers it waits for them anyway."
    }


@pytest.mark.parametrize(
    ("holder", "reason"),
    [
        ("superior of pemohon", "pemohon is no performer here."),
        ("head of unit of stap", "stap is no performer here; is staf meant?"),
        ("doer of periksa", "periksa is no step here."),
        ("field atasan", "atasan is no field here."),
        ("field isian", "The field isian names nobody; it must be a person, unit or assignee."),
        ("each kepada", "No step runs for_each row of a table that has the column kepada."),
        ("superior of lain", "This lane is held by way of itself."),
    ],
)
def test_who_holds_a_lane_must_be_known(holder: str, reason: str) -> None:
    found = faults(
        performers=lanes(lain={"title": "Lain", "is": holder}),
        fields={"isian": TEXT},
        steps=steps(asks=["isian"]),
    )
    assert found == {"performers.lain.is": reason}


@pytest.mark.parametrize(
    "holder", ["superior of staf", "superior of initiator", "doer of proses", "field atasan"]
)
def test_a_lane_may_be_held_by_way_of_what_is_there(holder: str) -> None:
    made = procedure(
        performers=lanes(lain={"title": "Lain", "is": holder}),
        fields={"atasan": PERSON},
        steps=steps(step("arsip", by="lain"), asks=["atasan"]),
    )
    assert str(made.performers["lain"].holder) == holder


def test_a_lane_held_by_a_row_works_only_where_a_row_was_chosen() -> None:
    around: dict[str, Any] = {
        "fields": {"disposisi": ROWS},
        "performers": lanes(penerima={"title": "Penerima", "is": "each kepada"}),
    }
    chain = [
        step("ajukan", asks=["disposisi"]),
        step("terima", by="penerima", for_each="disposisi"),
        step("kerja", by="penerima"),
        step("arsip", by="penerima", gathers="terima"),
    ]
    assert faults(**around, steps=chain) == {
        "steps[3].by": "penerima is held by a row, but no row has been chosen at this step."
    }
    chain[3] = step("arsip", gathers="terima")
    assert procedure(**around, steps=chain)
    del chain[3]["gathers"]
    assert faults(**around, steps=chain) == {
        "steps[2].by": "penerima is held by a row, but no row has been chosen at this step."
    }, "a step that nobody gathers for waits for its rows itself"


def test_a_row_must_name_somebody() -> None:
    chain = steps(step("proses", by="lain", for_each="disposisi"), asks=["disposisi"])
    found = faults(
        fields={"disposisi": ROWS},
        performers=lanes(lain={"title": "Lain", "is": "each catatan"}),
        steps=chain,
    )
    assert found == {
        "performers.lain.is": "The column catatan names nobody; it must be a person, unit or assignee."
    }


def test_who_records_for_an_outside_party_is_of_the_office() -> None:
    outside = {"title": "BKPSDM", "is": "outside", "recorded_by": "public"}
    assert faults(performers=lanes(bkpsdm=outside)) == {
        "performers.bkpsdm.recorded_by": "Who records must be somebody of the office."
    }


def test_a_position_approves() -> None:
    identity = definition()["identity"] | {"approved_by": "initiator"}
    assert list(faults(identity=identity)) == ["identity.approved_by"]


def test_the_system_does_only_what_runs_by_itself() -> None:
    system = lanes(sistem={"title": "Sistem", "is": "system"})
    assert procedure(performers=system, steps=steps(step("arsip", by="sistem", auto="arsipkan")))
    alone = "The system does only what is auto or starts a case, and nobody beside it."
    assert faults(performers=system, steps=steps(step("arsip", by="sistem"))) == {"steps[2].by": alone}
    beside = step("arsip", by=["sistem", "staf"], auto="arsipkan")
    assert faults(performers=system, steps=steps(beside)) == {"steps[2].by": alone}


def test_nobody_fills_in_what_the_system_does_alone() -> None:
    changed = step("proses", auto="hitung", attended=False, asks=["isian"])
    assert faults(fields={"isian": TEXT}, steps=steps(changed)) == {
        "steps[1].attended": "Nobody is there to fill in what this step asks."
    }


def test_every_field_is_asked_or_computed() -> None:
    assert list(faults(fields={"isian": TEXT})) == ["fields.isian"]
    assert procedure(fields={"isian": TEXT | {"computed": True}})


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("jenus == 'a'", "jenus is no field, nor the id (with _) of a decision here; is jenis meant?"),
        ("jenis == 'c'", "c is no value of jenis here."),
        ("jenis in ('a', 'c')", "c is no value of jenis here."),
        ("'c' in kanal", "c is no value of kanal here."),
        ("periksa == 'ya'", "ya is no value of periksa here."),
        ("ajukan == 'Ya'", "ajukan is no field, nor the id (with _) of a decision here."),
    ],
)
def test_a_condition_speaks_of_what_there_is(expression: str, reason: str) -> None:
    fields = {
        "jenis": CHOICE,
        "kanal": {"label": "Kanal", "type": "multichoice", "choices": ["a", "b"]},
        "isian": TEXT | {"required_if": expression},
    }
    chain = [
        step("ajukan", asks=list(fields)),
        decision("periksa", {"Ya": "arsip", "Tidak": "ajukan"}),
        step("arsip"),
    ]
    assert faults(fields=fields, steps=chain) == {"fields.isian.required_if": reason}


@pytest.mark.parametrize(
    "expression",
    [
        "jenis == 'a'",
        "jenis != ''",
        "jenis == null",
        "periksa_awal in ('Ya', 'Tidak')",
        "len(isian) > 3",
        "instance_depth > 1",
    ],
)
def test_a_condition_may_speak_of_fields_decisions_and_depth(expression: str) -> None:
    fields = {"jenis": CHOICE, "isian": TEXT | {"required_if": expression}}
    outcomes = {"Ya": "arsip", "Tidak": "ajukan"}
    assert procedure(
        fields=fields,
        steps=[step("ajukan", asks=list(fields)), decision("periksa-awal", outcomes), step("arsip")],
    )


def test_a_name_that_can_be_read_two_ways_is_refused_where_it_is_used() -> None:
    fields = {"periksa": TEXT, "isian": TEXT | {"required_if": "periksa == 'Ya'"}}
    outcomes = {"Ya": "arsip", "Tidak": "ajukan"}
    chain = [step("ajukan", asks=list(fields)), decision("periksa", outcomes), step("arsip")]
    assert list(faults(fields=fields, steps=chain)) == ["fields.isian.required_if"]
    del fields["isian"]["required_if"]
    assert procedure(fields=fields, steps=chain)


def test_a_condition_of_a_column_speaks_of_its_row() -> None:
    def with_condition(expression: str) -> dict[str, Any]:
        column = {"label": "Alasan", "type": "text", "required_if": expression}
        return {"disposisi": {**ROWS, "columns": {**ROWS["columns"], "alasan": column}}}

    assert procedure(fields=with_condition("empty(kepada)"), steps=steps(asks=["disposisi"]))
    found = faults(fields=with_condition("empty(siapa)"), steps=steps(asks=["disposisi"]))
    assert list(found) == ["fields.disposisi.columns.alasan.required_if"]


def test_which_rows_count_is_told_of_the_row() -> None:
    around: dict[str, Any] = {"fields": {"disposisi": ROWS}}
    good = step("proses", for_each={"field": "disposisi", "where": "not empty(kepada)"})
    assert procedure(**around, steps=steps(good, asks=["disposisi"]))
    bad = step("proses", for_each={"field": "disposisi", "where": "not tembusan"})
    assert list(faults(**around, steps=steps(bad, asks=["disposisi"]))) == ["steps[1].for_each.where"]


@pytest.mark.parametrize(
    ("part", "key", "reason"),
    [
        (
            {"documents": [{"id": "surat", "title": "Surat", "form": "surat", "at": "kirim"}]},
            "documents[0].at",
            "kirim is no step here.",
        ),
        (
            {"documents": [{"id": "spd", "title": "SPD", "form": "spd", "at": "arsip", "for_each": "isian"}]},
            "documents[0].for_each",
            "The field isian must be of type table / multichoice / files / person.",
        ),
        (
            {
                "documents": [
                    {"id": "spd", "title": "SPD", "form": "spd", "at": "arsip", "signed_at": "teken"}
                ]
            },
            "documents[0].signed_at",
            "teken is no step here.",
        ),
        (
            {
                "registers": [
                    {"id": "buku", "title": "Buku", "at": "arsip", "columns": ["a"], "when": "hilang"}
                ]
            },
            "registers[0].when",
            "hilang is no field, nor the id (with _) of a decision here.",
        ),
        (
            {"registers": [{"id": "b", "title": "B", "at": "arsip", "columns": {"a": "by kirim"}}]},
            "registers[0].columns.a",
            "kirim is no step here.",
        ),
        (
            {"registers": [{"id": "b", "title": "B", "at": "arsip", "columns": {"a": "by arsip as kadis"}}]},
            "registers[0].columns.a",
            "kadis is no performer here.",
        ),
        (
            {"registers": [{"id": "b", "title": "B", "at": "arsip", "columns": {"a": "isian.kode"}}]},
            "registers[0].columns.a",
            "isian is no table here.",
        ),
        (
            {"registers": [{"id": "b", "title": "B", "at": "arsip", "columns": ["a"]}] * 2},
            "registers[1].id",
            "b stands here twice.",
        ),
        (
            {"clocks": [{"id": "c", "from": "mulai", "to": "arsip", "limit": "5 hari kerja"}]},
            "clocks[0].from",
            "mulai is no step here.",
        ),
        (
            {"clocks": [{"id": "c", "from": {"field": "isian"}, "to": "arsip", "limit": "5 hari"}]},
            "clocks[0].from",
            "The field isian must be of type date / datetime.",
        ),
        (
            {"clocks": [{"id": "c", "from": "ajukan", "to": "akhir", "limit": "5 hari"}]},
            "clocks[0].to",
            "akhir is no step here.",
        ),
        (
            {
                "clocks": [
                    {"id": "c", "from": "ajukan", "to": "selesai", "limit": "5 hari", "pauses_at": "jeda"}
                ]
            },
            "clocks[0].pauses_at",
            "jeda is no step here.",
        ),
        (
            {
                "clocks": [
                    {
                        "id": "c",
                        "from": "ajukan",
                        "to": "arsip",
                        "limit": {"by": "jenis", "choose": {"a": "1 hari"}},
                    }
                ]
            },
            "clocks[0].limit.choose",
            "Nothing is said for b.",
        ),
        (
            {"data": {"classification": "terbuka", "retention": "2 tahun", "personal": ["nik"]}},
            "data.personal",
            "nik is no field here.",
        ),
        (
            {
                "data": {
                    "classification": "terbuka",
                    "retention": "2 tahun",
                    "access": {"by": "jenis", "levels": {"a": "terbuka", "b": "rahasia", "c": "rahasia"}},
                }
            },
            "data.access.levels.c",
            "c is no choice here.",
        ),
        (
            {
                "data": {
                    "classification": "terbuka",
                    "retention": "2 tahun",
                    "access": {"by": "isian", "levels": {}, "readers": ["kadis"]},
                }
            },
            "data.access.readers",
            "kadis is no performer here.",
        ),
        (
            {
                "data": {
                    "classification": "terbuka",
                    "retention": "2 tahun",
                    "access": {
                        "by": "jenis",
                        "levels": {"a": "terbuka", "b": "terbatas"},
                        "known_to": {"terbatas": ["unit tata-usaha", "initiator"]},
                    },
                }
            },
            "data.access.known_to.terbatas",
            "Name positions, units or groups.",
        ),
        ({"related": ["lain", "contoh"]}, "related[1]", "A procedure is not related to itself."),
        ({"related": ["lain", "lain"]}, "related[1]", "lain stands here twice."),
    ],
)
def test_papers_books_clocks_and_data_name_what_there_is(part: dict[str, Any], key: str, reason: str) -> None:
    fields = {"isian": TEXT, "jenis": CHOICE}
    assert faults(fields=fields, steps=steps(asks=list(fields)), **part)[key] == reason


def test_rows_that_nobody_gives_cannot_be_taken_back() -> None:
    table = {"label": "T", "type": "table", "columns": {"isi": TEXT}}
    changed = step("proses", for_each={"field": "baris", "recall": True})
    reason = "No step asks for baris: nobody gives its rows."
    assert faults(fields={"baris": table}, steps=steps(changed))["steps[1].for_each.recall"] == reason
    given = steps(changed, asks=["baris"])
    load(as_text(definition(fields={"baris": table}, steps=given)), "contoh/sop.yaml")


def test_a_procedure_chosen_by_a_field_is_said_for_every_choice() -> None:
    changed = step("proses", starts={"by": "jenis", "choose": {"a": "surat-keluar"}})
    found = faults(fields={"jenis": CHOICE}, steps=steps(changed, asks=["jenis"]))
    assert found == {"steps[1].starts.choose": "Nothing is said for b."}


@pytest.mark.parametrize(
    ("spec", "key", "reason"),
    [
        (TEXT | {"max": 100}, "max", "max means nothing for a field of type text."),
        (DATE | {"pattern": ".*"}, "pattern", "pattern means nothing for a field of type date."),
        (TEXT | {"min_length": 5, "max_length": 3}, "min_length", "min_length is greater than max_length."),
        (TEXT | {"pattern": "("}, "pattern", None),
        (CHOICE | {"default": "c"}, "default", "Choose one of the list; c is not in it."),
        (DATE | {"default": "besok"}, "default", "Write a date as day-month-year, such as 17-08-2026."),
        (
            {"label": "Berkas", "type": "file", "max_size": "besar"},
            "max_size",
            "Write a size such as 10 MB or 500 KB.",
        ),
        (TEXT | {"shown_if": "isian == 'x'"}, "shown_if", "Whether this field is shown depends on itself."),
        (
            {**ROWS, "columns": {"nomor (baru)": TEXT}},
            "columns.nomor (baru)",
            "A column's name is made of letters, digits and _; the words go into its label.",
        ),
        ({**ROWS, "columns": {"isi": ROWS}}, "columns.isi", "A table cannot stand in a column of a table."),
    ],
)
def test_a_field_must_agree_with_itself(spec: dict[str, Any], key: str, reason: str | None) -> None:
    found = faults(fields={"isian": spec}, steps=steps(asks=["isian"]))
    assert list(found) == [f"fields.isian.{key}"]
    assert reason is None or found[f"fields.isian.{key}"] == reason


def test_no_field_takes_the_name_of_the_decision() -> None:
    assert list(faults(fields={"outcome": TEXT}, steps=steps(asks=["outcome"]))) == ["fields.outcome"]


@pytest.mark.parametrize("count", [2, 41])
def test_an_sop_has_three_to_forty_steps(count: int) -> None:
    found = faults(steps=[step(f"langkah-{number}", by="kasubag") for number in range(count)])
    assert found == {"steps": f"An SOP has 3 to 40 steps; these are {count} (R3)."}


def test_only_numbers_are_reckoned_with() -> None:
    amount = {"label": "Nilai", "type": "money"}
    added = {**step("proses", by="kasubag"), "skip_if": "nilai + nilai > 5 and nama + nilai > 5"}
    found = faults(fields={"nama": TEXT, "nilai": amount}, steps=steps(added, asks=["nama", "nilai"]))
    assert found == {
        "steps[1].skip_if": "Only numbers are added, subtracted, multiplied or divided; nama is of type text."
    }
