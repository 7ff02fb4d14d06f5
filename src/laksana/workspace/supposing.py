"""The question "what if a step took less or more" as the page asks it: read from the address, answered in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _

from laksana.measurement.services import Change, Outcome, Part, StepMeasure, WhatIf, what_if
from laksana.sop.duration import Duration
from laksana.web.standing import working_time

UNITS = ("menit", "jam", "hari kerja")
MOST = 1000
NONE = "–"
_DIRECTIONS = {"kurang": -1, "tambah": 1}


@dataclass(frozen=True)
class Supposition:
    """What was asked; as it was typed, until it is sound."""

    step: str = ""
    part: str = Part.WHOLE.value
    direction: str = "kurang"
    amount: str = "1"
    unit: str = "hari kerja"
    errors: dict[str, str] = field(default_factory=dict)
    """Field -> what is wrong with it."""

    @property
    def asked(self) -> bool:
        """Return whether there is a question to be answered."""
        return bool(self.step) and not self.errors

    @cached_property
    def change(self) -> Change:
        """Return the change that is asked for, in working minutes (1 hari kerja = 450 menit)."""
        minutes = Duration.parse(f"{self.amount} {self.unit}").working_minutes
        return Change(self.step, _DIRECTIONS[self.direction] * int(minutes or 0), Part(self.part))


def read(given: QueryDict, steps: Sequence[StepMeasure]) -> Supposition:
    """Return what an address asks; without a step in it, the empty form."""
    if "langkah" not in given:
        return Supposition()
    asked: dict[str, str] = {
        "step": str(given["langkah"]),
        "part": str(given.get("bagian", Part.WHOLE.value)),
        "direction": str(given.get("arah", "kurang")),
        "amount": str(given.get("jumlah", "")).strip()[:20],
        "unit": str(given.get("satuan", "menit")),
    }
    allowed: dict[str, Sequence[str]] = {
        "step": [step.step for step in steps],
        "part": list(Part),
        "direction": list(_DIRECTIONS),
        "unit": UNITS,
    }
    errors: dict[str, str] = {
        name: _("Choose one of these.") for name, among in allowed.items() if asked[name] not in among
    }
    amount = asked["amount"]
    if not (amount.isascii() and amount.isdecimal() and 1 <= int(amount) <= MOST):
        errors["amount"] = _("Write a whole number from 1 to %(most)s.") % {"most": MOST}
    return Supposition(errors=errors, **asked)


@dataclass(frozen=True)
class Line:
    """A figure as it was and as it would be, in words."""

    label: str
    real: str
    supposed: str
    difference: str
    """Said apart, since a small one is lost where times are told in tenths of days."""


@dataclass(frozen=True)
class Answer:
    """What a change would have made of the ended cases."""

    found: WhatIf
    limit_minutes: int
    lines: tuple[Line, ...]

    @property
    def limit(self) -> str:
        """Return in words within which time a whole case is on time."""
        return working_time(self.limit_minutes)

    @property
    def figures(self) -> tuple[tuple[str, float | None, float | None], ...]:
        """Return the figures for other programs: name with its unit, as it was, as it would be."""
        real, supposed = self.found.real, self.found.supposed
        return (
            ("median_menit_kerja", real.times.median, supposed.times.median),
            ("persentil_90_menit_kerja", real.times.p90, supposed.times.p90),
            ("tepat_waktu", _rounded(real.share_on_time), _rounded(supposed.share_on_time)),
        )


def answer(
    procedure: str, supposition: Supposition, since: datetime | None, until: datetime
) -> Answer | None:
    """Return the answer over the cases that ended in the period; None where nothing is asked."""
    if not supposition.asked:
        return None
    found, limit = what_if(procedure, supposition.change, since, until)
    return Answer(found, limit, _lines(found.real, found.supposed))


def _lines(real: Outcome, supposed: Outcome) -> tuple[Line, ...]:
    shares = real.share_on_time, supposed.share_on_time
    return (
        _of_times(_("Median of a whole case"), real.times.median, supposed.times.median),
        _of_times(_("Nine in ten cases within"), real.times.p90, supposed.times.p90),
        Line(_("Whole cases on time"), _share(shares[0]), _share(shares[1]), _points(*shares)),
    )


def _of_times(label: str, real: float | None, supposed: float | None) -> Line:
    if real is None or supposed is None:
        return Line(label, NONE, NONE, NONE)
    more = round(supposed - real)
    difference = f"{_sign(more)}{working_time(abs(more))}"
    return Line(label, working_time(round(real)), working_time(round(supposed)), difference)


def _share(share: float | None) -> str:
    return NONE if share is None else f"{round(100 * share)}%"


def _points(real: float | None, supposed: float | None) -> str:
    if real is None or supposed is None:
        return NONE
    more = round(100 * supposed) - round(100 * real)
    return _("%(points)s percentage points") % {"points": f"{_sign(more)}{abs(more)}"}


def _sign(more: int) -> str:
    return "+" if more > 0 else "\N{MINUS SIGN}" if more < 0 else ""


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
