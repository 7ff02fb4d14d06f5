"""Who may do what: every right that stands at desks, as the code that grants it says, with the desks and who sits there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from laksana.archive import rights as archive
from laksana.archive.tables import AUTHORITIES
from laksana.library.drafts.rights import EDITORS as REVISERS
from laksana.library.informasi import moderation
from laksana.library.informasi import services as informasi
from laksana.library.kepegawaian.penjagaan import services as due_lists
from laksana.library.kepegawaian.riwayat import rights as files
from laksana.people import staffing
from laksana.people.models import Account, Person
from laksana.people.services import capacity, desk_titles, desks_of, holders
from laksana.workspace.views import numbers


@dataclass(frozen=True)
class Right:
    """A right, and the desks that have it."""

    id: str
    title: str
    desks: tuple[str, ...]


@dataclass(frozen=True)
class Seat:
    """A desk that has a right, and who sits there today, by what right where it is not his own."""

    title: str
    people: tuple[tuple[Person, str], ...]


@dataclass(frozen=True)
class Granted:
    """A right of a person, and the desks by which he has it."""

    title: str
    by: tuple[str, ...]


def rights() -> list[Right]:
    """Return every right that stands at desks beside the steps of procedures, in the order of the page."""
    return [
        Right("susunan", _("Record appointments, absences and days off"), _sorted(staffing.KEEPERS)),
        Right("berkas-pegawai", _("Keep the files of employees"), _sorted(files.KEEPERS)),
        Right("penjagaan", _("See the lists of what falls due"), _sorted(due_lists.READERS)),
        Right("penjagaan-kelola", _("Confirm what falls due"), _sorted(due_lists.KEEPERS)),
        Right("nomor", _("Reserve and cancel numbers"), _sorted(numbers.KEEPERS)),
        Right("pola-nomor", _("Set the patterns of numbers"), _sorted(numbers.RULERS)),
        Right("revisi", _("Revise an SOP"), _sorted(REVISERS)),
        Right("moderasi", _("Decide about what citizens write"), tuple(moderation.EDITORS)),
        Right("publikasi", _("Look after channels and publication"), tuple(moderation.PUBLISHERS)),
        Right("ppid", _("Look after public information"), _sorted(informasi.keepers())),
        *_archive(),
    ]


def _archive() -> Iterator[Right]:
    titles = {
        "kelola": _("Keep the archive"),
        "pindah": _("Approve transfers of the archive"),
        "musnah": _("Approve destruction"),
        "serah": _("Approve handing over to the archive of the city"),
    }
    for row in AUTHORITIES.rows():
        desks = tuple(f"position:{code}" for code in archive.positions(row.urusan))
        yield Right(f"arsip-{row.urusan}", titles.get(row.urusan, row.urusan), desks)


def _sorted(desks: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(desks))


def seats(desks: Iterable[str], at: datetime) -> list[Seat]:
    """Return desks with who sits at each on the day of `at`."""
    titles = desk_titles(desks)
    return [
        Seat(title, tuple((person, capacity(person, desk, at)) for person in holders(desk, at)))
        for desk, title in titles.items()
    ]


def administrators() -> list[Account]:
    """Return the accounts that look after the system: the one right that stands at an account."""
    return list(
        Account.objects.filter(is_staff=True, is_active=True).select_related("person").order_by("username")
    )


def rights_of(person: Person, at: datetime) -> list[Granted]:
    """Return what a person may do on the day of `at` beside the steps of procedures, and by which desk."""
    own = desks_of(person, at)
    titles = desk_titles(own)
    return [
        Granted(right.title, tuple(titles[desk] for desk in right.desks if desk in own))
        for right in rights()
        if not own.isdisjoint(right.desks)
    ]
