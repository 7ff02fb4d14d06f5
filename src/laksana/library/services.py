"""The door of the library: putting its definitions into force, and finding procedures by words and by section."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from laksana.cases.models import SopVersion
from laksana.library.catalogue import Entry, entries, entry
from laksana.library.finding import Found, Piece, find
from laksana.library.sections import Section, sections_of
from laksana.sop import soundness
from laksana.sop.source import DefinitionError, read

__all__ = [
    "DefinitionChangedError",
    "Entry",
    "Found",
    "Installed",
    "Piece",
    "Section",
    "entries",
    "entry",
    "find",
    "install",
    "sections_of",
]


class DefinitionChangedError(ValueError):
    """A definition was changed without a new version number although cases run on that version."""


@dataclass
class Installed:
    """What an installation did: procedures whose version is new, was replaced unused, or was there."""

    new: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Return how many procedures are in force now."""
        return str(len(self.new) + len(self.replaced) + len(self.unchanged))


@transaction.atomic
def install() -> Installed:
    """Keep the library's definitions as versions that cases can start on; doing it again changes nothing.

    A version on which no case has started yet may be replaced. Raises DefinitionError for a faulty or unsound one
    and DefinitionChangedError for one that differs from its version in use; then nothing is installed.
    """
    done = Installed()
    for each in entries().values():
        _refuse_unsound(each)
        version = SopVersion.objects.filter(
            procedure=each.id, version=each.procedure.identity.version
        ).first()
        if version is None:
            _keep(each)
            done.new.append(each.id)
        elif version.digest == each.digest:
            done.unchanged.append(each.id)
        elif version.cases.exists():
            raise DefinitionChangedError(_refusal(each))
        else:
            # A new row, not a changed one: processes keep what they have parsed by the row's key.
            version.delete()
            _keep(each)
            done.replaced.append(each.id)
    return done


def _refuse_unsound(each: Entry) -> None:
    if soundness.check(each.procedure):
        source = read(each.text, str(each.file))
        raise DefinitionError(list(soundness.faults(each.procedure, source)))


def _keep(each: Entry) -> None:
    procedure = each.procedure
    SopVersion.objects.create(
        procedure=procedure.id,
        version=procedure.identity.version,
        code=procedure.code,
        title=procedure.title,
        unit=procedure.unit,
        effective=procedure.identity.effective,
        definition=each.text,
        digest=each.digest,
    )


def _refusal(each: Entry) -> str:
    return _(
        "%(file)s: cases run on version %(version)s of %(procedure)s, and the definition is no longer what "
        "they started on. Raise identity.version to %(next)s and set its dates; running cases keep version "
        "%(version)s until they are moved."
    ) % {
        "file": each.file,
        "version": each.procedure.identity.version,
        "procedure": each.id,
        "next": each.procedure.identity.version + 1,
    }
