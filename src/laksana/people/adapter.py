"""How sign-in behaves: accounts are made by the office, and only those in service use them."""

from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from laksana.people.models import Account, Person

_YEAR = 365 * 24 * 3600
log = structlog.get_logger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Closes public sign-up, keeps out who has left, and does not fail where mail cannot be sent."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Return False: visitors make no accounts."""
        return False

    def pre_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse | None:
        """Refuse the account of a person who is no longer in service, as one that is closed."""
        if Person.objects.filter(account=user, active=False).exists():
            user.is_active = False
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        """Show the pages in the language that he chose, on whatever device."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if user.language:
            remember_language(request, response, user.language)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a message; log it where that fails: the answer must be the same for known and unknown addresses."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:  # those of smtplib are OSErrors too
            log.exception("sign-in mail not sent", template=template_prefix)


def remember_language(request: HttpRequest, response: HttpResponse, language: str) -> None:
    """Let a browser ask for its next pages in a language."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=_YEAR, samesite="Lax", secure=request.is_secure()
    )
