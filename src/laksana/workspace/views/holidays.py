"""The days off of a year with the decrees that set them, and what those who keep the calendar change of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from laksana.sop.definition import FieldSpec
from laksana.web.visits import Visit, for_employees
from laksana.workspace.views.office_form import answer, for_keepers, may_keep, spec
from laksana.worktime import services as worktime
from laksana.worktime.models import CalendarChange, Decree, Holiday
from laksana.worktime.zone import local_day

_CHANGES_SHOWN = 10


@require_safe
@for_employees
def holidays(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the days off of a year, the decree of each, and the latest changes of the calendar."""
    year = _year(request, local_day(visit.at).year)
    context = {
        "year": year,
        "holidays": Holiday.objects.filter(date__year=year).select_related("decree").order_by("date"),
        "changes": CalendarChange.objects.select_related("decree")[:_CHANGES_SHOWN],
        "may_keep": may_keep(visit),
    }
    return render(request, "workspace/holidays.html", context)


def _year(request: HttpRequest, this: int) -> int:
    given = request.GET.get("tahun", "")
    return int(given) if given.isdecimal() and 2000 <= int(given[:5]) <= 2100 else this


@require_http_methods(["GET", "HEAD", "POST"])
@for_keepers
def add_holiday(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask for a day off with its decree and record it."""

    def do(values: Mapping[str, Any]) -> str:
        day = values["day"]
        if (there := Holiday.objects.filter(date=day).first()) is not None:
            raise ValidationError({"day": _("A day off already: %(name)s.") % {"name": there.name}})
        change = worktime.set_holiday(
            day, values["name"], values["category"], _decree(values), visit.at, str(visit.person)
        )
        return _told(change)

    fields = {
        "day": spec("date", _("Day"), required=True),
        "name": spec("text", _("Name of the day off"), required=True, max_length=200),
        "category": spec(
            "choice",
            _("Kind"),
            choices={value: str(label).capitalize() for value, label in Holiday.Category.choices},
            required=True,
        ),
        **_decree_fields(),
    }
    return answer(
        request,
        visit,
        fields,
        do,
        heading=_("Record a day off"),
        lead=_("Open deadlines are counted anew, and the change says which have moved."),
        submit_label=_("Record it"),
        back=reverse("workspace:holidays"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_keepers
def remove_holiday(request: HttpRequest, visit: Visit, day: str) -> HttpResponse:
    """Ask for the decree that makes a day off an ordinary day again, and record it."""
    holiday = get_object_or_404(Holiday, date=_day(day))

    def do(values: Mapping[str, Any]) -> str:
        try:
            change = worktime.remove_holiday(holiday.date, _decree(values), visit.at, str(visit.person))
        except Holiday.DoesNotExist as gone:
            raise ValidationError(_("This day is no day off any more.")) from gone
        return _told(change)

    return answer(
        request,
        visit,
        _decree_fields(),
        do,
        heading=_("Make it an ordinary day again"),
        lead=f"{holiday.date:%d-%m-%Y}: {holiday.name}",
        submit_label=_("Record it"),
        back=reverse("workspace:holidays") + f"?tahun={holiday.date.year}",
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error


def _decree_fields() -> dict[str, FieldSpec]:
    return {
        "number": spec(
            "text",
            _("Number of the decree"),
            required=True,
            max_length=200,
            help=_(
                "SKB 3 Menteri, Keputusan Presiden, surat edaran. One recorded before is not asked about again."
            ),
        ),
        "about": spec("text", _("What it is about"), max_length=300),
        "issued": spec("date", _("Date of the decree")),
    }


def _decree(values: Mapping[str, Any]) -> Decree:
    """Return the decree that a form names. Raises ValidationError for a new one of which nothing is said."""
    number = str(values["number"]).strip()
    known = Decree.objects.filter(number=number).first()
    if known is None and not (values.get("about") and values.get("issued")):
        wanting = [name for name in ("about", "issued") if not values.get(name)]
        raise ValidationError(dict.fromkeys(wanting, _("Fill this in for a decree not recorded yet.")))
    return known or worktime.record_decree(number, values["about"], values["issued"])


def _told(change: CalendarChange) -> str:
    moved = len(change.moved)
    told = ngettext("%(what)s. %(n)d deadline moved.", "%(what)s. %(n)d deadlines moved.", moved)
    return told % {"what": change.what, "n": moved}
