"""The door of `library.law`: tables of law in versions."""

from laksana.library.law.current import forget_versions
from laksana.library.law.differences import Differences, written
from laksana.library.law.readers import Readers, readers_of
from laksana.library.law.versions import (
    Proposal,
    Span,
    contents_on,
    difference,
    give_up,
    history,
    may_decide,
    preview,
    propose,
    put_in_force,
    read_proposal,
)

__all__ = [
    "Differences", "Proposal", "Readers", "Span", "contents_on", "difference", "forget_versions", "give_up", "history",
    "may_decide", "preview", "propose", "put_in_force", "read_proposal", "readers_of", "written",
]  # fmt: skip
