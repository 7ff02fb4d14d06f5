"""An applicant is told by e-mail of each change of his case, at the address he wants, and of nothing when he wants none."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django_tasks_db.models import DBTaskResult

from laksana.cases import actions
from laksana.cases import services as cases
from laksana.cases.models import Case, WorkItem
from laksana.library.conftest import office
from laksana.people.services import holders
from laksana.portal import tasks
from laksana.portal.addressee import addressee
from laksana.portal.models import ApplicantMail, MailChoice
from laksana.portal.service import texts
from laksana.portal.tests.applicant import Applicant, generated
from laksana.portal.tests.test_every_service import FITTING
from laksana.portal.tests.test_every_service import ONLINE as SERVICES
from laksana.portal.tests.test_journey import ASKED, AT, SEEDED, ask, incomplete
from laksana.portal.tokens import spaced, tracking_code

__all__ = ["office"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office", "now")]
GIVEN = ASKED["email"]


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    """The clock stands at nine."""
    cache.clear()
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


def tell() -> list[Any]:
    """Run the e-mails that are ordered, each twice, as a worker that was killed would; return those sent now."""
    before = len(mail.outbox)
    for job in DBTaskResult.objects.filter(task_path__endswith="tell_applicant").order_by("enqueued_at"):
        for _time in range(2):
            tasks.tell_applicant.func(**job.args_kwargs["kwargs"], at=AT)
    return mail.outbox[before:]


def told(case: Case) -> list[str]:
    """Return what was told of a case, in order."""
    rows = ApplicantMail.objects.filter(case=case, sent_at__isnull=False).order_by("pk")
    return [row.occasion.partition(":")[0] for row in rows]


def page(case: Case) -> str:
    """Return the address of the page at which e-mails are chosen."""
    return f"/lacak/{spaced(tracking_code(case, AT))}/surel/"


def test_a_request_is_told_as_received_and_as_asked_about_each_once() -> None:
    case = ask(Applicant())
    (received,) = tell()
    assert received.to == [GIVEN]
    assert received.subject.endswith(f" · {case.number}")
    assert f"/lacak/{spaced(tracking_code(case, AT))}/" in received.body
    incomplete(case)
    tell()
    assert told(case) == ["diterima", "diminta"]
    assert tell() == [], "nothing is told twice"
    assert len(mail.outbox) == 2


def test_what_was_answered_before_the_worker_came_is_not_asked_for_any_more() -> None:
    case = ask(Applicant())
    incomplete(case)
    case.work_items.filter(step="lengkapi").update(state=WorkItem.State.DONE)
    tell()
    assert "diminta" not in told(case)


def test_no_subject_and_no_body_holds_anything_of_the_case_but_its_number() -> None:
    incomplete(ask(Applicant()))
    sent = tell()
    assert len(sent) == 2
    for each in sent:
        said = each.subject + each.body
        assert [word for word in SEEDED if word in said] == []


def test_mail_programs_stop_the_e_mails_at_one_click_and_later_cases_of_the_story_stay_silent() -> None:
    case = ask(Applicant())
    (received,) = tell()
    assert received.extra_headers["List-Unsubscribe"] == f"<http://127.0.0.1:8000{page(case)}>"
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(page(case), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 302
    assert addressee(case) is None
    incomplete(case)
    assert tell() == []
    shown = strict.get(page(case)).content.decode()
    assert GIVEN not in shown
    tasks.mail_code.func(number=case.number, email=GIVEN, at=AT)
    assert mail.outbox[-1].to == [GIVEN], "who wants no news may still ask for his code"


def test_another_address_is_used_from_then_on_in_the_language_of_who_named_it() -> None:
    case = ask(Applicant())
    english = Client(headers={"accept-language": "en"})
    wrong = english.post(page(case), {"surel": "bukan alamat"})
    assert wrong.status_code == 422
    assert "This is no e-mail address" in wrong.content.decode()
    assert english.post(page(case), {"surel": "lain@contoh.example"}).status_code == 302
    (received,) = tell()
    assert received.to == ["lain@contoh.example"]
    assert received.subject.startswith("We have received your request")
    shown = english.get(f"/lacak/{spaced(tracking_code(case, AT))}/").content.decode()
    assert "l…@contoh.example" in shown
    assert "lain@contoh.example" not in shown


def test_strangers_cannot_be_written_to_without_end() -> None:
    case = ask(Applicant())
    client = Client()
    answers = [client.post(page(case), {"surel": f"a{n}@contoh.example"}).status_code for n in range(12)]
    assert answers == [302] * 10 + [429] * 2
    assert client.post(page(case), {"berhenti": "1"}).status_code == 302, "stopping is always possible"


def test_who_guesses_a_code_learns_and_changes_nothing() -> None:
    ask(Applicant())
    assert Client().post("/lacak/AAAA-BBBB-CCCC-DDDD/surel/", {"berhenti": "1"}).status_code == 404
    assert not MailChoice.objects.exists()


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_tells_its_applicant_who_names_an_address(name: str) -> None:
    procedure = cases.definition_in_force(name, AT)
    applicant = Applicant()
    values = generated(procedure, procedure.steps[0], AT) | FITTING.get(name, {})
    assert applicant.send(applicant.fill(applicant.begin(name), procedure, values)).status_code == 302
    case = Case.objects.get(procedure=name)
    assert applicant.client.post(page(case), {"surel": "warga@contoh.example"}).status_code == 302
    tell()
    item = case.work_items.filter(state=WorkItem.State.OPEN).first()
    assert item is not None
    actions.cancel(case.pk, holders(item.desk, AT)[0], "Permohonan ditarik", AT)
    tell()
    assert [each for each in told(case) if each != "diminta"] == ["diterima", "ditutup"]
    assert {tuple(each.to) for each in mail.outbox} == {("warga@contoh.example",)}
    assert all(texts()[name].title in each.body for each in mail.outbox)


def test_a_paper_and_the_end_are_told_together_once() -> None:
    case = ask(Applicant())
    tasks.tell_applicant.func(case=case.pk, occasion="surat:0", at=AT)
    assert told(case) == ["surat"]
    Case.objects.filter(pk=case.pk).update(state=Case.State.ENDED, ended_at=AT)
    tasks.tell_applicant.func(case=case.pk, occasion="surat:1", at=AT)
    tasks.tell_applicant.func(case=case.pk, occasion="selesai", at=AT)
    assert told(case) == ["surat", "selesai"]


def test_a_step_that_gives_a_paper_and_asks_something_is_told_once_and_of_a_paper_alone_by_itself() -> None:
    case = ask(Applicant())
    incomplete(case)
    giving = {step for steps in texts()[case.procedure].papers.values() for step in steps}
    done = case.work_items.filter(state=WorkItem.State.DONE, step__in=giving)
    assert done.exists(), "what is missing is told by a letter"
    assert f"surat:{done.get().pk}" in {
        job.args_kwargs["kwargs"]["occasion"]
        for job in DBTaskResult.objects.filter(task_path__endswith="tell_applicant")
    }
    tell()
    assert told(case) == ["diterima", "diminta"]


def test_addresses_named_on_the_page_are_forgotten_half_a_year_after_the_end() -> None:
    case = ask(Applicant())
    Client().post(page(case), {"surel": "lain@contoh.example"})
    tasks.forget_mail_choices.func(at=AT + timedelta(days=400))
    assert MailChoice.objects.exists(), "it is under way"
    Case.objects.filter(pk=case.pk).update(state=Case.State.ENDED, ended_at=AT)
    tasks.forget_mail_choices.func(at=AT + timedelta(days=150))
    assert MailChoice.objects.exists()
    tasks.forget_mail_choices.func(at=AT + timedelta(days=200))
    assert not MailChoice.objects.exists()
    assert ApplicantMail.objects.count() == 0
