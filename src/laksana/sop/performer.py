"""Who holds a lane: the grammar of a performer's `is`.

initiator                     whoever started the case
position CODE                 the holder of a position, or who acts for him (Plt/Plh)
unit CODE                     anybody of a unit
group CODE                    anybody of a named group (a team, a functional group)
superior of LANE              the superior of the person who holds another lane
head of unit of LANE          the head of the unit of the person who holds another lane
field FIELD                   the person, position or unit that a field names
each COLUMN                   the one that the row names, in a step that runs `for_each` row
doer of STEP                  whoever did a step
outside                       an outside party; an officer records for it (`recorded_by`), with evidence
public                        a citizen, through the portal or recorded at the counter (`recorded_by`)
system                        nobody: the step runs by itself
"""

import re
from dataclasses import dataclass
from enum import StrEnum

CODE = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")


class Kind(StrEnum):
    """How a lane is bound; the value is the phrase in a definition."""

    INITIATOR = "initiator"
    POSITION = "position"
    UNIT = "unit"
    GROUP = "group"
    SUPERIOR = "superior of"
    HEAD = "head of unit of"
    FIELD = "field"
    EACH = "each"
    DOER = "doer of"
    OUTSIDE = "outside"
    PUBLIC = "public"
    SYSTEM = "system"


_BARE = {Kind.INITIATOR, Kind.OUTSIDE, Kind.PUBLIC, Kind.SYSTEM}


@dataclass(frozen=True)
class Binding:
    """A parsed `is`: its kind and the code, lane, field, column or step that it names ("" where it names none)."""

    kind: Kind
    of: str = ""

    @classmethod
    def parse(cls, text: str) -> "Binding":
        """Return the binding that `text` says. Raises ValueError, saying what was expected."""
        for kind in sorted(Kind, key=lambda k: -len(k.value)):
            if kind in _BARE:
                if text == kind.value:
                    return cls(kind)
            elif text.startswith(kind.value + " "):
                of = text.removeprefix(kind.value + " ")
                if CODE.fullmatch(of):
                    return cls(kind, of)
                raise ValueError(f"{text!r}: {of!r} is not a code (small letters, digits, - or _)")
        raise ValueError(
            f"{text!r} does not say who holds the lane; expected one of "
            + ", ".join(k.value + ("" if k in _BARE else " ...") for k in Kind)
        )

    def __str__(self) -> str:
        """Return the text that `parse` reads."""
        return f"{self.kind.value} {self.of}".rstrip()
