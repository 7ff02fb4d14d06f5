"""The door of the library: putting its definitions into force, and finding procedures by words and by section."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from laksana.cases.models import SopVersion
from laksana.library.catalogue import Entry, entries, entry
from laksana.library.finding import Found, Piece, find
from laksana.library.models import SopDraft
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
    """What an installation did: procedures whose version is new, was replaced unused, was there, or is the office's own."""

    new: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """Procedures of which the office has made a version: they are not touched."""

    def __str__(self) -> str:
        """Return how many procedures are in force now."""
        return str(len(self.new) + len(self.replaced) + len(self.unchanged) + len(self.left))


@transaction.atomic
def install() -> Installed:
    """Keep the library's definitions as versions that cases can start on; doing it again changes nothing.

    A version on which no case has started yet may be replaced. A procedure of which the office has made a version by itself is
    the office's: nothing of it is put in force or replaced. Raises DefinitionError for a faulty or unsound one
    and DefinitionChangedError for one that differs from its version in use; then nothing is installed.
    """
    done = Installed()
    own = _made_by_the_office()
    for each in entries().values():
        _refuse_unsound(each)
        if each.id in own:
            done.left.append(each.id)
            continue
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


def _made_by_the_office() -> set[str]:
    """Return the procedures of which a draft of the office became a version."""
    drafts = SopDraft.objects.filter(state=SopDraft.State.IN_FORCE)
    return set(drafts.order_by().values_list("procedure", flat=True).distinct())


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
