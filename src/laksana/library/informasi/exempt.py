"""The list of exempt information (DIK) as its books tell it: what is exempt, why, until when, and when it is to be reviewed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from laksana.cases.models import Case, WorkItem
from laksana.library.informasi.informasi_dikecualikan.rules import review_day, status
from laksana.library.informasi.models import EarlierExemption
from laksana.library.informasi.nearness import speaks_of
from laksana.registers import services as registers
from laksana.registers.services import UnknownBookError
from laksana.worktime.services import calendar
from laksana.worktime.zone import local_day

PROCEDURE = "informasi-dikecualikan"
_LETTERS = re.compile(r"huruf ((?:[a-j], )*[a-j])\b")


@dataclass(frozen=True)
class Exemption:
    """An entry of the list: one exempt part of one decision."""

    case: str
    """The number of the case of its consequence test; "" for a decision made before Laksana."""
    decision: str
    decided: date | None
    information: str
    """What is exempt, in the words of the decision: for those who may read the book, never for the public."""
    summary: str
    """The general description that is announced."""
    titles: tuple[str, ...]
    """The document and the information as they were proposed: to know it again, never for the public."""
    unit: str
    basis: str
    letters: frozenset[str]
    period: str
    ends: date | None
    review: date | None
    """The last day for saying that it is open, 30 working days before its end."""
    forecast: bool
    """Whether that day rests on a year whose holidays are not set yet."""
    state: str
    """berlaku, ditinjau, berakhir or dibatalkan, on the day asked for."""
    announced: bool

    @property
    def in_force(self) -> bool:
        """Return whether the information is still exempt."""
        return self.state in ("berlaku", "ditinjau")

    def touched_by(self, text: str) -> bool:
        """Return whether a text speaks of this information."""
        return speaks_of(text, self.information, self.summary, *self.titles)


def exemptions(at: datetime) -> list[Exemption]:
    """Return every entry of the list with its standing on this day, those ending first on top and those without end last."""
    found = [*_decided_here(at), *_decided_before(at)]
    return sorted(found, key=lambda each: (each.ends or date.max, each.decision, each.information))


def _decided_here(at: datetime) -> list[Exemption]:
    """Return the entries of the book."""
    try:
        lines = list(registers.entries(PROCEDURE, "dik", None, at))
    except UnknownBookError:
        return []
    cases = {case.number: case for case in Case.objects.filter(number__in={line.case for line in lines})}
    announced = set(_announced())
    cancelled = _opened(at)
    today = local_day(at)
    return [
        _entry(
            {key: registers.typed(cell) for key, cell in line.cells.items()},
            cases[line.case],
            cancelled,
            announced,
            today,
        )
        for line in lines
    ]


def _decided_before(at: datetime) -> Iterator[Exemption]:
    """Yield the entries of decisions made before Laksana, with what reviews have made of them since."""
    rows = list(EarlierExemption.objects.filter(brought_at__lte=at))
    if not rows:
        return
    work, opened, today = calendar(), _opened(at), local_day(at)
    for row in rows:
        review = review_day(row.ends, row.decided, work) if row.ends else None
        yield Exemption(
            case="",
            decision=row.decision,
            decided=row.decided,
            information=row.information,
            summary=row.summary,
            titles=(row.summary, row.information),
            unit=row.unit,
            basis=row.basis,
            letters=frozenset(row.letters),
            period=row.period,
            ends=row.ends,
            review=review,
            forecast=bool(row.ends and work.is_forecast(row.ends)),
            state=_state(opened.get(row.decision, ""), today, review, row.ends),
            announced=row.announced,
        )


def _state(changed: str, today: date, review: date | None, ends: date | None) -> str:
    """Return what an entry is worth on a day, after what a review has made of its decision ("" for none)."""
    if changed.startswith("dibatalkan"):
        return "dibatalkan"
    return changed if changed == "berakhir" else status(today, review, ends)


def in_force(at: datetime) -> list[Exemption]:
    """Return the entries whose information is exempt on this day."""
    return [each for each in exemptions(at) if each.in_force]


def touched(text: str, at: datetime) -> list[Exemption]:
    """Return the exemptions in force that a text speaks of."""
    return [each for each in in_force(at) if each.touched_by(text)]


def _announced() -> Iterator[int]:
    """Yield the cases whose result was announced."""
    done = WorkItem.objects.filter(case__procedure=PROCEDURE, step="sampaikan", state=WorkItem.State.DONE)
    yield from done.values_list("case_id", flat=True)


def _opened(at: datetime) -> Mapping[str, str]:
    """Return decision -> what a review made of it, the last word first heard last."""
    try:
        lines = registers.entries(PROCEDURE, "perubahan-dik", None, at)
        return {
            registers.words(line.cells.get("keputusan")): registers.words(line.cells.get("status")).lower()
            for line in lines
        }
    except UnknownBookError:
        return {}


def _entry(
    cells: Mapping[str, Any], case: Case, opened: Mapping[str, str], announced: set[int], today: date
) -> Exemption:
    data = case.data
    decision, basis = str(data.get("nomor_keputusan") or ""), str(cells.get("dasar_hukum") or "")
    ends, review = cells.get("tanggal_berakhir"), cells.get("batas_penetapan_terbuka")
    decided = data.get("tanggal_keputusan")
    letters = _LETTERS.search(basis)
    return Exemption(
        case=case.number,
        decision=decision,
        decided=date.fromisoformat(decided) if decided else None,
        information=str(cells.get("informasi_yang_dikecualikan") or ""),
        summary=str(data.get("ringkasan_umum") or ""),
        titles=(str(data.get("judul_dokumen") or ""), str(data.get("uraian_informasi") or "")),
        unit=str(cells.get("perangkat_daerah_yang_menguasai") or ""),
        basis=basis,
        letters=frozenset(letters[1].split(", ")) if letters else frozenset(),
        period=str(cells.get("jangka_waktu") or ""),
        ends=ends,
        review=review,
        forecast=bool(data.get("peninjauan_sementara")),
        state=_state(opened.get(decision, ""), today, review, ends),
        announced=case.pk in announced,
    )
