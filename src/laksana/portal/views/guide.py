"""The chapter of the user's guide for citizens, for anybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from laksana.documents.services import letterhead
from laksana.web import guide

CHAPTER = "warga"


@require_safe
def citizens(request: HttpRequest) -> HttpResponse:
    """Show the chapter for citizens; it is the only one that is public."""
    shown = guide.page(CHAPTER, lambda _slug: reverse("portal:guide"))
    context = {"chapter": guide.chapters()[CHAPTER], "page": shown, "office": letterhead()}
    return render(request, "portal/guide.html", context)
