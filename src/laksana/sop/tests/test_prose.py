"""Formatted text: three ways in, one tree, nothing but what the tree can say."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from laksana.sop.definition import FieldSpec
from laksana.sop.prose import Cell, Heading, Listing, Paragraph, Prose, Run, Table, TooLarge, read
from laksana.sop.values import Invalid, from_json, is_empty, parse, to_json

BODY = FieldSpec(label="Isi", type="prose")


def p(text: str, **look: bool) -> Paragraph:
    return Paragraph(runs=(Run(text=text, **look),))


def blocks_of(text: str) -> list[Any]:
    return list(read(text).blocks)


def test_each_plain_line_is_a_paragraph() -> None:
    assert read("Satu.\n\nDua <tiga> & empat.").blocks == (p("Satu."), p("Dua <tiga> & empat."))


def test_the_conventions_of_plain_text_make_headings_lists_tables_and_marks() -> None:
    text = "# Dasar\nIsi **tebal** dan _miring_.\n1. satu\n   - dalam\n2. dua\n| Nama | Jumlah |\n| --- | --- |\n| Kertas | 3 |"
    heading, paragraph, listing, table = blocks_of(text)
    assert heading == Heading(level=1, runs=(Run(text="Dasar"),))
    assert [(run.text, run.bold, run.italic) for run in paragraph.runs] == [
        ("Isi ", False, False), ("tebal", True, False), (" dan ", False, False), ("miring", False, True), (".", False, False),
    ]  # fmt: skip
    assert isinstance(listing, Listing)
    assert listing.items[0] == (p("satu"), Listing(kind="ul", items=((p("dalam"),),)))
    assert isinstance(table, Table)
    assert (table.head, table.rows[1][1]) == (True, Cell(runs=(Run(text="3"),)))


def test_what_the_editor_sends_is_read() -> None:
    html = (
        "<h3>Dasar</h3><p>Isi <strong>tebal <em>dan miring</em></strong><br>baris</p>"
        '<ol start="3"><li><p>tiga</p><ul><li><p>dalam</p></li></ul></li></ol>'
        "<table><tbody><tr><th><p>Nama</p></th></tr><tr><td><p>satu</p><p>dua</p></td></tr></tbody></table>"
    )
    heading, paragraph, listing, table = blocks_of(html)
    assert heading == Heading(level=1, runs=(Run(text="Dasar"),))
    assert [run.text for run in paragraph.runs] == ["Isi ", "tebal ", "dan miring", "\nbaris"]
    assert (listing.kind, listing.start, len(listing.items[0])) == ("ol", 3, 2)
    assert table.head
    assert str(table.rows[1][0].runs[0].text) == "satu\ndua"


@pytest.mark.parametrize(
    "hostile",
    [
        "<p>a<script>alert(1)</script>b</p>",
        '<p onclick="x()">a</p><img src=x onerror=alert(1)><p>b</p>',
        '<p><a href="javascript:alert(1)">a</a>b</p>',
        "<p>a<svg><style><img src=x onerror=alert(1)></style></svg>b</p>",
        '<p style="background:url(//x)">a</p><iframe src="//x"></iframe><p>b</p>',
        "<p>a<!-- x --><![CDATA[<script>]]>b</p>",
    ],
)
def test_hostile_html_leaves_only_words(hostile: str) -> None:
    html = read(hostile).as_html()
    for part in ("script", "onerror", "onclick", "javascript", "style", "iframe", "img", "svg"):
        assert f"<{part}" not in html
        assert f"{part}=" not in html
    assert "a" in html
    assert "b" in html


@pytest.mark.parametrize(
    "tree",
    [
        {"blocks": [{"kind": "script", "runs": []}]},
        {"blocks": [{"kind": "p", "runs": [{"text": "a", "html": "<b>"}]}]},
        {"blocks": [{"kind": "h", "level": 9, "runs": [{"text": "a"}]}]},
        {"blocks": "p"},
        {"isi": []},
        ["p"],
        7,
    ],
)
def test_a_tree_of_another_shape_is_refused(tree: Any) -> None:
    with pytest.raises(Invalid):
        parse(BODY, tree)


def test_what_is_too_long_or_too_deep_is_refused_as_such() -> None:
    deep = "<ul><li>" * 9 + "x" + "</li></ul>" * 9
    outline = "\n".join(" " * depth + "- a" for depth in range(400))
    for given_text in (deep, outline, "a" * 100_001, "<p>x</p>" * 5_001):
        with pytest.raises(TooLarge):
            read(given_text)
    tree: Any = {"kind": "p", "runs": [{"text": "x"}]}
    for _turn in range(5_000):
        tree = {"kind": "ul", "items": [[tree]]}
    with pytest.raises(ValueError, match="too deep"):
        read({"blocks": [tree]})


def test_a_text_without_words_is_no_text() -> None:
    blanks: list[Any] = ["<p></p>", "<p> <br> </p>", {"blocks": []}, "  "]
    for blank in blanks:
        assert parse(BODY, blank) is None
    assert is_empty(Prose())


LETTERS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=12)
RUNS = st.lists(
    st.builds(Run, text=LETTERS, bold=st.booleans(), underline=st.booleans()), min_size=1, max_size=3
).map(tuple)
PARAGRAPHS = st.builds(Paragraph, runs=RUNS)
ITEMS = st.lists(st.tuples(PARAGRAPHS), min_size=1, max_size=3).map(tuple)
ROWS = st.lists(
    st.lists(st.builds(Cell, runs=RUNS), min_size=1, max_size=3).map(tuple), min_size=1, max_size=3
).map(tuple)
BLOCKS = (
    PARAGRAPHS
    | st.builds(Heading, level=st.integers(1, 3), runs=RUNS)
    | st.builds(Listing, kind=st.sampled_from(["ul", "ol"]), items=ITEMS)
    | st.builds(Table, head=st.booleans(), rows=ROWS)
)
TEXTS = st.builds(Prose, blocks=st.lists(BLOCKS, min_size=1, max_size=4).map(tuple))


@given(TEXTS)
def test_json_and_html_give_the_same_text_again(text: Prose) -> None:
    kept = json.loads(json.dumps(to_json(text)))
    assert from_json(BODY, kept) == text
    assert str(read(text.as_html())).split() == str(text).split()
    assert read(text.as_html()).as_html() == read(read(text.as_html()).as_html()).as_html()


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read_or_refused_and_never_fails(text: str) -> None:
    try:
        prose = read(text)
    except ValueError:
        return
    read(prose.as_text())
    read(prose.as_html())


TAGS = ("<p>", "</p>", "<ul>", "<li>", "</li>", "</ul>", "<h3>", "</h3>", "<b>", "</b>", "<br>", "x")
TABLE_TAGS = ("<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>")


@example(["<table>", "<td>", "x", "<table>"])
@example(["<table>", "<td>", "<table>", "<td>", "x", "</table>", "x"])
@given(st.lists(st.sampled_from(TAGS + TABLE_TAGS), max_size=30))
def test_broken_html_is_read(parts: list[str]) -> None:
    try:
        prose = read("<p>" + "".join(parts))
    except TooLarge:
        return
    assert str(prose).count("x") == parts.count("x")


def test_plain_text_kept_before_is_read_as_paragraphs() -> None:
    assert str(from_json(BODY, "Satu.\nDua.")) == "Satu.\nDua."


def test_limits_speak_of_the_words() -> None:
    from laksana.sop.form import clean_fields

    short = FieldSpec(label="Isi", type="prose", max_length=5)
    assert clean_fields({"isi": short}, {"isi": "<p>abcde</p>"}).errors == {}
    assert "isi" in clean_fields({"isi": short}, {"isi": "<p>abcdef</p>"}).errors
