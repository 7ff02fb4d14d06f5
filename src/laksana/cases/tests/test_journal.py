"""Rows added over days to a step that stays open."""

from collections.abc import Callable
from typing import Any

import pytest

from laksana.cases import actions
from laksana.cases.errors import AlreadyDone, Invalid, NotYours, Refused
from laksana.cases.models import Attachment
from laksana.cases.tests.conftest import MORNING, Desk
from laksana.files.models import StoredFile

Begin = Callable[..., Desk]
COLUMNS: dict[str, Any] = {
    "liter": {"label": "Liter", "type": "number", "required": True, "max": 100},
    "nota": {"label": "Nota", "type": "file"},
}
FIELDS: dict[str, Any] = {
    "isi_bbm": {"label": "Pengisian", "type": "table", "columns": COLUMNS, "max_rows": 3}
}
STEPS: list[dict[str, Any]] = [
    {"id": "catat", "journal": "isi_bbm", "asks": ["isi_bbm"]},
    {"id": "tutup", "by": "kasubag", "then": "selesai"},
]


@pytest.fixture
def desk(begin: Begin) -> Desk:
    return begin(steps=STEPS, fields=FIELDS)


def record(desk: Desk, by: str = "staf", revision: int = 1, **row: object) -> None:
    actions.record_row(desk.item("catat").pk, revision, desk.office.people[by], row, desk.at)


def rows(desk: Desk) -> list[str]:
    desk.case.refresh_from_db()
    return [row["liter"] for row in desk.case.data["isi_bbm"]]


def test_rows_of_several_people_add_up_whatever_each_of_them_saw(desk: Desk) -> None:
    record(desk, liter=10)
    record(desk, "staf2", liter="12,5")
    assert rows(desk) == ["10", "12.5"]
    assert desk.case.events.filter(kind="recorded").count() == 2


def test_a_form_opened_before_cannot_overwrite_a_row(desk: Desk) -> None:
    item = desk.item("catat")
    record(desk, liter=10)
    with pytest.raises(AlreadyDone):
        actions.complete(item.pk, item.revision, desk.office.staf, {"isi_bbm": []}, desk.at)
    assert rows(desk) == ["10"]


def test_a_row_is_checked_like_a_form(desk: Desk) -> None:
    with pytest.raises(Invalid) as refusal:
        record(desk, liter=101)
    assert set(refusal.value.errors) == {"liter"}
    with pytest.raises(NotYours):
        record(desk, "kasubag", liter=1)


def test_a_full_journal_takes_no_more(desk: Desk) -> None:
    for _ in range(3):
        record(desk, liter=1)
    with pytest.raises(Refused, match="full"):
        record(desk, liter=1)


def test_the_journal_is_closed_with_its_step(desk: Desk) -> None:
    record(desk, liter=10)
    item = desk.item("catat")
    desk.do("catat")
    with pytest.raises(AlreadyDone):
        actions.record_row(item.pk, 2, desk.office.staf, {"liter": 1}, desk.at)
    assert rows(desk) == ["10"]


def test_a_file_in_a_row_becomes_the_case_s(desk: Desk) -> None:
    stored = StoredFile.objects.create(sha256="1" * 64, size=1, media_type="image/png", stored_at=MORNING)
    file = Attachment.objects.create(stored=stored, name="nota.png", by=desk.office.staf, at=MORNING)
    record(desk, liter=5, nota=file.pk)
    file.refresh_from_db()
    assert (file.case, file.field, file.work_item) == (desk.case, "isi_bbm", desk.item("catat"))


def test_a_step_without_a_journal_takes_no_rows(desk: Desk) -> None:
    desk.do("catat")
    item = desk.item("tutup")
    with pytest.raises(Refused, match="no journal"):
        actions.record_row(item.pk, 1, desk.office.kasubag, {}, desk.at)
