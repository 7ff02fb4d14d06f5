"""What the page of a draft shows: its rows with what is found on each, the flowchart, and what it changes."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from laksana.library.drafts.examining import examined
from laksana.library.drafts.saving import carrying, in_force_data
from laksana.library.models import SopDraft
from laksana.people.models import Group, Position
from laksana.sop.definition import dump
from laksana.sop.revising import Data, Finding, Row, table_of
from laksana.sop.revising.examination import row_name
from laksana.sop.revising.rows import Way
from laksana.sop.revising.targets import targets_text
from laksana.web.visits import Visit
from laksana.workspace.chart import draft_chart
from laksana.workspace.revision_form import DECISION, PLAIN
from laksana.workspace.revision_words import Told, changes, holder_words, told


@dataclass(frozen=True)
class ExitShown:
    """A way on as it is typed: the name of the outcome and the numbers of the rows."""

    label: str
    to: str


@dataclass(frozen=True)
class RowShown:
    """A row ready for the form."""

    row: Row
    number: int
    kind: str
    lanes: list[tuple[str, str, bool]]
    """Lane, title, whether it is chosen."""
    to: str
    exits: list[ExitShown]
    keeps: str
    """What the step does beside what the table shows, in words."""
    findings: list[Told]

    @property
    def performers(self) -> str:
        """Return the titles of those who do it."""
        return ", ".join(title for _lane, title, chosen in self.lanes if chosen)

    @property
    def needs(self) -> str:
        """Return what is needed, one thing on each line."""
        return "\n".join(self.row.needs)


@dataclass(frozen=True)
class LaneShown:
    """A performer ready for the form."""

    lane: str
    title: str
    holder: str
    words: str
    """Who that is, where it is none of the choices; "" where it is one."""


def revision_context(
    visit: Visit,
    draft: SopDraft,
    data: Data,
    *,
    conflict: SopDraft | None = None,
    at_row: str = "",
    one_more_exit: str = "",
) -> dict[str, Any]:
    """Return what the templates of a draft need. `data` are what is shown: what is kept, or at a conflict what was typed.

    `conflict` is the draft as somebody else kept it meanwhile, `at_row` the row to go on at.
    """
    version, before = in_force_data(draft.procedure, visit.at)
    found = examined(draft, data, visit.at)
    rows = _rows(data, found.findings, one_more_exit)
    holders = _holders()
    return {
        "draft": draft,
        "procedure_id": draft.procedure,
        "title": data.get("title"),
        "code": data.get("code"),
        "version": version,
        "rows": rows,
        "lanes": _lanes(data, holders),
        "holders": holders,
        "general": [told(each, data) for each in found.findings if each.row is None],
        "grave": found.grave,
        "mild": len(found.findings) - found.grave,
        "chart": _chart(found.drawn, rows),
        "changes": changes(before, data),
        "conflict": conflict,
        "theirs": changes(conflict.data, data) if conflict else None,
        "carried": carrying(draft),
        "at_row": at_row,
        "kinds": [(PLAIN, _("Activity")), (DECISION, _("A decision"))],
    }


def _rows(data: Data, findings: Iterable[Finding], one_more_exit: str) -> list[RowShown]:
    table = table_of(data)
    of_row: dict[int, list[Told]] = {}
    for finding in findings:
        if finding.row is not None:
            of_row.setdefault(finding.row, []).append(told(finding, data))
    shown = []
    for place, row in enumerate(table.rows):
        ways = [*row.ways, *([Way("")] if row.id == one_more_exit and row.decides else [])]
        exits = [ExitShown(way.label, targets_text(way.to, table.places)) for way in ways]
        shown.append(
            RowShown(
                row=row,
                number=place + 1,
                kind=DECISION if row.decides else PLAIN,
                lanes=[(lane, title or lane, lane in row.by) for lane, title in table.lanes.items()],
                to=exits[0].to if exits and not row.decides else "",
                exits=exits if row.decides else [],
                keeps=", ".join(_keeps(data["steps"][place], table.places)),
                findings=of_row.get(place, []),
            )
        )
    return shown


def _keeps(step: Mapping[str, Any], places: Mapping[str, int]) -> Iterable[str]:
    if isinstance(asks := step.get("asks"), list) and asks:
        yield _("fields: %(count)s") % {"count": len(asks)}
    if step.get("auto"):
        yield _("automatic action")
    if step.get("starts"):
        yield _("starts another procedure")
    if isinstance(timeout := step.get("timeout"), Mapping):
        to = timeout.get("then") or []
        leads = targets_text([str(target) for target in to] if isinstance(to, list) else [str(to)], places)
        yield _("after %(time)s without an answer to %(row)s") % {"time": timeout.get("after"), "row": leads}
    if step.get("for_each"):
        yield _("once for each row of a list")
    if step.get("gathers"):
        yield _("waits for all rows of a list")
    if step.get("not_by"):
        yield _("four eyes")
    if step.get("skip_if"):
        yield _("passes by itself on a condition")


Holders = list[tuple[str, list[tuple[str, str]]]]


def _lanes(data: Data, holders: Holders) -> list[LaneShown]:
    known = {value for _title, options in holders for value, _label in options}
    return [
        LaneShown(
            lane,
            str(part.get("title", "")),
            holder := str(part.get("is", "")),
            "" if holder in known else holder_words(holder, data),
        )
        for lane, part in data.get("performers", {}).items()
    ]


def _holders() -> Holders:
    """Return who may hold a lane, in groups: what the definition says, and its words."""
    positions = [(f"position {code}", title) for code, title in Position.objects.values_list("code", "title")]
    groups = [(f"group {code}", name) for code, name in Group.objects.values_list("code", "name")]
    return [
        (_("From the case"), [("initiator", _("whoever starts the case"))]),
        (_("Positions"), positions),
        (_("Groups"), groups),
    ]


def _chart(drawn: Any, rows: list[RowShown]) -> SafeString | None:
    if drawn is None:
        return None
    digest = hashlib.sha256(dump(drawn).encode()).hexdigest()
    wrong = {row_name(row.number) for row in rows if any(finding.grave for finding in row.findings)}
    return draft_chart(drawn, digest, wrong)
