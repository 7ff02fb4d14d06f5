"""The door of `evaluation`: an SOP's year, what its owner answered, and the form of both as PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from laksana.cases.errors import NotFound, NotYours
from laksana.cases.services import definition_in_force, definition_of_version, version_in_force
from laksana.documents.services import Signatory, block, letterhead, post_of, render, signatory_at
from laksana.library.evaluation.criteria import CRITERIA, Criterion
from laksana.library.evaluation.figures import YearFigures, year_figures
from laksana.library.evaluation.models import SopEvaluation
from laksana.library.evaluation.rights import Owner, owner_of
from laksana.notices.services import notify_many
from laksana.people.models import Person
from laksana.people.services import capacity, holders
from laksana.sop.definition import Procedure
from laksana.web.standing import working_time
from laksana.worktime.zone import local, local_day

__all__ = [
    "DRAFTING", "AnsweredMeanwhile", "Answers", "Criterion", "Owner", "SopEvaluation", "YearFigures", "criteria",
    "evaluations_of_year", "form_pdf", "keep", "latest", "may_evaluate", "owner_of", "year_figures",
]  # fmt: skip
DRAFTING = "penyusunan-sop"
"""The procedure by which SOPs are revised (A.12)."""
TO_REVISE = "evaluasi-sop"
"""The kind of the notice that an SOP must be revised."""
_TEMPLATE = Path(__file__).resolve().parent / "evaluasi.typ"
_ACTING = ("Plt.", "Plh.")


class AnsweredMeanwhile(Exception):  # noqa: N818  (says what happened, as the refusals of `cases` do)
    """Somebody has answered since the form was shown; `by` is the evaluation that counts now."""

    def __init__(self, by: SopEvaluation) -> None:
        super().__init__(str(by))
        self.by = by


@dataclass(frozen=True)
class Answers:
    """What somebody says of an SOP: criterion -> whether it is true, and a note; what becomes of the SOP, and why."""

    fulfilled: Mapping[str, bool]
    notes: Mapping[str, str]
    conclusion: str
    note: str = ""


def criteria() -> tuple[Criterion, ...]:
    """Return the lines of the form in their order. Raises TableError."""
    return CRITERIA.rows()


def latest(procedure_id: str, year: int) -> SopEvaluation | None:
    """Return the evaluation of a procedure's year that counts."""
    return SopEvaluation.objects.filter(procedure=procedure_id, year=year).select_related("by", "sop").first()


def evaluations_of_year(year: int) -> dict[str, SopEvaluation]:
    """Return procedure -> the evaluation of the year that counts."""
    rows = SopEvaluation.objects.filter(year=year).select_related("by").order_by("procedure", "revision")
    return {row.procedure: row for row in rows}


def may_evaluate(person: Person, procedure: Procedure, at: datetime) -> bool:
    """Return whether a person may answer for an SOP now."""
    return owner_of(procedure).desk_of(person, at) is not None


def keep(
    procedure_id: str, year: int, answers: Answers, person: Person, at: datetime, *, seen: int
) -> SopEvaluation:
    """Keep answers over a year beside its figures, and return them. `seen`: the revision that the person saw, 0 for none.

    When they say that the SOP must be revised, and the answers before did not, the head who owns the drafting of SOPs is told.
    Raises NotYours; AnsweredMeanwhile; cases.errors.NotFound for a year in which the SOP was not in force; KeyError for
    answers that leave a criterion out.
    """
    procedure = definition_in_force(procedure_id, at)
    desk = owner_of(procedure).desk_of(person, at)
    if desk is None:
        raise NotYours(_("The head of the unit that owns the SOP evaluates it, and those above him."))
    lines = [
        {
            "kriteria": each.kriteria,
            "uraian": each.uraian,
            "terpenuhi": answers.fulfilled[each.kriteria],
            "catatan": answers.notes.get(each.kriteria, ""),
        }
        for each in criteria()
    ]
    figures = year_figures(procedure_id, year, at)
    try:
        with transaction.atomic():
            before = latest(procedure_id, year)
            if before is not None and before.revision != seen:
                raise AnsweredMeanwhile(before)
            kept = SopEvaluation.objects.create(
                procedure=procedure_id,
                year=year,
                revision=seen + 1 if before else 1,
                sop=version_in_force(procedure_id, at),
                figures=figures.as_data(),
                answers=lines,
                conclusion=answers.conclusion,
                note=answers.note,
                by=person,
                capacity=capacity(person, desk, at) or post_of(person, local_day(at), desk),
                at=at,
            )
            if _must_be_revised(kept) and not _must_be_revised(before):
                _tell_the_drafting_owner(kept, procedure)
            return kept
    except IntegrityError:
        first = latest(procedure_id, year)
        if first is None:
            raise
        raise AnsweredMeanwhile(first) from None


