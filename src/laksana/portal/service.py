"""What a service is called and promised where its definition cannot say it: `layanan.yaml` in the procedure's folder."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator

from laksana.library.catalogue import entries
from laksana.sop.definition import Condition, Part, Procedure, validated
from laksana.sop.source import read

_FOLDER = Path(__file__).resolve().parent


def _several(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Situation(Part):
    """What brings somebody to a service."""

    id: str
    icon: str
    title: str
    about: str


class Situations(Part):
    """All of them, in the order of the page."""

    situations: tuple[Situation, ...]


class Group(Part):
    """Fields that are asked for together on one page."""

    title: str
    asks: tuple[str, ...]


class Privacy(Part):
    """Why personal data are asked for, and what allows it (UU 27/2022)."""

    purpose: str
    basis: str
    hidden_from: str = ""
    """What is kept from whom."""


class Follows(Part):
    """The earlier case that a service turns on: whoever asks shows that it is his by its tracking code."""

    procedure: str
    hides: tuple[str, ...]
    """Fields that name it: they are filled in from it and never typed on a page, so that a number alone tells nothing."""
    question: str
    without: str
    """When the service needs no earlier case."""
    missing_at: str
    """The field at which it is told that an earlier case is missing after all."""
    missing: str


class ServiceText(Part):
    """A service in the words of its page."""

    title: str
    lead: str
    situation: str
    icon: str
    cost: str
    result: str
    privacy: Privacy
    elsewhere: str = ""
    """Where it is asked for when not here; there is no form then."""
    fill: Mapping[str, str] = {}
    """Fields that the page fills in."""
    now: tuple[str, ...] = ()
    """Fields that get the instant at which the form is sent."""
    hide: tuple[str, ...] = ()
    """Fields that are the office's to fill in."""
    ask_if: Mapping[str, Condition] = {}
    """Fields that are asked for only under a condition, which the definition leaves to the officer to know."""
    order: int = 50
    """Its place among the services for the same situation."""
    follows: Follows | None = None
    pages: tuple[Group, ...] = ()
    papers: Mapping[str, Annotated[tuple[str, ...], BeforeValidator(_several)]] = {}
    """Paper -> the steps after any of which the applicant may have it."""
    files: Mapping[str, Annotated[tuple[str, ...], BeforeValidator(_several)]] = {}
    """Field with files -> the same."""

    @property
    def online(self) -> bool:
        """Return whether there is a form."""
        return not self.elsewhere

    @property
    def left_out(self) -> frozenset[str]:
        """Return the fields that no applicant sees."""
        told = frozenset(self.follows.hides) if self.follows else frozenset[str]()
        return frozenset(self.fill) | frozenset(self.now) | frozenset(self.hide) | told


@cache
def texts() -> Mapping[str, ServiceText]:
    """Return the texts of all services by their procedure. Raises DefinitionError for one that is not right."""
    found = {}
    for entry in entries().values():
        file = entry.folder / "layanan.yaml"
        if file.exists():
            found[entry.id] = validated(
                read(file.read_text(encoding="utf-8"), str(file), "the text of a service", "title"),
                ServiceText,
            )
    return found


@cache
def situations() -> tuple[Situation, ...]:
    """Return what brings people here, in order."""
    file = _FOLDER / "situasi.yaml"
    return validated(
        read(file.read_text(encoding="utf-8"), str(file), "a list of situations", "situations"), Situations
    ).situations


def service_of(procedure: Procedure) -> ServiceText | None:
    """Return the text of a procedure that somebody outside begins; None where it is none for the public's pages."""
    return texts().get(procedure.id) if procedure.begins_outside else None
