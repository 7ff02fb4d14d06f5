"""Dispositions: who may be given one, until when, in which order of the tree, and who is told of a copy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases import services as cases
from laksana.cases.behaviour import Done, Situation
from laksana.library.persuratan.naskah import SEALED
from laksana.library.persuratan.surat_masuk.rules import (
    is_deadline_allowed,
    is_on_path,
    may_receive,
    report_judge,
)
from laksana.notices.services import notify_many
from laksana.people import services as people
from laksana.people.desks import Office
from laksana.worktime.zone import local

Row = Mapping[str, Any]
HEAD = "position:kepala-dinas"
SECRETARY = "position:sekretaris"
ROOT_STEPS = {"disposisi": HEAD, "disposisi-sekretaris": SECRETARY}
"""Steps that give the dispositions at the root of the tree, and the desk that gives them."""
PASSING_ON = {
    "terima-disposisi": "Ditindaklanjuti",
    "tindak-lanjut": "Didisposisikan lagi",
    "periksa-hasil": "Perbaiki",
}
"""Steps at which a receiver disposes further, and with which outcome."""


@dataclass(frozen=True)
class Giving:
    """The giving of dispositions at one step."""

    situation: Situation

    @property
    def at_root(self) -> bool:
        """Return whether these are the first dispositions of the letter (or of a returned one)."""
        return self.situation.step.id in ROOT_STEPS

    @property
    def field(self) -> str:
        """Return the table that the step fills."""
        return "disposisi" if self.at_root else "disposisi_lanjutan"

    @property
    def happens(self) -> bool:
        """Return whether the step, with its outcome, gives dispositions."""
        return self.at_root or self.situation.outcome == PASSING_ON[self.situation.step.id]

    @cached_property
    def rows(self) -> list[Row]:
        """Return the rows given."""
        return list(self.situation.values.get(self.field) or [])

    @property
    def desk(self) -> str:
        """Return the desk of the giver: that of the step, or of the disposition he received."""
        return ROOT_STEPS.get(self.situation.step.id) or str(self.situation.values["kepada"])

    @property
    def level(self) -> int:
        """Return the level of the dispositions given; the first is 1."""
        return 1 if self.at_root else int(self.situation.values.get("jenjang") or 1) + 1

    @property
    def limit(self) -> datetime | None:
        """Return the deadline that none of them may pass, or by default the letter's own at the root."""
        values = self.situation.values
        own = None if self.at_root else values.get("batas_waktu")
        return own or values.get("batas_tindak_lanjut")

    @cached_property
    def office(self) -> Office:
        """Return the office of the day."""
        return people.office_on(self.situation.at)

    @cached_property
    def givers(self) -> tuple[int, ...]:
        """Return whose subordinates may be named: the giver's, or, a.n. Kepala Dinas, those of the Kepala Dinas."""
        if self.situation.step.id == "disposisi-sekretaris":
            return self.office.holders(HEAD)
        return (self.situation.actor.pk,) if self.situation.actor else ()

    @cached_property
    def path(self) -> list[str]:
        """Return the desks from the root to the giver."""
        if self.at_root:
            return [HEAD, self.desk]
        instance = self.situation.instance
        found: list[str] = []
        paths = [".".join(map(str, instance[:depth])) for depth in range(1, len(instance) + 1)]
        above = [each for each in cases.instances(self.situation.case) if each.path in paths]
        for each in sorted(above, key=attrgetter("path")):
            # What lies above a disposition given at the root was returned by its receiver; he is not its giver.
            found = [] if each.made_by == "terima-disposisi" else found
            found.append(str(each.row["kepada"]))
        return [HEAD, *found]

    def goes_round(self, desk: str) -> bool:
        """Return whether a disposition to a desk would come back to somebody on the path."""
        holders = set(self.office.holders(desk))
        on_path = {person for each in self.path for person in self.office.holders(each)}
        on_path |= {self.situation.actor.pk} if self.situation.actor else set()
        return is_on_path(desk, self.path) or bool(holders and holders <= on_path)


def disposition_errors(situation: Situation) -> dict[str, str]:
    """Refuse dispositions that the tree does not allow; the key names the row and column."""
    giving = Giving(situation)
    if situation.step.is_decision and situation.outcome is None:
        return {"outcome": _("Choose the decision.")}
    if not giving.happens:
        return {}
    errors: dict[str, str] = {}
    needs_somebody = giving.at_root or situation.step.id == "tindak-lanjut"
    if needs_somebody and all(row.get("tembusan") for row in giving.rows):
        errors[giving.field] = _("Name at least one who acts; a copy only informs.")
    for number, row in enumerate(giving.rows):
        for column, why in _row_errors(giving, row, giving.rows[:number]):
            errors.setdefault(f"{giving.field}.{number}.{column}", why)
    return errors


