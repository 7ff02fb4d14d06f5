"""Every page that the office and the public have, seen by whom it is for: at three widths, light and dark, by keyboard.

The pages are found by following links, as people do, and by doing the few things that lead to the others. An address that nobody
finds fails the last test: whoever adds a page links it, or says below what else it is.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DESKTOP, demonstration, sign_in
from tests.browser.test_citizen import ANSWERS
from tests.browser.walking import Walk, Walked, names

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1200)]


def _named(text: str, space: str = "") -> frozenset[str]:
    """Return the names that a text lists, each with its space before it."""
    return frozenset(space + name for name in text.split())


ACTIONS = _named(
    """
    claim release delegate withdraw recall record-row comment attach cancel change-clock begin-from revision-begin revision-drop
    revision-import evaluation-redraft reserve-number void-number use-number dossier-hold dossier-lift dossier-condition
    dossier-appraise archive-propose archive-decide archive-carry-out end-appointment cancel-appointment end-absence
    cancel-absence feed-on feed-off remove-holiday notice tour deliver-again attendance-upload attendance-enrol register-export
    personnel-export ink at-once drop-view first-view retract-comment news notices-unread account-change account-link
    account-email account-password group-add group-leave audit-verify
    """,
    "workspace:",
) | {"web:theme", "web:language", "portal:start", "portal:form", "track:use-right", "track:answer"}
"""What is only sent to, or leads on at once."""
PARTS = _named(
    "start-refresh start-draft start-preview step-refresh step-draft step-preview palette", "workspace:"
)
"""What a page asks for while one types."""
FILES = _named(
    """
    workspace:signature-paper workspace:control-pdf workspace:case-bundle workspace:procedure-download workspace:revision-export
    workspace:evaluation-form workspace:evaluations-csv workspace:export-download workspace:numbers-export
    workspace:archive-list-pdf workspace:what-if-csv workspace:exemptions-csv workspace:information-year-file workspace:feed
    portal:procedure-pdf portal:information-csv portal:information-jsonld portal:exempt-csv portal:information-report-file
    portal:counter-receipt track:receipt-pdf track:paper verification:revoked news:rss news:atom news:picture news:video
    workspace:today-csv workspace:measurement-csv web:attachment
    workspace:law-table-csv workspace:paper-preview web:attachment-page mfa_download_recovery_codes
    """
)
"""What is downloaded."""
OF_A_SIGN_IN = _named(
    """
    account_inactive account_signup account_email account_email_verification_sent account_set_password account_confirm_login_code
    account_confirm_email account_reset_password_from_key_done account_reset_password_from_key account_logout
    mfa_authenticate mfa_reauthenticate mfa_reauthenticate_webauthn mfa_remove_webauthn mfa_edit_webauthn mfa_login_webauthn
    account_reauthenticate mfa_list_webauthn mfa_deactivate_totp mfa_generate_recovery_codes mfa_view_recovery_codes
    """
)
"""What stands between a person and his pages only in the middle of signing in, or with a second factor set up."""
HELD_ELSEWHERE = frozenset({
    "verification:page", "workspace:release-file", "workspace:archive-sign", "workspace:law-version", "workspace:post-by-hand",
    "portal:information-report", "portal:information-entry", "track:mail",
})  # fmt: skip
"""What needs a signed paper, a file that goes out, a list to be signed, a table proposed, an item for an account, an announced
list, or the code of a case: `test_signing` and the pages' own tests hold them, without their widths and their contrast."""
NOT_PAGES = ACTIONS | PARTS | FILES | OF_A_SIGN_IN | HELD_ELSEWHERE
SEVERAL = {
    "workspace:step": 4, "workspace:case": 3, "workspace:start-form": 3, "workspace:register": 4, "portal:page": 6,
    "portal:service": 3,
}  # fmt: skip
"""Addresses whose pages are of several kinds: so many are looked at."""
DAYS = 30
"""Days of work behind the demonstration: enough that lists have rows and the archive has files."""
ADMINISTRATOR = "kirana"
STARTS = {ADMINISTRATOR: ["/sop/surat-masuk/pindah/"]}
"""Where else somebody begins."""
_PREPARE = f"""
import json
from laksana.cases.models import Case
from laksana.people.models import Account
from laksana.publishing.models import Channel
Account.objects.filter(username="{ADMINISTRATOR}").update(is_staff=True)
Channel.objects.create(name="Surat elektronik media", adapter="surel", address="redaksi@media.example", active=False)
print(json.dumps({{c.procedure: c.get_absolute_url() for c in Case.objects.exclude(state="batal").order_by("opened_at")}}))
"""
FIRST_PAGE = 100_000
"""Bytes of a first visit, all that it loads included."""


