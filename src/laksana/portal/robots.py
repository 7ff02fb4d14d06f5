"""Keeping robots out without asking anybody else: work for the browser, or a plain question where it cannot work.

The work is that of ALTCHA: the browser looks for the number behind a hash. It costs a person a second of waiting, a robot that
sends thousands of forms a computer's day. Without JavaScript, or on a page without a secure connection, a sum in words is asked
instead, and fewer forms are taken.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from altcha import v1
from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from num2words import num2words

from laksana.portal.limits import ONCE, SEND, SEND_PLAIN, address_of

_GOOD_FOR = timedelta(hours=1)
_HARDEST = 60_000
_SALT = "laksana.portal.robots"


@dataclass(frozen=True)
class Challenge:
    """What a form asks of its sender: the work for a browser, and the question in its place."""

    work: v1.Challenge
    first: str
    second: str
    sealed: str


def challenge(at: datetime) -> Challenge:
    """Return a new challenge."""
    work = v1.create_challenge(
        v1.ChallengeOptions(max_number=_HARDEST, hmac_key=_key(), expires=at + _GOOD_FOR)
    )
    first, second = 2 + secrets.randbelow(8), 2 + secrets.randbelow(8)
    sealed = signing.dumps([secrets.token_hex(8), _answer(first + second)], salt=_SALT)
    return Challenge(work, _in_words(first), _in_words(second), sealed)


def is_person(request: HttpRequest, at: datetime) -> bool:
    """Return whether the work was done or the question answered, each good once."""
    if payload := request.POST.get("altcha"):
        return _worked(payload, at)
    return _answered(request.POST.get("_soal", ""), request.POST.get("jawaban", ""), at)


def within_limits(request: HttpRequest, at: datetime) -> bool:
    """Count one more form from this address; fewer are taken from one that did not work for it."""
    limit = SEND if request.POST.get("altcha") else SEND_PLAIN
    return limit.allows(address_of(request), at)


def _worked(payload: str, at: datetime) -> bool:
    try:
        good, _why = v1.verify_solution(payload, _key(), check_expires=True)
    except (TypeError, ValueError, AttributeError):
        return False  # what no browser of ours sends
    return bool(good) and ONCE.allows(payload, at)


def _answered(sealed: str, typed: str, at: datetime) -> bool:
    try:
        _nonce, wanted = signing.loads(sealed, salt=_SALT, max_age=_GOOD_FOR)
    except signing.BadSignature:
        return False
    number = typed.strip()
    return (
        number.isdecimal()
        and secrets.compare_digest(_answer(int(number)), wanted)
        and ONCE.allows(sealed, at)
    )


def _answer(total: int) -> str:
    return salted_hmac(_SALT, str(total), algorithm="sha256").hexdigest()


def _in_words(number: int) -> str:
    return str(num2words(number, lang="id"))


def _key() -> str:
    return salted_hmac(_SALT, "altcha", secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()
