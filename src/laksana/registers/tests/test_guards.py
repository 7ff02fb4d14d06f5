"""What the database itself sees to outlives migrations, also one of SQLite that builds a table anew and so drops its triggers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, connection, transaction

from laksana.cases.models import Case
from laksana.cases.search import search
from laksana.cases.tests.conftest import Desk
from laksana.registers.models import Entry

Begin = Callable[..., Desk]
GUARDED = ("cases_case", "cases_event", "registers_entry")


def triggers() -> dict[str, str]:
    """Return the triggers of the guarded tables, each with its table."""
    listed = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(listed[connection.vendor])
        return {name: table for name, table in cursor.fetchall() if table in GUARDED}


def drop(found: dict[str, str]) -> None:
    connection.check_constraints()  # what is still to be checked would be in the way of a change of the table
    with connection.cursor() as cursor:
        for name, table in found.items():
            cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))


def after_migrating() -> None:
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default", plan=[])


def test_guards_and_search_come_back_and_search_catches_up(begin: Begin) -> None:
    desk = begin(steps=[{"id": "isi"}, {"id": "periksa"}, {"id": "tutup", "then": "selesai"}])
    before = triggers()
    assert set(before.values()) == (set(GUARDED) if connection.vendor == "sqlite" else set(GUARDED[1:]))
    drop(before)
    Case.objects.filter(pk=desk.case.pk).update(search_text="rapat paripurna")
    connection.check_constraints()
    after_migrating()
    after_migrating()
    assert triggers() == before
    assert list(search(Case.objects.all(), "paripurna")) == [desk.case]
    with pytest.raises(DatabaseError, match="never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_event SET step = 'lain'")
    assert not Entry.objects.exists()


def test_a_flush_of_a_test_database_brings_nothing_back(db: Any) -> None:
    found = triggers()
    drop(found)
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert triggers() == {}
