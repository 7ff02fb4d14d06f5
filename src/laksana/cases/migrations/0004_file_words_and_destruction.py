"""Words read in files, and when a file was destroyed. SQLite builds the table of cases anew, without its triggers: they come back."""

from django.db import migrations, models

from laksana.cases import guards


def install_search(apps, schema_editor):
    guards.install_search(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_recalled'),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='destroyed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='attachment',
            name='read_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(condition=models.Q(('read_at', None)), fields=['-id'], name='attachment_unread'),
        ),
        migrations.AddField(
            model_name='case',
            name='file_words',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.RunPython(install_search, migrations.RunPython.noop),
    ]
