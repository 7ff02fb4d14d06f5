"""What the page of a case shows to one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from laksana.cases import services as cases
from laksana.cases.models import Attachment, Case, Clock, WorkItem
from laksana.cases.services import CaseView
from laksana.disclosure import services as disclosure
from laksana.files.previews import PREVIEWED
from laksana.library.asking import bases
from laksana.people.services import desk_titles, desks_of
from laksana.signing import services as signing
from laksana.sop.definition import ClockSpec, Step
from laksana.web.forms.directory import Directory
from laksana.web.forms.fields import Field, Surroundings
from laksana.web.forms.texts import same_value, value_text
from laksana.web.standing import Standing, standing
from laksana.web.values import shown_values
from laksana.web.visits import Visit
from laksana.workspace.chart import case_chart
from laksana.workspace.places import FormPlace
from laksana.workspace.story import told
from laksana.workspace.tree import tree_of
from laksana.worktime.services import calendar

_READINGS = 20


@dataclass(frozen=True)
class OpenStep:
    """A step that is open now: whose desk it lies on, how it stands, whether the person may do it."""

    item: WorkItem
    step: Step
    desk: str
    standing: Standing
    mine: bool
    chosen: bool
    placeable: bool
    recallable: bool
    key: UUID
    """For the form that takes it back."""


@dataclass(frozen=True)
class TimeLimit:
    """A clock of the case with what the definition says of it."""

    clock: Clock
    spec: ClockSpec
    title: str
    standing: Standing
    actions: list[tuple[str, str]]
    """What the person may do with it: the word in the address, and the button's text."""


@dataclass(frozen=True)
class Journal:
    """The form for a row of a step's journal."""

    label: str
    cells: list[Field]


@dataclass(frozen=True)
class FileShown:
    """A file of the case; `previewed` says that the page can show it."""

    attachment: Attachment
    previewed: bool


def case_page(
    visit: Visit,
    number: str,
    place: FormPlace | None,
    form: dict[str, Any],
    view: CaseView | None = None,
) -> dict[str, Any]:
    """Return the context of `workspace/case.html`. Raises NotFound."""
    view = view or cases.case_view(number, visit.person, visit.at)
    files = _files(view, visit)
    return {
        **form,
        "view": view,
        "case": view.case,
        "procedure": view.procedure,
        "place": place,
        "colleagues": Directory(visit.at).groups("person") if view.placeable else [],
        "journal": _journal(place, visit) if place else None,
        "fresh_key": uuid4(),
        "open_steps": [] if _only(view, place) else _open_steps(view, visit, place),
        "worst": _worst(view, visit),
        "chart": case_chart(view, visit.at),
        "values": shown_values(view.procedure.fields, view.values, bases(view.procedure.id)),
        "differences": _differences(view, visit),
        "tree": tree_of(view, visit.at) if view.content else [],
        "papers": [file for file in files if file.attachment.document],
        "files": [file for file in files if not file.attachment.document],
        "story": told(view),
        "time_limits": _time_limits(view, visit),
        **_signing(view, visit),
        "related": _related(view.case, visit),
        "withdrawable": _withdrawable(view, visit),
        "may_cancel": view.may_cancel(visit.person),
        "readings": []
        if view.hidden
        else view.case.readings.select_related("person", "attachment")[:_READINGS],
        "gives_files": bool(view.content and view.files and disclosure.sources_of(view.case)),
    }


@dataclass(frozen=True)
class Difference:
    """A field in which the case says something else than a record elsewhere."""

    label: str
    told: str
    known: str
    source: str


def _differences(view: CaseView, visit: Visit) -> list[Difference]:
    """Return where the case differs from what is known elsewhere, as far as the person may know that."""
    found = []
    for name, known in cases.known_elsewhere(view, visit.person, visit.at).items():
        spec, told = view.procedure.fields[name], view.values.get(name)
        if told is not None and not same_value(spec, told, known.value):
            texts = value_text(spec, told), value_text(spec, known.value)
            found.append(Difference(spec.label, *texts, known.source))
    return found


