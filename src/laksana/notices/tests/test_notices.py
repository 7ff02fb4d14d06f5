"""People are told in the workspace, and by e-mail as each of them wants it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as office
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries, Settings

from laksana.jobs.schedules import declared_schedules
from laksana.jobs.services import failed_jobs
from laksana.jobs.worker import JobRunner
from laksana.notices import tasks
from laksana.notices.models import EmailChoice, Notice
from laksana.notices.services import (
    When,
    choose_email,
    email_choice,
    latest,
    mark_read,
    notify,
    notify_many,
    unread,
    unread_count,
)
from laksana.notices.tests.conftest import Hire
from laksana.people.models import Person

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def tell(*people: Person, text: str = "Surat 12 menunggu disposisi Anda", at: datetime = NOW) -> list[Notice]:
    return notify_many(people, "tugas", text, "/berkas/12/", at)


def work(at: datetime = NOW) -> None:
    while JobRunner(lambda: at).turn():
        pass


def waiting_jobs() -> int:
    return DBTaskResult.objects.filter(status="READY").count()


def test_a_notice_is_unread_until_it_is_marked(hire: Hire) -> None:
    ayu, budi = hire("Ayu"), hire("Budi")
    first, _second = notify(ayu, "tugas", "satu", "/1/", NOW), notify(ayu, "tugas", "dua", "/2/", LATER)
    notify(budi, "tugas", "lain", "/3/", NOW)
    assert [notice.text for notice in unread(ayu)] == ["dua", "satu"]
    assert mark_read(ayu, LATER, [first.pk]) == 1
    assert unread_count(ayu) == 1
    assert mark_read(ayu, LATER) == 1
    assert [notice.read_at for notice in latest(ayu)] == [LATER, LATER]
    assert unread_count(budi) == 1


def test_nobody_marks_the_notices_of_another(hire: Hire) -> None:
    ayu, budi = hire("Ayu"), hire("Budi")
    (notice,) = tell(ayu)
    assert mark_read(budi, LATER, [notice.pk]) == 0
    assert unread_count(ayu) == 1


def test_telling_many_costs_three_queries_however_many_they_are(
    hire: Hire, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = [hire(f"Orang{number}") for number in range(30)]
    with transaction.atomic(), django_assert_num_queries(3):
        tell(*people)
    assert Notice.objects.count() == 30
    assert waiting_jobs() == 1


def test_where_nobody_wants_e_mail_no_job_is_enqueued(
    hire: Hire, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    silent, daily, without = hire("Ayu"), hire("Budi"), hire("Citra", email="")
    choose_email(silent, When.NEVER)
    choose_email(daily, When.DAILY)
    with transaction.atomic(), django_assert_num_queries(2):
        tell(silent, daily, without)
    assert waiting_jobs() == 0


def test_telling_nobody_costs_nothing(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert tell() == []


def test_a_person_named_twice_is_told_once(hire: Hire) -> None:
    ayu = hire("Ayu")
    notify_many([ayu, ayu.pk, ayu], "tugas", "satu", "/1/", NOW)
    assert unread_count(ayu) == 1


@pytest.mark.django_db(transaction=True)
def test_an_action_rolled_back_tells_nobody(hire: Hire) -> None:
    ayu = hire("Ayu")

    def act() -> None:
        with transaction.atomic():
            tell(ayu)
            raise LookupError

    with pytest.raises(LookupError):
        act()
    work()
    assert not Notice.objects.exists()
    assert mail.outbox == []


def test_the_e_mail_says_what_it_is_about_and_where_to_go(hire: Hire, settings: Settings) -> None:
    settings.BASE_URL = "https://laksana.contoh.example"
    (notice,) = tell(hire("Ayu"))
    work(LATER)
    (message,) = mail.outbox
    assert message.to == ["ayu@contoh.example"]
    assert message.subject == "[Laksana] Surat 12 menunggu disposisi Anda"
    assert "https://laksana.contoh.example/berkas/12/" in message.body
    assert "Ayu" in message.body
    assert message.extra_headers["Message-ID"] == f"<notice-{notice.pk}-1@localhost>"
    notice.refresh_from_db()
    assert notice.emailed_at == LATER


def test_a_text_with_line_breaks_cannot_add_headers(hire: Hire) -> None:
    tell(hire("Ayu"), text="Surat\r\nBcc: semua@contoh.example")
    work()
    assert mail.outbox[0].subject == "[Laksana] Surat Bcc: semua@contoh.example"
    assert mail.outbox[0].recipients() == ["ayu@contoh.example"]


def test_an_e_mail_already_sent_is_not_sent_again_when_its_job_runs_twice(hire: Hire) -> None:
    (notice,) = tell(hire("Ayu"))
    work()
    tasks.send_notices.call(notices=[notice.pk], at=LATER)
    assert len(mail.outbox) == 1


def test_somebody_who_has_left_gets_no_e_mail(hire: Hire) -> None:
    gone = hire("Ayu", is_active=False)
    tell(gone)
    assert waiting_jobs() == 0


class Refusing(EmailBackend):
    """A server that refuses one address, until it is told not to."""

    refuses = "budi@contoh.example"

    def send_messages(self, email_messages: list[mail.EmailMessage]) -> int:  # type: ignore[override]
        if self.refuses in email_messages[0].to:
            message = "mailbox unavailable"
            raise OSError(message)
        return super().send_messages(email_messages)


def test_one_refused_address_keeps_nobody_waiting_and_is_tried_again(
    hire: Hire, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    tell(hire("Ayu"), hire("Budi"), hire("Citra"))
    work()
    assert [message.to[0] for message in mail.outbox] == ["ayu@contoh.example", "citra@contoh.example"]
    monkeypatch.setattr(Refusing, "refuses", "")
    work(NOW + timedelta(minutes=1))
    assert [message.to[0] for message in mail.outbox][2:] == ["budi@contoh.example"]
    assert failed_jobs() == []


def test_who_never_chose_gets_each_at_once_and_a_choice_is_kept(hire: Hire) -> None:
    ayu = hire("Ayu")
    assert email_choice(ayu) == When.AT_ONCE
    choose_email(ayu, When.DAILY)
    choose_email(ayu, When.NEVER)
    assert email_choice(ayu) == When.NEVER
    assert EmailChoice.objects.count() == 1


def test_the_digest_has_what_is_unread_once(hire: Hire) -> None:
    ayu, budi, citra = hire("Ayu"), hire("Budi"), hire("Citra")
    for person in (ayu, budi):
        choose_email(person, When.DAILY)
    tell(ayu, text="pertama")
    tell(ayu, text="kedua", at=NOW + timedelta(minutes=1))
    (read,) = tell(ayu, text="sudah dibaca")
    mark_read(ayu, NOW, [read.pk])
    (done,) = tell(budi, text="sudah dibaca juga")
    mark_read(budi, NOW, [done.pk])
    tell(citra, text="segera")
    tasks.send_digests.call(at=LATER)
    work(LATER)
    by_address = {message.to[0]: message for message in mail.outbox}
    assert set(by_address) == {"ayu@contoh.example", "citra@contoh.example"}
    digest = by_address["ayu@contoh.example"]
    assert "2" in digest.subject
    assert digest.body.index("kedua") < digest.body.index("pertama")
    assert "sudah dibaca" not in digest.body
    tasks.send_digests.call(at=LATER + timedelta(days=1))
    work(LATER + timedelta(days=1))
    assert len(mail.outbox) == 2


def test_a_digest_ordered_but_read_meanwhile_is_not_sent(hire: Hire) -> None:
    ayu = hire("Ayu")
    choose_email(ayu, When.DAILY)
    tell(ayu)
    tasks.send_digests.call(at=LATER)
    mark_read(ayu, LATER)
    work(LATER)
    assert mail.outbox == []


def test_notices_read_long_ago_are_forgotten(hire: Hire) -> None:
    ayu = hire("Ayu")
    tell(ayu)
    mark_read(ayu, NOW)
    tell(ayu, text="belum dibaca")
    tasks.forget_old_notices.call(at=NOW + office.NOTICES_KEPT + timedelta(seconds=1))
    assert [notice.text for notice in latest(ayu)] == ["belum dibaca"]


def test_digests_and_forgetting_run_by_the_clock() -> None:
    assert {tasks.send_digests.module_path, tasks.forget_old_notices.module_path} <= set(declared_schedules())
