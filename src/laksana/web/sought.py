"""What somebody types into a search field."""

from django.http import HttpRequest

_LONGEST = 200


def words_sought(request: HttpRequest) -> str:
    """Return the words of `q` without what nobody types: PostgreSQL refuses a text that holds a NUL."""
    return request.GET.get("q", "").replace("\x00", "").strip()[:_LONGEST]
