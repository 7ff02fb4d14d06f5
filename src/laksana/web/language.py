"""The language of the pages: as the device asks, or as somebody chose; kept in a cookie and, for later, at his account."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from laksana.people.adapter import remember_language


class LanguageMiddleware(LocaleMiddleware):
    """Django's choice of the language, which also tells whoever keeps a page that it depends on the cookie."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Name the cookie beside the browser's languages."""
        response = super().process_response(request, response)
        patch_vary_headers(response, ("Cookie",))
        return response


@csrf_exempt  # a token would need a cookie on pages for everybody; a stranger's page could do no more than change the language
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
