"""Who may do what in the archive: by position on the day, as the table of the office says."""

from datetime import datetime

from laksana.archive.tables import AUTHORITIES
from laksana.people.models import Person
from laksana.people.services import desks_of

KEEPING = "kelola"


def keeps(person: Person, at: datetime) -> bool:
    """Return whether a person keeps the archive: files, holds, proposes and carries out."""
    return _sits(person, positions(KEEPING), at)


def sees(person: Person, at: datetime) -> bool:
    """Return whether a person may see the archive's lists: whoever keeps it or approves something of it."""
    every = {position for row in AUTHORITIES.rows() for position in row.jabatan}
    return _sits(person, tuple(every), at)


def positions(matter: str) -> tuple[str, ...]:
    """Return the positions for a matter, in order. Raises KeyError where the table lacks it."""
    return AUTHORITIES[matter].jabatan


def _sits(person: Person, codes: tuple[str, ...], at: datetime) -> bool:
    desks = desks_of(person, at)
    return any(f"position:{code}" in desks for code in codes)
