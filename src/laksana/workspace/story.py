"""What happened in a case, told in words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases import services as cases
from laksana.cases.services import CaseView, Entry
from laksana.people.services import desk_titles


@dataclass(frozen=True)
class Told:
    """One line of the history."""

    title: str
    entry: Entry
    text: str = ""
    """What somebody wrote: a comment, a reason."""
    standard: str = ""
    mark: str = ""


_Teller = Callable[[Entry, dict[str, str]], str]


def told(view: CaseView) -> Iterator[Told]:
    """Yield the history, the latest first. Of a sealed case one who may not see its content reads no words of others."""
    entries = list(cases.history(view.case, view.procedure, content=view.content))
    desks = {entry.data["to"] for entry in entries if "to" in entry.data and ":" in str(entry.data["to"])}
    titles = desk_titles(desks) if desks else {}
    retracted = {entry.data.get("event") for entry in entries if entry.event.kind == "comment-retracted"}
    for entry in entries:
        kind = entry.event.kind
        if kind == "comment-retracted":
            continue  # told at the comment itself
        unsaid = kind == "commented" and entry.event.number in retracted
        yield Told(
            title=_("Comment, taken back by its writer")
            if unsaid
            else _title(entry, titles, content=view.content),
            entry=entry,
            text=_words(entry.data) if view.content and not unsaid else "",
            standard=str(entry.step.time) if entry.minutes is not None and entry.step else "",
            mark="bad"
            if entry.late or kind in ("cancelled", "timed-out")
            else "plain"
            if kind not in _STEPS
            else "",
        )


_STEPS = ("completed", "started", "ended", "passed")


def _title(entry: Entry, titles: dict[str, str], *, content: bool) -> str:
    teller = _TELLERS.get(entry.event.kind)
    if teller is None:
        return entry.event.kind
    said = teller(entry, titles)
    outcome = entry.data.get("outcome")
    return f"{said}: {outcome}" if outcome and content else said


def _words(data: Any) -> str:
    return str(data.get("text") or data.get("reason") or data.get("evidence") or "")


def _activity(entry: Entry) -> str:
    return entry.step.activity if entry.step else entry.event.step


_TELLERS: dict[str, _Teller] = {
    "started": lambda _entry, _titles: _("Case started"),
    "completed": lambda entry, _titles: _activity(entry),
    "passed": lambda entry, _titles: _("Passed by itself: %(step)s") % {"step": _activity(entry)},
    "claimed": lambda entry, _titles: _("Taken: %(step)s") % {"step": _activity(entry)},
    "released": lambda entry, _titles: _("Given back: %(step)s") % {"step": _activity(entry)},
    "delegated": lambda entry, titles: (
        _("Delegated to %(desk)s: %(step)s")
        % {"desk": titles.get(str(entry.data.get("to")), ""), "step": _activity(entry)}
    ),
    "recalled": lambda entry, titles: (
        _("Taken back from %(desk)s: %(step)s")
        % {"desk": titles.get(str(entry.data.get("to")), ""), "step": _activity(entry)}
    ),
    "withdrawn": lambda entry, _titles: _("Taken back: %(step)s") % {"step": _activity(entry)},
    "recorded": lambda entry, _titles: _("Entered in the journal: %(step)s") % {"step": _activity(entry)},
    "timed-out": lambda entry, _titles: _("Not done in time: %(step)s") % {"step": _activity(entry)},
    "started-other": lambda entry, _titles: (
        _("Case %(number)s started") % {"number": entry.data.get("case", "")}
    ),
    "other-ended": lambda entry, _titles: _("Case %(number)s ended") % {"number": entry.data.get("case", "")},
    "ended": lambda _entry, _titles: _("Case ended"),
    "cancelled": lambda _entry, _titles: _("Case cancelled"),
    "commented": lambda _entry, _titles: _("Comment"),
    "attached": lambda entry, _titles: _("File attached: %(name)s") % {"name": entry.data.get("name", "")},
    "paper-made": lambda entry, _titles: _("Paper made: %(name)s") % {"name": entry.data.get("name", "")},
    "paper-signed": lambda entry, _titles: _("Paper signed: %(name)s") % {"name": entry.data.get("name", "")},
    "clock-paused": lambda _entry, _titles: _("Time limit paused"),
    "clock-resumed": lambda _entry, _titles: _("Time limit resumed"),
    "clock-extended": lambda _entry, _titles: _("Time limit extended"),
    "clock-breached": lambda _entry, _titles: _("Time limit passed"),
    "archive-held": lambda _entry, _titles: _("Held in the archive"),
    "archive-released": lambda _entry, _titles: _("Hold of the archive lifted"),
    "archive-appraised": lambda entry, _titles: (
        _("Fate appraised: %(fate)s") % {"fate": entry.data.get("fate", "")}
    ),
    "archive-moved": lambda entry, _titles: (
        _("Transferred to the records centre by list %(list)s") % {"list": entry.data.get("list", "")}
    ),
    "archive-handed-over": lambda entry, _titles: (
        _("Handed over to the regional archives by list %(list)s") % {"list": entry.data.get("list", "")}
    ),
    "archive-destroyed": lambda entry, _titles: (
        _("Files destroyed by list %(list)s") % {"list": entry.data.get("list", "")}
    ),
    "file-blacked-out": lambda entry, _titles: (
        _("Blacked out: %(name)s") % {"name": entry.data.get("name", "")}
    ),
    "release-approved": lambda entry, _titles: (
        _("Released by a second person: %(name)s") % {"name": entry.data.get("name", "")}
    ),
    "release-given-back": lambda _entry, _titles: _("File of the answer given back"),
    "migrated": lambda _entry, _titles: _("Moved to another version of the SOP"),
}
"""Kind of event -> how it is told."""
