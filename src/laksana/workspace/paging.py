"""Which page of a list was asked for."""

from django.http import HttpRequest

_LAST = 10_000


def page_number(request: HttpRequest) -> int:
    """Return the page asked for by `hal`, 1 for anything that is no page."""
    given = request.GET.get("hal", "1")
    return int(given) if given.isdecimal() and 0 < int(given[:6]) < _LAST else 1
