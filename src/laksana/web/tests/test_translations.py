"""The interface is Indonesian: every text has a translation, and the compiled catalogue is that of the source.

Collect and compile with `make messages`; translate what is new in locale/id/LC_MESSAGES/django.po.
"""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent.parent
CATALOGUES = sorted(PACKAGE.rglob("locale/id/LC_MESSAGES/django.po"))
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "message", "ngettext", "ngettext_lazy"}
_TEXT = r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_IN_TEMPLATE = re.compile(rf"\b(?:gettext|ngettext|_)\(u?{_TEXT}(?:\s*,\s*u?{_TEXT})?")
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
Entry = tuple[str, str]


def entries(catalogue: Path) -> dict[str, str]:
    """Return text -> translation as a .po says."""
    found: dict[str, str] = {}
    for block in catalogue.read_text().split("\n\n"):
        parts: dict[str, str] = {}
        key = ""
        for line in block.splitlines():
            if match := re.match(r'(msgid_plural|msgid|msgstr)(?:\[0\])? (".*")$', line):
                key = match[1]
                parts[key] = ast.literal_eval(match[2])
            elif line.startswith('"'):
                parts[key] += ast.literal_eval(line)
            elif line.startswith("#,") and "fuzzy" in line and parts.get("msgid") != "":
                parts["fuzzy"] = line
        if parts.get("msgid"):
            assert "fuzzy" not in parts, f"unsure translation: {parts['msgid']}"
            found[parts["msgid"]] = parts["msgstr"]
    return found


def all_entries() -> dict[str, str]:
    """Return text -> translation of all catalogues."""
    return {text: translation for catalogue in CATALOGUES for text, translation in entries(catalogue).items()}


def texts_of_modules() -> Iterator[Entry]:
    """Yield file and text of every call that marks a text."""
    for file in PACKAGE.rglob("*.py"):
        if "tests" in file.parts or "migrations" in file.parts or file.name == "tests.py":
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and _name(node.func) in CALLS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value:
                    yield str(file.relative_to(PACKAGE)), first.value


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def texts_of_templates() -> Iterator[Entry]:
    """Yield file and text of every tag that marks a text."""
    for file in [*PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("templates/**/*.txt")]:
        for match in _IN_TEMPLATE.finditer(templatize(file.read_text())):
            if text := ast.literal_eval(match[1]):
                yield str(file.relative_to(PACKAGE)), text


def test_no_text_lacks_a_translation() -> None:
    translated = all_entries()
    missing = {
        f"{file}: {text!r}"
        for file, text in [*texts_of_modules(), *texts_of_templates()]
        if not translated.get(text)
    }
    assert sorted(missing) == []


def test_no_entry_is_left_empty() -> None:
    assert [text for text, translation in all_entries().items() if not translation] == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_the_compiled_catalogue_is_that_of_the_source(catalogue: Path) -> None:
    with catalogue.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    stale = {
        text
        for text, translation in entries(catalogue).items()
        if translation not in (compiled.gettext(text), compiled.ngettext(text, text, 1))
    }
    assert stale == set()


def test_a_translation_fills_the_same_placeholders() -> None:
    # A singular may leave the number out that its plural names.
    numbers = {"n", "count"}
    differing = {
        text
        for text, translation in all_entries().items()
        if set(_PLACEHOLDER.findall(translation)) - numbers != set(_PLACEHOLDER.findall(text)) - numbers
    }
    assert differing == set()
