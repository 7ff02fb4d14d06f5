"""The yearly evaluation of an SOP: its figures, who may answer, what is kept, the form as PDF, and the way to its revision."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pypdfium2
import pytest

from laksana.cases.models import Draft, SopVersion
from laksana.cases.tests.conftest import Desk, definition, install
from laksana.library.evaluation.services import criteria, latest
from laksana.notices.models import Notice
from laksana.people.models import Holding, Position, Unit
from laksana.workspace.tests.conftest import Browser, parsed

STEPS: list[dict[str, Any]] = [
    {"id": "isi", "time": "30 menit"},
    {
        "id": "periksa",
        "by": "kasubag",
        "decides": "Memeriksa",
        "outcomes": {"Ya": "selesai", "Kurang lengkap": "isi"},
    },
]
PAGE = "/sop/contoh/evaluasi/2026/"


@pytest.fixture
def desk(begin: Callable[..., Desk]) -> Desk:
    """A case that was sent back once and has ended; the SOP is of a unit that the section head leads, below the office."""
    made = begin(steps=STEPS)
    made.do("isi")
    made.do("periksa", "kasubag", outcome="Kurang lengkap")
    made.do("isi")
    made.do("periksa", "kasubag", outcome="Ya")
    office = Unit.objects.get(code="dinas")
    Position.objects.filter(code="kepala").update(heads_unit=True)
    Position.objects.filter(code="kasubag").update(
        heads_unit=True, unit=Unit.objects.create(code="bidang", name="Sekretariat", parent=office)
    )
    return made


def answers(**changed: str) -> dict[str, str]:
    """Return a form whose every answer is yes, changed where asked."""
    given = {f"nilai_{each.kriteria}": "ya" for each in criteria()}
    return {**given, "simpulan": "tetap", "_seen": "0", **changed}


def test_the_owner_answers_beside_the_figures_of_the_year_and_every_answer_is_kept(
    desk: Desk, browser: Browser
) -> None:
    page = parsed(browser("kasubag").get(PAGE))
    told = " ".join(page.xpath("//section[@aria-labelledby='angka']")[0].text_content().split())
    assert re.search(
        r"Cases ended ?1 ?.*Whole cases on time ?100% ?Steps on time ?100% ?Steps done again ?2", told
    )
    cells = page.xpath("//section[@aria-labelledby='angka']//tbody//td/text()")
    assert cells == ["Memeriksa", "Kurang lengkap", "1"]
    assert len(page.xpath("//input[@type='radio'][@value='ya']")) == len(criteria()) == 7

    wrong = browser("kasubag").post(PAGE, answers(nilai_dipahami="tidak", catatan_peran="Ditulis lama"))
    assert wrong.status_code == 422
    tree = parsed(wrong)
    assert tree.xpath("//*[@name='catatan_peran']/@value") == ["Ditulis lama"]
    assert {each.get("href") for each in tree.xpath("//*[contains(@class, 'errors')]//a")} == {
        "#f-catatan_dipahami", "#f-alasan"
    }  # fmt: skip
    assert latest("contoh", 2026) is None

    assert browser("kasubag").post(PAGE, answers()).status_code == 302
    second = answers(simpulan="revisi", alasan="Langkah pemeriksaan dipecah", _seen="1")
    assert browser("kepala").post(PAGE, second).status_code == 302
    kept = latest("contoh", 2026)
    assert kept is not None
    assert (kept.revision, kept.by, kept.capacity) == (2, desk.office.kepala, "Kepala")
    assert (kept.conclusion, kept.figures["ended"], kept.figures["loops"]) == ("revisi", 1, 2)
    assert [line["terpenuhi"] for line in kept.answers] == [True] * 7

    stale = browser("kasubag").post(PAGE, answers(_seen="1"))
    assert stale.status_code == 422
    assert "Kepala Contoh has answered" in stale.content.decode()
    assert latest("contoh", 2026) == kept
    again = parsed(stale).xpath("//input[@name='_seen']/@value")
    assert again == ["2"]


def test_others_read_it_but_do_not_answer(desk: Desk, browser: Browser) -> None:
    page = parsed(browser("staf").get(PAGE))
    assert not page.xpath("//input[@type='radio']")
    assert "Kasubag evaluates it" in page.text_content()
    assert browser("staf").post(PAGE, answers()).status_code == 403
    assert latest("contoh", 2026) is None
    Holding.objects.filter(person=desk.office.kasubag).delete()
    assert browser("kasubag").post(PAGE, answers()).status_code == 403
    assert browser("kepala").post(PAGE, answers()).status_code == 302


@pytest.mark.parametrize("year", [1999, 2025, 2027])
def test_years_without_the_sop_are_not_found(desk: Desk, browser: Browser, year: int) -> None:
    assert browser("kasubag").get(f"/sop/contoh/evaluasi/{year}/").status_code == 404
    assert browser("kasubag").get(f"/kinerja/evaluasi/{year}/").status_code == 404


def test_the_list_of_the_year_and_the_form_as_pdf_tell_what_was_concluded(
    desk: Desk, browser: Browser
) -> None:
    empty = browser("staf").get("/sop/contoh/evaluasi/2026.pdf")
    assert "Mudah dipahami" in _text(empty.content)
    browser("kasubag").post(
        PAGE, answers(nilai_sinergi="tidak", catatan_sinergi="Belum selaras", alasan="Dibahas")
    )
    row = parsed(browser("staf").get("/kinerja/evaluasi/2026/")).xpath("//tbody/tr")[0].text_content()
    assert "Stays in force" in row
    assert "Kasubag Contoh" in row
    table = browser("staf").get("/kinerja/evaluasi/2026.csv").content.decode("utf-8-sig").splitlines()
    assert table[1].startswith(
        "A.99,Prosedur contoh,Sekretariat,tetap,Sinergi satu dengan lainnya,Dibahas,Kasubag"
    )
    assert table[1].endswith(",1,1,0,4,90,100,100,2")
    first = browser("staf").get("/sop/contoh/evaluasi/2026.pdf").content
    assert first == browser("kepala").get("/sop/contoh/evaluasi/2026.pdf").content
    told = _text(first)
    for words in (
        "Kurang lengkap",
        "Belum selaras",
        "Dibahas",
        "Kasubag Contoh",
        "Berkas selesai tepat waktu",
    ):
        assert words in told


def test_who_owns_the_drafting_is_told_once_that_an_sop_must_be_revised(desk: Desk, browser: Browser) -> None:
    steps = [{"id": "bentuk-tim"}, {"id": "tetapkan-tim", "by": "kepala"}, {"id": "susun", "then": "selesai"}]
    install(definition("penyusunan-sop", steps=steps))
    told = Notice.objects.filter(kind="evaluasi-sop")
    browser("kepala").post(PAGE, answers())
    assert not told.exists()
    wanted = {"simpulan": "revisi", "alasan": "Terlalu lama"}
    browser("kepala").post(PAGE, answers(**wanted, _seen="1"))
    [notice] = told
    assert (notice.person, notice.url) == (desk.office.kasubag, PAGE)
    assert "must be revised: Prosedur contoh (Kepala Contoh)" in notice.text
    browser("kepala").post(PAGE, answers(**wanted, _seen="2"))
    assert told.count() == 1
    browser("kasubag").post(PAGE, answers(_seen="3"))
    browser("kasubag").post(PAGE, answers(**wanted, _seen="4"))
    assert told.count() == 1, "who says so himself need not be told"


def test_an_sop_to_be_revised_leads_to_the_filled_in_start_of_its_drafting(
    desk: Desk, browser: Browser
) -> None:
    start = PAGE + "susun/"
    assert browser("kasubag").post(start).status_code == 404
    fields = {
        name: {"label": name, "type": "text"}
        for name in ("pemicu", "nama_sop", "unit_pelaksana", "kode_buku")
    }
    step = {"id": "bentuk-tim", "by": "kasubag", "asks": list(fields)}
    others = [{"id": "tetapkan-tim", "by": "kepala"}, {"id": "susun", "then": "selesai"}]
    install(definition("penyusunan-sop", steps=[step, *others], fields=fields))
    browser("kasubag").post(PAGE, answers(simpulan="revisi", alasan="Terlalu lama"))
    assert parsed(browser("kasubag").get(PAGE)).xpath(f"//form[@action='{start}']//button")
    assert not parsed(browser("staf").get(PAGE)).xpath(f"//form[@action='{start}']")
    assert browser("staf").post(start).status_code == 403
    assert browser("kasubag").post(start)["Location"] == "/mulai/penyusunan-sop/"
    title = SopVersion.objects.get(procedure="contoh").title
    page = parsed(browser("kasubag").get("/mulai/penyusunan-sop/"))
    assert page.xpath("//*[@name='nama_sop']/@value") == [title]
    assert page.xpath("//*[@name='unit_pelaksana']/@value") == ["position:kasubag"]
    Draft.objects.update(data={"raw": {"nama_sop": "Ditulis sendiri"}, "_outcome": "", "_evidence": ""})
    browser("kasubag").post(start)
    assert Draft.objects.get().data["raw"] == {"nama_sop": "Ditulis sendiri"}


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
