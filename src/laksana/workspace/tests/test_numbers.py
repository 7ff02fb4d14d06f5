"""The pages of numbers: what they show, who may set patterns, reserve and cancel, and what is refused in which words."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from laksana.cases.tests.conftest import Desk, Office
from laksana.numbering import kinds, services
from laksana.numbering.models import AllottedNumber
from laksana.numbering.services import Kind, Pattern
from laksana.people.models import Account, Holding, Position, Unit
from laksana.workspace.tests.conftest import NOW, Browser, parsed
from laksana.workspace.tests.test_pages import desk  # noqa: F401  (a fixture)

KEY = "uji-naskah"
PAGE = f"/nomor/seri/{KEY}/"
PATTERN = f"/nomor/pola/{KEY}/"
State = AllottedNumber.State


@pytest.fixture
def keeper(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office, in which the section head is the kasubag-umpeg and a staff member handles letters."""
    unit = Unit.objects.get(code="dinas")
    for code, person in (
        ("kasubag-umpeg", office.kasubag),
        ("pengadministrasi-persuratan", office.people["staf"]),
    ):
        post = Position.objects.create(code=code, title=code, unit=unit, kind="tugas")
        Holding.objects.create(person=person, position=post, since=date(2020, 1, 1))
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    parts = ("klasifikasi", "urut", "unit", "tahun")
    services.declare(
        Kind(
            KEY,
            lambda: Pattern("{klasifikasi}/{urut}/{unit}/{tahun}", "Dinas"),
            title="Naskah uji",
            parts=parts,
            example={"klasifikasi": "500.12"},
        )
    )
    return office


def text(response: Any) -> str:
    return " ".join(parsed(response).xpath("//main")[0].text_content().split())


def give(label: str = "") -> services.Given:
    return services.give(KEY, NOW, label, {"klasifikasi": "500.12"})


def test_the_list_shows_the_next_number_and_what_is_amiss(keeper: Office, browser: Browser) -> None:
    give()
    services.reserve(KEY, 2026, NOW, "Undangan")
    give()
    AllottedNumber.objects.filter(value=3).delete()
    shown = text(browser("staf").get("/nomor/"))
    assert "Naskah uji" in shown
    assert "500.12/4/Dinas/2026" in shown
    assert "1 missing" in shown
    assert "1 reserved" in shown
    assert "Numbers without a row 3" in text(browser("staf").get(PAGE))


def test_a_number_leads_to_its_case_only_for_who_may_read_it(
    keeper: Office,
    browser: Browser,
    desk: Desk,  # noqa: F811
) -> None:
    give(desk.case.number)
    give("BERKAS/LAIN/1")
    tree = parsed(browser("staf").get(PAGE))
    links = tree.xpath("//tbody//a[starts-with(@href, '/berkas/')]/text()")
    assert links == [desk.case.number]
    assert "BERKAS/LAIN/1" in tree.text_content()


def test_a_pattern_is_set_by_the_head_of_the_section_and_shown(keeper: Office, browser: Browser) -> None:
    client = browser("kasubag")
    assert "500.12/1/Dinas/2026" in text(client.get(PATTERN))
    form = {"template": "{urut:03}/{unit}/{tahun}", "unit": "Kominfo", "since": "2026-11-10"}
    response = client.post(PATTERN, form, follow=True)
    assert "001/Kominfo/2026" in text(response)
    assert give().written == "001/Kominfo/2026"


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"template": "{urut}/{nama}/{tahun}"}, "template", "{nama} is no part of this number"),
        ({"template": "{urut}/{tahun"}, "template", "brace at character 8"),
        ({"since": "2026-11-01"}, "since", "holds from today or later"),
        ({"separate": ["klasifikasi"]}, "template", "counted separately by {klasifikasi}"),
    ],
)
def test_a_bad_pattern_is_said_at_its_field_with_what_was_typed(
    keeper: Office, browser: Browser, changed: dict[str, Any], field: str, told: str
) -> None:
    form = {"template": "{urut}/{unit}/{tahun}", "unit": "Kominfo", "since": "2026-11-10"} | changed
    response = browser("kasubag").post(PATTERN, form)
    assert response.status_code == 422
    tree = parsed(response)
    assert told in tree.xpath(f"//*[@id='f-{field}-error']")[0].text_content()
    assert tree.xpath("//*[@id='f-template']")[0].get("value") == form["template"]


def test_a_number_is_reserved_used_and_taken_back(keeper: Office, browser: Browser) -> None:
    client = browser("staf")
    for paper in ("Undangan", "Edaran"):
        assert client.post(f"{PAGE}cadangkan/", {"reason": paper}).status_code == 302
    one, two = AllottedNumber.objects.filter(state=State.RESERVED).order_by("value")
    assert one.by == str(keeper.people["staf"])
    client.post(f"{PAGE}{one.pk}/pakai/", {"label": "Undangan rapat"})
    assert client.post(f"{PAGE}{two.pk}/batal/", {"reason": " "}).status_code == 422
    client.post(f"{PAGE}{two.pk}/batal/", {"reason": "Tidak jadi"})
    shown = text(client.get(PAGE))
    for words in ("Undangan rapat", "Tidak jadi", "Void"):
        assert words in shown
    assert give().value == 3


def test_a_given_number_is_cancelled_by_the_head_alone(keeper: Office, browser: Browser) -> None:
    give()
    row = services.allotted(KEY, 2026, 1)
    assert browser("staf").post(f"{PAGE}{row.pk}/batal/", {"reason": "x"}).status_code == 403
    assert browser("kasubag").post(f"{PAGE}{row.pk}/batal/", {"reason": "Salah"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.changed_by) == (State.VOID, str(keeper.kasubag))
    assert browser("kasubag").post(f"{PAGE}{row.pk}/batal/", {"reason": "Lagi"}).status_code == 422


@pytest.mark.parametrize("page", [PATTERN, f"{PAGE}cadangkan/", f"{PAGE}1/batal/", f"{PAGE}1/pakai/"])
def test_who_keeps_no_numbers_changes_none(keeper: Office, browser: Browser, page: str) -> None:
    client = browser("sekretaris")
    assert client.get(page).status_code == 403
    assert client.post(page, {}).status_code == 403
    assert Client().get(page).status_code == 302


def test_an_administrator_sets_a_pattern(keeper: Office, browser: Browser) -> None:
    client = browser("sekretaris")
    Account.objects.filter(username="sekretaris").update(is_staff=True)
    assert client.get(PATTERN).status_code == 200


def test_the_list_leaves_as_csv_and_xlsx_with_formulas_disarmed(keeper: Office, browser: Browser) -> None:
    give("=1+1")
    client = browser("staf")
    rows = b"".join(client.get(f"{PAGE}unduh.csv?tahun=2026").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "'=1+1" in rows
    assert "500.12/1/Dinas/2026" in rows
    assert b"".join(client.get(f"{PAGE}unduh.xlsx").streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    assert client.get(f"{PAGE}unduh.exe").status_code == 404
    assert client.get("/nomor/seri/tidak-ada/").status_code == 404
    assert client.get("/nomor/pola/tidak-ada/").status_code == 403
