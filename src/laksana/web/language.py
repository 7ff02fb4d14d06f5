"""The language of the pages: as the device asks, or as somebody chose; kept in a cookie, and at his account for his next sign-in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from laksana.people.adapter import remember_language


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language and go back to where the visitor was; what is no language changes nothing."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        remember_language(request, response, language)
        if request.user.is_authenticated:
            request.user.language = language
            request.user.save(update_fields=["language"])
    return response
