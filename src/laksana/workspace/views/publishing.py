"""Where published items go: channels, deliveries, and the recap of a month."""

import csv
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laksana.jobs.services import enqueue
from laksana.library.informasi.moderation import PUBLISHERS
from laksana.library.informasi.penyebarluasan_informasi import recap
from laksana.people.services import desks_of
from laksana.publishing.channels import ADAPTERS, Address
from laksana.publishing.models import Channel, Delivery, Item
from laksana.publishing.tasks import deliver
from laksana.web.visits import Visit, VisitView, for_employees
from laksana.workspace.views.office_form import answer, spec
from laksana.worktime.services import calendar
from laksana.worktime.zone import local_day

_SHOWN = 60


def may_publish(visit: Visit) -> bool:
    """Return whether a person keeps the channels."""
    return visit.is_administrator or not desks_of(visit.person, visit.at).isdisjoint(PUBLISHERS)


def for_publishers(view: VisitView[...]) -> Any:
    """Let only those in who keep the channels."""

    @for_employees
    def guarded(request: HttpRequest, visit: Visit, /, *args: Any, **named: Any) -> HttpResponseBase:
        if not may_publish(visit):
            return render(request, "403.html", status=403)
        return view(request, visit, *args, **named)

    return guarded


@require_safe
@for_publishers
def overview(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001  (every such view gets it)
    """Show the channels, and how the newest items went to them."""
    context = {
        "channels": [(each, ADAPTERS[each.adapter].title) for each in Channel.objects.all()],
        "deliveries": Delivery.objects.select_related("item", "channel")[:_SHOWN],
    }
    return render(request, "workspace/publishing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_publishers
def channel(request: HttpRequest, visit: Visit, key: int | None = None) -> HttpResponse:
    """Ask for a channel and keep it. Its secret is never shown again; left empty, it stays."""
    known = get_object_or_404(Channel, pk=key) if key is not None else None

    def do(values: Mapping[str, Any]) -> str:
        secret = values.get("secret") or (known.secret if known else "")
        ADAPTERS[values["adapter"]].check(Address(values["address"], secret))
        same = Channel.objects.filter(name=values["name"]).first()
        if same is not None and same != known:
            raise ValidationError({"name": _("There is a channel of this name.")})
        row = known or Channel()
        row.name, row.adapter, row.address, row.secret = (
            values["name"],
            values["adapter"],
            values["address"],
            secret,
        )
        row.kinds, row.active = list(values.get("kinds") or ()), values["state"] == "aktif"
        row.save()
        return _("The channel %(name)s is kept.") % {"name": row.name}

    opening = None
    if known is not None:
        opening = {
            "name": known.name, "adapter": known.adapter, "address": known.address, "kinds": known.kinds,
            "state": "aktif" if known.active else "henti",
        }  # fmt: skip
    return answer(
        request, visit, _channel_fields(), do, heading=_("Channel"), submit_label=_("Keep it"),
        back=reverse("workspace:publishing"), opening=opening,
    )  # fmt: skip


def _channel_fields() -> dict[str, Any]:
    kinds = {value: str(label).capitalize() for value, label in Item.Kind.choices}
    states = {"aktif": _("Active"), "henti": _("Stopped")}
    adapters = {name: str(each.title) for name, each in ADAPTERS.items()}
    return {
        "name": spec("text", _("Name"), required=True, max_length=120),
        "adapter": spec("choice", _("Kind of channel"), choices=adapters, required=True,
                        help=_("A social network is reached by the webhook of the service that the office uses for it.")),
        "address": spec("longtext", _("Address"), required=True, max_length=20_000,
                        help=_("Of an e-mail list one address on each line; of a webhook its https:// address.")),
        "secret": spec("text", _("Secret for the signature"), max_length=200,
                       help=_("For a webhook: at least 16 characters. Left empty, the secret kept stays.")),
        "kinds": spec("multichoice", _("Only these kinds of items"), choices=kinds, help=_("None chosen: all.")),
        "state": spec("choice", _("State"), choices=states, required=True, default="aktif"),
    }  # fmt: skip


@require_POST
@for_publishers
def again(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:  # noqa: ARG001
    """Order a delivery once more that did not arrive."""
    row = get_object_or_404(Delivery, pk=key, sent_at=None)
    enqueue(deliver, delivery=row.pk)
    return redirect("workspace:publishing")


@require_safe
@for_publishers
def month(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the recap of a month, or give it as CSV."""
    first = _month(request.GET.get("bulan", ""), local_day(visit.at))
    told = recap.of_month(first, calendar())
    if request.GET.get("bentuk") == "csv":
        return _csv(told)
    return render(
        request, "workspace/recap.html", {"recap": told, "rows": list(told.rows()), "month": f"{first:%Y-%m}"}
    )


def _month(text: str, today: date) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)


def _csv(told: recap.Recap) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rekap-penyebarluasan-{told.month:%Y-%m}.csv"'
    lines = csv.writer(response)
    lines.writerow(["ukuran", "nilai"])
    lines.writerows(told.rows())  # figures and the names of choices: nothing that somebody typed
    return response
