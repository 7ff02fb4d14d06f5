"""Tags of the sign-in pages."""

from dataclasses import dataclass
from ipaddress import ip_address

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from laksana.people import devices

register = template.Library()


@dataclass(frozen=True)
class Page:
    """A page on which somebody keeps his own account."""

    label: str
    url: str
    here: bool


@register.simple_tag(takes_context=True)
def account_pages(context: template.Context) -> list[Page]:
    """Return the pages on which somebody keeps his own account."""
    named = [
        (_("Password"), "account_change_password"),
        (_("E-mail address"), "account_email"),
        (_("Second factor"), "mfa_index"),
        (_("Devices"), "usersessions_list"),
    ]
    path = context["request"].path
    return [
        Page(label, url, path.startswith(url))
        for label, url in ((label, reverse(name)) for label, name in named)
    ]


@register.simple_tag
def demonstration_page() -> str:
    """Return the address of the page with accounts to try; "" where this is no demonstration."""
    return reverse("people:demonstration") if settings.DEMO else ""


@register.simple_tag(takes_context=True)
def passkeys_possible(context: template.Context) -> bool:
    """Return whether browsers offer passkeys at this address: at a name, not a number, and over https or locally."""
    request: HttpRequest = context["request"]
    host, _port = split_domain_port(request.get_host())
    return not _is_number(host) and (request.is_secure() or host == "localhost")


@register.filter
def device(user_agent: str) -> str:
    """Return what browser on what system a `User-Agent` names."""
    return devices.describe(user_agent)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Return whether a field is one box to tick, whose label stands behind it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def without_placeholder(field: BoundField) -> SafeString:
    """Return a field's input without the grey text in it, which only says the label again."""
    return field.as_widget(attrs={"placeholder": False})


def _is_number(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
