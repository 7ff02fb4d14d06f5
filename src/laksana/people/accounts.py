"""Looking after accounts: each change is checked, done and recorded with who made it.

An account says who signs in, never what he may do; the one right that stands at it is to look after the system itself.
Nobody changes his own account here: he has his profile for that, and a slip would shut him out.
"""

from datetime import datetime
from smtplib import SMTPException

import structlog
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from laksana.people.models import Account, Group, OfficeChange, Person

log = structlog.get_logger(__name__)
About = OfficeChange.About


def record(by: Person, at: datetime, about: OfficeChange.About, what: str) -> OfficeChange:
    """Write down a change, in the transaction that makes it."""
    return OfficeChange.objects.create(by=by, at=at, about=about, what=what)


@transaction.atomic
def create(by: Person, at: datetime, person: Person, username: str, email: str) -> Account:
    """Make the account of an employee, without a password: he sets it himself by a link. Raises ValidationError."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    _must_be_free(person)
    if Account.objects.filter(username__iexact=username).exists():
        raise ValidationError({"username": _("Another account has this user name.")})
    _must_be_unused(email)
    account = Account(username=username, email=email, first_name=person.name.partition(",")[0][:150])
    account.set_unusable_password()
    account.full_clean(exclude=["password"])
    account.save()
    _give_address(account, email)
    person.account = account
    person.save()
    record(by, at, About.ACCOUNT, _("Account %(account)s made for %(person)s") % _named(account, person))
    return account


@transaction.atomic
def make_first_administrator(at: datetime, person: Person, username: str, email: str) -> Account:
    """Make the account of who looks after the system first, or let his own do so; he then makes those of the others.

    Raises ValidationError where somebody does already: then it is he who makes accounts.
    """
    if Account.objects.filter(is_staff=True, is_active=True).exclude(person=None).exists():
        raise ValidationError(
            _("Somebody looks after the system already; he makes accounts in the workspace.")
        )
    account = person.account or create(person, at, person, username, email)
    account.is_staff = True
    account.save(update_fields=["is_staff"])
    record(person, at, About.RIGHT, _("%(account)s looks after the system") % {"account": account})
    return account


def password_link(account: Account) -> str:
    """Return the address at which an account's password is set, once and within days."""
    key = {"uidb36": user_pk_to_url_str(account), "key": default_token_generator.make_token(account)}
    return settings.BASE_URL.rstrip("/") + reverse("account_reset_password_from_key", kwargs=key)


@transaction.atomic
def link(by: Person, at: datetime, account: Account, person: Person) -> None:
    """Give an account that is nobody's to an employee who has none. Raises ValidationError."""
    account = _locked(by, account)
    if holder_of(account) is not None:
        raise ValidationError(_("This account is somebody's already."))
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    _must_be_free(person)
    person.account = account
    person.save()
    record(by, at, About.ACCOUNT, _("Account %(account)s given to %(person)s") % _named(account, person))


@transaction.atomic
def unlink(by: Person, at: datetime, account: Account) -> None:
    """Take an account from its employee and end its sessions: it was given to the wrong one. Raises ValidationError."""
    account = _locked(by, account)
    person = holder_of(account)
    if person is None:
        raise ValidationError(_("This account is nobody's."))
    person.account = None
    person.save()
    _end_sessions(account)
    record(by, at, About.ACCOUNT, _("Account %(account)s taken from %(person)s") % _named(account, person))


@transaction.atomic
def set_active(by: Person, at: datetime, account: Account, active: bool) -> None:
    """Open an account, or close it and end its sessions. Raises ValidationError."""
    account = _locked(by, account)
    if account.is_active == active:
        return
    account.is_active = active
    account.save(update_fields=["is_active"])
    if not active:
        _end_sessions(account)
    said = _("Account %(account)s opened again") if active else _("Account %(account)s closed")
    record(by, at, About.ACCOUNT, said % {"account": account})


