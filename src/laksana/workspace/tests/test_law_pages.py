"""The pages of tables of law: what they show, who proposes and who decides, and what a wrong file is answered."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from laksana.cases.tests.conftest import Office
from laksana.library.kepegawaian.pay import PAY
from laksana.library.law.tests.test_versions import NEW_YEAR, OLD, pay_on, table_text
from laksana.library.models import TableVersion
from laksana.workspace.tests.conftest import Browser, parsed
from laksana.workspace.tests.test_pages import desk  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db
PAGE = "/tabel/gaji-pokok-pns/"


@pytest.fixture
def administrators(office: Office, browser: Browser) -> Browser:
    """Two who look after the system: the head and the section head."""
    for code in ("kepala", "kasubag"):
        browser(code)
        account = office.people[code].account
        assert account is not None
        account.is_staff = True
        account.save()
    return browser


def text(response: Any) -> str:
    return " ".join(parsed(response).xpath("//main")[0].text_content().split())


def send(client: Any, content: str = "", **more: str) -> Any:
    file = SimpleUploadedFile("gaji.csv", (content or table_text()).encode())
    given = {
        "file": file,
        "valid_from": "2027-01-01",
        "source": "PP contoh 1/2027",
        "reason": "Gaji naik",
        **more,
    }
    return client.post(f"{PAGE}usul/", given)


def test_every_employee_sees_each_table_its_source_and_what_reads_it(browser: Browser) -> None:
    client = browser("staf")
    listed = text(client.get("/tabel/"))
    assert "gaji-pokok-pnsPP 5/2024" in listed
    page = text(client.get(PAGE))
    assert "in force today" in page
    assert "gaji.tabel" in page
    assert "New version" not in page
    assert client.get("/tabel/lain/").status_code == 404


def test_the_list_is_narrowed_by_words_and_state(browser: Browser) -> None:
    client = browser("staf")
    assert "hak-cuti" not in text(client.get("/tabel/?q=gaji"))
    assert "No table stands so" in text(client.get("/tabel/?keadaan=menunggu"))


def test_a_version_goes_from_the_file_over_its_differences_into_force_by_two_people(
    administrators: Browser,
) -> None:
    proposer, decider = administrators("kepala"), administrators("kasubag")
    there = send(proposer)["Location"]
    page = text(proposer.get(there))
    assert "1 row changed, 0 new, 0 gone" in page
    assert f"{OLD}3000000" in page
    assert "Put it in force" not in page
    assert proposer.post(there, {"said": "tetapkan"}).status_code == 422
    assert pay_on(NEW_YEAR) == OLD
    assert decider.post(there, {"said": "tetapkan"}).status_code == 302
    assert pay_on(NEW_YEAR) == Decimal(3000000)
    before = decider.get(f"{PAGE}unduh.csv?pada=2026-12-31").content.decode()
    after = decider.get(f"{PAGE}unduh.csv?pada=2027-01-01").content.decode()
    assert f"III/a,0,{OLD}" in before
    assert "III/a,0,3000000" in after
    assert "put in force by" in text(decider.get(PAGE))


def test_what_is_given_up_says_why_and_changes_nothing(administrators: Browser) -> None:
    there = send(administrators("kepala"))["Location"]
    client = administrators("kasubag")
    assert "Say why it is given up." in text(client.post(there, {"said": "batalkan"}))
    assert client.post(there, {"said": "batalkan", "note": "Salah lampiran"}).status_code == 302
    assert "Salah lampiran" in text(client.get(there))
    assert pay_on(NEW_YEAR) == OLD


def test_a_wrong_file_is_told_row_by_row_and_keeps_what_was_typed(administrators: Browser) -> None:
    answer = send(administrators("kepala"), table_text().replace("I/a,2,", "I/a,dua,", 1))
    page = text(answer)
    assert answer.status_code == 422
    assert "32“mkg_mulai” must be a number, such as 1250.50; here stands “dua”." in page
    assert parsed(answer).get_element_by_id("f-source").get("value") == "PP contoh 1/2027"
    assert not TableVersion.objects.exists()


def test_what_is_missing_in_the_form_is_said_at_its_field(administrators: Browser) -> None:
    client = administrators("kepala")
    assert "Say from which day it is valid." in text(send(client, valid_from=""))
    assert "It would end before it begins." in text(send(client, valid_until="2026-12-31"))
    assert "Fill this in." in text(send(client, source=" "))
    assert "Attach a file." in text(client.post(f"{PAGE}usul/", {"source": "x"}))


def test_who_is_no_administrator_neither_proposes_nor_decides(
    browser: Browser, administrators: Browser
) -> None:
    there = send(administrators("kepala"))["Location"]
    clerk = browser("staf")
    assert send(clerk).status_code == 403
    assert clerk.get(f"{PAGE}usul/").status_code == 403
    assert clerk.post(there, {"said": "tetapkan"}).status_code == 404
    assert "Decide" not in text(clerk.get(there))


def test_a_second_proposal_waits_for_the_first(administrators: Browser) -> None:
    client = administrators("kepala")
    send(client)
    assert "waits to be put in force" in text(send(client, table_text(Decimal(1))))
    assert "A new version from" in text(client.get(PAGE))
    assert PAY.name in {row.table for row in TableVersion.objects.all()}
