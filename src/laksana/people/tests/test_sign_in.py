"""The pages of sign-in."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter as mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from laksana.people import demo
from laksana.people.models import Account, CacheRow, Person, Unit

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 10, 2, 20, tzinfo=UTC)
NEW_PASSWORD = "kertas-lontar-77"


@pytest.fixture(autouse=True)
def _ningsih(settings: Settings) -> Iterator[None]:
    """One employee with an account."""
    settings.DEMO = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    email = "ningsih@diskominfo.example"
    ningsih = Account.objects.create_user("ningsih", email, demo.PASSWORD)
    EmailAddress.objects.create(user=ningsih, email=email, verified=True, primary=True)
    unit = Unit.objects.create(code="subbag-umpeg", name="Subbagian Umum dan Kepegawaian")
    Person.objects.create(account=ningsih, name="Ningsih Amplopbiru", nip="199104112015032001", unit=unit)
    yield
    cache.clear()


@pytest.fixture
def _office() -> None:
    """Everybody of the demonstration."""
    demo.install(AT)


def sign_in(client: Client, login: str = "ningsih", password: str = demo.PASSWORD) -> Any:
    return client.post("/akun/login/", {"login": login, "password": password})


def confirm(client: Client) -> None:
    """Give the password again, as the pages ask that change how one signs in."""
    client.post("/akun/reauthenticate/", {"password": demo.PASSWORD})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def account(username: str = "ningsih") -> Account:
    return Account.objects.get(username=username)


@pytest.mark.parametrize(
    "login", ["ningsih", "NINGSIH", "ningsih@diskominfo.example", "Ningsih@Diskominfo.Example"]
)
def test_one_signs_in_by_user_name_or_address_in_any_case(client: Client, login: str) -> None:
    answer = sign_in(client, login)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert signed_in(client)


def test_a_wrong_password_is_told_without_saying_whether_the_account_exists(client: Client) -> None:
    known = sign_in(client, "ningsih", "salah-sekali-1").content.decode()
    unknown = sign_in(client, "tiada", "salah-sekali-1").content.decode()
    assert not signed_in(client)
    told = re.findall(r'class="errorlist[^"]*"[^>]*>(.*?)</ul>', known, re.S)
    assert told
    assert told == re.findall(r'class="errorlist[^"]*"[^>]*>(.*?)</ul>', unknown, re.S)


def test_sign_in_leads_to_where_one_wanted_but_never_to_another_host(client: Client) -> None:
    wanted = {"login": "ningsih", "password": demo.PASSWORD, "next": "/tema/"}
    assert client.post("/akun/login/", wanted)["Location"] == "/tema/"
    client.logout()
    elsewhere = {**wanted, "next": "https://jahat.example/"}
    assert client.post("/akun/login/", elsewhere)["Location"] == "/"


def test_after_five_failures_the_right_password_has_to_wait_in_all_processes(client: Client) -> None:
    for _attempt in range(5):
        sign_in(client, password="salah-sekali-1")
    assert CacheRow.objects.exists(), "the limit is counted where other processes see it"
    sign_in(Client(), password=demo.PASSWORD)
    sign_in(client)
    assert not signed_in(client)


def test_who_has_left_cannot_sign_in(client: Client) -> None:
    person = Person.objects.get(account__username="ningsih")
    person.active = False
    person.save()
    assert sign_in(client)["Location"] == "/akun/inactive/"
    assert not signed_in(client)
    assert account().is_active, "the account itself is left as it is"
    assert client.get("/akun/inactive/").status_code == 200


def test_visitors_cannot_make_an_account(client: Client) -> None:
    before = Account.objects.count()
    page = client.get("/akun/signup/")
    assert page.status_code == 200
    assert "<form" not in page.content.decode()
    client.post("/akun/signup/", {"username": "penyusup", "password1": NEW_PASSWORD})
    assert Account.objects.count() == before


def test_a_forgotten_password_is_set_anew_by_a_link_in_the_mail(client: Client) -> None:
    assert client.get("/akun/password/reset/").status_code == 200
    done = client.post("/akun/password/reset/", {"email": "ningsih@diskominfo.example"}, follow=True)
    assert done.redirect_chain[-1][0] == "/akun/password/reset/done/"
    link = re.search(r"http://testserver(\S+)", str(mail.outbox[0].body))
    assert link
    form = client.get(link[1], follow=True)
    changed = client.post(
        form.redirect_chain[-1][0], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}, follow=True
    )
    assert changed.redirect_chain[-1][0] == "/akun/password/reset/key/done/"
    sign_in(client, password=NEW_PASSWORD)
    assert signed_in(client)
    used = Client().get(link[1], follow=True)
    assert used.status_code == 200
    assert 'name="password1"' not in used.content.decode(), "the link works once"


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client: Client) -> None:
    done = client.post("/akun/password/reset/", {"email": "tiada@diskominfo.example"}, follow=True)
    assert done.redirect_chain[-1][0] == "/akun/password/reset/done/"
    assert mail.outbox == []


def test_a_mail_server_that_fails_changes_no_answer(client: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    done = client.post("/akun/password/reset/", {"email": "ningsih@diskominfo.example"}, follow=True)
    assert done.redirect_chain[-1][0] == "/akun/password/reset/done/"


def test_a_weak_new_password_is_refused_at_its_field(client: Client) -> None:
    sign_in(client)
    page = client.post(
        "/akun/password/change/",
        {"oldpassword": demo.PASSWORD, "password1": "1234567890", "password2": "1234567890"},
    )
    assert page.status_code == 200
    assert 'id="id_password1_error"' in page.content.decode()


def test_a_changed_password_is_announced_by_mail_and_ends_other_sessions(client: Client) -> None:
    other = Client()
    sign_in(other)
    sign_in(client)
    client.post(
        "/akun/password/change/",
        {"oldpassword": demo.PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )
    assert len(mail.outbox) == 1
    assert client.get("/akun/password/change/").status_code == 200
    assert other.get("/akun/password/change/").status_code == 302


def code_of(secret: str) -> str:
    """The code that an authenticator app shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def with_totp(username: str = "ningsih") -> str:
    """Give an account an authenticator app, and return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(account(username), secret)
    RecoveryCodes.activate(account(username))
    return str(secret)


def test_a_second_factor_is_asked_for_once_set_up(client: Client) -> None:
    secret = with_totp()
    assert sign_in(client)["Location"].startswith("/akun/2fa/authenticate/")
    assert not signed_in(client)
    assert client.get("/akun/2fa/authenticate/").status_code == 200
    client.post("/akun/2fa/authenticate/", {"code": "000000"})
    assert not signed_in(client)
    client.post("/akun/2fa/authenticate/", {"code": code_of(secret)})
    assert signed_in(client)


def test_a_recovery_code_opens_once(client: Client) -> None:
    with_totp()
    codes = RecoveryCodes(Authenticator.objects.get(user=account(), type="recovery_codes"))
    first = codes.get_unused_codes()[0]
    sign_in(client)
    client.post("/akun/2fa/authenticate/", {"code": first})
    assert signed_in(client)
    again = Client()
    sign_in(again)
    again.post("/akun/2fa/authenticate/", {"code": first})
    assert not signed_in(again)


def test_an_authenticator_app_is_set_up_with_its_code(client: Client) -> None:
    sign_in(client)
    assert client.get("/akun/2fa/totp/activate/")["Location"].startswith("/akun/reauthenticate/")
    confirm(client)
    page = client.get("/akun/2fa/totp/activate/")
    assert 'class="qr"' in page.content.decode()
    secret = client.session["mfa.totp.secret"]
    client.post("/akun/2fa/totp/activate/", {"code": code_of(secret)})
    assert mfa_adapter().is_mfa_enabled(account())


@pytest.mark.usefixtures("_office")
def test_one_click_signs_in_on_a_demonstration(client: Client) -> None:
    page = client.get("/akun/demo/").content.decode()
    assert page.count('name="username"') == len(Account.objects.all())
    assert "Plh. Kepala Seksi Pengembangan dan Integrasi Aplikasi" in page
    assert client.post("/akun/demo/", {"username": "wiraguna"})["Location"] == "/"
    assert client.session["_auth_user_id"] == str(account("wiraguna").pk)
    client.post("/akun/demo/", {"username": "melati"})
    assert client.session["_auth_user_id"] == str(account("melati").pk)


@pytest.mark.usefixtures("_office")
def test_one_click_still_asks_for_a_second_factor(client: Client) -> None:
    with_totp("wiraguna")
    client.post("/akun/demo/", {"username": "wiraguna"})
    assert not signed_in(client)


@pytest.mark.usefixtures("_office")
def test_one_click_needs_a_token_against_forged_requests() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/akun/demo/", {"username": "wiraguna"}).status_code == 403


@pytest.mark.usefixtures("_office")
@pytest.mark.parametrize("username", ["", "pegawai-sungguhan", "kepala"])
def test_one_click_opens_no_account_beyond_the_demonstration(client: Client, username: str) -> None:
    Account.objects.create(username="pegawai-sungguhan")
    real = Person.objects.get(account__username="wiraguna")
    Account.objects.filter(username="wiraguna").update(username="kepala")
    assert real.account
    assert client.post("/akun/demo/", {"username": username}).status_code == 404
    assert not signed_in(client)


@pytest.mark.usefixtures("_office")
def test_one_click_does_not_open_a_real_person_with_the_name_of_an_invented_one(client: Client) -> None:
    Person.objects.filter(account__username="wiraguna").update(nip="197103121996031999")
    assert client.post("/akun/demo/", {"username": "wiraguna"}).status_code == 404


@pytest.mark.usefixtures("_office")
def test_there_is_no_such_page_where_it_is_no_demonstration(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    assert client.get("/akun/demo/").status_code == 404
    assert client.post("/akun/demo/", {"username": "wiraguna"}).status_code == 404
    assert "/akun/demo/" not in client.get("/akun/login/").content.decode()


SIGNED_OUT = [
    "login/",
    "signup/",
    "inactive/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
    "password/reset/key/1-salah/",
    "confirm-email/",
    "confirm-email/salah/",
    "demo/",
]
OWN = ["logout/", "email/", "password/change/", "reauthenticate/", "sessions/", "2fa/", "2fa/totp/activate/"]
OWN_WITH_FACTOR = [
    "2fa/",
    "2fa/reauthenticate/",
    "2fa/totp/deactivate/",
    "2fa/recovery-codes/",
    "2fa/recovery-codes/generate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
]


def check_page(page: Any) -> None:
    """A page is whole: one heading, everything labelled, in the office's own frame."""
    text = page.content.decode()
    assert page.status_code == 200, page
    assert text.count("<h1") == 1
    assert 'class="card sheet' in text
    assert "style=" not in text, "the policy forbids inline styles"
    for tag in re.findall(r"<(?:input|textarea)\b[^>]*>", text):
        identity = re.search(r'\bid="([^"]+)"', tag)
        if 'type="hidden"' not in tag:
            assert identity, tag
            assert f'for="{identity[1]}"' in text or "aria-label" in tag, tag


@pytest.mark.parametrize("path", SIGNED_OUT)
def test_every_page_for_visitors_is_whole(client: Client, path: str) -> None:
    check_page(client.get(f"/akun/{path}", follow=True))


@pytest.mark.parametrize("path", OWN)
def test_every_page_of_ones_own_account_is_whole(client: Client, path: str) -> None:
    sign_in(client)
    confirm(client)
    check_page(client.get(f"/akun/{path}"))


@pytest.mark.parametrize("path", OWN_WITH_FACTOR)
def test_every_page_of_a_second_factor_is_whole(client: Client, path: str) -> None:
    sign_in(client)
    with_totp()
    confirm(client)
    check_page(client.get(f"/akun/{path}"))


def test_ones_devices_are_listed_and_the_others_signed_out(client: Client) -> None:
    other = Client()
    sign_in(other)
    sign_in(client)
    assert UserSession.objects.filter(user=account()).count() == 2
    client.post("/akun/sessions/")
    assert client.get("/akun/sessions/").status_code == 200
    assert other.get("/akun/sessions/").status_code == 302
