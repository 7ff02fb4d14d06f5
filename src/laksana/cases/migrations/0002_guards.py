"""Guards of the events, and the search index."""

from django.db import migrations

from laksana.cases import guards


def install(apps, schema_editor):
    guards.install(schema_editor.connection)
    guards.install_search(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
