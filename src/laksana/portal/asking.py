"""The form of a step as pages that ask one thing each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from laksana.portal.service import ServiceText
from laksana.sop.definition import FieldSpec, Procedure, Step
from laksana.sop.expression import outcome_name
from laksana.sop.form import Cleaned, asks, clean, initial
from laksana.web.forms.reading import OUTCOME

DECISION = "keputusan-anda"
"""The address of the page that asks for a decision."""
_NEVER = ("person", "assignee")
"""Types of field that would show the names of the office's people."""


@dataclass(frozen=True)
class Page:
    """One page: its address, what it is headed by, the fields it asks."""

    slug: str
    title: str
    names: tuple[str, ...]
    decides: bool = False


@dataclass(frozen=True)
class Asked:
    """A step that an applicant does, with what he gave so far."""

    procedure: Procedure
    step: Step
    text: ServiceText
    known: Mapping[str, Any]
    raw: Mapping[str, Any]
    outcome: str | None

    @property
    def pages(self) -> list[Page]:
        """Return the pages, as they follow from what was given."""
        found = [Page(DECISION, self.step.activity, (), decides=True)] if self._chooses else []
        seen: set[str] = set()
        shown = {ask.name: ask.spec for ask in asks(self.procedure, self.step, self._data) if ask.shown}
        shown = {name: spec for name, spec in shown.items() if self._is_asked(name, spec)}
        for name, spec in shown.items():
            if name not in seen:
                page = self._page(name, spec, shown)
                seen |= set(page.names)
                found.append(page)
        return found

    def page(self, slug: str) -> Page | None:
        """Return a page by its address; None where it is not among those asked now."""
        return next((page for page in self.pages if page.slug == slug), None)

    def after(self, slug: str) -> Page | None:
        """Return the page that follows; None after the last."""
        pages = self.pages
        place = next((place for place, page in enumerate(pages) if page.slug == slug), len(pages))
        return pages[place + 1] if place + 1 < len(pages) else None

    def before(self, slug: str) -> Page | None:
        """Return the page before; None before the first."""
        pages = self.pages
        place = next((place for place, page in enumerate(pages) if page.slug == slug), 0)
        return pages[place - 1] if place else None

    def checked(self, extra: Mapping[str, Any] = {}) -> Cleaned:
        """Return what was given so far, checked as a whole."""
        return clean(
            self.procedure,
            self.step,
            {**self.raw, **self.text_fill, **extra},
            self.known,
            outcome=self.outcome,
        )

    @property
    def text_fill(self) -> dict[str, Any]:
        """Return what the page fills in by itself."""
        return {name: value for name, value in self.text.fill.items() if name in self.step.asks}

    def page_of(self, name: str) -> Page | None:
        """Return the page that asks for a field, or for the cell of a table."""
        head = name.partition(".")[0]
        return next((p for p in self.pages if head in p.names or (p.decides and name == OUTCOME)), None)

    @property
    def _chooses(self) -> bool:
        return self.step.is_decision and self.step.auto is None

    @property
    def _data(self) -> dict[str, Any]:
        data = {**self.known, **initial(self.procedure, self.step, self.known), **self.checked().values}
        if self.step.is_decision:
            data[outcome_name(self.step.id)] = self.outcome
        return data

    def _is_asked(self, name: str, spec: FieldSpec) -> bool:
        if spec.computed or spec.type in _NEVER or name in self.text.left_out:
            return False
        return name not in self.text.ask_if or self.text.ask_if[name].holds(self._data)

    def _page(self, name: str, spec: FieldSpec, shown: Mapping[str, FieldSpec]) -> Page:
        for group in self.text.pages:
            if name in group.asks:
                return Page(name, group.title, tuple(each for each in group.asks if each in shown))
        return Page(name, spec.label, (name,))
