"""Tables of law: what each says and since when, what reads it, and a new version proposed, compared, and put in force."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from laksana.cases import services as cases
from laksana.library.law import services as law
from laksana.library.law.services import Proposal
from laksana.library.models import TableVersion
from laksana.library.tables import MAX_BYTES, Origin, Table, TableError, all_tables, table_of
from laksana.web.visits import Visit, for_employees
from laksana.workspace.law_words import fault_words
from laksana.workspace.paging import page_number
from laksana.workspace.sending import TYPES
from laksana.workspace.views.answers import refusals_answered
from laksana.workspace.views.office_form import answer, spec
from laksana.worktime.zone import local_day

PAGE = 100
FAULTS_SHOWN = 200
STANDINGS = {
    "menunggu": gettext_lazy("Waiting to be put in force"),
    "belum-diperiksa": gettext_lazy("Not read in its source"),
    "habis": gettext_lazy("Past its validity"),
    "kantor": gettext_lazy("The office's own"),
}
_SHARED = {"archive": gettext_lazy("Archive"), "library": gettext_lazy("Shared by all procedures")}


@dataclass
class _Line:
    """A table in the list of them."""

    name: str
    origin: Origin | None
    rows: int = 0
    own: bool = False
    waiting: bool = False
    expired: bool = False
    readers: law.Readers = field(default_factory=law.Readers)

    def stands(self, standing: str) -> bool:
        """Return whether it belongs to a choice of the list."""
        return {
            "menunggu": self.waiting,
            "belum-diperiksa": self.origin is not None and not self.origin.checked,
            "habis": self.expired,
            "kantor": self.own,
        }.get(standing, True)


@require_safe
@for_employees
def tables(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show every table by its subject: its source, since when it holds, whether somebody read the source."""
    words, standing = request.GET.get("q", "").strip().lower(), request.GET.get("keadaan", "")
    today = local_day(visit.at)
    waiting = set(
        TableVersion.objects.filter(state=TableVersion.State.PROPOSED).values_list("table", flat=True)
    )
    groups: defaultdict[str, list[_Line]] = defaultdict(list)
    for table in all_tables():
        line = _line(table, today, waiting)
        text = f"{line.name} {line.origin.source if line.origin else ''}".lower()
        if words in text and line.stands(standing):
            groups[_subject(table)].append(line)
    context = {
        "groups": sorted(groups.items()),
        "count": sum(map(len, groups.values())),
        "words": words,
        "standing": standing,
        "standings": STANDINGS.items(),
    }
    return render(request, "workspace/law_tables.html", context)


def _line(table: Table[Any], today: date, waiting: set[str]) -> _Line:
    name, readers = table.name.removesuffix(".csv"), law.readers_of(table.name)
    try:
        contents = table.contents()
    except TableError:
        return _Line(name, None, readers=readers)
    own = contents.version is not None or contents.file != table.shipped
    until = contents.origin.valid_until
    return _Line(
        name,
        contents.origin,
        len(contents.rows),
        own,
        table.name in waiting,
        bool(until and until < today),
        readers,
    )


def _subject(table: Table[Any]) -> str:
    """Return the subject whose folder a table stands in."""
    parts = table.shipped.parts
    below = parts[len(parts) - parts[::-1].index("laksana") :]
    if below[0] != "library" or len(below) == 2:
        return str(_SHARED.get(below[0], below[0].capitalize()))
    return below[1].replace("_", " ").capitalize()


@require_safe
@for_employees
def table(request: HttpRequest, visit: Visit, name: str) -> HttpResponse:
    """Show what a table says on a day, what reads it, and what held before and will hold."""
    found, today = _found(name), local_day(visit.at)
    on, page = _day(request, today), page_number(request)
    faults: list[str] = []
    rows: list[tuple[str, ...]] = []
    columns = tuple(found.row.model_fields)
    contents, spans = None, []
    try:
        contents, spans = law.contents_on(found.name, on), law.history(found.name, today)
        rows = [law.written(row, columns) for row in contents.rows]
    except TableError as error:
        faults = [str(fault) for fault in error.faults]
    readers = law.readers_of(found.name)
    book = cases.book_in_force(visit.at)
    context = {
        "name": name,
        "contents": contents,
        "columns": columns,
        "rows": rows[(page - 1) * PAGE : page * PAGE],
        "count": len(rows),
        "page": page,
        "more": len(rows) > page * PAGE,
        "spans": spans,
        "faults": faults,
        "on": on,
        "is_today": on == today,
        "rules": readers.rules,
        "procedures": [book[each] for each in readers.procedures if each in book],
        "may_decide": law.may_decide(visit.person, visit.at),
        "waiting": TableVersion.objects.filter(table=found.name, state=TableVersion.State.PROPOSED).first(),
    }
    return render(request, "workspace/law_table.html", context)


def _found(name: str) -> Table[Any]:
    try:
        return table_of(f"{name}.csv")
    except KeyError:
        raise Http404 from None


def _day(request: HttpRequest, today: date) -> date:
    try:
        return date.fromisoformat(request.GET.get("pada", ""))
    except ValueError:
        return today


