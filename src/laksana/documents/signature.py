"""Signature blocks: in which capacity somebody signs, and how his name is written.

The lines of the capacity follow the practice of tata naskah dinas; how the name is written, Permendagri 1/2023 pasal 44.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_FRONT = re.compile(r"^(?:(?:Prof|Dr|dr|drg|drh|Ir|Drs|Dra|apt|Apt|Ns|H|Hj|K\.?H)\.\s*)+")


class Naming(StrEnum):
    """How a signatory's name is written."""

    FULL = "full"
    """With degrees, rank and NIP: assignment, correspondence and special documents (ayat 2 and 3)."""
    PLAIN = "plain"
    """In capitals without degrees: regulations and decisions (ayat 1)."""
    UNRANKED = "unranked"
    """With degrees, without rank and NIP: Kepala Daerah, Wakil Kepala Daerah, Sekretaris Daerah (ayat 3)."""
    BARE = "bare"
    """Without degrees, rank and NIP: penjabat, Pjs., Plt., Plh. of the Kepala Daerah (ayat 4 and 5)."""


@dataclass(frozen=True)
class Signatory:
    """Who signs. `title` is his own post, or for Plt. and Plh. the post he acts in."""

    title: str
    name: str = ""
    rank: str = ""
    nip: str = ""
    acting: str = ""
    """"Plt." or "Plh."; "" in his own office."""
    for_title: str = ""
    """The post on whose behalf he signs (a.n.); "" when he signs for himself."""
    through: str = ""
    """The post between (u.b.): he signs two levels below the one on whose behalf."""


def capacity_lines(signatory: Signatory) -> list[str]:
    """Return the lines above the name: "a.n. Kepala Dinas", "Sekretaris,", "u.b.", "Kepala Subbagian ...,"."""
    own = f"{signatory.acting} {signatory.title}".strip() + ","
    if not signatory.for_title:
        return [own]
    if not signatory.through:
        return [f"a.n. {signatory.for_title}", own]
    return [f"a.n. {signatory.for_title}", signatory.through, "u.b.", own]


def without_degrees(name: str) -> str:
    """Return a name without academic, professional and religious titles: "Dr. Rina Maheswari, M.T." -> "Rina Maheswari"."""
    return _FRONT.sub("", name.partition(",")[0]).strip()


def block(signatory: Signatory, naming: Naming = Naming.FULL, mark: str = "") -> dict[str, Any]:
    """Return what a template prints. `mark` stands in the room for the signature; empty leaves it for ink."""
    bare = naming in (Naming.PLAIN, Naming.BARE)
    ranked = naming is Naming.FULL
    return {
        "lines": capacity_lines(signatory),
        "name": without_degrees(signatory.name).upper() if bare else signatory.name,
        "rank": signatory.rank if ranked else "",
        "nip": signatory.nip if ranked else "",
        "mark": mark,
    }
