"""Where published items go: channels, deliveries, and the recap of a month."""

import csv
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laksana.jobs.services import enqueue
from laksana.library.informasi import accounts
from laksana.library.informasi.moderation import PUBLISHERS
from laksana.library.informasi.penyebarluasan_informasi import recap
from laksana.people.services import desks_of
from laksana.publishing import services as publishing
from laksana.publishing.channels import ADAPTERS, NETWORKS, Address
from laksana.publishing.models import Channel, Delivery, Item, Reach
from laksana.publishing.tasks import deliver
from laksana.web.visits import Visit, VisitView, for_employees
from laksana.workspace.views.office_form import answer, spec
from laksana.worktime.services import calendar
from laksana.worktime.zone import local_day

_SHOWN = 60
_MOST_BYTES = 2 << 20


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


def may_post(visit: Visit) -> bool:
    """Return whether a person posts on the office's accounts, or keeps the channels."""
    return may_publish(visit) or accounts.may_post(visit.person, visit.at)


def for_posters(view: VisitView[...]) -> Any:
    """Let only those in who post on the office's accounts, or keep the channels."""

    @for_employees
    def guarded(request: HttpRequest, visit: Visit, /, *args: Any, **named: Any) -> HttpResponseBase:
        if not may_post(visit):
            return render(request, "403.html", status=403)
        return view(request, visit, *args, **named)

    return guarded


@require_safe
@for_posters
def overview(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the channels, what somebody has to post by hand, and how the newest items went to them."""
    newest = Delivery.objects.select_related("item", "channel", "by").prefetch_related("reaches")
    context = {
        "channels": [(each, ADAPTERS[each.adapter].title) for each in Channel.objects.all()],
        "by_hand": publishing.by_hand(visit.at)[:_SHOWN],
        "deliveries": [(each, _last_reach(each)) for each in newest[:_SHOWN]],
        "keeps": may_publish(visit),
        "networks": NETWORKS,
    }
    return render(request, "workspace/publishing.html", context)


def _last_reach(delivery: Delivery) -> Reach | None:
    return max(delivery.reaches.all(), key=lambda each: each.at, default=None)


@require_http_methods(["GET", "HEAD", "POST"])
@for_posters
def post(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Show what is to be posted on an account, or taken down there, and record that it was done: the link and the time."""
    known = Delivery.objects.select_related("item", "channel").filter(channel__adapter__in=NETWORKS)
    row = get_object_or_404(known, pk=key)
    if row.sent_at is not None:
        return redirect("workspace:publishing")
    network, removing = publishing.network_of(row), row.occasion == "turun"
    shown = row.item.deliveries.filter(channel=row.channel, occasion="tayang").first()

    def do(values: Mapping[str, Any]) -> str:
        when, link = values["when"], str(values.get("link") or "")
        if not removing and not network.holds(link):
            raise ValidationError(
                {"link": _("This is no address of a post on %(name)s.") % {"name": network.title}}
            )
        earliest = row.item.withdrawn_at if removing else row.item.published_at
        if not (earliest or when).replace(second=0, microsecond=0) <= when <= visit.at:
            raise ValidationError({"when": _("Between the publication and now.")})
        if not publishing.posted(row, link or (shown.link if shown else ""), visit.person, when):
            raise ValidationError(_("Somebody has recorded it meanwhile."))
        return _("Recorded.")

    asked: dict[str, Any] = {}
    if not removing:
        asked["link"] = spec("url", _("Link of the post"), required=True, max_length=500)
    asked["when"] = spec(
        "datetime", _("When it was taken down") if removing else _("When it was posted"), required=True
    )
    text = publishing.post_of(row, accounts.words_for(row))
    context = {"row": row, "text": text, "longest": network.longest, "removing": removing, "shown": shown}
    return answer(
        request, visit, asked, do, heading=_("%(name)s: post by hand") % {"name": row.channel.name}, submit_label=_("Record it"),
        back=reverse("workspace:publishing"), opening={"when": visit.at}, template="workspace/post.html", context=context,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@for_posters
def reach(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take how far posts had reached from a CSV file: the whole, or nothing of it and what is wrong in which line."""
    faults, status = list[str](), 200
    if request.method == "POST":
        try:
            done = accounts.bring_in(_text_of(request), visit.person, visit.at)
        except accounts.RowsRefusedError as refusal:
            faults, status = refusal.faults, 422
        else:
            told = _("%(new)s readings brought in, %(known)s were there already.")
            messages.success(request, told % {"new": done.new, "known": done.known})
            return redirect("workspace:publishing")
    context = {"faults": faults, "columns": accounts.COLUMNS, "most": accounts.MOST_ROWS}
    return render(request, "workspace/reach.html", context, status=status)


def _text_of(request: HttpRequest) -> str:
    """Return the text of the file that was sent. Raises RowsRefusedError."""
    sent = request.FILES.get("file")
    if sent is None:
        raise accounts.RowsRefusedError([_("Choose a file.")])
    if sent.size is None or sent.size > _MOST_BYTES:
        raise accounts.RowsRefusedError([_("The file is larger than 2 MB.")])
    try:
        return str(sent.read(), "utf-8-sig")
    except UnicodeDecodeError:
        raise accounts.RowsRefusedError([_("Save the file as CSV in UTF-8.")]) from None


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
                        help=_("On a social network somebody posts by hand and records the link.")),
        "address": spec("longtext", _("Address"), required=True, max_length=20_000,
                        help=_("Of an e-mail list one address on each line; of a webhook or an account its https:// address.")),
        "secret": spec("text", _("Secret for the signature"), max_length=200,
                       help=_("For a webhook: at least 16 characters. Left empty, the secret kept stays.")),
        "kinds": spec("multichoice", _("Only these kinds of items"), choices=kinds, help=_("None chosen: all.")),
        "state": spec("choice", _("State"), choices=states, required=True, default="aktif"),
    }  # fmt: skip


@require_POST
@for_publishers
def again(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:  # noqa: ARG001
    """Order a delivery once more that did not arrive."""
    row = get_object_or_404(Delivery.objects.exclude(channel__adapter__in=NETWORKS), pk=key, sent_at=None)
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
