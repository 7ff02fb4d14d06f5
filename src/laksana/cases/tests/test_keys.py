"""An action sent twice with one key happens once; a key is good for one action of one person."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from laksana.cases import actions
from laksana.cases.errors import AlreadyDone, Refused
from laksana.cases.models import Case, Clock, Event
from laksana.cases.tests.conftest import MORNING, Desk, Office, definition, install
from laksana.files.models import StoredFile

Begin = Callable[..., Desk]
CLOCK: dict[str, Any] = {
    "id": "batas",
    "from": "terima",
    "to": "tutup",
    "limit": "3 hari kerja",
    "extension": {"by": "1 hari kerja", "times": 5},
}
ROWS: dict[str, Any] = {
    "label": "Catatan",
    "type": "table",
    "columns": {"hal": {"label": "Hal", "type": "text"}},
}
STEPS: list[dict[str, Any]] = [{"id": "isi", "journal": "catatan"}, {"id": "tutup", "then": "selesai"}]


@pytest.fixture
def desk(begin: Begin) -> Desk:
    return begin(steps=STEPS, fields={"catatan": ROWS}, clocks=[CLOCK])


Send = Callable[[Desk, UUID], Any]


def _stored() -> StoredFile:
    return StoredFile.objects.get_or_create(
        sha256="0" * 64, defaults={"size": 1, "media_type": "text/plain", "stored_at": MORNING}
    )[0]


def _on_item(action: Callable[..., Any], *more: Any) -> Send:
    def send(desk: Desk, key: UUID) -> Any:
        item = desk.case.work_items.get(step="isi", revision__gte=1)
        return action(item.pk, 1, desk.office.staf, *more, desk.at, key=key)

    return send


SENDINGS: dict[str, Send] = {
    "claimed": _on_item(actions.claim),
    "completed": _on_item(actions.complete, {}),
    "recorded": _on_item(actions.record_row, {"hal": "satu"}),
    "delegated": lambda desk, key: actions.delegate(
        desk.case.work_items.get(step="isi").pk, 1, desk.office.staf, desk.office.staf2, desk.at, key=key
    ),
    "commented": lambda desk, key: actions.comment(desk.case.pk, desk.office.staf, "halo", desk.at, key=key),
    "attached": lambda desk, key: actions.attach(
        desk.case.pk, desk.office.staf, _stored(), "a.txt", desk.at, key=key
    ),
    "cancelled": lambda desk, key: actions.cancel(desk.case.pk, desk.office.staf, "salah", desk.at, key=key),
    "withdrawn": lambda desk, key: actions.withdraw(
        desk.case.work_items.get(step="terima", state="selesai").pk, desk.office.staf, desk.at, key=key
    ),
    "clock-paused": lambda desk, key: actions.pause_clock(
        Clock.objects.get().pk, desk.office.staf, "x", desk.at, key=key
    ),
    "clock-extended": lambda desk, key: actions.extend_clock(
        Clock.objects.get().pk, desk.office.staf, "x", desk.at, key=key
    ),
}


@pytest.mark.parametrize("kind", SENDINGS)
def test_what_is_sent_twice_happens_once(desk: Desk, kind: str) -> None:
    key = uuid4()
    first = SENDINGS[kind](desk, key)
    events = Event.objects.count()
    again = SENDINGS[kind](desk, key)
    assert Event.objects.count() == events
    assert Event.objects.filter(kind=kind, key=key).count() == 1
    assert again.pk == first.pk
    assert Clock.objects.filter(extended__gt=1).count() == 0


def test_a_case_is_started_once(office: Office) -> None:
    install(definition(steps=[{"id": "terima"}, *STEPS], fields={"catatan": ROWS}))
    key = uuid4()
    numbers = {actions.start("contoh", office.staf, MORNING, values={}, key=key).number for _ in range(2)}
    assert numbers == {"CONTOH/2026/0001"}
    assert Case.objects.count() == 1


def test_the_key_of_another_person_is_refused(desk: Desk) -> None:
    key = uuid4()
    actions.comment(desk.case.pk, desk.office.staf, "halo", desk.at, key=key)
    with pytest.raises(Refused, match="sent before"):
        actions.comment(desk.case.pk, desk.office.staf2, "halo", desk.at, key=key)
    item = desk.item("isi")
    with pytest.raises(Refused, match="sent before"):
        actions.complete(item.pk, item.revision, desk.office.staf2, {}, desk.at, key=key)
    assert desk.open == ["isi"]


def test_a_key_is_good_for_one_kind_of_action(desk: Desk) -> None:
    key = uuid4()
    actions.comment(desk.case.pk, desk.office.staf, "halo", desk.at, key=key)
    with pytest.raises(Refused, match="something else"):
        actions.pause_clock(Clock.objects.get().pk, desk.office.staf, "x", desk.at, key=key)
    item = desk.item("isi")
    with pytest.raises(Refused, match="sent before"):
        actions.complete(item.pk, item.revision, desk.office.staf, {}, desk.at, key=key)
    assert desk.open == ["isi"]


def test_another_key_is_another_action_and_comes_too_late(desk: Desk) -> None:
    SENDINGS["completed"](desk, uuid4())
    with pytest.raises(AlreadyDone):
        SENDINGS["completed"](desk, uuid4())
