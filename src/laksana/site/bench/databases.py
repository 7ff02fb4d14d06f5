"""Databases made for measuring, and thrown away afterwards."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit


@dataclass(frozen=True)
class Database:
    """A database: the environment in which Laksana works on it, and how a driver reaches it."""

    kind: str
    env: dict[str, str]
    address: str


@contextmanager
def sqlite(home: Path) -> Iterator[Database]:
    """Give an SQLite database in a folder."""
    home.mkdir()
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    yield Database("SQLite", {**env, **_settings(home)}, str(home / "laksana.sqlite3"))


@contextmanager
def postgresql(home: Path, server: str) -> Iterator[Database]:
    """Give a PostgreSQL database on a server on which databases may be made."""
    import psycopg
    from psycopg import sql

    home.mkdir()
    name = f"laksana_bench_{secrets.token_hex(4)}"
    address = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield Database("PostgreSQL", {**os.environ, **_settings(home), "DATABASE_URL": address}, address)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _settings(home: Path) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "laksana.site.settings",
        "LAKSANA_HOME": str(home),
        "LAKSANA_SECRET_KEY": "only for measuring",
    }
