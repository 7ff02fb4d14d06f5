"""The feed of one's agenda: switched on and off by its owner, read by his calendar without signing in."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from laksana.agenda import services as agenda
from laksana.agenda.icalendar import to_ical
from laksana.web.visits import Visit, for_employees
from laksana.worktime.zone import local_day

_BACK, _AHEAD = timedelta(days=31), timedelta(days=366)
"""What a calendar is told of: the month behind and the year ahead."""


@require_POST
@for_employees
def switch_on(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Make the secret address and show it, this once."""
    token = agenda.switch_on(visit.person, visit.at)
    address = request.build_absolute_uri(reverse("workspace:feed", args=[token]))
    return render(request, "workspace/feed.html", {"address": address})


@require_POST
@for_employees
def switch_off(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Let nobody read the feed any longer."""
    agenda.switch_off(visit.person)
    messages.success(request, _("The feed is switched off. Its address no longer works."))
    return redirect("workspace:calendar")


@require_safe
@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give the agenda that a secret opens; any other address is not there."""
    person = agenda.feed_of(token)
    if person is None:
        raise Http404
    at = timezone.now()
    today = local_day(at)
    found = agenda.entries(person, today - _BACK, today + _AHEAD, at)
    content = to_ical(found, _("Laksana agenda"), request.get_host(), at)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response
