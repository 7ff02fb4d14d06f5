"""What kind of work waits: to decide, to sign, to verify, a disposition to read, to follow up.

The definition does not say it in a word of its own; the verb that begins every kegiatan (PermenPANRB 35/2012) does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from laksana.cases import services as cases
from laksana.sop.definition import Step


class Duty(StrEnum):
    """A kind of work; the value stands in addresses."""

    DISPOSITION = "disposisi"
    SIGN = "tanda-tangan"
    DECIDE = "putusan"
    VERIFY = "verifikasi"
    FOLLOW_UP = "tindak-lanjut"

    @property
    def label(self) -> Promise:
        """Return how a counter names it."""
        return _LABELS[self]


_LABELS = {
    Duty.DISPOSITION: _("unread dispositions"),
    Duty.SIGN: _("to sign"),
    Duty.DECIDE: _("to decide"),
    Duty.VERIFY: _("to verify"),
    Duty.FOLLOW_UP: _("to follow up"),
}
_VERBS = {
    Duty.SIGN: ("menandatangani", "mengesahkan", "membubuhkan", "memaraf"),
    Duty.VERIFY: (
        *("memeriksa", "memverifikasi", "meneliti", "menelaah", "menguji", "mereviu", "memvalidasi"),
        *("meninjau", "mengevaluasi", "menilai", "mencocokkan"),
    ),
    Duty.DECIDE: ("memutuskan", "memutus", "menyetujui", "mengizinkan", "mendisposisi", "mendisposisikan"),
}

_OF_DISPOSITIONS = {"menerima": Duty.DISPOSITION, "memberikan": Duty.DECIDE}
"""What is done with a disposition: these two verbs say nothing of a duty by themselves."""


def duty_of(step: Step) -> Duty:
    """Return what kind of work a step is."""
    first, *others = step.activity.lower().replace(",", " ").split()
    if others[:1] == ["disposisi"] and first in _OF_DISPOSITIONS:
        return _OF_DISPOSITIONS[first]
    for duty, verbs in _VERBS.items():
        if first in verbs:
            return duty
    return Duty.DECIDE if step.is_decision else Duty.FOLLOW_UP


@dataclass
class Counter:
    """How much of one duty waits for somebody, and which steps that is."""

    duty: Duty
    waiting: int
    late: int
    steps: list[tuple[int, str]]
    """Version of the SOP and step, as `cases.inbox` takes them."""


def counters(waiting: Iterable[cases.WaitingStep]) -> list[Counter]:
    """Return a counter for every duty, in the order of `Duty`, those without work included."""
    found = {duty: Counter(duty, 0, 0, []) for duty in Duty}
    for each in waiting:
        counter = found[duty_of(cases.definition_of_version(each.sop).step(each.step))]
        counter.waiting += each.waiting
        counter.late += each.late
        counter.steps.append((each.sop, each.step))
    return list(found.values())
