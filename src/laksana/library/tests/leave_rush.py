"""Two requests for the last days of leave of one employee, sent at the same moment by processes of their own."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import connections

from laksana.cases.actions.complete import complete
from laksana.cases.actions.start import start
from laksana.cases.errors import Invalid
from laksana.cases.models import Case
from laksana.cases.tests.crowd import at_once
from laksana.library import services
from laksana.library.conftest import BEFORE
from laksana.library.kepegawaian.cuti.book import book_of
from laksana.people import demo
from laksana.people.models import Person
from laksana.people.services import holders, install_office
from laksana.worktime import services as worktime

ROUNDS = 12
_MONDAY = date(2026, 11, 9)
_LAST = timedelta(days=8)
"""From a Monday on so many days later: seven working days."""


def set_up() -> None:
    """Install the demonstration office."""
    worktime.seed(BEFORE)
    install_office()
    demo.install(BEFORE)
    services.install()


def rush(*, mending: bool) -> None:
    """Let employees who have twelve days ask for seven twice at once; print what each was told and what is left.

    Two new requests, or two that were sent back for a day each and are made longer: of different days, so that nothing but the
    balance can refuse the second.
    """
    people = Person.objects.filter(nip__regex=r"^.{12}(0[1-9]|1[0-2])", nip__lt="1996").order_by("nip")
    for person in people[ROUNDS : 2 * ROUNDS] if mending else people[:ROUNDS]:
        days = [_MONDAY + timedelta(weeks=2 * turn) for turn in range(2)]
        doings: list[Callable[[], str]] = [
            partial(_mend, _sent_back(person, day), day) if mending else partial(_ask, person, day)
            for day in days
        ]
        connections.close_all()
        told = at_once(doings)
        years = book_of(person, BEFORE, worktime.calendar())
        year = next(each for each in years if each.year == BEFORE.year)
        print(json.dumps({"told": sorted(told), "left": year.left, "reserved": year.reserved}))  # noqa: T201


def _ask(person: Person, first: date) -> str:
    try:
        start("cuti", person, _at(), values=_values(person, first))
    except Invalid as refusal:
        return f"refused: {refusal.errors.get('selesai', refusal.errors)}"
    return "asked"


def _sent_back(person: Person, day: date) -> Case:
    """Return a request for one day that the officer sent back to be mended."""
    case = start("cuti", person, BEFORE, values={**_values(person, day), "selesai": day})
    item = case.work_items.get(step="periksa-hak")
    officer = next(each for each in holders(item.desk, BEFORE) if each != person)
    mend = {"catatan_periksa": "Contoh"}
    return complete(item.pk, item.revision, officer, mend, _at(), outcome="Perlu perbaikan")


def _mend(case: Case, first: date) -> str:
    person = case.initiator
    assert person is not None
    item = case.work_items.get(step="perbaiki")
    values = {name: value for name, value in _values(person, first).items() if name not in ("nip", "nama")}
    try:
        complete(item.pk, item.revision, person, values, _at(), outcome="Diperbaiki")
    except Invalid as refusal:
        return f"refused: {refusal.errors.get('selesai', refusal.errors)}"
    return "asked"


def _values(person: Person, first: date) -> dict[str, Any]:
    return {
        "nip": person.nip, "nama": person.name, "status_pegawai": "PNS", "jabatan": "Contoh", "tmt_masuk": "2015-03-01",
        "kelompok_pemohon": "pelaksana_jf_pengawas", "unit_kerja": person.unit.code, "jenis_cuti": "tahunan",
        "alasan": "Contoh", "mulai": first, "selesai": first + _LAST, "terpakai_n1": 12, "terpakai_n2": 12,
        "alamat_selama_cuti": "Contoh", "telepon": "081234567890", "luar_negeri": False,
    }  # fmt: skip


def _at() -> datetime:
    return BEFORE + timedelta(hours=1)
