"""What an SOP's drafter is warned of: it may stay so, but an examiner of the office would ask about it.

The rules are those of the office's check list (R6, R11, R12, R14, R15); what must not stay is refused by
`laksana.sop.references` and `laksana.sop.soundness`.
"""

import re
from collections.abc import Callable, Iterator

from laksana.sop.definition import END, Procedure, Step
from laksana.sop.message import Message
from laksana.sop.message import message as _
from laksana.sop.source import Path

Found = Iterator[tuple[Path, Message]]
_ACTIVE_VERB = re.compile(r"(?:me|ber)\w+", re.IGNORECASE)
_WORD = re.compile(r"\w{4,}|\b[A-Z]{2,3}\b")
_LATE_ROW = 30
_LONGEST_EXIT = 40
"""Letters that the label of an exit has at most: three lines beside a diamond."""
_SAYING_NOTHING = {
    *(
        "lain",
        "lainnya",
        "lanjut",
        "dilanjutkan",
        "pilihan",
        "opsi",
        "alternatif",
        "jalur",
        "cabang",
        "keluar",
        "hasil",
    ),
    *"abcdefghij0123456789",
}
"""Words by which nobody can tell one exit from another."""


def warnings(procedure: Procedure) -> list[tuple[Path, Message]]:
    """Return what a drafter should look at again, in the order of the rows: where it stands, and why."""
    return [found for rule in _RULES for found in rule(procedure)]


def _verbs(procedure: Procedure) -> Found:
    titles = [performer.title.lower() for performer in procedure.performers.values()]
    for place, step in enumerate(procedure.steps):
        path = ("steps", place, "decides" if step.is_decision else "does")
        if not _ACTIVE_VERB.match(step.activity):
            yield path, _("A kegiatan begins with an active verb: me..., ber... (R6).")
        if any(step.activity.lower().startswith(title) for title in titles):
            yield path, _("A kegiatan does not name its performer; the column does (R6).")


def _exits(procedure: Procedure) -> Found:
    """Ya and Tidak answer any question; another exit has to tell by itself, short enough for a diamond, what was found."""
    for place, step in enumerate(procedure.steps):
        path = ("steps", place, "outcomes")
        seen: dict[str, str] = {}
        for label in step.outcomes:
            words = _words_alone(label)
            if not set(words.split()) - _SAYING_NOTHING:
                yield (*path, label), _("The exit %(label)s does not say what was found (R11).", label=label)
            if len(label) > _LONGEST_EXIT:
                text = _("The exit %(label)s is too long for a diamond; say it in note (R11).", label=label)
                yield (*path, label), text
            if words in seen:
                text = _("The exits %(one)s and %(other)s look alike (R11).", one=seen[words], other=label)
                yield (*path, label), text
            seen[words] = label
        if "Ya" in step.outcomes and not any(label.startswith("Tidak") for label in step.outcomes):
            yield path, _("No exit says Tidak where one says Ya; name each by what was found (R11).")


def _words_alone(label: str) -> str:
    return " ".join(re.findall(r"\w+", label.casefold()))


def _loops(procedure: Procedure) -> Found:
    rows = {step.id: place for place, step in enumerate(procedure.steps)}
    for place, step in enumerate(procedure.steps):
        for label, targets in procedure.successors(step).items():
            back = [target for target in targets if place - rows.get(target, place) > 2]
            if back and not step.note:
                key = ("outcomes", label) if label is not None else ("then",)
                text = _("This goes back to %(step)s; say in note what is mended there (R12).", step=back[0])
                yield ("steps", place, *key), text


def _lanes(procedure: Procedure) -> Found:
    first: dict[str, int] = {}
    for place, step in enumerate(procedure.steps, 1):
        for lane in step.by:
            first.setdefault(lane, place)
    for lane in procedure.performers:
        if lane not in first and lane not in procedure.only_named:
            yield ("performers", lane), _("This performer does nothing in the flowchart (R14).")
        elif first.get(lane, 0) > _LATE_ROW:
            text = _("This performer first appears in row %(row)s (R14).", row=first[lane])
            yield ("performers", lane), text


def _outputs(procedure: Procedure) -> Found:
    needed = {step.id: _words(" ".join(step.needs)) for step in procedure.steps}
    later = _later(procedure)
    for place, step in enumerate(procedure.steps):
        given = _words(step.gives)
        ends = any(END in targets for targets in procedure.successors(step).values())
        if ends or step.starts or any(given & _words(title) for title in _kept(procedure, step)):
            continue
        if not any(given & needed[other] for other in later[step.id]):
            yield ("steps", place, "gives"), _("No later step needs what this one gives (R15).")


def _later(procedure: Procedure) -> dict[str, set[str]]:
    """Return step -> the steps that the flow may come to after it, by ways back and by time-outs, too."""
    ways = {step.id: _targets(procedure, step) - {END} for step in procedure.steps}
    later: dict[str, set[str]] = {}
    for step, targets in ways.items():
        found, todo = set(targets), list(targets)
        while todo:
            new = ways[todo.pop()] - found
            found |= new
            todo += new
        later[step] = found
    return later


def _targets(procedure: Procedure, step: Step) -> set[str]:
    late = step.timeout.then if step.timeout else ()
    return {target for targets in (*procedure.successors(step).values(), late) for target in targets}


def _kept(procedure: Procedure, step: Step) -> Iterator[str]:
    """Yield the titles of what the office itself keeps or sends of a step: its papers and its books."""
    yield from (document.title for document in procedure.documents if document.at == step.id)
    yield from (book.title for book in procedure.registers if book.at == step.id)


def _words(text: str) -> set[str]:
    """Return the words that tell what something is: the long ones, and abbreviations (SPM, SK)."""
    return {word.lower() for word in _WORD.findall(text)}


_RULES: tuple[Callable[[Procedure], Found], ...] = (_verbs, _exits, _loops, _lanes, _outputs)
