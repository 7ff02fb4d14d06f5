"""What the database itself sees to: rows of the books are never changed or deleted."""

from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE = [
    """CREATE TRIGGER IF NOT EXISTS registers_entry_no_update BEFORE UPDATE ON registers_entry
       BEGIN SELECT RAISE(ABORT, 'rows of a book are never changed'); END""",
    """CREATE TRIGGER IF NOT EXISTS registers_entry_no_delete BEFORE DELETE ON registers_entry
       BEGIN SELECT RAISE(ABORT, 'rows of a book are never deleted'); END""",
]
_POSTGRESQL = [
    """CREATE OR REPLACE FUNCTION registers_entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'rows of a book are never changed or deleted'; END $$""",
    """CREATE OR REPLACE TRIGGER registers_entry_kept BEFORE UPDATE OR DELETE ON registers_entry
       FOR EACH ROW EXECUTE FUNCTION registers_entry_is_kept()""",
    """CREATE OR REPLACE TRIGGER registers_entry_not_emptied BEFORE TRUNCATE ON registers_entry
       FOR EACH STATEMENT EXECUTE FUNCTION registers_entry_is_kept()""",
]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guards in place; doing it again changes nothing."""
    _run(connection, _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guards away, as a test database must before it is emptied."""
    if connection.vendor == "sqlite":
        names = ["registers_entry_no_update", "registers_entry_no_delete"]
        _run(connection, [f"DROP TRIGGER IF EXISTS {name}" for name in names])
    else:
        names = ["registers_entry_kept", "registers_entry_not_emptied"]
        _run(connection, [f"DROP TRIGGER IF EXISTS {name} ON registers_entry" for name in names])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
