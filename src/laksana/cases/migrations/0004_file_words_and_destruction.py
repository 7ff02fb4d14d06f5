"""Words read in files, and when a file was destroyed. SQLite builds the table of cases anew, without its triggers: they come back."""

from django.db import migrations, models

from laksana.cases import guards


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
            model_name='case',
            name='file_words',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.RunPython(
            lambda apps, editor: guards.install_search(editor.connection), migrations.RunPython.noop
        ),
    ]
