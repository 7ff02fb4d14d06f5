"""`laksana serve`: the web server and, unless told otherwise, a worker, under one roof."""

import os
import socket
import sys
from collections.abc import Iterator

import click
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from laksana.site.database import require_database
from laksana.site.supervisor import Child, Supervisor

THREADS = 4
"""Requests that one web process carries out at once."""


@click.command("serve", help=_("Run the web server and a worker until stopped."))
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Address to listen on."))
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help=_("Port to listen on.")
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help=_("Web processes. Default: one with SQLite, else one per core."),
)
@click.option("--no-worker", is_flag=True, help=_("Run no worker here; jobs wait for one elsewhere."))
def command(host: str, port: int, workers: int | None, no_worker: bool) -> None:
    """Check what can be checked, start the processes and watch over them."""
    require_database()
    _require_port(host, port)
    address = _address(host, port)
    os.environ.setdefault("LAKSANA_URL", address)  # for links in e-mail
    children = list(_children(host, port, workers or _usual_workers(), no_worker))
    sys.exit(Supervisor(children, click.echo).run(lambda: _announce(host, port, address)))


def _children(host: str, port: int, workers: int, no_worker: bool) -> Iterator[Child]:
    # A worker that is told to stop while it still starts does not hear it; without the time-out the server would wait for ever.
    granian = (
        "--interface wsgi --no-ws --respawn-failed-workers --workers-kill-timeout 10 --log-level warning"
    )
    where = f"--host {host} --port {port} --workers {workers} --blocking-threads {THREADS}"
    options = [*granian.split(), *where.split()]
    yield Child(
        _("The web server"), [sys.executable, "-m", "granian", *options, "laksana.site.wsgi:application"]
    )
    if not no_worker:
        yield Child(_("The worker"), [sys.executable, "-m", "laksana", "worker"])


def _usual_workers() -> int:
    return 1 if connection.vendor == "sqlite" else os.cpu_count() or 1


def _require_port(host: str, port: int) -> None:
    try:
        family, kind, *_rest, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except OSError as error:
        message = _(
            "Cannot listen on %(host)s port %(port)s: %(error)s.\nChoose another with --host or --port."
        )
        raise click.ClickException(
            message % {"host": host, "port": port, "error": error.strerror or error}
        ) from error


def _address(host: str, port: int) -> str:
    named = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{named}:{port}"


def _announce(host: str, port: int, address: str) -> bool:
    """Say where it runs, once it does; return whether that was said."""
    if not _answers(host, port):
        return False
    click.echo(_("Laksana runs at %(address)s (stop with Ctrl-C).") % {"address": address})
    if settings.DEMO:
        page = address + reverse("people:demonstration")
        click.echo(_("Demonstration accounts: %(page)s") % {"page": page})
    return True


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False
