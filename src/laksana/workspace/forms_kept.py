"""Nothing typed is lost when a session ends in the middle of a long form.

The form knows to whom it was given (`places.person_of_form`). When it comes without a session, what was typed becomes that
person's draft, and the way leads through the sign-in page back to the form, where the draft stands.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from laksana.cases.errors import Refused
from laksana.web.visits import sign_in_first
from laksana.workspace.places import FormPlace, person_of_form

PlaceOf = Callable[..., FormPlace]
View = Callable[..., HttpResponseBase]


def keeping_what_was_typed(place_of: PlaceOf) -> Callable[[View], View]:
    """Keep a form that comes without a session as a draft before asking to sign in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def kept(request: HttpRequest, **named: Any) -> HttpResponseBase:
            if request.method != "POST" or request.user.is_authenticated:
                return view(request, **named)
            if keep(request, place_of, **named):
                messages.info(
                    request, _("Your session had ended. What you typed is kept; sign in and send it again.")
                )
            return sign_in_first(request)

        return kept

    return decorate


def keep(request: HttpRequest, place_of: PlaceOf, **named: Any) -> bool:
    """Keep what a form without a session brings as its person's draft; return whether that could be done."""
    person = person_of_form(request)
    if person is None:
        return False
    try:
        place = place_of(*named.values(), person, timezone.now())
    except Refused:
        return False
    place.keep_draft(place.read(request))
    return True
