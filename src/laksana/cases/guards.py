"""What the database itself sees to: events are never changed or deleted, and the search index follows the cases."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

_SQLITE = [
    """CREATE TRIGGER IF NOT EXISTS cases_event_no_update BEFORE UPDATE ON cases_event
       BEGIN SELECT RAISE(ABORT, 'events of a case are never changed'); END""",
    """CREATE TRIGGER IF NOT EXISTS cases_event_no_delete BEFORE DELETE ON cases_event
       BEGIN SELECT RAISE(ABORT, 'events of a case are never deleted'); END""",
]
_POSTGRESQL = [
    """CREATE OR REPLACE FUNCTION cases_event_is_kept() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'events of a case are never changed or deleted'; END $$""",
    """CREATE OR REPLACE TRIGGER cases_event_kept BEFORE UPDATE OR DELETE ON cases_event
       FOR EACH ROW EXECUTE FUNCTION cases_event_is_kept()""",
    """CREATE OR REPLACE TRIGGER cases_event_not_emptied BEFORE TRUNCATE ON cases_event
       FOR EACH STATEMENT EXECUTE FUNCTION cases_event_is_kept()""",
]
_SQLITE_SEARCH = [
    """CREATE VIRTUAL TABLE IF NOT EXISTS cases_case_search
       USING fts5(search_text, content='cases_case', content_rowid='id', tokenize='unicode61')""",
    """CREATE TRIGGER IF NOT EXISTS cases_case_search_insert AFTER INSERT ON cases_case
       BEGIN INSERT INTO cases_case_search(rowid, search_text) VALUES (new.id, new.search_text); END""",
    """CREATE TRIGGER IF NOT EXISTS cases_case_search_delete AFTER DELETE ON cases_case
       BEGIN INSERT INTO cases_case_search(cases_case_search, rowid, search_text)
             VALUES ('delete', old.id, old.search_text); END""",
    """CREATE TRIGGER IF NOT EXISTS cases_case_search_update AFTER UPDATE OF search_text ON cases_case
       WHEN old.search_text IS NOT new.search_text
       BEGIN INSERT INTO cases_case_search(cases_case_search, rowid, search_text)
             VALUES ('delete', old.id, old.search_text);
             INSERT INTO cases_case_search(rowid, search_text) VALUES (new.id, new.search_text); END""",
]
_POSTGRESQL_SEARCH = [
    "CREATE INDEX IF NOT EXISTS cases_case_search ON cases_case USING gin (to_tsvector('simple', search_text))"
]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guards of the events in place; doing it again changes nothing."""
    _run(connection, _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)


def install_search(connection: BaseDatabaseWrapper) -> None:
    """Put the search index in place; doing it again changes nothing."""
    _run(connection, _SQLITE_SEARCH if connection.vendor == "sqlite" else _POSTGRESQL_SEARCH)


def reinstall(connection: BaseDatabaseWrapper) -> None:
    """Put back what a migration has taken away: SQLite builds a changed table anew, without its triggers.

    What cases the index has not heard of meanwhile it then reads. Does nothing before the tables are there.
    """
    with connection.cursor() as cursor:
        if not {"cases_case", "cases_event"} <= set(connection.introspection.table_names(cursor)):
            return
        lost = connection.vendor == "sqlite" and _triggers_of(cursor, "cases_case") < len(_SQLITE_SEARCH) - 1
    install(connection)
    install_search(connection)
    if lost:
        _run(connection, ["INSERT INTO cases_case_search(cases_case_search) VALUES ('rebuild')"])


def _triggers_of(cursor: CursorWrapper, table: str) -> int:
    cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
    return int(cursor.fetchone()[0])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guards of the events away, as a test database must before it is emptied."""
    if connection.vendor == "sqlite":
        names = ["cases_event_no_update", "cases_event_no_delete"]
        _run(connection, [f"DROP TRIGGER IF EXISTS {name}" for name in names])
    else:
        names = ["cases_event_kept", "cases_event_not_emptied"]
        _run(connection, [f"DROP TRIGGER IF EXISTS {name} ON cases_event" for name in names])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
