"""Walking through all pages as somebody: from link to link, one page of each address, each held to what every page must hold."""

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
from django.conf import settings
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import ConsoleMessage, Page, Request, Response

WIDTHS = (1440, 768, 360)
THEMES = ("light", "dark")
_HEIGHT = 800
_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
_SOUNDNESS = Path(__file__).with_name("soundness.js").read_text(encoding="utf-8")
_RUN_AXE = """async () => (await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    resultTypes: ["violations"],
    elementRef: false,
})).violations.flatMap(v => v.nodes.slice(0, 2).map(n => `${v.id}: ${n.html.slice(0, 160)} (${n.any[0]?.message ?? v.help})`))"""
_STYLES_TO_END = (
    "document.getAnimations().forEach(each => { try { each.finish(); } catch { each.cancel(); } })"
)


@dataclass
class Walked:
    """What walking has found so far, of all who walked."""

    seen: dict[str, str] = field(default_factory=dict)
    """Name of an address -> the page of it that was held to everything."""
    known: Counter[str] = field(default_factory=Counter)
    """Pages of each address that were held to everything."""


def names(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """Yield the names of all addresses that there are."""
    for each in (resolver or get_resolver("laksana.site.urls")).url_patterns:
        if isinstance(each, URLPattern):
            yield f"{space}{each.name}"
        else:
            yield from names(each, f"{space}{each.namespace}:" if each.namespace else space)


def name_of(address: str) -> str | None:
    """Return the name of an address; None where there is no page."""
    try:
        return resolve(urlsplit(address).path, urlconf="laksana.site.urls").view_name
    except Resolver404:
        return None


class Walk:
    """One person's walk. `several` says of which addresses more than one page is looked at, `passed_by` which are no pages."""

    def __init__(
        self, page: Page, walked: Walked, *, several: Mapping[str, int], passed_by: frozenset[str]
    ) -> None:
        self.faults: list[str] = []
        self._page, self._walked, self._several, self._passed_by = page, walked, several, passed_by
        self._host = urlsplit(page.url).netloc
        self._been: Counter[str] = Counter()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._fault(f"script: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def from_link_to_link(self, starts: Sequence[str]) -> None:
        """Go to the starts and wherever links lead from there."""
        waiting = deque(starts)
        queued = set(starts)
        while waiting:
            address = waiting.popleft()
            if address.startswith(settings.STATIC_URL):
                continue
            name = name_of(address)
            if name is None:
                self.faults.append(f"{address}: a link that leads nowhere")
                continue
            if name in self._passed_by or self._been[name] >= self._several.get(name, 1):
                continue
            self._been[name] += 1
            self._page.goto(address)
            self.look(name)
            for link in self._links():
                if link not in queued:
                    queued.add(link)
                    waiting.append(link)

    def look(self, name: str | None = None) -> None:
        """Hold the page that is open to everything, or, where one of its kind was, to what differs between people."""
        self._page.wait_for_load_state()
        name = name or name_of(self._page.url) or ""
        if self._walked.known[name] < self._several.get(name, 1):
            self._walked.known[name] += 1
            self._walked.seen[name] = urlsplit(self._page.url).path
            self._hold_to_everything()
        else:
            for width in WIDTHS:
                self._hold_at(width)

    def _hold_to_everything(self) -> None:
        for theme in THEMES:
            self._page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
            for width in WIDTHS:
                self._hold_at(width, theme)
            self._page.evaluate(_STYLES_TO_END)
            self._page.evaluate(_AXE)
            self._tell(self._page.evaluate(_RUN_AXE), theme)
        self._page.keyboard.press("Tab")
        for width in (WIDTHS[-1], WIDTHS[0]):
            self._page.set_viewport_size({"width": width, "height": _HEIGHT})
            self._tell(self._page.evaluate("soundness.focus()"), f"keyboard, {width} px")
        self._page.emulate_media(color_scheme="light", reduced_motion="reduce")

    def _hold_at(self, width: int, theme: str = "") -> None:
        self._page.set_viewport_size({"width": width, "height": _HEIGHT})
        self._page.evaluate(_SOUNDNESS)
        self._tell(self._page.evaluate("soundness.geometry()"), f"{width} px {theme}".strip())

    def _links(self) -> list[str]:
        found: list[str] = self._page.evaluate(
            "[...document.querySelectorAll('a[href]:not([download])')].map(each => each.href)"
        )
        parts = [urlsplit(link) for link in found if urlsplit(link).netloc == self._host]
        return [each.path + (f"?{each.query}" if each.query else "") for each in parts]

    def _tell(self, faults: Sequence[str], where: str) -> None:
        for fault in faults:
            self._fault(f"{where}: {fault}")

    def _fault(self, text: str) -> None:
        self.faults.append(f"{urlsplit(self._page.url).path}: {text}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._fault(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and parts.netloc != self._host:
            self._fault(f"asks another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self._fault(f"{response.url} answers {response.status}")
