"""The inbox by duty: what a verb makes of a step, and that each counter leads to exactly its list."""

from collections.abc import Callable
from typing import Any

import pytest

from laksana.cases import services as cases
from laksana.cases.tests.conftest import MORNING, Desk, Office
from laksana.library.catalogue import in_order_of_the_book
from laksana.sop.definition import Step
from laksana.workspace.duties import Duty, counters, duty_of
from laksana.workspace.tests.conftest import Browser, parsed

SHAPE: dict[str, Any] = {"id": "x", "by": ["a"], "needs": ["b"], "time": "1 jam", "gives": "c"}
TWO = {"ya": "x", "tidak": "x"}


@pytest.mark.parametrize(
    ("said", "duty"),
    [
        ({"does": "Menerima disposisi atau mengembalikannya"}, Duty.DISPOSITION),
        ({"decides": "Memberikan disposisi kepada pejabat", "outcomes": TWO}, Duty.DECIDE),
        ({"does": "Memberikan disposisi kepada pejabat"}, Duty.DECIDE),
        ({"does": "Menerima surat"}, Duty.FOLLOW_UP),
        ({"does": "Menandatangani nota dinas"}, Duty.SIGN),
        ({"decides": "Memeriksa kelengkapan berkas", "outcomes": TWO}, Duty.VERIFY),
        ({"decides": "Menyetujui konsep jawaban", "outcomes": TWO}, Duty.DECIDE),
        ({"decides": "Menentukan jalur", "outcomes": TWO}, Duty.DECIDE),
        ({"does": "Mengirim jawaban"}, Duty.FOLLOW_UP),
    ],
)
def test_the_verb_of_a_step_says_its_duty(said: dict[str, Any], duty: Duty) -> None:
    assert duty_of(Step.model_validate(SHAPE | said)) is duty


def test_every_duty_is_somebodys_in_the_book() -> None:
    found = {duty_of(step) for each in in_order_of_the_book() for step in each.steps}
    assert found == set(Duty)


@pytest.fixture
def desk(begin: Callable[..., Desk]) -> Desk:
    """A case that waits for a signature and for a letter's sending."""
    steps: list[dict[str, Any]] = [
        {"id": "catat", "then": ["sah", "kirim"]},
        {"id": "sah", "does": "Menandatangani surat", "then": "tutup"},
        {"id": "kirim", "does": "Mengirim surat", "then": "tutup"},
        {"id": "tutup", "by": "kasubag", "joins": True, "then": "selesai"},
    ]
    desk = begin(steps=steps)
    desk.do("catat")
    return desk


def test_a_counter_counts_and_leads_to_its_list_alone(desk: Desk, browser: Browser) -> None:
    page = parsed(browser("staf").get("/tugas/?tugas=tanda-tangan"))
    assert [link.text_content().split()[0] for link in page.xpath("//nav[@class='duties']//a")] == ["1", "1"]
    assert page.xpath("//nav[@class='duties']//a[@aria-current]/@href") == ["/tugas/?tugas=tanda-tangan"]
    shown = [row.text_content() for row in page.xpath("//div[@id='daftar']//tbody/tr")]
    assert len(shown) == 1
    assert "Menandatangani surat" in shown[0]


def test_counters_add_up_to_what_waits_and_know_what_is_late(desk: Desk, office: Office) -> None:
    late = MORNING.replace(year=MORNING.year + 1)
    found = counters(cases.waiting_steps(office.staf, late))
    assert {each.duty: (each.waiting, each.late) for each in found if each.waiting} == {
        Duty.SIGN: (1, 1),
        Duty.FOLLOW_UP: (1, 1),
    }
    assert sum(each.waiting for each in found) == cases.inbox_counts(office.staf, late)["waiting"]


def test_a_duty_without_work_shows_nothing(desk: Desk, browser: Browser) -> None:
    page = parsed(browser("staf").get("/tugas/?tugas=putusan"))
    assert not page.xpath("//div[@id='daftar']//tbody/tr")
