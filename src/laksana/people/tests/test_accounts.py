"""Looking after accounts: what is done, what is refused, and that each change is written down with who made it."""

from datetime import UTC, date, datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from laksana.people import accounts
from laksana.people.models import Account, Group, OfficeChange, Person, Unit

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 2, tzinfo=UTC)
NEW_PASSWORD = "frasa sandi yang panjang sekali 7"


def person(name: str, nip: str, account: Account | None = None) -> Person:
    """Return an employee."""
    unit, _made = Unit.objects.get_or_create(code="dinas", name="Dinas")
    return Person.objects.create(name=name, nip=nip, unit=unit, account=account)


@pytest.fixture
def admin() -> Person:
    """Who looks after the system."""
    account = Account.objects.create_user("admin", is_staff=True)
    return person("Admin Contoh", "198501012010011001", account)


@pytest.fixture
def clerk() -> Person:
    """An employee without an account."""
    return person("Pegawai Contoh, S.Kom.", "199002022015022002")


def told() -> list[str]:
    """Return what was written down, the first first."""
    return list(OfficeChange.objects.order_by("pk").values_list("what", flat=True))


def test_an_account_is_made_for_an_employee_without_a_password_and_written_down(
    admin: Person, clerk: Person
) -> None:
    made = accounts.create(admin, AT, clerk, "pegawai", "pegawai@kantor.example")
    clerk.refresh_from_db()
    assert clerk.account == made
    assert not made.has_usable_password()
    assert EmailAddress.objects.get(user=made).verified
    (change,) = OfficeChange.objects.all()
    assert (change.by, change.at, change.about) == (admin, AT, OfficeChange.About.ACCOUNT)
    assert "pegawai" in change.what


@pytest.mark.parametrize(
    ("username", "email", "field"),
    [
        ("ADMIN", "", "username"),
        ("dengan spasi", "", "username"),
        ("baru", "Admin@kantor.example", "email"),
    ],
)
def test_what_cannot_be_an_account_is_refused_at_its_field(
    admin: Person, clerk: Person, username: str, email: str, field: str
) -> None:
    Account.objects.filter(username="admin").update(email="admin@kantor.example")
    with pytest.raises(ValidationError) as refused:
        accounts.create(admin, AT, clerk, username, email)
    assert field in refused.value.message_dict
    assert told() == []


def test_nobody_has_two_accounts_and_who_left_gets_none(admin: Person, clerk: Person) -> None:
    accounts.create(admin, AT, clerk, "pegawai", "")
    clerk.refresh_from_db()
    with pytest.raises(ValidationError, match="sudah punya akun"):
        accounts.create(admin, AT, clerk, "lagi", "")
    gone = person("Sudah Pergi", "198003032005031003")
    Person.objects.filter(pk=gone.pk).update(active=False)
    with pytest.raises(ValidationError, match="tidak lagi bertugas"):
        accounts.create(admin, AT, gone, "pergi", "")


def test_closing_ends_every_session_and_is_undone_by_opening(admin: Person, clerk: Person) -> None:
    account = accounts.create(admin, AT, clerk, "pegawai", "")
    browser = Client()
    browser.force_login(account)
    key = browser.session.session_key
    UserSession.objects.create(user=account, session_key=key, ip="127.0.0.1", user_agent="")
    accounts.set_active(admin, AT, account, active=False)
    account.refresh_from_db()
    assert not account.is_active
    assert not UserSession.objects.exists()
    assert key is not None
    assert not browser.session.exists(key)
    accounts.set_active(admin, AT, account, active=True)
    account.refresh_from_db()
    assert account.is_active
    assert len(told()) == 3


def test_nobody_changes_his_own_account_or_gives_himself_rights(admin: Person) -> None:
    own = admin.account
    assert own is not None
    group = Group.objects.create(code="tim", name="Tim")
    for act in (
        lambda: accounts.set_active(admin, AT, own, active=False),
        lambda: accounts.set_administrator(admin, AT, own, administrator=False),
        lambda: accounts.unlink(admin, AT, own),
        lambda: accounts.forget_second_factor(admin, AT, own),
        lambda: accounts.set_email(admin, AT, own, "lain@kantor.example"),
        lambda: accounts.order_link(admin, AT, own),
        lambda: accounts.set_member(admin, AT, group, admin, member=True),
    ):
        with pytest.raises(ValidationError):
            act()
    own.refresh_from_db()
    assert (own.is_active, own.is_staff) == (True, True)
    assert not group.people.exists()
    assert told() == []


