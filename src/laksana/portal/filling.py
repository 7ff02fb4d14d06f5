"""A form between its first page and its sending: found by its link, read page by page, sent as a case or an answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest

from laksana.cases import services as cases
from laksana.cases.actions.submit import answer, submit
from laksana.cases.behaviour import Situation
from laksana.cases.models import Attachment, Case, WorkItem
from laksana.portal.asking import Asked, Page
from laksana.portal.models import Submission
from laksana.portal.service import ServiceText, service_of
from laksana.portal.tokens import hashed, new_token
from laksana.sop.definition import FieldSpec, Procedure
from laksana.sop.form import initial, to_json
from laksana.web.forms.directory import Directory
from laksana.web.forms.fields import FILE_TYPES
from laksana.web.forms.reading import Sent, read
from laksana.web.forms.step_form import StepForm
from laksana.worktime.zone import local

KEPT = timedelta(days=14)
"""How long a form that is not sent is kept."""


@dataclass(frozen=True)
class Filling:
    """A form being filled in."""

    submission: Submission
    token: str
    situation: Situation
    text: ServiceText

    @property
    def procedure(self) -> Procedure:
        """Return the procedure."""
        return self.situation.procedure

    @property
    def asked(self) -> Asked:
        """Return the step with what was given so far."""
        row = self.submission
        return Asked(
            self.procedure,
            self.situation.step,
            self.text,
            self.situation.values,
            row.raw,
            row.outcome or None,
        )

    def form(
        self, page: Page, errors: Mapping[str, object] | None = None, sent: Sent | None = None
    ) -> StepForm:
        """Return the form of one page, with what stands in it."""
        row, step = self.submission, self.situation.step
        shown = step.model_copy(update={"asks": page.names, **({} if page.decides else _UNDECIDED)})
        told = sent or Sent({**self._opening, **row.raw}, row.outcome or None)
        drawn = Sent({n: told.raw.get(n, "") for n in page.names}, told.outcome, refused=told.refused)
        known = {**self.situation.values, **self.asked.checked().values}
        return StepForm(
            self.procedure, shown, known, lane=step.by[0], person_id=None, directory=Directory(self.situation.at),
            sent=drawn, errors=errors, case=row.work_item.case if row.work_item else None,
        )  # fmt: skip

    @property
    def _opening(self) -> dict[str, Any]:
        return initial(self.procedure, self.situation.step, self.situation.values)

    def read(self, request: HttpRequest, page: Page) -> Sent:
        """Return what a page sent, and keep it, right or wrong; files are only those of this form."""
        step = self.situation.step.model_copy(update={"asks": page.names})
        sent = read(request, self.procedure, step, None, self.situation.at)
        posted = {value for _name, values in request.POST.lists() for value in values}
        row = self.submission
        with transaction.atomic():
            row = Submission.objects.select_for_update().get(pk=row.pk)
            own = {int(key) for key in row.files} | set(self._of_case(sent.raw))
            new = {int(key) for key in _keys(self.procedure.fields, sent.raw) if key not in posted}
            sent.raw = {
                name: _only(self.procedure.fields[name], value, own | new) for name, value in sent.raw.items()
            }
            row.raw = {**row.raw, **sent.raw}
            row.files = [*row.files, *sorted(new)]
            if page.decides:
                row.outcome = sent.outcome or ""
            row.save(update_fields=["raw", "files", "outcome"])
        self.submission.raw, self.submission.files, self.submission.outcome = row.raw, row.files, row.outcome
        return sent

    def _of_case(self, raw: Mapping[str, Any]) -> list[int]:
        """Return those of the files named that stand in the fields which this step opens with."""
        opening = {name: self._opening.get(name) for name in raw}
        return [int(key) for key in _keys(self.procedure.fields, opening)]

    def errors(self, page: Page) -> dict[str, object]:
        """Return what is wrong with one page."""
        faults: dict[str, object] = dict(self.asked.checked(self._now).errors)
        if (follows := self.text.follows) and faults.keys() & set(follows.hides):
            faults.setdefault(follows.missing_at, follows.missing)
        return {name: why for name, why in faults.items() if self.asked.page_of(name) == page}

    @property
    def _now(self) -> dict[str, str]:
        fields, at = self.procedure.fields, local(self.situation.at)
        given = (name for name in self.text.now if name in self.situation.step.asks)
        return {n: at.strftime("%Y-%m-%d" if fields[n].type == "date" else "%Y-%m-%dT%H:%M") for n in given}

    @property
    def values(self) -> dict[str, object]:
        """Return the typed values so far, for the page on which they are checked."""
        asked = self.asked
        names = {name for page in asked.pages for name in page.names}
        return {name: value for name, value in asked.checked().values.items() if name in names}

    def send(self, evidence: str) -> Case:
        """Send it: the case starts, or the step is done. Raises cases.errors.Refused."""
        row, asked = self.submission, self.asked
        given = {**{n: v for n, v in row.raw.items() if n in asked.step.asks}, **asked.text_fill, **self._now}
        with transaction.atomic():
            if row.work_item_id is not None:
                case = answer(
                    row.work_item_id, given, self.situation.at, evidence=evidence, files=row.files,
                    outcome=row.outcome or None, key=row.key,
                )  # fmt: skip
            else:
                case = submit(
                    self.procedure.id, given, self.situation.at, evidence=evidence, files=row.files,
                    outcome=row.outcome or None, key=row.key,
                )  # fmt: skip
            row.case, row.raw, row.outcome = case, {}, ""
            row.save(update_fields=["case", "raw", "outcome"])
        return case


_UNDECIDED: dict[str, Any] = {"outcomes": {}, "decides": None, "does": "-"}


def begin(
    procedure: Procedure,
    at: datetime,
    item: WorkItem | None = None,
    *,
    origin: Case | None = None,
    values: Mapping[str, Any] | None = None,
) -> str:
    """Begin a form and return the token of its link; with the case it turns on, and what it opens with."""
    token = new_token()
    asked = procedure.steps[0].asks
    given = {name: value for name, value in (values or {}).items() if name in asked and value is not None}
    Submission.objects.create(
        token_hash=hashed(token),
        procedure=procedure.id,
        work_item=item,
        origin=origin,
        raw=to_json(given),
        begun_at=at,
        expires_at=at + KEPT,
    )
    return token


def found(token: str, at: datetime) -> Submission | None:
    """Return the form of a link; None where there is none, or it has expired."""
    rows = Submission.objects.select_related("work_item__case", "case", "origin")
    return rows.filter(token_hash=hashed(token), expires_at__gt=at).first()


def filling(submission: Submission, token: str, at: datetime) -> Filling | None:
    """Return a form to go on with; None where its step is no longer the applicant's to do. Raises NotFound."""
    item = submission.work_item
    if item is not None:
        if item.state != WorkItem.State.OPEN:
            return None
        situation = cases.form_situation(item, None, at)
    else:
        procedure = cases.definition_in_force(submission.procedure, at)
        situation = cases.start_situation(procedure, None, at)
    text = service_of(situation.procedure)
    return Filling(submission, token, situation, text) if text else None


