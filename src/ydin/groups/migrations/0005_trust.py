"""Who accepted the ground rules, and who broke the glass: both read inside the group (ADR 0007)."""

import datetime as dt
import uuid

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from ydin.kernel.rowsecurity import MEMBER_GROUPS, OVERSEEN_GROUPS, READABLE_GROUPS, protect

FUNCTIONS = """
create function ydin_opened_groups() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct g.group_id), '{}') from groups_glassbreak g
    where g.person_id = ydin_actor() and g.starts_at <= now() + interval '1 minute' and g.ends_at > now()
$$;

create function ydin_readable_groups() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select ydin_member_groups() || ydin_opened_groups()
$$;
"""
DROP = "drop function ydin_readable_groups(); drop function ydin_opened_groups();"

OWN = "person_id = (select ydin_actor())"
INSIDE = f"group_id = any({MEMBER_GROUPS}) or group_id = any({OVERSEEN_GROUPS}) or {OWN}"
OPENS = f"""{OWN} and group_id = any({OVERSEEN_GROUPS})
    and starts_at between now() - interval '1 minute' and now() + interval '1 minute'"""
ACCEPTS = f"({OWN} and group_id = any({READABLE_GROUPS})) or group_id = any({OVERSEEN_GROUPS})"


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0004_application_by_link"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Acceptance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="version of the ground rules; 0 is the text of the program"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")], max_length=8
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[("site", "on this site"), ("paper", "on paper")],
                        default="site",
                        max_length=8,
                    ),
                ),
                ("accepted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="acceptances",
                        to="groups.coregroup",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("group", "person", "number"), name="acceptance_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="GlassBreak",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("reason", models.CharField(max_length=500)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="glass_breaks",
                        to="groups.coregroup",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "glass breaks",
                "indexes": [models.Index(fields=["person", "ends_at"], name="glass_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__gt", models.F("starts_at")),
                            (
                                "ends_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("starts_at"), "+", models.Value(dt.timedelta(seconds=3600))
                                ),
                            ),
                        ),
                        name="glass_lasts_an_hour",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="glass_has_reason"
                    ),
                ],
            },
        ),
        migrations.RunSQL(FUNCTIONS, DROP),
        protect("groups_glassbreak", read=INSIDE, write="false", insert=OPENS),
        protect("groups_acceptance", read=INSIDE, write="false", insert=ACCEPTS),
        migrations.RunSQL(
            "revoke update, delete, truncate on groups_glassbreak from ydin_web, ydin_worker",
            "grant update, delete on groups_glassbreak to ydin_web, ydin_worker",
        ),
    ]