def test_an_account_of_the_wrong_employee_is_taken_and_given_to_the_right_one(
    admin: Person, clerk: Person
) -> None:
    account = accounts.create(admin, AT, clerk, "pegawai", "")
    other = person("Orang Lain", "199104042016042004")
    with pytest.raises(ValidationError, match="sudah ada pemiliknya"):
        accounts.link(admin, AT, account, other)
    accounts.unlink(admin, AT, account)
    accounts.link(admin, AT, account, other)
    assert accounts.holder_of(account) == other
    assert len(told()) == 3


def test_the_second_factor_of_who_lost_his_device_is_taken_away(admin: Person, clerk: Person) -> None:
    account = accounts.create(admin, AT, clerk, "pegawai", "")
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    accounts.forget_second_factor(admin, AT, account)
    assert not Authenticator.objects.filter(user=account).exists()


def test_the_link_sets_a_password_once_and_none_for_a_closed_account(admin: Person, clerk: Person) -> None:
    account = accounts.create(admin, AT, clerk, "pegawai", "")
    link = accounts.order_link(admin, AT, account).removeprefix("http://127.0.0.1:8000")
    browser = Client()
    form = browser.get(link)["Location"]
    sent = browser.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert sent.status_code == 302
    account.refresh_from_db()
    assert account.check_password(NEW_PASSWORD)
    again = Client().get(link)
    assert again.status_code == 200, "a used link leads to no form"
    accounts.set_active(admin, AT, account, active=False)
    with pytest.raises(ValidationError, match="ditutup"):
        accounts.order_link(admin, AT, account)


def test_the_link_is_mailed_where_that_is_possible_and_else_left_to_the_administrator(
    admin: Person, clerk: Person, settings: Settings
) -> None:
    account = accounts.create(admin, AT, clerk, "pegawai", "pegawai@kantor.example")
    link = accounts.order_link(admin, AT, account)
    settings.EMAIL_HOST = ""
    assert not accounts.mail_link(account, link)
    settings.EMAIL_HOST = "surat.kantor.example"
    assert accounts.mail_link(account, link)
    (sent,) = mail.outbox
    assert sent.to == ["pegawai@kantor.example"]
    assert link in sent.body
    assert all(link not in each for each in told()), "the link itself is kept nowhere"


def test_naming_somebody_in_a_group_is_written_down_once(admin: Person, clerk: Person) -> None:
    group = Group.objects.create(code="tim", name="Tim")
    accounts.set_member(admin, AT, group, clerk, member=True)
    accounts.set_member(admin, AT, group, clerk, member=True)
    assert list(group.people.all()) == [clerk]
    accounts.set_member(admin, AT, group, clerk, member=False)
    assert not group.people.exists()
    assert OfficeChange.objects.filter(about=OfficeChange.About.RIGHT).count() == 2
    assert date(2026, 11, 24) == OfficeChange.objects.earliest("pk").at.date()


def test_the_first_administrator_is_made_once(clerk: Person) -> None:
    first = accounts.make_first_administrator(AT, clerk, "penjaga", "")
    assert (first.is_staff, first.has_usable_password()) == (True, False)
    assert OfficeChange.objects.filter(about=OfficeChange.About.RIGHT, by=clerk).count() == 1
    other = person("Orang Lain", "199104042016042004")
    with pytest.raises(ValidationError, match="Sudah ada administrator"):
        accounts.make_first_administrator(AT, other, "kedua", "")


def test_an_employee_with_an_account_keeps_it_as_first_administrator(clerk: Person) -> None:
    clerk.account = Account.objects.create_user("sudah-ada")
    clerk.save()
    assert accounts.make_first_administrator(AT, clerk, "penjaga", "") == clerk.account
    assert clerk.account.is_staff
