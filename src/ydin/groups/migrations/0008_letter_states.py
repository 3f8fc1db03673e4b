"""Coordinators see whether letters about their groups arrive, not what is in them."""

from django.db import migrations, models

from ydin.kernel.rowsecurity import OVERSEEN_GROUPS

VIEW = """
create view groups_letterstate with (security_barrier) as
select id, group_id, to_address, to_name, subject, state, attempts, last_error, created_at, due_at, sent_at
from outbox_message
where group_id = any(%s) and created_at > now() - interval '90 days';
grant select on groups_letterstate to ydin_web, ydin_worker;
revoke insert, update, delete on groups_letterstate from ydin_web, ydin_worker;
""".replace("%s", OVERSEEN_GROUPS)


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0007_cards_of_today"),
        ("outbox", "0006_letter_of_group"),
    ]

    operations = [
        migrations.CreateModel(
            name="LetterState",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("group_id", models.BigIntegerField()),
                ("to_address", models.EmailField(max_length=254)),
                ("to_name", models.CharField(max_length=500)),
                ("subject", models.CharField(max_length=998)),
                ("state", models.CharField(max_length=10)),
                ("attempts", models.PositiveSmallIntegerField()),
                ("last_error", models.TextField()),
                ("created_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "groups_letterstate", "managed": False},
        ),
        migrations.RunSQL(VIEW, "drop view groups_letterstate"),
    ]
