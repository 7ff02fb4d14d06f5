"""The series of numbers: what each has given, reserved and cancelled, and the pattern that it is written by."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from laksana.cases import services as cases
from laksana.numbering import services as numbering
from laksana.numbering.services import AllottedNumber, Kind, NumberRefused, Pattern, PatternError, Standing
from laksana.people.services import desks_of
from laksana.web.visits import Visit, VisitView, for_employees
from laksana.workspace.number_lists import book_of, lines_of
from laksana.workspace.paging import page_number
from laksana.workspace.sending import sent
from laksana.workspace.views.office_form import answer, spec
from laksana.worktime.zone import local_day

PAGE = 100
RULERS = frozenset({"position:kasubag-umpeg"})
"""The desks that say how numbers are written and cancel one that was given; administrators may too."""
KEEPERS = RULERS | {"position:pengadministrasi-persuratan", "position:arsiparis"}
"""The desks that keep numbers for a paper and take them back."""
_STATES = {"dicadangkan": "soon", "batal": "late", "diberikan": ""}


def _among(visit: Visit, desks: frozenset[str]) -> bool:
    return visit.is_administrator or not desks.isdisjoint(desks_of(visit.person, visit.at))


def _only(desks: frozenset[str]) -> Callable[[VisitView[...]], Callable[..., HttpResponseBase]]:
    """Let only those in who sit at one of the desks."""

    def guard(view: VisitView[...]) -> Callable[..., HttpResponseBase]:
        @for_employees
        @wraps(view)
        def guarded(request: HttpRequest, visit: Visit, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not _among(visit, desks):
                return render(request, "403.html", status=403)
            return view(request, visit, *args, **kwargs)

        return guarded

    return guard


@require_safe
@for_employees
def overview(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the series of a year: the pattern of each, its next number, and how many are reserved, void or missing."""
    today = local_day(visit.at)
    year = _year(request, today.year)
    titles = _Titles(visit)
    rows = [_row(standing, titles, today) for standing in numbering.standings(year)]
    context = {
        "year": year,
        "years": sorted({*numbering.years(), today.year}, reverse=True),
        "letters": [row for row in rows if row["kind"] and not row["kind"].procedure],
        "procedures": [row for row in rows if row["kind"] and row["kind"].procedure],
        "others": [row for row in rows if not row["kind"]],
        "may_rule": _among(visit, RULERS),
    }
    return render(request, "workspace/numbers.html", context)


def _row(standing: Standing, titles: "_Titles", today: date) -> dict[str, Any]:
    kind = standing.kind
    on = today if standing.year == today.year else date(standing.year, 12, 31)
    pattern = numbering.pattern_of(kind.key, on) if kind else None
    return {
        "standing": standing,
        "kind": kind,
        "title": titles.of(standing.key),
        "pattern": pattern,
        "next": numbering.next_written(standing.key, kind, pattern, on, standing.last)
        if kind and pattern and standing.year == today.year
        else "",
    }


class _Titles:
    """What a series is called: the kind's own title, or the procedure and field that it numbers."""

    def __init__(self, visit: Visit) -> None:
        self._book = cases.book_in_force(visit.at)

    def of(self, key: str) -> str:
        kind = numbering.kind_of(key)
        if kind is None:
            return key.split("|", maxsplit=1)[0].replace("-", " ").capitalize()
        procedure = self._book.get(kind.procedure)
        title = kind.title or kind.key
        if procedure is not None:
            title = f"{procedure.title}: {procedure.fields[kind.field_id].label}"
        separate = [part for part in key.split("|")[1:] if part]
        return f"{title} ({', '.join(separate)})" if separate else title


