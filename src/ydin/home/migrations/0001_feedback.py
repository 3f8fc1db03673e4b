"""Feedback, which the coordinators of its network read and answer; anybody may write one."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ydin.kernel.rowsecurity import protect

FUNCTION = """
create function ydin_coordinated_networks() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct a.network_id), '{}') from networks_roleassignment a
    where a.person_id = ydin_actor() and a.role = 'network_coordinator' and a.starts_on <= current_date
      and (a.ends_on is null or a.ends_on >= current_date)
$$;
"""
MINE = "network_id = any((select ydin_coordinated_networks())::bigint[])"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("networks", "0003_texts"),
        ("groups", "0002_row_security"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Feedback",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("message", models.TextField()),
                (
                    "email",
                    models.EmailField(blank=True, help_text="nothing: no answer is wanted", max_length=254),
                ),
                (
                    "page",
                    models.CharField(
                        blank=True, help_text="where it was, in their words or as a path", max_length=300
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")], max_length=8
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "waits for an answer"), ("answered", "answered")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("due_on", models.DateField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feedback",
                        to="networks.network",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "feedback",
                "indexes": [models.Index(fields=["network", "state", "due_on"], name="feedback_waiting")],
            },
        ),
        migrations.RunSQL(FUNCTION, "drop function ydin_coordinated_networks();"),
        protect("home_feedback", read=MINE, insert="true"),
    ]
