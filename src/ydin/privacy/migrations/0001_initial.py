"""Requests about one's own data, consents, and who answers for a network's data."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


from ydin.kernel.rowsecurity import COORDINATED_GROUPS, protect

NETWORKS = "(select ydin_overseen_networks())::bigint[]"
OWN = "person_id = ydin_actor()"
OVERSEEN = f"network_id = any({NETWORKS})"
REVIEWED = f"group_id = any({COORDINATED_GROUPS}) or (group_id is null and {OVERSEEN})"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('groups', '0008_letter_states'),
        ('networks', '0003_texts'),
        ('trust', '0001_log_readers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.TextField()),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='networks.network')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', 'asked for'), ('undone', 'taken back'), ('done', 'done')], default='asked', max_length=8)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('due_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('waiting', 'waits for its turn'), ('working', 'is being collected'), ('ready', 'is ready')], default='waiting', max_length=8)),
                ('done', models.PositiveSmallIntegerField(default=0, help_text='tables that were read')),
                ('total', models.PositiveSmallIntegerField(default=0)),
                ('content', models.BinaryField(help_text='ZIP; empty until it is ready')),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField(help_text='when the row is removed')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.TextField(blank=True, help_text="joint controllers, in the network's default language")),
                ('about_texts', models.JSONField(blank=True, default=dict, help_text='{language: text}, others')),
                ('contact', models.EmailField(blank=True, help_text='to whom questions about personal data go', max_length=254)),
                ('version', models.PositiveIntegerField(default=1)),
                ('network', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='privacy_notice', to='networks.network')),
            ],
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(help_text='label of the model', max_length=60)),
                ('row', models.CharField(help_text='primary key', max_length=40)),
                ('column', models.CharField(max_length=60)),
                ('digest', models.CharField(max_length=64)),
                ('decision', models.CharField(choices=[('open', 'open'), ('kept', 'stays'), ('removed', 'removed')], default='open', max_length=8)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('erasure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='privacy.erasure')),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.coregroup')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='networks.network')),
            ],
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('participation', 'Taking part in research'), ('data', 'Use of my data in research'), ('contact', 'Word of later events')], max_length=16)),
                ('text_version', models.PositiveIntegerField()),
                ('language', models.CharField(choices=[('fi', 'Suomi'), ('sv', 'Svenska'), ('en', 'English')], max_length=8)),
                ('channel', models.CharField(choices=[('site', 'on this site'), ('paper', 'on paper')], default='site', max_length=8)),
                ('given_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('effect', models.CharField(blank=True, help_text='code of what the withdrawal did (documents/consents.py)', max_length=24)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='networks.network')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('network', 'person', 'kind'), name='privacy_consent_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='erasure',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('person',), name='erasure_open_once'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.UniqueConstraint(fields=('erasure', 'table', 'row', 'column', 'digest'), name='passage_once'),
        ),
        protect("privacy_export", read=OWN),
        protect("privacy_erasure", read=OWN),
        protect("privacy_passage", read=REVIEWED, insert="false"),
        protect("privacy_consent", read=f"{OWN} or {OVERSEEN}", write=OWN),
        protect("privacy_correction", read=f"{OWN} or {OVERSEEN}", write=OVERSEEN, insert=OWN),
    ]
