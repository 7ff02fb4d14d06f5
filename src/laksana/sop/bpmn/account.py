"""The account of a file: every element of BPMN in it is taken, or taken in another form, or left; none goes unsaid."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from laksana.sop.bpmn.graph import MODEL, OURS
from laksana.sop.bpmn.parsing import Element, id_of, kind_of, line_of, title_of
from laksana.sop.bpmn.reasons import NO_PLACE, WHY
from laksana.sop.message import Message
from laksana.sop.message import message as _

_SILENT = frozenset(
    {
        "incoming", "outgoing", "flowNodeRef", "laneSet", "childLaneSet", "text", "extensionElements",
        "collaboration", "definitions",
    }
)  # fmt: skip
"""Elements that are read where they belong, or say nothing by themselves."""


@dataclass(frozen=True)
class Untaken:
    """An element that a draft could not take as it is: what it is, where it stands, and why."""

    element: str
    id: str
    """Its id, or that of the element it stands in."""
    line: int
    why: Message
    name: str = ""

    def __str__(self) -> str:
        named = f' "{self.name}"' if self.name else ""
        return f"line {self.line}: {self.element} {self.id}{named}: {self.why}".replace(" : ", ": ")


@dataclass
class Account:
    """What became of the elements of a file."""

    untaken: list[Untaken] = field(default_factory=list)
    """The elements that are left out."""
    changed: list[Untaken] = field(default_factory=list)
    """The elements that are taken in another form, which a person should look at."""
    _taken: set[Element] = field(default_factory=set)
    _left: set[Element] = field(default_factory=set)

    def take(self, *elements: Element | None) -> None:
        """Note elements that say something in the draft."""
        self._taken |= {element for element in elements if element is not None}

    def leave(self, element: Element, why: Message) -> None:
        """Note an element that is left out, with all that stands in it."""
        if element not in self._left:
            self._left.add(element)
            self.untaken.append(_noted(element, why))

    def change(self, element: Element, why: Message) -> None:
        """Note an element that is taken in another form."""
        self._taken.add(element)
        self.changed.append(_noted(element, why))

    def is_taken(self, element: Element) -> bool:
        """Return whether an element says something in the draft."""
        return element in self._taken

    def is_left(self, element: Element) -> bool:
        """Return whether an element, or one that it stands in, is left out."""
        return any(part in self._left for part in (element, *element.iterancestors()))

    def close(self, root: Element) -> None:
        """Leave every element of BPMN that nobody spoke of, and sort what was noted by its place."""
        todo = [root]
        while todo:
            for element in todo.pop():
                kind = kind_of(element)
                if not kind or kind == "extensionElements" or element in self._left:
                    continue
                if kind in _SILENT or element in self._taken:
                    todo.append(element)
                else:
                    self.leave(element, WHY.get(kind, NO_PLACE))
        self._leave_extensions(root)
        self.untaken.sort(key=_place)
        self.changed.sort(key=_place)

    def taken(self) -> dict[str, int]:
        """Return how many elements of each kind the draft took."""
        kinds = [kind_of(element) for element in self._taken if not self.is_left(element)]
        return dict(sorted(Counter(kinds).items()))

    def _leave_extensions(self, root: Element) -> None:
        """Note once for every other tool what it kept in words of its own in what was taken."""
        first: dict[str, Element] = {}
        count: Counter[str] = Counter()
        for extension in root.iter(f"{{{MODEL}}}extensionElements"):
            if self.is_left(extension):
                continue
            for namespace in _namespaces(extension):
                first.setdefault(namespace, extension)
                count[namespace] += 1
        for namespace, extension in first.items():
            why = _(
                "What %(tool)s kept in words of its own is left, %(count)s times.",
                tool=namespace,
                count=count[namespace],
            )
            self.untaken.append(_noted(extension, why))


def _namespaces(extension: Element) -> Iterable[str]:
    names = (etree.QName(part).namespace or "" for part in extension if isinstance(part.tag, str))
    return [name for name in names if name not in (OURS, MODEL)]


def _noted(element: Element, why: Message) -> Untaken:
    return Untaken(kind_of(element), id_of(element), line_of(element), why, title_of(element))


def _place(untaken: Untaken) -> tuple[int, str]:
    return untaken.line, untaken.element
