"""Every service has its page and text, and its form starts its case."""

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import cache

from laksana.cases import services as cases
from laksana.cases.models import Attachment, Case
from laksana.library.catalogue import in_order_of_the_book as book
from laksana.library.conftest import office
from laksana.portal.models import Submission
from laksana.portal.service import service_of, situations, texts
from laksana.portal.tests.applicant import Applicant, generated
from laksana.sop.definition import END, Procedure
from laksana.worktime.zone import OFFICE_ZONE

__all__ = ["office"]
AT = datetime(2026, 11, 24, 9, 0, tzinfo=OFFICE_ZONE)
SERVICES = [each for each in book() if service_of(each)]
LATER = datetime(2026, 12, 8, 9, 0, tzinfo=OFFICE_ZONE)
FITTING: dict[str, dict[str, Any]] = {
    "kunjungan-tamu": {"rencana_mulai": LATER, "lama_menit": 90},
    "keberatan-informasi": {"alasan": ["b"]},
}
"""What the procedure's own rules demand beyond the types of its fields."""
ONLINE = [each.id for each in SERVICES if texts()[each.id].online]


def test_every_public_procedure_that_begins_outside_has_a_text() -> None:
    wanting = [each.id for each in book() if each.public and each.begins_outside and not service_of(each)]
    assert wanting == []
    assert {text.situation for text in texts().values()} == {each.id for each in situations()}


@pytest.mark.parametrize("shown", SERVICES, ids=lambda each: each.id)
def test_a_text_names_only_what_the_definition_has(shown: Procedure) -> None:
    text = texts()[shown.id]
    fields = set(shown.fields)
    named = {
        *text.fill,
        *text.now,
        *text.hide,
        *text.files,
        *(name for group in text.pages for name in group.asks),
    }
    assert named <= fields
    assert set(text.papers) <= {document.id for document in shown.documents}
    steps = {step.id for step in shown.steps} | {END}
    assert {step for after in (*text.papers.values(), *text.files.values()) for step in after} <= steps


@pytest.mark.usefixtures("office")
@pytest.mark.django_db
@pytest.mark.parametrize("name", ONLINE)
def test_a_form_is_filled_in_without_javascript_and_starts_its_case(name: str) -> None:
    cache.clear()
    with time_machine.travel(AT, tick=False):
        applicant = Applicant()
        assert applicant.client.get(f"/layanan/{name}/").status_code == 200
        procedure = cases.definition_in_force(name, AT)
        step = procedure.steps[0]
        values = generated(procedure, step, AT) | FITTING.get(name, {})
        form = applicant.begin(name)
        answer = applicant.send(applicant.fill(form, procedure, values))
        assert answer.status_code == 302, answer.content.decode()[-3000:]
        case = Case.objects.get(procedure=name)
        completed = case.events.get(kind="completed", step=step.id)
        assert (completed.actor, completed.acting_as) == (None, procedure.performers[step.by[0]].title)
        assert "form no." in completed.data["evidence"] or "nomor" in completed.data["evidence"]
        assert case.initiator is None
        assert applicant.client.get(answer["Location"]).status_code == 200
        assert not Attachment.objects.filter(case=None, by=None).exists()
        assert Submission.objects.get(case=case).raw == {}


@pytest.mark.usefixtures("office")
@pytest.mark.django_db
def test_a_service_asked_for_elsewhere_has_a_page_but_no_form() -> None:
    with time_machine.travel(AT, tick=False):
        visitor = Applicant().client
        for name in {each.id for each in SERVICES} - set(ONLINE):
            assert visitor.get(f"/layanan/{name}/").status_code == 200
            assert visitor.post(f"/layanan/{name}/mulai/").status_code == 404
        assert visitor.get("/layanan/cuti/").status_code == 404
