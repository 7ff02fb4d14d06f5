import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SopVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('procedure', models.SlugField(db_index=False, max_length=80, verbose_name='procedure')),
                ('version', models.PositiveIntegerField(verbose_name='version')),
                ('code', models.CharField(max_length=10)),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('unit', models.CharField(max_length=200)),
                ('effective', models.DateField(verbose_name='effective from')),
                ('definition', models.TextField(verbose_name='definition (YAML)')),
                ('digest', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['procedure', '-version'],
                'constraints': [models.UniqueConstraint(fields=('procedure', 'version'), name='one_row_per_version')],
            },
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=120, unique=True, verbose_name='number')),
                ('procedure', models.SlugField(db_index=False, max_length=80)),
                ('subject', models.CharField(blank=True, max_length=300, verbose_name='subject')),
                ('level', models.CharField(max_length=14, verbose_name='confidentiality')),
                ('state', models.CharField(choices=[('berjalan', 'running'), ('selesai', 'ended'), ('batal', 'cancelled')], default='berjalan', max_length=10, verbose_name='state')),
                ('data', models.JSONField(default=dict)),
                ('opened_at', models.DateTimeField(verbose_name='opened')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
                ('last_event', models.PositiveIntegerField(default=0)),
                ('last_hash', models.CharField(blank=True, max_length=64)),
                ('search_text', models.TextField(blank=True)),
                ('initiator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='started_cases', to='people.person')),
                ('sop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='cases.sopversion')),
            ],
            options={
                'ordering': ['-opened_at'],
            },
        ),
        migrations.CreateModel(
            name='WorkItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=80)),
                ('lane', models.CharField(max_length=80)),
                ('instance', models.CharField(blank=True, max_length=60)),
                ('desk', models.CharField(max_length=100)),
                ('state', models.CharField(choices=[('menunggu', 'waiting'), ('terbuka', 'open'), ('selesai', 'done'), ('lewat', 'passed by itself'), ('ditarik', 'withdrawn'), ('habis', 'timed out')], default='terbuka', max_length=10)),
                ('arrived', models.PositiveSmallIntegerField(default=1)),
                ('opened_at', models.DateTimeField(verbose_name='opened')),
                ('due_at', models.DateTimeField(null=True, verbose_name='due')),
                ('timeout_at', models.DateTimeField(null=True)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('done_as', models.CharField(blank=True, max_length=120)),
                ('done_at', models.DateTimeField(null=True, verbose_name='done')),
                ('outcome', models.CharField(blank=True, max_length=200)),
                ('minutes', models.PositiveIntegerField(null=True)),
                ('cause', models.PositiveIntegerField(default=0)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='work_items', to='cases.case')),
                ('claimed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claimed_items', to='people.person')),
                ('done_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='done_items', to='people.person')),
            ],
            options={
                'ordering': ['due_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('acting_as', models.CharField(blank=True, max_length=120)),
                ('step', models.CharField(blank=True, max_length=80)),
                ('data', models.JSONField(default=dict)),
                ('key', models.UUIDField(null=True, unique=True)),
                ('hash', models.CharField(max_length=64)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='people.person')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='cases.case')),
                ('work_item', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='cases.workitem')),
            ],
            options={
                'ordering': ['case', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('procedure', models.SlugField(blank=True, db_index=False, max_length=80)),
                ('data', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='people.person')),
                ('work_item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='cases.workitem')),
            ],
        ),
        migrations.AddField(
            model_name='case',
            name='starter',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='started_cases', to='cases.workitem'),
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('field', models.CharField(blank=True, max_length=80)),
                ('document', models.CharField(blank=True, max_length=80)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='people.person')),
                ('stored', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='files.storedfile')),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='cases.case')),
                ('work_item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='cases.workitem')),
            ],
            options={
                'ordering': ['case', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Clock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clock', models.CharField(max_length=80)),
                ('instance', models.CharField(blank=True, max_length=60)),
                ('state', models.CharField(choices=[('jalan', 'running'), ('jeda', 'paused'), ('tepat', 'met'), ('lambat', 'late')], default='jalan', max_length=10)),
                ('started_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('paused_at', models.DateTimeField(null=True)),
                ('stopped_at', models.DateTimeField(null=True)),
                ('breached_at', models.DateTimeField(null=True)),
                ('extended', models.PositiveSmallIntegerField(default=0)),
                ('changes', models.JSONField(default=list)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='clocks', to='cases.case')),
            ],
            options={
                'ordering': ['due_at'],
                'indexes': [models.Index(fields=['state', 'breached_at', 'due_at'], name='clock_due'), models.Index(fields=['case', 'state'], name='clock_of_case')],
            },
        ),
        migrations.CreateModel(
            name='Instance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=60)),
                ('made_by', models.CharField(max_length=80)),
                ('row', models.JSONField(default=dict)),
                ('data', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('jalan', 'open'), ('kumpul', 'gathered'), ('tutup', 'finished')], default='jalan', max_length=10)),
                ('made_at', models.DateTimeField()),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='instances', to='cases.case')),
            ],
            options={
                'ordering': ['case', 'id'],
                'constraints': [models.UniqueConstraint(fields=('case', 'path'), name='one_row_per_instance')],
            },
        ),
        migrations.CreateModel(
            name='Reader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('desk', models.CharField(max_length=100)),
                ('since', models.DateTimeField()),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='named_readers', to='cases.case')),
            ],
            options={
                'indexes': [models.Index(fields=['desk'], name='reader_desk')],
                'constraints': [models.UniqueConstraint(fields=('case', 'desk'), name='one_row_per_reader')],
            },
        ),
        migrations.AddIndex(
            model_name='workitem',
            index=models.Index(condition=models.Q(('claimed_by', None), ('state', 'terbuka')), fields=['desk', 'due_at', 'id', 'state', 'claimed_by'], name='item_inbox'),
        ),
        migrations.AddIndex(
            model_name='workitem',
            index=models.Index(condition=models.Q(('claimed_by__isnull', False), ('state', 'terbuka')), fields=['claimed_by', 'due_at', 'id', 'state'], name='item_claimed'),
        ),
        migrations.AddIndex(
            model_name='workitem',
            index=models.Index(fields=['case', 'state'], name='item_of_case'),
        ),
        migrations.AddIndex(
            model_name='workitem',
            index=models.Index(fields=['done_by', 'done_at'], name='item_done'),
        ),
        migrations.AddIndex(
            model_name='workitem',
            index=models.Index(fields=['state', 'timeout_at'], name='item_timeout'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(fields=('case', 'number'), name='events_without_gaps'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(fields=('work_item', 'person', 'procedure'), name='one_draft_per_form'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['procedure', 'state', '-opened_at'], name='case_procedure'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['-opened_at'], name='case_newest'),
        ),
    ]
