"""Looking for a procedure by words: in any form of the word, the best first, with the words that were found marked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import log

from laksana.sop.definition import Procedure
from laksana.stemming import WORD, roots

_WEIGHT = {"code": 40, "title": 12, "owner": 3, "summary": 4, "step": 2}
"""What a word found there counts; a rare one counts more than one that most procedures have."""
_TOGETHER, _EXACT, _ROOT, _BEGINNING = 12, 4, 2, 1
"""How well words are found: all side by side, each as it was typed, as another form of it, as its beginning."""
_BEGINS = 3
"""From this many letters on, what was typed may be the beginning of a word."""
_LEFT_OUT = {
    "yang", "dan", "atau", "di", "ke", "dari", "untuk", "pada", "oleh", "dengan", "cara", "bagaimana", "apa", "saya",
    "ingin", "mau", "sop", "prosedur", "mekanisme",
}  # fmt: skip
"""Words that say nothing about what is looked for, where others stand beside them."""
_BEFORE, _EXCERPT = 60, 200
"""Letters of an excerpt, and how many of them before the first word found."""
_NEAR = 10
"""How many procedures are shown where none has all the words."""
Qualities = dict[str, dict[str, int]]
"""Word -> kind of place -> how well it is found there, where it is."""


@dataclass(frozen=True)
class Piece:
    """A part of a text: a word that was found, or what stands between such words."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Found:
    """A procedure with the words that were found in it."""

    procedure: Procedure
    complete: bool
    """Whether it has all the words."""
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]
    """Where the words stand in its summary, or in the step that `step` numbers."""
    step: int | None = None


@dataclass(frozen=True)
class _Place:
    """A text of a procedure in which words are looked for. `step` is the number of the step that it is."""

    kind: str
    text: str
    step: int | None = None


def find(procedures: Iterable[Procedure], text: str) -> list[Found]:
    """Return the procedures that have every word of `text`, the best first; where none has all, the nearest few."""
    words = _words(text)
    found = [(each, _qualities(each, words)) for each in procedures]
    number = len(found)
    having = {word: sum(1 for _each, qualities in found if qualities[word]) for word in words}
    rarity = {word: log(1 + number / count) for word, count in having.items() if count}

    def worth(pair: tuple[Procedure, Qualities]) -> tuple[int, float]:
        procedure, qualities = pair
        by_word = {word: sum(_WEIGHT[kind] * how for kind, how in qualities[word].items()) for word in words}
        score = sum(rarity[word] * worth for word, worth in by_word.items() if worth)
        return sum(1 for worth in by_word.values() if worth), score + _together(procedure, words)

    ranked = sorted(found, key=worth, reverse=True)
    whole = [each for each, qualities in ranked if words and all(qualities[word] for word in words)]
    near = [each for each, qualities in ranked if any(qualities.values())][:_NEAR]
    return [_found(each, words, complete=bool(whole)) for each in whole or near]


def unsought(procedure: Procedure) -> Found:
    """Return a procedure as a list shows it while nothing is looked for."""
    return _found(procedure, (), complete=True)


def _qualities(procedure: Procedure, words: tuple[str, ...]) -> Qualities:
    found: Qualities = {word: {} for word in words}
    for place in _places(procedure):
        for word in words:
            if how := _quality(word, place):
                found[word][place.kind] = max(how, found[word].get(place.kind, 0))
    return found


def _words(text: str) -> tuple[str, ...]:
    """Return the words to look for; a code of the book (A.15) is one word."""
    words = tuple(dict.fromkeys(part.strip(".,;:?!()\"'").lower() for part in text.split()))
    split = [word for part in words for word in ([part] if _is_code(part) else WORD.findall(part))]
    telling = tuple(word for word in split if word not in _LEFT_OUT)
    return telling or tuple(split)


def _is_code(word: str) -> bool:
    section, dot, number = word.partition(".")
    return len(section) == 1 and bool(dot) and number.isdecimal()


def _together(procedure: Procedure, words: tuple[str, ...]) -> int:
    """Return what it counts that the words stand side by side as they were typed."""
    phrase = " ".join(words)
    kinds = {place.kind for place in _places(procedure) if len(words) > 1 and phrase in place.text.lower()}
    return sum(_WEIGHT[kind] * _TOGETHER for kind in kinds)


def _found(procedure: Procedure, words: tuple[str, ...], *, complete: bool) -> Found:
    shown = _shown(procedure, words)
    return Found(
        procedure,
        complete=complete,
        title=tuple(_marked(procedure.title, words)),
        excerpt=tuple(_marked(_excerpt(shown.text, words), words)),
        step=shown.step,
    )


def _places(procedure: Procedure) -> Iterator[_Place]:
    yield _Place("code", procedure.code)
    yield _Place("title", procedure.title)
    yield _Place("owner", f"{procedure.owner} {procedure.unit}")
    yield _Place("summary", procedure.summary)
    for number, step in enumerate(procedure.steps, 1):
        yield _Place("step", step.activity, number)


def _shown(procedure: Procedure, words: tuple[str, ...]) -> _Place:
    """Return the text to show an excerpt of: the summary, or the first step that has more of the words."""
    texts = [place for place in _places(procedure) if place.kind in ("summary", "step")]
    return max(texts, key=lambda place: sum(1 for word in words if _quality(word, place)))


def _quality(word: str, place: _Place) -> int:
    """Return how well a word is found in a text, 0 where it is not."""
    if place.kind == "code":
        return _EXACT if word == place.text.lower() else 0
    there, meant = _roots_of(place.text)
    if word in there:
        return _EXACT
    if roots(word) & meant:
        return _ROOT
    return _BEGINNING if len(word) >= _BEGINS and any(other.startswith(word) for other in there) else 0


@lru_cache(maxsize=20_000)
def _roots_of(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of a text, and the roots that they may be forms of."""
    words = frozenset(WORD.findall(text.lower()))
    return words, frozenset(root for word in words for root in roots(word))


def _marked(text: str, words: tuple[str, ...]) -> Iterator[Piece]:
    """Yield the pieces of a text; together they are the text."""
    end = 0
    for match in WORD.finditer(text):
        if any(_quality(word, _Place("word", match[0])) for word in words):
            if match.start() > end:
                yield Piece(text[end : match.start()])
            yield Piece(match[0], marked=True)
            end = match.end()
    if end < len(text):
        yield Piece(text[end:])


def _excerpt(text: str, words: tuple[str, ...]) -> str:
    """Return the part of a text around the first word that was found, cut between words."""
    first = next(
        (m.start() for m in WORD.finditer(text) if any(_quality(w, _Place("word", m[0])) for w in words)), 0
    )
    start = 0 if first <= _BEFORE else text.find(" ", first - _BEFORE) + 1
    end = start + _EXCERPT
    if end < len(text) and (space := text.rfind(" ", start, end)) > first:
        end = space
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
