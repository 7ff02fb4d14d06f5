"""The look keeps its promises: contrast in both themes, weight of a page, nothing inline."""

import gzip
import re
from pathlib import Path

import brotli
import pytest

from laksana.web import fonts
from laksana.web.icons import ICONS

WEB = Path(__file__).resolve().parent.parent
SOURCES = WEB.parent
CSS = (WEB / "static" / "web" / "laksana.css").read_text()
HTMX = "django_htmx/static/django_htmx/htmx-4.min.js"
TEXT_ON = [
    ("ink", "paper"), ("ink", "ground"), ("ink", "raised"), ("ink", "sunken"), ("ink", "gold-2"), ("ink", "blue-2"),
    ("ink", "red-2"), ("ink", "brand-2"), ("ink", "chart-now-row"), ("ink-2", "paper"), ("ink-2", "ground"),
    ("ink-2", "sunken"), ("ink-3", "paper"), ("ink-3", "ground"), ("ink-3", "sunken"), ("brand", "paper"),
    ("brand", "ground"), ("brand-ink", "brand-2"), ("on-brand", "brand"), ("on-brand", "brand-hover"),
    ("gold-ink", "gold-2"), ("gold-ink", "paper"), ("red-ink", "red-2"), ("red-ink", "paper"), ("blue-ink", "blue-2"),
    ("paper", "red"),
]  # fmt: skip
"""Text and the ground it stands on: 4.5:1 (WCAG 2.2, 1.4.3)."""
SHAPE_ON = [
    ("control", "paper"), ("control", "sunken"), ("focus", "paper"), ("focus", "ground"), ("brand", "track"),
    ("gold", "paper"), ("red", "track"), ("chart-line", "paper"), ("chart-sym", "paper"),
]  # fmt: skip
"""Borders of controls, focus rings and marks that carry meaning: 3:1 (1.4.11)."""


def tokens(theme: str) -> dict[str, str]:
    """Return the colours of a theme."""
    blocks = {
        "light": r":root \{(.*?)\n\}",
        "dark by device": r':root:not\(\[data-theme="light"\]\) \{(.*?)\n  \}',
        "dark chosen": r':root\[data-theme="dark"\] \{(.*?)\n\}',
    }
    block = re.search(blocks[theme], CSS, re.DOTALL)
    assert block is not None
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6})\b", block[1]))


def luminance(colour: str) -> float:
    """Return the relative luminance (WCAG)."""
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark by device", "dark chosen"])
def test_text_can_be_read_on_every_ground(theme: str) -> None:
    colours = tokens(theme)
    faint = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in TEXT_ON}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark by device", "dark chosen"])
def test_controls_and_marks_can_be_seen(theme: str) -> None:
    colours = tokens(theme)
    faint = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in SHAPE_ON}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 3} == {}


def test_both_ways_to_the_dark_theme_are_the_same() -> None:
    assert tokens("dark by device") == tokens("dark chosen")


def test_a_first_page_with_all_it_loads_stays_under_100_kb() -> None:
    import django_htmx

    packed = [
        len(brotli.compress(CSS.encode())),
        len(brotli.compress((WEB / "static" / "web" / "laksana.js").read_bytes())),
        len(gzip.compress((Path(django_htmx.__file__).parent.parent / HTMX).read_bytes())),
        (fonts.latin_part() / fonts.NAME).stat().st_size,
    ]
    assert sum(packed) < 80_000, packed  # leaves 20 kB for the page itself


def test_the_typeface_is_given_to_whoever_collects_static_files() -> None:
    finder = fonts.FontFinder()
    [(name, storage)] = list(finder.list([]))
    assert storage.exists(name)
    assert Path(str(finder.find(fonts.NAME))).read_bytes()[:4] == b"wOF2"
    assert finder.find("web/laksana.css") == []


def test_no_template_carries_styles_or_scripts_inline() -> None:
    inline = re.compile(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)
    found = [
        f"{file.relative_to(SOURCES)}: {match[0].strip()}"
        for file in SOURCES.rglob("templates/**/*.html")
        for match in inline.finditer(file.read_text())
    ]
    assert found == []


def test_every_icon_that_a_template_names_exists() -> None:
    named = {
        name
        for file in SOURCES.rglob("templates/**/*.html")
        for name in re.findall(r'{% icon "([a-z]+)"', file.read_text())
    }
    assert named - set(ICONS) == set()


def test_every_block_of_the_style_sheet_is_closed_where_the_next_part_begins() -> None:
    for part in CSS.split("\n/* --- "):
        title = part.partition("---")[0].strip()
        assert part.count("{") == part.count("}"), title