def forget_expired(at: datetime) -> int:
    """Forget forms that were not sent in time, with their files; return how many."""
    forgotten = 0
    for row in Submission.objects.filter(expires_at__lte=at).iterator():
        Attachment.objects.filter(Q(pk__in=row.files), case=None, by=None).delete()
        row.delete()
        forgotten += 1
    return forgotten


def _keys(specs: Mapping[str, FieldSpec], raw: Mapping[str, Any]) -> Iterator[str]:
    """Yield every key of a file in what was given."""
    for name, value in raw.items():
        spec = specs[name]
        if spec.columns:
            for row in value or ():
                yield from _keys(spec.columns, row)
        elif spec.type in FILE_TYPES and value:
            yield from (
                str(key) for key in (value if isinstance(value, list) else [value]) if str(key).isdecimal()
            )


def _only(spec: FieldSpec, value: Any, keys: set[int]) -> Any:
    """Return what was given in a field without files that are not this form's."""
    if spec.columns:
        return [
            {n: _only(spec.columns[n], cell, keys) for n, cell in row.items() if n in spec.columns}
            for row in value or ()
        ]
    if spec.type not in FILE_TYPES:
        return value
    if isinstance(value, list):
        return [key for key in value if str(key).isdecimal() and int(key) in keys]
    return value if str(value).isdecimal() and int(value) in keys else ""
