"""Who I am in the office, and how I want to be told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from laksana.notices.services import When, choose_email, email_choice
from laksana.people.services import capacity, desk_titles, desks_of, superior_of
from laksana.web.visits import Visit, for_employees


@require_http_methods(["GET", "HEAD", "POST"])
@for_employees
def profile(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the employee, the desks he sits at today and by what right; keep how he wants to be told by e-mail."""
    if request.method == "POST":
        if (given := request.POST.get("when", "")) in When.values:
            choose_email(visit.person, When(given))
            messages.success(request, _("Your choice is kept."))
        return redirect("workspace:profile")
    titles = desk_titles(desks_of(visit.person, visit.at))
    context = {
        "me": visit.person,
        "superior": superior_of(visit.person, visit.at),
        "desks": sorted({(title, capacity(visit.person, desk, visit.at)) for desk, title in titles.items()}),
        "email_choices": When.choices,
        "email_choice": email_choice(visit.person),
    }
    return render(request, "workspace/profile.html", context)