@transaction.atomic
def set_administrator(by: Person, at: datetime, account: Account, administrator: bool) -> None:
    """Let an account look after the system, or no longer. Raises ValidationError.

    Who does it remains one himself, so that the office is never without.
    """
    account = _locked(by, account)
    if account.is_staff == administrator:
        return
    account.is_staff = administrator
    account.save(update_fields=["is_staff"])
    said = (
        _("%(account)s looks after the system")
        if administrator
        else _("%(account)s no longer looks after the system")
    )
    record(by, at, About.RIGHT, said % {"account": account})


@transaction.atomic
def set_email(by: Person, at: datetime, account: Account, email: str) -> None:
    """Put another e-mail address in the place of an account's. Raises ValidationError."""
    account = _locked(by, account)
    if account.email == email:
        return
    _must_be_unused(email, but=account)
    account.email = email
    account.save(update_fields=["email"])
    EmailAddress.objects.filter(user=account).delete()
    _give_address(account, email)
    record(by, at, About.ACCOUNT, _("E-mail address of account %(account)s changed") % {"account": account})


@transaction.atomic
def forget_second_factor(by: Person, at: datetime, account: Account) -> None:
    """Take away an account's second factor, for who has lost his device, and end its sessions. Raises ValidationError."""
    account = _locked(by, account)
    Authenticator.objects.filter(user=account).delete()
    _end_sessions(account)
    record(
        by,
        at,
        About.ACCOUNT,
        _("Two-factor sign-in of account %(account)s taken away") % {"account": account},
    )


@transaction.atomic
def order_link(by: Person, at: datetime, account: Account) -> str:
    """Return what `password_link` does and record that it was asked for. Raises ValidationError for a closed account."""
    account = _locked(by, account)
    if not account.is_active:
        raise ValidationError(_("This account is closed."))
    record(
        by, at, About.ACCOUNT, _("Link for a new password of account %(account)s made") % {"account": account}
    )
    return password_link(account)


def mail_link(account: Account, url: str) -> bool:
    """Send an account's holder the link; return False where there is no address, no mail server, or it refuses.

    Then whoever asked for it hands it over himself. It is sent at once and not by a job, which would keep the link.
    """
    if not (account.email and settings.EMAIL_HOST):
        return False
    with override(account.language or settings.LANGUAGE_CODE):
        message = EmailMessage(
            subject=settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + _("Set a new password"),
            body=render_to_string("people/mail/password_link.txt", {"account": account, "url": url}),
            to=[account.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
    try:
        message.send()
    except (OSError, SMTPException):
        log.exception("link for a password not sent", account=account.pk)
        return False
    return True


@transaction.atomic
def set_member(by: Person, at: datetime, group: Group, person: Person, member: bool) -> None:
    """Name a person in a group, or no longer. Raises ValidationError: nobody gives himself rights."""
    if person == by:
        raise ValidationError({"person": _("Your own rights are given by somebody else.")})
    if group.people.filter(pk=person.pk).exists() == member:
        return
    (group.people.add if member else group.people.remove)(person)
    said = (
        _("%(person)s named in the group %(group)s")
        if member
        else _("%(person)s no longer in the group %(group)s")
    )
    record(by, at, About.RIGHT, said % {"person": person, "group": group})


def holder_of(account: Account) -> Person | None:
    """Return the employee whose account it is, in service or not."""
    return Person.objects.filter(account=account).first()


def _locked(by: Person, account: Account) -> Account:
    if by.account_id == account.pk:
        raise ValidationError(_("Your own account is changed by somebody else, or on your profile."))
    return Account.objects.select_for_update().get(pk=account.pk)


def _must_be_free(person: Person) -> None:
    if person.account_id is not None:
        raise ValidationError({"person": _("This employee has an account already.")})
    if not person.active:
        raise ValidationError({"person": _("This employee is no longer in service.")})


def _must_be_unused(email: str, but: Account | None = None) -> None:
    others = Account.objects.filter(email__iexact=email)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if email and others.exists():
        raise ValidationError({"email": _("Another account has this e-mail address.")})


def _give_address(account: Account, email: str) -> None:
    if email:
        EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)


def _end_sessions(account: Account) -> None:
    for session in UserSession.objects.filter(user=account):
        session.end()


def _named(account: Account, person: Person) -> dict[str, str]:
    return {"account": account.get_username(), "person": person.name}