def _signing(view: CaseView, visit: Visit) -> dict[str, Any]:
    """Return who signed or is to sign the papers, which papers the person may put in signed by hand, whether there is paraf."""
    if not view.files:
        return {}
    rows = signing.Signature.objects.filter(paper__case=view.case).select_related("paper")
    has_paraf = any(step.is_decision for step in view.procedure.steps)
    return {
        "signatures": rows,
        "my_desks": desks_of(visit.person, visit.at),
        "inkable": signing.inkable(view.case.pk, visit.person, visit.at),
        "has_paraf": has_paraf,
    }


def _open_steps(view: CaseView, visit: Visit, place: FormPlace | None) -> list[OpenStep]:
    titles = desk_titles({item.desk for item in view.open_items if ":" in item.desk})
    mine = {item.pk for item in view.mine}
    work_calendar = calendar()
    return [
        OpenStep(
            item,
            view.procedure.step(item.step),
            titles.get(item.desk, ""),
            standing(item.opened_at, item.due_at, visit.at, work_calendar),
            item.pk in mine,
            bool(place and place.item and place.item.pk == item.pk),
            item in view.placeable,
            item in view.recallable,
            uuid4(),
        )
        for item in view.open_items
    ]


def _only(view: CaseView, place: FormPlace | None) -> bool:
    """Return whether the step whose form is shown is the only open one, so that nothing is left to list."""
    return place is not None and [item.pk for item in view.open_items] == [place.item.pk if place.item else 0]


def _worst(view: CaseView, visit: Visit) -> Standing | None:
    """Return how the most urgent open step stands, for the head of the page."""
    dated = [item for item in view.open_items if item.due_at]
    if not dated:
        return None
    first = min(dated, key=lambda item: item.due_at or visit.at)
    return standing(first.opened_at, first.due_at, visit.at, calendar())


def _time_limits(view: CaseView, visit: Visit) -> list[TimeLimit]:
    specs = {spec.id: spec for spec in view.procedure.clocks}
    work_calendar = calendar()
    return [
        TimeLimit(
            clock,
            specs[clock.clock],
            clock.clock.replace("-", " ").capitalize(),
            standing(
                clock.started_at, clock.due_at, clock.stopped_at or clock.paused_at or visit.at, work_calendar
            ),
            _clock_actions(clock, specs[clock.clock]) if view.takes_part else [],
        )
        for clock in view.case.clocks.all()
        if clock.clock in specs
    ]


def _clock_actions(clock: Clock, spec: ClockSpec) -> list[tuple[str, str]]:
    if clock.state == Clock.State.PAUSED:
        return [("lanjut", _("Resume"))]
    if clock.state != Clock.State.RUNNING:
        return []
    extend = [("perpanjang", _("Extend"))] if spec.extension and clock.extended < spec.extension.times else []
    return [("jeda", _("Pause")), *extend]


def _journal(place: FormPlace, visit: Visit) -> Journal | None:
    """Return the form for a row of the journal that the step keeps, if it keeps one."""
    if place.step.journal is None:
        return None
    table = place.procedure.fields[place.step.journal]
    around = Surroundings(visit.person.pk, place.case, Directory(visit.at), {}, {}, frozenset())
    cells = [
        Field(name, spec, spec.default, spec.required, around, in_table=True)
        for name, spec in (table.columns or {}).items()
        if not spec.computed
    ]
    return Journal(table.label, cells)


def _files(view: CaseView, visit: Visit) -> list[FileShown]:
    if not view.files:
        return []
    rows = cases.attachments_for(visit.person, visit.at, view.case).order_by("pk")
    return [FileShown(row, row.destroyed_at is None and row.stored.media_type in PREVIEWED) for row in rows]


def _related(case: Case, visit: Visit) -> list[Case]:
    """Return the case that started this one and those that this one started, as far as the person may know of them."""
    readable = cases.readable_by(visit.person, visit.at).select_related("sop")
    found: Iterable[Case] = readable.filter(starter__case=case)
    parent = case.starter.case_id if case.starter_id and case.starter else None
    return [*readable.filter(pk=parent), *found] if parent else list(found)


def _withdrawable(view: CaseView, visit: Visit) -> WorkItem | None:
    """Return the last step done, when this person may take it back."""
    last = view.case.work_items.filter(state=WorkItem.State.DONE).order_by("-done_at", "-id").first()
    if last is None or last.done_by_id != visit.person.pk:
        return None
    return last if cases.may_withdraw(visit.person, last, visit.at) else None
