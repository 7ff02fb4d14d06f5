"""What a step's form shows, demands, keeps and refuses."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laksana.sop.definition import FieldSpec, Procedure
from laksana.sop.form import Cleaned, asks, clean, clean_row, from_json, from_pairs, initial, to_json
from laksana.sop.tests.examples import decision, procedure, step, with_fields

SIFAT = {"label": "Sifat", "type": "choice", "choices": ["biasa", "rahasia"], "required": True}
HAL = {"label": "Hal", "type": "text", "required_if": "sifat == 'biasa'"}
SEEN = SIFAT | {"computed": True}
"""Known already, not asked."""
DISPOSISI = {
    "label": "Disposisi",
    "type": "table",
    "required": True,
    "columns": {
        "kepada": {"label": "Kepada", "type": "assignee", "required": True},
        "batas": {"label": "Batas", "type": "date"},
        "alasan": {"label": "Alasan", "type": "text", "required_if": "sifat == 'rahasia' and not batas"},
        "lapor": {"label": "Wajib lapor", "type": "bool", "default": True},
        "urut": {"label": "Urut", "type": "number", "computed": True},
    },
}


def sent(
    p: Procedure, raw: Mapping[str, Any], known: Mapping[str, Any] | None = None, **keys: Any
) -> Cleaned:
    return clean(p, p.steps[0], raw, known or {}, **keys)


def errors(cleaned: Cleaned) -> dict[str, str]:
    return {name: str(message) for name, message in cleaned.errors.items()}


def one(kind: str, **keys: Any) -> Procedure:
    return with_fields({"isian": {"label": "Isian", "type": kind, **keys}})


def test_values_come_out_typed_and_what_was_given_is_kept() -> None:
    p = with_fields(
        {"nilai": {"label": "Nilai", "type": "money"}, "mulai": {"label": "Mulai", "type": "date"}}
    )
    raw = {"nilai": " Rp 1.250.000 ", "mulai": "17-08-2026"}
    cleaned = sent(p, raw)
    assert cleaned.ok
    assert cleaned.values == {"nilai": Decimal(1250000), "mulai": date(2026, 8, 17)}
    assert cleaned.raw is raw


def test_a_field_in_error_has_no_value_and_keeps_what_was_typed() -> None:
    cleaned = sent(one("date"), {"isian": "31-02-2026"})
    assert errors(cleaned) == {"isian": "There is no such day in the calendar: 31-02-2026."}
    assert "isian" not in cleaned.values
    assert cleaned.raw["isian"] == "31-02-2026"


@pytest.mark.parametrize(
    ("kind", "extra", "message"),
    [
        ("text", {}, "Fill this in."),
        ("choice", {"choices": ["a", "b"]}, "Choose one."),
        ("bool", {}, "Choose yes or no."),
        ("file", {}, "Attach a file."),
        ("table", {"columns": ["a"]}, "Fill in at least one row."),
    ],
)
def test_a_required_field_left_empty_says_what_to_do(kind: str, extra: dict[str, Any], message: str) -> None:
    assert errors(sent(one(kind, required=True, **extra), {"isian": ""})) == {"isian": message}


def test_a_field_is_required_only_if_its_condition_holds() -> None:
    p = with_fields({"sifat": SIFAT, "hal": HAL})
    assert errors(sent(p, {"sifat": "biasa", "hal": ""})) == {"hal": "Fill this in."}
    assert sent(p, {"sifat": "rahasia", "hal": ""}).ok


def test_a_condition_sees_what_earlier_steps_gave() -> None:
    p = with_fields(
        {"hal": HAL, "sifat": SIFAT},
        steps=[step("ajukan", asks=["hal"]), step("pilah", asks=["sifat"]), step("arsip")],
    )
    assert not sent(p, {"hal": ""}, {"sifat": "biasa"}).ok
    assert sent(p, {"hal": ""}, {"sifat": "rahasia"}).ok


def two_decisions() -> Procedure:
    return procedure(
        fields={
            "catatan": {"label": "Catatan", "type": "text", "required_if": "periksa_awal == 'Tidak'"},
            "alasan": {"label": "Alasan", "type": "text", "required_if": "setujui == 'Ditolak'"},
        },
        steps=[
            step("ajukan"),
            decision("periksa-awal", {"Ya": "setujui", "Tidak": "ajukan"}, asks=["catatan"]),
            decision("setujui", {"Disetujui": "selesai", "Ditolak": "selesai"}, asks=["catatan", "alasan"]),
        ],
    )


def test_a_condition_sees_the_outcome_being_chosen() -> None:
    p = two_decisions()
    assert clean(p, p.step("periksa-awal"), {}, {}, outcome="Ya").ok
    assert errors(clean(p, p.step("periksa-awal"), {}, {}, outcome="Tidak")) == {"catatan": "Fill this in."}


def test_a_condition_sees_the_outcome_of_an_earlier_decision() -> None:
    p = two_decisions()
    refused = clean(p, p.step("setujui"), {}, {"periksa_awal": "Tidak"}, outcome="Disetujui")
    assert errors(refused) == {"catatan": "Fill this in."}


def test_the_outcome_being_chosen_replaces_the_one_of_the_last_round() -> None:
    p = two_decisions()
    assert clean(p, p.step("setujui"), {}, {"setujui": "Ditolak"}, outcome="Disetujui").ok


@pytest.mark.parametrize(
    ("outcome", "message"),
    [(None, "Choose the decision."), ("Mungkin", "There is no such decision here: Mungkin.")],
)
def test_a_decision_must_be_one_of_its_outcomes(outcome: str | None, message: str) -> None:
    p = two_decisions()
    assert errors(clean(p, p.step("setujui"), {}, {}, outcome=outcome)) == {"outcome": message}


def test_a_decision_that_the_system_takes_needs_no_choice() -> None:
    p = procedure(
        steps=[
            step("ajukan"),
            decision("cek", {"Ya": "selesai", "Tidak": "ajukan"}, auto="cek", attended=True),
            step("arsip"),
        ]
    )
    assert clean(p, p.step("cek"), {}, {}).ok


def test_nothing_is_decided_where_there_is_no_decision() -> None:
    assert errors(sent(one("text"), {}, outcome="Ya")) == {
        "outcome": "There is nothing to decide at this step."
    }


def test_an_outcome_may_be_chosen_only_if_it_is_allowed() -> None:
    p = procedure(
        fields={"nilai": {"label": "Nilai", "type": "money", "required": True}},
        steps=[
            step("ajukan"),
            decision(
                "setujui",
                {"Ya": {"then": "selesai", "allowed_if": "nilai <= 1000"}, "Naik": "arsip"},
                asks=["nilai"],
            ),
            step("arsip"),
        ],
    )
    assert clean(p, p.step("setujui"), {"nilai": "1.000"}, {}, outcome="Ya").ok
    refused = clean(p, p.step("setujui"), {"nilai": "1.001"}, {}, outcome="Ya")
    assert errors(refused) == {"outcome": "Ya may only be chosen if nilai <= 1000."}


def test_a_field_that_is_not_shown_is_dropped_with_its_errors() -> None:
    p = with_fields(
        {
            "jenis": {"label": "Jenis", "type": "choice", "choices": ["sakit", "tahunan"]},
            "dokter": {"label": "Surat", "type": "date", "required": True, "shown_if": "jenis == 'sakit'"},
        }
    )
    hidden = sent(p, {"jenis": "tahunan", "dokter": "kemarin"})
    assert hidden.ok
    assert "dokter" not in hidden.values
    assert errors(sent(p, {"jenis": "sakit", "dokter": ""})) == {"dokter": "Fill this in."}


def test_a_field_hidden_now_is_emptied_if_an_earlier_round_filled_it() -> None:
    p = with_fields(
        {
            "jenis": {"label": "Jenis", "type": "choice", "choices": ["sakit", "tahunan"]},
            "dokter": {"label": "Surat", "type": "text", "shown_if": "jenis == 'sakit'"},
        }
    )
    cleaned = sent(p, {"jenis": "tahunan"}, {"jenis": "sakit", "dokter": "dr. Contoh"})
    assert cleaned.values == {"jenis": "tahunan", "dokter": None}


def test_what_depends_on_a_hidden_field_is_hidden_too() -> None:
    p = with_fields(
        {
            "c": {"label": "C", "type": "text", "shown_if": "b == 'ya'"},
            "b": {"label": "B", "type": "text", "shown_if": "a == 'ya'"},
            "a": {"label": "A", "type": "text"},
        }
    )
    assert sent(p, {"a": "tidak", "b": "ya", "c": "ya"}).values == {"a": "tidak"}
    assert sent(p, {"a": "ya", "b": "ya", "c": "ya"}).values == {"a": "ya", "b": "ya", "c": "ya"}


def test_a_computed_field_is_never_taken_from_what_was_sent() -> None:
    p = with_fields({"nomor": {"label": "Nomor", "type": "text", "computed": True}})
    cleaned = sent(p, {"nomor": "999"}, {"nomor": "7"})
    assert cleaned.ok
    assert "nomor" not in cleaned.values


def test_a_field_of_another_step_is_refused_not_swallowed() -> None:
    p = with_fields({"hal": {"label": "Hal", "type": "text"}})
    assert errors(sent(p, {"hal": "a", "sifat": "rahasia"})) == {"sifat": "This step does not ask for this."}


def test_what_is_not_mentioned_stays_and_what_is_mentioned_empty_is_emptied() -> None:
    p = one("text")
    assert sent(p, {}, {"isian": "lama"}).values == {"isian": "lama"}
    assert sent(p, {"isian": ""}, {"isian": "lama"}).values == {"isian": None}


def test_a_default_serves_where_nothing_is_mentioned_or_known() -> None:
    p = one("number", default=5)
    assert sent(p, {}).values == {"isian": Decimal(5)}
    assert sent(p, {}, {"isian": Decimal(6)}).values == {"isian": Decimal(6)}
    assert sent(p, {"isian": ""}).values == {"isian": None}


def test_a_form_opens_with_what_is_known_and_else_with_defaults() -> None:
    p = with_fields(
        {"a": {"label": "A", "type": "number", "default": 5}, "b": {"label": "B", "type": "date"}}
    )
    assert initial(p, p.steps[0], {}) == {"a": Decimal(5), "b": None}
    assert initial(p, p.steps[0], {"a": Decimal(7)})["a"] == Decimal(7)


@pytest.mark.parametrize(
    ("keys", "value"), [({}, False), ({"required_if": "false"}, None), ({"default": True}, False)]
)
def test_a_box_without_a_tick_is_no_but_a_question_not_answered_is_nothing(
    keys: dict[str, Any], value: Any
) -> None:
    assert sent(one("bool", **keys), {"isian": ""}).values == {"isian": value}


def test_no_is_an_answer_to_a_required_question() -> None:
    assert sent(one("bool", required=True), {"isian": "tidak"}).values == {"isian": False}


def test_a_statement_must_be_ticked() -> None:
    p = one("bool", must_be=True)
    assert errors(sent(p, {"isian": ""})) == {"isian": "Tick this to go on."}
    assert errors(sent(p, {"isian": "tidak"})) == {"isian": "Tick this to go on."}
    assert sent(p, {"isian": "on"}).ok


@pytest.mark.parametrize(
    ("kind", "limits", "good", "bad", "message"),
    [
        ("number", {"min": 1}, "1", "0,5", "At least 1."),
        ("money", {"max": 1250000}, "1.250.000", "1.250.001", "At most 1.250.000."),
        ("text", {"min_length": 3}, "abc", "ab", "At least 3 characters; these are 2."),
        ("text", {"max_length": 3}, "abc", "abcd", "At most 3 characters; these are 4."),
        ("longtext", {"min_words": 2}, "a b", "ab", "At least 2 words; these are 1."),
        ("longtext", {"max_words": 2}, "a b", "a b\nc", "At most 2 words; these are 3."),
        (
            "text",
            {"pattern": "^DC-[0-9]{3}$"},
            "DC-001",
            "XDC-001",
            "This is not written as asked. The pattern is ^DC-[0-9]{3}$",
        ),
        (
            "text",
            {"pattern": "[0-9]+", "help": "nomor saja"},
            "12",
            "12a",
            "This is not written as asked: nomor saja",
        ),
        ("files", {"min_files": 2}, [1, 2], [1], "At least 2 files; these are 1."),
        ("files", {"max_files": 1}, [1], [1, 2], "At most 1 files; these are 2."),
        ("number", {"must_be": 5}, 5, 6, "This must be 5."),
    ],
)
def test_limits_are_kept_to_the_last_unit(
    kind: str, limits: dict[str, Any], good: Any, bad: Any, message: str
) -> None:
    p = one(kind, **limits)
    assert sent(p, {"isian": good}).ok
    assert errors(sent(p, {"isian": bad})) == {"isian": message}


def test_limits_do_not_speak_of_an_empty_field() -> None:
    assert sent(one("text", min_length=3, pattern="x+"), {"isian": ""}).ok


@pytest.mark.parametrize(
    ("kind", "chosen", "asked"),
    [
        ("person", "12", [12]),
        ("unit", "sekretariat", ["sekretariat"]),
        ("assignee", "person:3", ["person:3"]),
        ("file", "4", [4]),
        ("files", ["4", "5"], [4, 5]),
    ],
)
def test_whether_what_was_chosen_exists_is_asked_of_the_caller(
    kind: str, chosen: Any, asked: list[Any]
) -> None:
    seen: list[Any] = []

    def exists(spec: FieldSpec, reference: int | str) -> bool:
        assert spec.type == kind
        seen.append(reference)
        return bool(reference != asked[-1])

    cleaned = sent(one(kind), {"isian": chosen}, exists=exists)
    assert seen == asked
    assert list(cleaned.errors) == ["isian"]
    assert sent(one(kind), {"isian": chosen}, exists=lambda _spec, _reference: True).ok


class TestTables:
    def of(self, rows: Any, sifat: str = "biasa") -> Cleaned:
        p = with_fields({"disposisi": DISPOSISI, "sifat": SEEN})
        return sent(p, {"disposisi": rows}, {"sifat": sifat})

    def test_rows_are_typed(self) -> None:
        cleaned = self.of([{"kepada": "person:1", "batas": "2026-08-17", "lapor": "on"}])
        assert cleaned.values["disposisi"] == [
            {"kepada": "person:1", "batas": date(2026, 8, 17), "alasan": None, "lapor": True}
        ]

    def test_an_error_names_the_row_as_it_was_given(self) -> None:
        cleaned = self.of([{"kepada": "person:1"}, {"kepada": ""}, {"batas": "besok"}])
        assert set(cleaned.errors) == {"disposisi.2.kepada", "disposisi.2.batas"}
        assert "disposisi" not in cleaned.values

    def test_rows_in_which_nobody_wrote_are_left_out(self) -> None:
        cleaned = self.of([{"kepada": "", "lapor": "True"}, {"kepada": "person:1"}, {"lapor": False}, {}])
        assert [row["kepada"] for row in cleaned.values["disposisi"]] == ["person:1"]

    def test_a_row_as_the_page_opened_it_counts_as_empty(self) -> None:
        opened = {"kepada": "", "batas": "", "alasan": "", "lapor": "true"}
        cleaned = self.of([opened, {"kepada": "person:1"}])
        assert [row["kepada"] for row in cleaned.values["disposisi"]] == ["person:1"]
        assert not cleaned.errors

    def test_only_empty_rows_do_not_satisfy_a_required_table(self) -> None:
        assert errors(self.of([{"kepada": ""}])) == {"disposisi": "Fill in at least one row."}

    def test_a_condition_in_a_column_sees_the_row_and_the_case(self) -> None:
        row = {"kepada": "person:1"}
        assert self.of([row]).ok
        assert errors(self.of([row], "rahasia")) == {"disposisi.0.alasan": "Fill this in."}
        assert self.of([row | {"batas": "17-08-2026"}], "rahasia").ok

    def test_a_column_of_the_same_name_as_a_field_is_the_row_s_own(self) -> None:
        p = with_fields(
            {
                "batas": {"label": "Batas", "type": "date"},
                "baris": {
                    "label": "Baris",
                    "type": "table",
                    "columns": {
                        "isi": {"label": "Isi", "type": "text"},
                        "batas": {"label": "Batas", "type": "date", "required_if": "empty(batas)"},
                    },
                },
            }
        )
        assert errors(sent(p, {"baris": [{"isi": "a"}]}, {"batas": date(2026, 1, 1)})) == {
            "baris.0.batas": "Fill this in."
        }

    def test_computed_columns_are_not_taken(self) -> None:
        assert "urut" not in self.of([{"kepada": "person:1", "urut": 5}]).values["disposisi"][0]

    def test_a_column_that_does_not_exist_is_refused(self) -> None:
        assert list(self.of([{"kepada": "person:1", "gaji": 5}]).errors) == ["disposisi.0.gaji"]

    @pytest.mark.parametrize("rows", ["baris", 5, {"a": 1}])
    def test_what_is_no_list_of_rows_is_refused(self, rows: Any) -> None:
        assert list(self.of(rows).errors) == ["disposisi"]

    def test_what_is_no_row_is_refused(self) -> None:
        assert list(self.of(["person:1"]).errors) == ["disposisi.0"]

    def test_rows_are_counted_without_the_empty_ones(self) -> None:
        p = one("table", columns=["a"], min_rows=2, max_rows=2)
        assert sent(p, {"isian": [{"a": "1"}, {"a": ""}, {"a": "2"}]}).ok
        assert errors(sent(p, {"isian": [{"a": "1"}, {"a": ""}]})) == {
            "isian": "At least 2 rows; these are 1."
        }
        assert errors(sent(p, {"isian": [{"a": "1"}] * 3})) == {"isian": "At most 2 rows; these are 3."}

    def test_a_flood_of_rows_is_refused_before_it_is_read(self) -> None:
        assert errors(self.of([{}] * 2001)) == {"disposisi": "At most 2000 rows; these are 2001."}


def test_a_row_of_a_journal_is_checked_alone() -> None:
    p = with_fields({"disposisi": DISPOSISI, "sifat": SEEN})
    good = clean_row(p, "disposisi", {"kepada": "person:1"}, {"sifat": "biasa"})
    assert good.ok
    assert good.values["kepada"] == "person:1"
    assert list(clean_row(p, "disposisi", {"batas": "besok"}, {}).errors) == ["kepada", "batas"]


def test_an_empty_row_of_a_journal_is_refused() -> None:
    p = one("table", columns=["a"])
    assert errors(clean_row(p, "isian", {"a": ""}, {})) == {"": "The row is empty."}


def test_a_form_shows_what_holds_now() -> None:
    p = with_fields(
        {
            "sifat": SIFAT,
            "hal": HAL,
            "kotak": {"label": "Kotak", "type": "text", "required": True, "shown_if": "sifat == 'rahasia'"},
        }
    )
    now = {ask.name: (ask.shown, ask.required) for ask in asks(p, p.steps[0], {"sifat": "biasa"})}
    assert now == {"sifat": (True, True), "hal": (True, True), "kotak": (False, False)}
    later = {ask.name: (ask.shown, ask.required) for ask in asks(p, p.steps[0], {"sifat": "rahasia"})}
    assert later == {"sifat": (True, True), "hal": (True, False), "kotak": (True, True)}


class TestSentForms:
    P = with_fields(
        {
            "hal": {"label": "Hal", "type": "text"},
            "setuju": {"label": "Setuju", "type": "bool"},
            "kanal": {"label": "Kanal", "type": "multichoice", "choices": ["pos", "kurir"]},
            "nomor": {"label": "Nomor", "type": "text", "computed": True},
            "disposisi": DISPOSISI,
            "sifat": SEEN,
        }
    )

    def raw(self, *pairs: tuple[str, str]) -> dict[str, Any]:
        return from_pairs(self.P, self.P.steps[0], pairs)

    def test_every_field_is_mentioned_even_if_the_browser_left_it_out(self) -> None:
        assert self.raw() == {"hal": "", "setuju": "", "kanal": [], "disposisi": []}

    def test_rows_stand_in_the_order_of_their_numbers(self) -> None:
        raw = self.raw(("disposisi.10.kepada", "person:2"), ("disposisi.9.kepada", "person:1"))
        assert raw["disposisi"] == [{"kepada": "person:1"}, {"kepada": "person:2"}]

    def test_several_choices_are_kept_and_of_several_texts_the_last(self) -> None:
        raw = self.raw(("kanal", "pos"), ("kanal", "kurir"), ("hal", "a"), ("hal", "b"))
        assert raw["kanal"] == ["pos", "kurir"]
        assert raw["hal"] == "b"

    def test_names_that_are_not_the_steps_are_left(self) -> None:
        names = (
            "csrf",
            "nomor",
            "disposisi.x.kepada",
            "disposisi.1.gaji",
            "disposisi.1.kepada.x",
            "hal.1.kepada",
        )
        assert self.raw(*((name, "1") for name in names)) == self.raw()

    def test_a_full_form_is_clean(self) -> None:
        raw = self.raw(("hal", "Undangan"), ("setuju", "on"), ("disposisi.0.kepada", "unit:sekretariat"))
        cleaned = clean(self.P, self.P.steps[0], raw, {})
        assert cleaned.ok
        assert cleaned.values["setuju"] is True


def test_values_survive_json_with_outcomes_beside_them() -> None:
    p = with_fields({"disposisi": DISPOSISI, "sifat": SEEN, "nilai": {"label": "Nilai", "type": "money"}})
    values = {
        "nilai": Decimal("10.50"),
        "disposisi": [{"kepada": "person:1", "batas": date(2026, 8, 17), "lapor": True}],
        "_outcomes": {"periksa": "Ya"},
    }
    assert from_json(p, to_json(values)) == values


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["kepada", "batas", "x"]), inner)
    ),
    max_leaves=6,
)


@given(
    raw=st.dictionaries(st.sampled_from(["hal", "setuju", "kanal", "disposisi", "nomor", "lain"]), ANYTHING)
)
def test_no_form_whatever_breaks_the_check(raw: dict[str, Any]) -> None:
    p = TestSentForms.P
    cleaned = clean(p, p.steps[0], raw, {})
    assert cleaned.raw is raw
    assert not set(cleaned.values) & set(cleaned.errors)
    assert from_json(p, to_json(cleaned.values)) == cleaned.values
    if cleaned.ok:
        assert clean(p, p.steps[0], dict(cleaned.values), {}).values == cleaned.values
