"""Background work that failed for good, for administrators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from laksana.jobs import services as jobs
from laksana.web.visits import Visit, for_administrators


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def failed_jobs(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the failed jobs and the state of the queue; run one again, or discard it."""
    if request.method == "POST":
        _act(request)
        return redirect("workspace:failed-jobs")
    context = {
        "jobs": jobs.failed_jobs(),
        "state": jobs.queue_state(visit.at),
        "schedules": jobs.schedules(),
    }
    return render(request, "workspace/failed_jobs.html", context)


def _act(request: HttpRequest) -> None:
    acts = {
        "retry": (jobs.retry, _("The job runs again.")),
        "discard": (jobs.discard, _("The job was discarded.")),
    }
    act, said = acts.get(request.POST.get("what", ""), (None, ""))
    if act is None:
        return
    try:
        act(request.POST.get("job", ""))
    except jobs.NoFailedJobError:
        messages.warning(request, _("This job is no longer among the failed ones."))
    else:
        messages.success(request, said)