@require_safe
@for_employees
def table_csv(request: HttpRequest, visit: Visit, name: str) -> HttpResponseBase:
    """Give a table as it stands on a day: what is sent back changed is a new version."""
    found, on = _found(name), _day(request, local_day(visit.at))
    try:
        contents = law.contents_on(found.name, on)
    except TableError:
        raise Http404 from None
    headers = {"Content-Disposition": f'attachment; filename="{name}-{on:%Y-%m-%d}.csv"'}
    response = HttpResponse(content_type=TYPES["csv"], headers=headers)
    response.write("\ufeff")
    columns = tuple(found.row.model_fields)
    writer = csv.writer(response)
    writer.writerow(columns)
    writer.writerows(law.written(row, columns) for row in contents.rows)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_employees
def propose(request: HttpRequest, visit: Visit, name: str) -> HttpResponse:
    """Take a new version of a table; a wrong file is told row by row and changes nothing."""
    found = _found(name)
    if not law.may_decide(visit.person, visit.at):
        return render(request, "403.html", status=403)
    errors: dict[str, str] = {}
    faults: list[tuple[int, int, str]] = []
    if request.method == "POST":
        made = _proposed(request, visit, found, errors, faults)
        if made is not None:
            return redirect("workspace:law-version", made.pk)
    context = {
        "name": name,
        "columns": [(each, spec_.is_required()) for each, spec_ in found.row.model_fields.items()],
        "given": request.POST,
        "errors": errors,
        "faults": faults[:FAULTS_SHOWN],
        "faults_count": len(faults),
    }
    return render(request, "workspace/law_propose.html", context, status=422 if errors or faults else 200)


def _proposed(
    request: HttpRequest,
    visit: Visit,
    found: Table[Any],
    errors: dict[str, str],
    faults: list[tuple[int, int, str]],
) -> TableVersion | None:
    """Return what was proposed; otherwise say in `errors` and `faults` why not."""
    sent = request.FILES.get("file")
    source, reason = (request.POST.get(each, "").strip() for each in ("source", "reason"))
    since, until = (_given_day(request, each, errors) for each in ("valid_from", "valid_until"))
    if sent is None:
        errors["file"] = _("Attach a file.")
    elif (sent.size or 0) > MAX_BYTES:
        errors["file"] = _("The file is too large.")
    if since is None:
        errors.setdefault("valid_from", _("Say from which day it is valid."))
    for each, text in (("source", source), ("reason", reason)):
        if not text:
            errors[each] = _("Fill this in.")
    if errors or sent is None:
        return None
    origin = Origin(
        source=source[:300], checked="checked" in request.POST, valid_from=since, valid_until=until
    )
    try:
        return law.propose(
            Proposal(found.name, origin, reason[:500], sent.name or "tabel.csv", sent.read()),
            visit.person,
            visit.at,
        )
    except TableError as error:
        faults += [(fault.line, fault.column, fault_words(fault)) for fault in error.faults]
    except ValidationError as refusal:
        if hasattr(refusal, "error_dict"):
            errors |= {each: " ".join(told) for each, told in refusal.message_dict.items()}
        else:
            errors["file"] = " ".join(refusal.messages)
    return None


def _given_day(request: HttpRequest, name: str, errors: dict[str, str]) -> date | None:
    text = request.POST.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        errors[name] = _("Write the day as 2027-01-31.")
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_answered
@for_employees
def version(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Show what a version changes; put it in force, or give it up."""
    row = get_object_or_404(TableVersion.objects.select_related("proposed_by", "decided_by"), pk=key)
    name = row.table.removesuffix(".csv")
    open_, own = row.state == TableVersion.State.PROPOSED, row.proposed_by_id == visit.person.pk
    decides = open_ and law.may_decide(visit.person, visit.at)
    try:
        differences, faults = law.preview(row), list[str]()
    except TableError as error:
        differences, faults = None, [fault_words(fault) for fault in error.faults]
    except KeyError:
        raise Http404 from None
    context = {
        "row": row,
        "name": name,
        "differences": differences,
        "faults": faults,
        "open": open_,
        "own": own,
        "decides": decides,
        "past": row.valid_from <= local_day(visit.at),
        "readers": law.readers_of(row.table),
    }
    if not decides:
        if request.method == "POST":
            raise Http404
        return render(request, "workspace/law_version.html", context)

    def do(values: Mapping[str, Any]) -> str:
        note = values.get("note") or ""
        if values["said"] == "tetapkan":
            law.put_in_force(row.pk, visit.person, visit.at, note)
            return _("The version is in force from its day on.")
        if not note:
            raise ValidationError({"note": _("Say why it is given up.")})
        law.give_up(row.pk, visit.person, visit.at, note)
        return _("The version is given up. Nothing has changed.")

    choices = {} if own or faults else {"tetapkan": _("Put it in force")}
    choices["batalkan"] = _("Give it up")
    fields = {
        "said": spec("choice", _("Decision"), choices=choices, required=True),
        "note": spec("longtext", _("Note"), max_length=500, help=_("Needed where you give it up.")),
    }
    return answer(
        request,
        visit,
        fields,
        do,
        heading=_("New version of a table"),
        submit_label=_("Record it"),
        back=reverse("workspace:law-table", args=[name]),
        template="workspace/law_version.html",
        context=context,
    )