def _must_be_revised(kept: SopEvaluation | None) -> bool:
    return kept is not None and kept.conclusion == SopEvaluation.Conclusion.REVISE


def _tell_the_drafting_owner(kept: SopEvaluation, procedure: Procedure) -> None:
    """Tell who owns the drafting of SOPs that one must be revised, unless he has just said so himself."""
    try:
        drafting = definition_in_force(DRAFTING, kept.at)
    except NotFound:
        return
    people = {person.pk for person in holders(owner_of(drafting).desks[0], kept.at)} - {kept.by_id}
    told = {"title": procedure.title, "year": kept.year, "who": kept.by}
    text = _("The evaluation of %(year)s says that this SOP must be revised: %(title)s (%(who)s).") % told
    notify_many(
        people, TO_REVISE, text, reverse("workspace:evaluation", args=[procedure.id, kept.year]), kept.at
    )


def form_pdf(procedure_id: str, year: int, at: datetime) -> bytes:
    """Return the form of an SOP's year as PDF/A: what was answered and the figures kept with it, or the figures and empty lines.

    Kept answers give the same bytes every time. Raises cases.errors.NotFound for a year in which the SOP was not in force.
    """
    kept, procedure = latest(procedure_id, year), definition_in_force(procedure_id, at)
    figures = YearFigures.from_data(kept.figures) if kept else year_figures(procedure_id, year, at)
    identity = definition_of_version(kept.sop_id) if kept else procedure
    data: dict[str, Any] = {
        "letterhead": letterhead(),
        "title": f"Formulir Evaluasi Penerapan SOP Tahun {year}",
        "year": year,
        "sop": {
            "title": identity.title,
            "number": identity.identity.number,
            "version": identity.identity.version,
            "owner": identity.owner,
            "unit": identity.unit,
        },
        "figures": figures.as_data(),
        "told": _in_words(figures),
        "lines": kept.answers if kept else [{"uraian": each.uraian} for each in criteria()],
        "conclusion": kept.conclusion if kept else None,
        "note": kept.note if kept else "",
        "answered": local(kept.at).isoformat() if kept else None,
        "signature": block(_signatory(kept, owner_of(procedure), at)),
    }
    return render(_TEMPLATE, data, kept.at if kept else at)


def _signatory(kept: SopEvaluation | None, owner: Owner, at: datetime) -> Signatory:
    """Return who answered, in the capacity in which he did; where nobody has, the post of the owner."""
    if kept is None:
        return signatory_at(owner.desks[0], at)
    acting, _blank, title = kept.capacity.partition(" ")
    own = acting not in _ACTING
    return Signatory(
        title=kept.capacity if own else title,
        name=kept.by.name,
        rank=kept.by.rank,
        nip=kept.by.nip,
        acting="" if own else acting,
    )


def _in_words(figures: YearFigures) -> list[tuple[str, str]]:
    """Return the figures as the form tells them; papers speak Indonesian, whoever asks for them."""
    with override("id"):
        slowest = figures.slowest
        return [
            ("Berkas dimulai", str(figures.started)),
            ("Berkas selesai", str(figures.ended)),
            ("Berkas dibatalkan", str(figures.cancelled)),
            ("Waktu nyata satu berkas (median)", _time(figures.median)),
            ("Waktu baku jalur utama", _time(figures.limit)),
            ("Berkas selesai tepat waktu", _percent(figures.on_time)),
            ("Langkah selesai tepat waktu", _percent(figures.steps_on_time)),
            ("Langkah yang diulang", f"{figures.loops} kali"),
            (
                "Langkah terlama (median)",
                f"{slowest.step}: {_time(slowest.median)}, baku {slowest.standard}" if slowest else "–",
            ),
        ]


def _time(minutes: int | None) -> str:
    return "–" if minutes is None else working_time(minutes)


def _percent(share: int | None) -> str:
    return "–" if share is None else f"{share}%"
