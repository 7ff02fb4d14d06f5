"""Is there a database to work with?"""

import click
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _


def require_database() -> None:
    """Raise `ClickException` with what to do unless the database answers and is up to date."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        message = _("The database does not answer: %(error)s\nCheck DATABASE_URL, then try again.")
        raise click.ClickException(message % {"error": str(error).strip()}) from error
    if missing:
        message = _("The database is not prepared, or is of an earlier version. Run `laksana init` first.")
        raise click.ClickException(message)
