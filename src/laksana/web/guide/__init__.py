"""The user's guide: chapters in Markdown, shown as pages.

The same files are read in the repository: a picture is named by its path beside `static/`, another chapter by its file.
Both become addresses of the site when a chapter is shown.
"""

from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

FOLDER = Path(__file__).parent
PICTURES = "../static/"
"""Where the text of a chapter finds its pictures, as the repository lies."""
AUDIENCE_DEFAULT = "operator"
"""The chapter for who holds no position that another one names."""

ChapterUrl = Callable[[str], str]


@dataclass(frozen=True)
class Chapter:
    """A chapter: its name in addresses, its title and first sentence, and for whom it is."""

    slug: str
    title: str
    lead: str
    positions: frozenset[str]
    heads: bool


@dataclass(frozen=True)
class Page:
    """A chapter ready to be shown: its headings as (anchor, words), and its text after the title."""

    headings: list[tuple[str, str]]
    body: SafeString


@cache
def chapters() -> dict[str, Chapter]:
    """Return slug -> chapter, in the order of the index."""
    listed = yaml.safe_load((FOLDER / "chapters.yaml").read_text())
    return {each["slug"]: _chapter(each) for each in listed}


def _chapter(listed: dict[str, Any]) -> Chapter:
    tokens = _markdown().parse(_source(listed["slug"]))
    words = [token.content for token in tokens if token.type == "inline"]
    positions = frozenset(listed.get("positions", ()))
    return Chapter(listed["slug"], words[0], words[1], positions, listed.get("heads", False))


def chapter_for(positions: frozenset[str], *, heads: bool) -> str:
    """Return the slug of the chapter for who holds these positions, and heads a unit or not."""
    known = chapters().values()
    named = (each.slug for each in known if each.positions & positions)
    heading = (each.slug for each in known if heads and each.heads)
    return next(named, None) or next(heading, AUDIENCE_DEFAULT)


def page(slug: str, chapter_url: ChapterUrl) -> Page:
    """Return a chapter for showing; `chapter_url` says where another one is. Raises KeyError for an unknown slug."""
    chapter = chapters()[slug]
    markdown = _markdown()
    tokens = markdown.parse(_source(chapter.slug))[3:]  # the title is the heading of the page
    headings = _name_headings(tokens)
    html = markdown.renderer.render(tokens, markdown.options, {"chapter_url": chapter_url})
    return Page(headings, mark_safe(html))  # noqa: S308  (our own text, and the parser lets no HTML through)


def _source(slug: str) -> str:
    return (FOLDER / f"{slug}.md").read_text()


def _name_headings(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    """Give every heading an anchor, and return those of the second level."""
    found = []
    for token, text in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", slugify(text.content))
            if token.tag == "h2":
                found.append((slugify(text.content), text.content))
    return found


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.add_render_rule("image", _image)
    markdown.add_render_rule("link_open", _link)
    return markdown


def _image(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    token = tokens[index]
    token.attrSet("src", static(str(token.attrGet("src")).removeprefix(PICTURES)))
    token.attrSet("loading", "lazy")
    picture = renderer.image(tokens, index, options, env)
    return f'<a href="{token.attrGet("src")}">{picture}</a>'  # in full size, for narrow screens


def _link(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    name, mark, anchor = str(tokens[index].attrGet("href")).partition("#")
    if name.endswith(".md"):
        tokens[index].attrSet("href", env["chapter_url"](name.removesuffix(".md")) + mark + anchor)
    return renderer.renderToken(tokens, index, options, env)