@require_safe
@for_employees
def series(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:
    """Show the numbers of a series in a year: whom each was given to, what is reserved or void, and what is amiss."""
    year, state = _year(request, local_day(visit.at).year), request.GET.get("keadaan", "")
    page = page_number(request)
    found = _found(key, year)
    if state in _STATES:
        found = found.filter(state=state)
    # The newest stand first on the page; a list by paper reads from the first.
    shown = list(found.reverse()[(page - 1) * PAGE : page * PAGE + 1])
    kind = numbering.kind_of(key)
    context = {
        "key": key,
        "title": _Titles(visit).of(key),
        "kind": kind,
        "year": year,
        "years": numbering.years_of(key) or [year],
        "state": state,
        "states": AllottedNumber.State.choices,
        "numbers": [(number, _STATES[number.state]) for number in shown[:PAGE]],
        "readable": _readable(visit, [number.label for number in shown]),
        "first": numbering.first_of(key, year),
        "gaps": numbering.gaps(key, year),
        "out_of_order": numbering.out_of_order(key, year),
        "page": page,
        "more": len(shown) > PAGE,
        "may_keep": _among(visit, KEEPERS),
        "may_rule": _among(visit, RULERS),
        "this_year": year == local_day(visit.at).year,
    }
    return render(request, "workspace/number_series.html", context)


def _readable(visit: Visit, labels: list[str]) -> set[str]:
    """Return those of the labels that are the numbers of cases that the reader may know of."""
    known = cases.readable_by(visit.person, visit.at).filter(number__in=[label for label in labels if label])
    return set(known.values_list("number", flat=True))


def _found(key: str, year: int) -> Any:
    if numbering.kind_of(key) is None and year not in numbering.years_of(key):
        raise Http404
    return numbering.numbers_of(key, year)


@require_safe
@for_employees
def export(request: HttpRequest, visit: Visit, key: str, form: str) -> HttpResponseBase:
    """Give the numbers of a series in a year as CSV or XLSX."""
    year = _year(request, local_day(visit.at).year)
    found = _found(key, year)
    return sent(
        book_of(_Titles(visit).of(key)), lines_of(found), form, f"nomor-{key.replace('|', '-')}-{year}"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@_only(RULERS)
def pattern(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:
    """Ask how a kind of series is written from a day on, with everything that is wrong said at its field."""
    kind = numbering.kind_of(key)
    if kind is None or kind.key != key:
        raise Http404
    today = local_day(visit.at)
    before = numbering.pattern_of(key, today)

    def do(values: Mapping[str, Any]) -> str:
        wanted = Pattern(values["template"], values.get("unit") or "", tuple(values.get("separate") or ()))
        try:
            row = numbering.set_pattern(key, wanted, values["since"], str(visit.person), visit.at)
        except PatternError as error:
            raise ValidationError({"template": error.faults}) from error
        except NumberRefused as error:
            raise ValidationError({"since": str(error)}) from error
        example = numbering.next_written(key, kind, wanted, row.since, _last(key, row.since.year))
        return _("From %(day)s the next number is written %(number)s.") % {
            "day": f"{row.since:%d-%m-%Y}",
            "number": example,
        }

    return answer(
        request,
        visit,
        _pattern_fields(kind),
        do,
        heading=_("Pattern of %(series)s") % {"series": _Titles(visit).of(key)},
        lead=_("Next number by the pattern that holds: %(number)s")
        % {"number": numbering.next_written(key, kind, before, today, _last(key, today.year))},
        submit_label=_("Let it hold"),
        back=reverse("workspace:number-series", args=[key]),
        opening={
            "template": before.template,
            "unit": before.unit,
            "separate": list(before.separate),
            "since": today.isoformat(),
        },
    )


def _last(key: str, year: int) -> int:
    return numbering.last(key, year)


def _pattern_fields(kind: Kind) -> dict[str, Any]:
    parts = ", ".join("{" + part + "}" for part in numbering.PARTS if part in kind.parts)
    fields = {
        "template": spec(
            "text",
            _("Pattern"),
            required=True,
            max_length=120,
            help=_("The parts are %(parts)s. {urut:03} writes 001.") % {"parts": parts},
        ),
        "unit": spec("text", _("Code of the unit"), max_length=60, help=_("Stands for {unit}.")),
    }
    separable = {part: "{" + part + "}" for part in numbering.SEPARABLE if part in kind.parts}
    if len(separable) > 1:
        fields["separate"] = spec(
            "multichoice",
            _("Counted separately by"),
            choices=separable,
            help=_("None: one count for all. What is chosen must stand in the pattern."),
        )
    return {**fields, "since": spec("date", _("Holds from"), required=True)}


@require_http_methods(["GET", "HEAD", "POST"])
@_only(KEEPERS)
def reserve(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:
    """Keep the next number of a series for a paper that is being drafted."""
    year = local_day(visit.at).year
    _found(key, year)

    def do(values: Mapping[str, Any]) -> str:
        with transaction.atomic():
            number = numbering.reserve(
                key, year, visit.at, values["reason"], (values.get("label") or "").strip(), str(visit.person)
            )
        return _("Number %(number)d is reserved.") % {"number": number}

    fields = {
        "reason": spec("text", _("For which paper"), required=True, max_length=300),
        "label": spec(
            "text",
            _("Number of the case"),
            max_length=300,
            help=_("Where the paper is drafted in a case: its numbering then takes this number by itself."),
        ),
    }
    return answer(
        request,
        visit,
        fields,
        do,
        heading=_("Reserve a number"),
        lead=_("%(series)s: number %(number)d. It carries today's date.")
        % {"series": _Titles(visit).of(key), "number": _last(key, year) + 1},
        submit_label=_("Reserve it"),
        back=reverse("workspace:number-series", args=[key]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@_only(KEEPERS)
def void(request: HttpRequest, visit: Visit, key: str, number: int) -> HttpResponse:
    """Take a reserved number back, or cancel one that was given; it stays in the list with the reason."""
    row = get_object_or_404(AllottedNumber.objects.select_related("series"), pk=number, series__key=key)
    reserved = row.state == AllottedNumber.State.RESERVED
    if not reserved and not _among(visit, RULERS):
        return render(request, "403.html", status=403)

    def do(values: Mapping[str, Any]) -> str:
        with _refusals_told():
            numbering.void(row, values["reason"], visit.at, str(visit.person))
        return _("Number %(number)s is void.") % {"number": row}

    return answer(
        request,
        visit,
        {"reason": spec("text", _("Reason"), required=True, max_length=300)},
        do,
        heading=_("Take back number %(number)s") % {"number": row}
        if reserved
        else _("Cancel number %(number)s") % {"number": row},
        lead=_("A number never returns: it stays in the list as void, with the reason and who cancelled it."),
        submit_label=_("Make it void"),
        back=_back(row),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@_only(KEEPERS)
def use(request: HttpRequest, visit: Visit, key: str, number: int) -> HttpResponse:
    """Give a reserved number to a paper that is written outside a case."""
    row = get_object_or_404(AllottedNumber.objects.select_related("series"), pk=number, series__key=key)

    def do(values: Mapping[str, Any]) -> str:
        with _refusals_told():
            numbering.give_reserved(row, values["label"], visit.at, str(visit.person))
        return _("Number %(number)s is used.") % {"number": row}

    return answer(
        request,
        visit,
        {"label": spec("text", _("Given to"), required=True, max_length=300)},
        do,
        heading=_("Use number %(number)s") % {"number": row},
        lead=_("Reserved for %(paper)s, with the date %(day)s.")
        % {"paper": row.reason, "day": f"{row.on:%d-%m-%Y}"},
        submit_label=_("Use it"),
        back=_back(row),
    )


@contextmanager
def _refusals_told() -> Iterator[None]:
    """Say a refusal of the counter on the form."""
    try:
        yield
    except NumberRefused as error:
        raise ValidationError(str(error)) from error


def _back(row: AllottedNumber) -> str:
    return reverse("workspace:number-series", args=[row.series.key]) + f"?tahun={row.series.year}"


def _year(request: HttpRequest, this: int) -> int:
    given = request.GET.get("tahun", "")
    return int(given) if given.isdecimal() and 2000 <= int(given[:5]) <= 2100 else this
