"""The guide as it is read in the repository: the index names every chapter, and what chapters name is there."""

import re
from pathlib import Path

import yaml

from laksana.web import guide

ROOT = Path(__file__).parents[1]
_NAMED = re.compile(r"\[([^\]]+)\]\(([^)#]+)\)")


def test_the_index_names_every_chapter_by_its_title() -> None:
    index = ROOT / "docs" / "panduan" / "README.md"
    named = {(index.parent / path).resolve().stem: words for words, path in _NAMED.findall(index.read_text())}
    assert named == {slug: chapter.title for slug, chapter in guide.chapters().items()}


def test_what_a_chapter_names_is_beside_it() -> None:
    for file in guide.FOLDER.glob("*.md"):
        for words, path in _NAMED.findall(file.read_text()):
            assert (file.parent / path).is_file(), (file.name, words, path)


def test_chapters_name_positions_of_the_office() -> None:
    office = yaml.safe_load((guide.FOLDER.parents[1] / "people" / "office.yaml").read_text())
    for chapter in guide.chapters().values():
        assert chapter.positions <= office["positions"].keys(), chapter.slug