def _row_errors(giving: Giving, row: Row, before: list[Row]) -> Iterator[tuple[str, str]]:
    desk = str(row["kepada"])
    name = {"name": people.desk_title(desk)}
    if desk in {str(other["kepada"]) for other in before}:
        yield "kepada", _("%(name)s stands here already.") % name
    if giving.situation.values.get("sifat") in SEALED and not desk.startswith(("position:", "person:")):
        yield "kepada", _("A sealed letter goes to one official or employee, not to a whole unit or group.")
    if giving.goes_round(desk):
        yield "kepada", _("%(name)s has this letter already; a disposition does not go round.") % name
    elif not row.get("tembusan") and not may_receive(_is_below(giving, desk), bool(row.get("koordinator"))):
        yield "kepada", _("%(name)s is not below the giver. Tick Koordinator if he coordinates this.") % name
    yield from _deadline_errors(giving, row.get("batas_waktu"))


def _is_below(giving: Giving, desk: str) -> bool:
    return any(giving.office.may_dispose_to(giver, desk) for giver in giving.givers)


def _deadline_errors(giving: Giving, deadline: datetime | None) -> Iterator[tuple[str, str]]:
    if deadline is None:
        return
    on_time = giving.limit is None or giving.limit >= giving.situation.at
    if (
        deadline < giving.situation.at and on_time
    ):  # once the letter itself is late, its deadlines stay as they are
        yield "batas_waktu", _("This time is over.")
    limit = None if giving.at_root else giving.limit
    if limit is not None and not is_deadline_allowed(deadline, limit):
        told = {"limit": f"{local(limit):%d-%m-%Y %H.%M}"}
        yield "batas_waktu", _("Not later than that of your own disposition, %(limit)s.") % told


def disposition_warnings(situation: Situation) -> dict[str, str]:
    """Warn of a deadline after the letter's own limit."""
    giving, limit = Giving(situation), situation.values.get("batas_tindak_lanjut")
    if limit is None or not giving.at_root:
        return {}
    late = _("Later than the letter's own limit, %(limit)s.") % {"limit": f"{local(limit):%d-%m-%Y %H.%M}"}
    return {
        f"{giving.field}.{number}.batas_waktu": late
        for number, row in enumerate(giving.rows)
        if row.get("batas_waktu") is not None and row["batas_waktu"] > limit
    }


def completed_rows(situation: Situation) -> Mapping[str, Any]:
    """Return the table with what the office adds to each row: its giver, its level, and the deadline left open."""
    giving = Giving(situation)
    if not giving.happens or not giving.rows:
        return {}
    added = {"pemberi": giver_in_words(situation, giving.desk), "jenjang": giving.level}
    return {
        giving.field: [
            {**row, **added, "batas_waktu": row.get("batas_waktu") or giving.limit} for row in giving.rows
        ]
    }


def giver_in_words(situation: Situation, desk: str) -> str:
    """Return who gives, and in which capacity; of one who acts for an absent holder, both names."""
    title, actor = people.desk_title(desk), situation.actor
    if actor is None:
        return title
    title = people.capacity(actor, desk, situation.at) or title
    if situation.step.id == "disposisi-sekretaris":
        title = f"a.n. {people.desk_title(HEAD)}, {title}"
    absent = ", ".join(str(person) for person in people.replaced(desk, situation.at))
    words = title if title == actor.name else f"{title}, {actor.name}"
    return _("%(giver)s (for %(absent)s)") % {"giver": words, "absent": absent} if absent else words


def judge(situation: Situation) -> Mapping[str, Any]:
    """Return who will judge the report of the one who checks a result now."""
    actor, values = situation.actor, situation.values
    is_secretary = actor is not None and SECRETARY in people.desks_of(actor, situation.at)
    return {"penilai": report_judge(values["sifat"], int(values.get("jenjang") or 1), is_secretary)}


def due_follow_up(situation: Situation) -> datetime | None:
    """Return until when a disposition must be carried out: its own deadline, else the letter's."""
    values = situation.values
    return values.get("batas_waktu") or values.get("batas_tindak_lanjut")


def report_errors(situation: Situation) -> dict[str, str]:
    """Refuse a report without words."""
    if situation.values.get("uraian_tindak_lanjut"):
        return {}
    return {"uraian_tindak_lanjut": _("Say what was done.")}


def send_copies(situation: Situation) -> Done:
    """Let those who get a copy read the letter, and tell them."""
    if situation.step.id == "teruskan":
        rows = situation.values.get("disposisi") or []
    else:
        giving = Giving(situation)
        rows = giving.rows if giving.happens else []
    desks = [str(row["kepada"]) for row in rows if row.get("tembusan")]
    text = _("You received a copy of the letter %(letter)s for your information.")
    told = {"letter": situation.case.subject or situation.case.number}
    receivers = [person for desk in desks for person in people.holders(desk, situation.at)]
    notify_many(receivers, "tembusan", text % told, f"/berkas/{situation.case.number}/", situation.at)
    return Done(readers=tuple(desks))
