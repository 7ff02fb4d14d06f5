"""Where a form stands: at the start of a case or at one of its open steps, for one person at one instant.

The person is who is signed in, or, where a session ended in the middle of a long form, who the form was given to: the form
carries his signed key, good for keeping what he typed as his draft and for nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from laksana.cases import services as cases
from laksana.cases.behaviour import Situation
from laksana.cases.errors import NotFound, NotYours
from laksana.cases.models import Case, Draft, WorkItem
from laksana.people.models import Person
from laksana.sop.definition import Procedure, Step
from laksana.sop.form import clean, to_json
from laksana.web.forms.directory import Directory
from laksana.web.forms.reading import Sent, read
from laksana.web.forms.step_form import StepForm

FORM_LIFE = timedelta(days=2)
"""How long after it was shown a form may still keep what was typed without a session."""
_SALT = "laksana.form"


@dataclass(frozen=True)
class FormPlace:
    """One form of one person."""

    person: Person
    at: datetime
    procedure: Procedure
    step: Step
    lane: str
    situation: Situation
    item: WorkItem | None = None

    @property
    def case(self) -> Case | None:
        """Return the case, None before there is one."""
        return self.item.case if self.item else None

    @property
    def url(self) -> str:
        """Return the address of the page with the form, to which it is also sent."""
        if self.item is None:
            return reverse("workspace:start-form", args=[self.procedure.id])
        return reverse("workspace:step", args=[self.item.case.number, self.item.pk])

    @property
    def refresh_url(self) -> str:
        """Return where the form is drawn anew with what was typed so far."""
        return self.url + "isian/"

    @property
    def draft_url(self) -> str:
        """Return where what was typed is kept."""
        return self.url + "draf/"

    @property
    def preview_url(self) -> str:
        """Return where the paper that the form writes is shown."""
        return self.url + "pratinjau/"

    @property
    def as_whom(self) -> str:
        """Return the signed key of the person the form is given to."""
        return signing.TimestampSigner(salt=_SALT).sign(str(self.person.pk))

    def read(self, request: HttpRequest) -> Sent:
        """Return what was sent."""
        return read(request, self.procedure, self.step, self.person, self.at)

    def draft(self) -> Draft | None:
        """Return what this person typed and did not send."""
        return self._drafts.first()

    def keep_draft(self, sent: Sent) -> None:
        """Keep what was typed."""
        Draft.objects.update_or_create(
            work_item=self.item,
            procedure="" if self.item else self.procedure.id,
            person=self.person,
            defaults={"data": sent.as_draft(), "saved_at": self.at},
        )

    def drop_draft(self) -> None:
        """Forget what was typed: it was sent, or the person wants to begin anew."""
        self._drafts.delete()

    @property
    def _drafts(self) -> QuerySet[Draft]:
        return Draft.objects.filter(
            work_item=self.item, procedure="" if self.item else self.procedure.id, person=self.person
        )

    def form(self, sent: Sent | None = None, errors: Mapping[str, object] | None = None) -> StepForm:
        """Return the form with what was sent, or with what the case knows."""
        raw = sent.raw if sent else {}
        filling = cases.form_filling(self.situation, raw)
        if sent is not None and sent.filled_for not in (None, filling.subject):
            # Another employee was chosen: what is known of him takes the place of what was known of the one before.
            raw |= to_json({name: known.value for name, known in filling.known.items()})
        return StepForm(
            self.procedure,
            self.step,
            self.situation.values,
            lane=self.lane,
            person_id=self.person.pk,
            directory=Directory(self.at),
            sent=sent,
            errors=errors,
            warnings=cases.form_warnings(self.situation, raw, outcome=sent.outcome)
            if sent
            else cases.opening_warnings(self.situation),
            case=self.case,
            filling=filling,
            recorded_for=cases.recorded_for(self.item, self.person, self.at) if self.item else "",
        )

    def opened_with(self, asked: Mapping[str, str]) -> "FormPlace":
        """Return the place whose form opens with what an address says of its fields, as far as that will do."""
        given = {name: text for name, text in asked.items() if name in self.step.asks}
        if not given:
            return self
        cleaned = clean(self.procedure, self.step, given, self.situation.values)
        values = {name: cleaned.values[name] for name in given if name in cleaned.values}
        return replace(self, situation=replace(self.situation, values={**self.situation.values, **values}))


def start_place(procedure_id: str, person: Person, at: datetime) -> FormPlace:
    """Return the place of the form that starts a case. Raises NotFound, NotYours."""
    procedure = cases.definition_in_force(procedure_id, at)
    if not cases.may_start(person, procedure, at):
        raise NotYours("You cannot start this procedure.")
    situation = cases.start_situation(procedure, person, at)
    return FormPlace(person, at, procedure, situation.step, situation.step.by[0], situation)


def step_place(number: str, item_id: int, person: Person, at: datetime) -> FormPlace:
    """Return the place of an open step's form. Raises NotFound, NotYours."""
    item = (
        WorkItem.objects.filter(pk=item_id, case__number=number, case__in=cases.readable_by(person, at))
        .select_related("case__sop", "case__initiator", "claimed_by")
        .first()
    )
    if item is None:
        raise NotFound("There is no such step.")
    if not cases.may_complete(person, item, at):
        raise NotYours("This step is not yours to do now.")
    return place_of(item, person, at)


def place_of(item: WorkItem, person: Person, at: datetime) -> FormPlace:
    """Return the place of the form of an open step that this person may do."""
    procedure = cases.definition(item.case)
    situation = cases.form_situation(item, person, at)
    return FormPlace(person, at, procedure, procedure.step(item.step), item.lane, situation, item)


def person_of_form(request: HttpRequest) -> Person | None:
    """Return to whom a form that was sent without a session had been given; None when that cannot be told."""
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        key = signer.unsign(request.POST.get("_as", ""), max_age=FORM_LIFE)
    except signing.BadSignature:
        return None
    return Person.objects.filter(pk=key, active=True, account__is_active=True).first()
