"""The demonstration office, served as an office would serve it, and a browser to walk through it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_START_SECONDS = 180


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Make the demonstration in a home of its own, serve it, and return its address."""
    with demonstration(tmp_path_factory.mktemp("home"), ["init", "--demo", "--quiet"]) as (address, _printed):
        yield address


@contextmanager
def demonstration(
    home: Path, *commands: Sequence[str], prepare: str | None = None, worker: bool = True
) -> Iterator[tuple[str, str]]:
    """Make a demonstration by commands of `laksana`, and serve it: its address, and what the Python of `prepare` printed."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    environment = kept | {"LAKSANA_HOME": str(home), "LAKSANA_DEMO": "1", "LAKSANA_URL": address}
    laksana = [sys.executable, "-m", "laksana"]
    shell = [["manage", "shell", "-v", "0", "-c", prepare]] if prepare else []
    printed = ""
    for command in [*commands, *shell]:
        done = subprocess.run([*laksana, *command], env=environment, check=True, stdout=PIPE, text=True)
        printed = done.stdout
    serve = ["serve", "--port", str(port), *([] if worker else ["--no-worker"])]
    with (home / "serve.log").open("w") as log:
        server = subprocess.Popen([*laksana, *serve], env=environment, stdout=log, stderr=log)
        try:
            _wait_for(f"{address}/akun/demo/", home / "serve.log")
            yield address, printed
        finally:
            server.terminate()
            server.wait(timeout=60)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        try:
            with urlopen(address, timeout=5):  # noqa: S310  (an address of ours)
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    raise RuntimeError(f"the server did not answer in {_START_SECONDS} s:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Chromium; without one these tests are skipped, or fail where everything is required."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        if os.environ.get("LAKSANA_REQUIRE_ALL") == "1":
            pytest.fail("Chromium is required and was not found")
        pytest.skip("Chromium was not found")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Sign somebody in on a screen of a size, and return his page; the tour is skipped unless asked for."""
    contexts = []

    def signed_in(username: str, screen: dict[str, int], *, tour: bool = False) -> Page:
        context = browser.new_context(
            viewport=screen, locale="id-ID", timezone_id="Asia/Jakarta", base_url=site
        )
        contexts.append(context)
        page = context.new_page()
        sign_in(page, username, tour=tour)
        return page

    yield signed_in
    for context in contexts:
        context.close()


def sign_in(page: Page, username: str, *, tour: bool = False) -> None:
    """Sign somebody of the demonstration in; the tour is skipped unless asked for."""
    page.context.set_default_timeout(60_000)
    page.goto("/akun/demo/")
    page.locator(f"button[name=username][value={username}]").first.click()
    page.wait_for_url("**/tugas/")
    page.wait_for_load_state("load")
    if not tour and page.locator("#tur").count():
        with page.expect_response("**/tur/"):
            page.locator("#tur[open] [data-skip]").click()


def check_page(page: Page) -> None:
    """Nothing hangs over the edge of the screen, and axe finds nothing."""
    page.wait_for_load_state()
    page.locator("body").wait_for(state="attached")  # a link may have just been followed
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{page.url} is {overflow} px wider than the screen"
    found = Axe().run(page).response["violations"]
    told = [f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:160]}" for v in found]
    assert not told, f"{page.url}: " + "\n".join(told)
