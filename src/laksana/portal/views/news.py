"""What is published, for anybody: the front page, one item with what was added to it, its pictures, and what readers ask."""

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from laksana.documents.services import letterhead
from laksana.files.ranges import serve_part
from laksana.files.services import open_file
from laksana.files.serving import contain
from laksana.library.informasi import moderation
from laksana.portal import limits, robots
from laksana.portal.tokens import hashed, new_token
from laksana.portal.views.form import too_many
from laksana.portal.views.library import as_asked
from laksana.publishing import services as publishing
from laksana.publishing.models import Item, Response

PER_PAGE = 12
_KINDS = (Item.Kind.STORY, Item.Kind.RELEASE, Item.Kind.CLARIFICATION)


@require_safe
@cache_control(public=True, max_age=60)
@as_asked
def front(request: HttpRequest) -> HttpResponse:
    """Show the newest, all or of one kind; an urgent message of the last days stands above."""
    at = timezone.now()
    kind = request.GET.get("jenis", "")
    shown = publishing.shown(at).prefetch_related("pictures")
    chosen = shown.filter(kind=kind) if kind in _KINDS else shown
    context = {
        "page": Paginator(chosen, PER_PAGE).get_page(request.GET.get("halaman")),
        "kind": kind if kind in _KINDS else "",
        "kinds": [(each.value, each.label) for each in _KINDS],
        "office": letterhead(),
    }
    return render(request, "portal/news.html", context)


@require_safe
@never_cache
def item(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an item; of one that was taken down when and why, and nothing else."""
    found = get_object_or_404(Item, slug=slug, published_at__lte=timezone.now())
    gone = found.withdrawn_at is not None
    context = {
        "item": found,
        "pictures": [] if gone else found.pictures.all(),
        "videos": [] if gone else found.videos.select_related("stored"),
        "amendments": [] if gone else found.amendments.all(),
        "office": letterhead(),
    }
    return render(request, "portal/news_item.html", context, status=410 if gone else 200)


@require_safe
@cache_control(public=True, max_age=3600)
def picture(request: HttpRequest, slug: str, order: int) -> HttpResponseBase:  # noqa: ARG001  (a view gets the request)
    """Give a picture of an item that stands on the pages."""
    found = publishing.shown(timezone.now()).filter(slug=slug).first()
    row = found.pictures.select_related("stored").filter(order=order).first() if found else None
    if row is None:
        raise Http404
    with open_file(row.stored) as content:
        answer = HttpResponse(content.read(), content_type="image/webp")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_safe
@cache_control(public=True, max_age=3600)
def video(request: HttpRequest, slug: str, order: int) -> HttpResponseBase:
    """Give a video of an item that stands on the pages, or the part of it that a player asks for."""
    found = publishing.shown(timezone.now()).filter(slug=slug).first()
    row = found.videos.select_related("stored").filter(order=order).first() if found else None
    if row is None:
        raise Http404
    answer = serve_part(request, row.stored)
    contain(answer)
    del answer["Cache-Control"]  # it is for everybody: the view says for how long
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def respond(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a reader's wish for a reply, a correction or a takedown; nothing of it is public before it is decided."""
    at = timezone.now()
    found = get_object_or_404(publishing.shown(at), slug=slug)
    given = {name: request.POST.get(name, "").strip() for name in ("jenis", "nama", "kontak", "isi")}
    context = {
        "item": found,
        "kinds": Response.Kind.choices,
        "given": given,
        "office": letterhead(),
        "days": moderation.kept_days(),
    }
    if request.method != "POST":
        return render(request, "portal/news_respond.html", {**context, "challenge": robots.challenge(at)})
    if not robots.within_limits(request, at):
        return too_many(request)
    errors = _faults(given)
    if not errors and not robots.is_person(request, at):
        errors = {"jawaban": _("This is not the answer. Here is a new question.")}
    if errors:
        context |= {"errors": errors, "challenge": robots.challenge(at)}
        return render(request, "portal/news_respond.html", context, status=422)
    token = new_token()
    asked = publishing.Asked(given["jenis"], given["nama"], given["kontak"], given["isi"])
    with transaction.atomic():
        moderation.received(publishing.respond(found, asked, hashed(token), at), at)
    return redirect("news:response", token)


def _faults(given: dict[str, str]) -> dict[str, str]:
    """Return what is wrong with what a reader sent."""
    faults = {name: _("Fill this in.") for name, value in given.items() if not value}
    if given["jenis"] and given["jenis"] not in Response.Kind.values:
        faults["jenis"] = _("Choose one of them.")
    if given["isi"] and not 20 <= len(given["isi"]) <= 8000:
        faults["isi"] = _("Write between 20 and 8,000 characters.")
    for name in ("nama", "kontak"):
        if len(given[name]) > 200:
            faults[name] = _("Write at most 200 characters.")
    return faults


@require_safe
@never_cache
def response(request: HttpRequest, token: str) -> HttpResponse:
    """Show a reader what became of what he asked, by the link that only he has."""
    at, whom = timezone.now(), limits.address_of(request)
    if limits.GUESS.is_spent(whom, at):
        return too_many(request)
    found = Response.objects.select_related("item").filter(token_hash=hashed(token)).first()
    if found is None:
        limits.GUESS.allows(whom, at)
        raise Http404
    return render(request, "portal/news_response.html", {"response": found, "office": letterhead()})