@dataclass(frozen=True)
class Office:
    """The office that is walked through: its address, and a case of each procedure (the last one)."""

    address: str
    cases: Mapping[str, str]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Serve an office with some weeks of work behind it and an administrator."""
    commands = (["init", "--quiet"], ["demo", "--quiet", f"--days={DAYS}"])
    home = tmp_path_factory.mktemp("lively")
    with demonstration(home, *commands, prepare=_PREPARE, worker=False) as (address, printed):
        yield Office(address, json.loads(printed.splitlines()[-1]))


@pytest.fixture(scope="module")
def walked() -> Walked:
    """Return what all walks of this module have seen."""
    return Walked()


@pytest.fixture
def fresh(browser: Browser, office: Office) -> Iterator[Page]:
    """Return a page of somebody who has never been here."""
    context = browser.new_context(
        viewport=DESKTOP, locale="id-ID", timezone_id="Asia/Jakarta", base_url=office.address
    )
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def walk_of(page: Page, walked: Walked) -> Walk:
    """Return a walk that begins at a page."""
    return Walk(page, walked, several=SEVERAL, passed_by=NOT_PAGES)


def told(walk: Walk) -> str:
    """Return what a walk found wrong, each once."""
    return "\n".join(dict.fromkeys(walk.faults))


def test_what_anybody_sees(fresh: Page, walked: Walked) -> None:
    fresh.goto("/layanan/")
    walk = walk_of(fresh, walked)
    _asks_for_information(walk, fresh)
    _replies_to_news(walk, fresh)
    walk.from_link_to_link(
        [
            "/layanan/",
            "/berita/",
            "/lacak/",
            "/layanan/keberatan-informasi/asal/",
            "/akun/password/reset/done/",
        ]
    )
    assert not walk.faults, told(walk)


def _asks_for_information(walk: Walk, page: Page) -> None:
    """Fill in a form page by page, send it, and follow the case by its code."""
    page.goto("/layanan/permohonan-informasi/")
    page.locator(".begin button").click()
    page.wait_for_url("**/isi/**")
    page.goto(page.url.split("/isian/")[0] + "/nanti/")
    walk.look()
    page.go_back()
    while "/periksa/" not in page.url:
        walk.look()
        form = page.locator("form.ask")
        for name, text in ANSWERS.items():
            if form.locator(f"[name={name}]").count():
                form.locator(f"[name={name}]").fill(text)
        for radio in form.locator("fieldset:has(input[type=radio])").all():
            radio.locator("input[type=radio]").first.check()
        form.locator(".btn.primary").click()
        page.wait_for_load_state()
    walk.look()
    page.locator("form.send .btn.primary").click()
    page.wait_for_url("**/tanda-terima/")
    walk.look()
    page.goto(f"/lacak/{page.locator('.code').inner_text().replace(' ', '')}/")
    walk.look()


def _replies_to_news(walk: Walk, page: Page) -> None:
    """Ask for a correction of what was published, and follow the answer by its link."""
    page.goto("/berita/")
    page.locator(".news a").last.click()
    page.locator("a[href$='/tanggapi/']").first.click()
    walk.look()
    page.locator("[name=jenis]").first.check()
    for name, text in (("nama", "Siti Aminah"), ("kontak", "081200000001")):
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=isi]").fill("Tanggal kegiatan di berita ini keliru: seharusnya hari Selasa.")
    page.locator("form.send .btn.primary").click()
    page.wait_for_url("**/tanggapan/**")
    walk.look()


def _proposes_a_list(walk: Walk, page: Page, office: Office) -> None:
    """Put closed files on a list of the archive."""
    page.goto("/arsip/")
    for tab in [link.get_attribute("href") for link in page.locator("main nav.tabs a").all()]:
        page.goto(f"/arsip/{tab}")
        proposing = page.locator("main form[action$='/usulkan/'] .btn.primary")
        if proposing.count():
            proposing.click()
            page.wait_for_url("**/arsip/daftar/**")
            walk.look()
            return


def _orders_an_export(walk: Walk, page: Page, office: Office) -> None:
    """Open the agenda of letters, one row of it, and let the book be written out."""
    page.goto("/register/surat-masuk/agenda-masuk/")
    page.locator("main td a[href*='/baris/']").first.click()
    walk.look()
    page.go_back()
    page.locator("form[action$='/ekspor/'] button").first.click()
    page.wait_for_url("**/register/ekspor/**")
    walk.look()


def _gives_an_answer(walk: Walk, page: Page, office: Office) -> None:
    """Open a request for information and the files that go out with its answer."""
    walk.from_link_to_link([office.cases["permohonan-informasi"] + "hitamkan/"])


ROLES: dict[str, tuple[Callable[[Walk, Page, Office], None], ...]] = {
    "wiraguna": (),
    "laras": (_gives_an_answer,),
    "gemilang": (),
    "handoko": (),
    "sekar": (_proposes_a_list, _orders_an_export),
    "ningsih": (),
    "melati": (),
    "hartati": (),
    ADMINISTRATOR: (),
}
"""Who walks, and what he does besides: the head, PPID, a head of division, personnel, the archivist, the registry, the head of
the section for general affairs, finance, and an administrator."""


@pytest.mark.parametrize("username", ROLES)
def test_what_somebody_of_the_office_sees(fresh: Page, office: Office, walked: Walked, username: str) -> None:
    sign_in(fresh, username)
    walk = walk_of(fresh, walked)
    for deed in ROLES[username]:
        deed(walk, fresh, office)
    walk.from_link_to_link(["/tugas/", *STARTS.get(username, ())])
    assert not walk.faults, told(walk)


def test_every_address_was_seen(walked: Walked) -> None:
    if not walked.seen:
        pytest.skip("nobody walked")
    unseen = set(names()) - set(walked.seen) - NOT_PAGES
    assert not unseen, "nobody found " + ", ".join(sorted(unseen))
    assert set(names()) >= NOT_PAGES, "an address that there is no more"


@pytest.mark.parametrize("address", ["/layanan/", "/akun/login/"])
def test_a_first_visit_is_light(fresh: Page, address: str) -> None:
    assert _loaded(fresh, address) < FIRST_PAGE


def test_the_first_page_after_signing_in_is_light(fresh: Page) -> None:
    sign_in(fresh, "wiraguna")
    assert _loaded(fresh, "/tugas/") < FIRST_PAGE


def _loaded(page: Page, address: str) -> int:
    """Return the bytes that a page and all that belongs to it bring, with nothing kept from before."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    assert sizes
    return round(sum(sizes))
