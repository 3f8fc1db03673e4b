"""People from outside, what they promise, and who reads that they did (ADR 0001)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ydin.kernel.rowsecurity import protect

FUNCTIONS = """
create function ydin_led_networks() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct a.network_id), '{}') from networks_roleassignment a
    where a.person_id = ydin_actor() and a.role = 'network_coordinator' and a.starts_on <= current_date
      and (a.ends_on is null or a.ends_on >= current_date)
$$;

create function outsider_networks() returns int[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct a.network_id), '{}')::int[]
    from networks_roleassignment a
    join networks_outsidercommitment c on c.network_id = a.network_id and c.person_id = a.person_id
    where a.person_id = ydin_actor() and a.role in ('expert', 'researcher', 'student', 'institute')
      and a.starts_on <= current_date and (a.ends_on is null or a.ends_on >= current_date)
      and c.number = coalesce((
          select max(t.number) from networks_commitmenttext t
          where t.network_id = a.network_id and t.valid_from <= current_date), 0)
$$;

create function ydin_taught_people() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct r.person_id), '{}')
    from networks_roleassignment a
    join networks_organisation o on o.network_id = a.network_id
    join networks_representative mine on mine.organisation_id = o.id and mine.person_id = a.person_id
    join networks_representative r on r.organisation_id = o.id
    where a.person_id = ydin_actor() and a.role = 'institute' and a.starts_on <= current_date
      and (a.ends_on is null or a.ends_on >= current_date)
      and mine.starts_on <= current_date and (mine.ends_on is null or mine.ends_on >= current_date)
      and r.starts_on <= current_date and (r.ends_on is null or r.ends_on >= current_date)
      and a.network_id = any(outsider_networks())
$$;
"""
DROP = """
drop function ydin_taught_people(); drop function outsider_networks(); drop function ydin_led_networks();
"""
OWN = "person_id = (select ydin_actor())"
LED = "network_id = any((select ydin_led_networks())::bigint[])"
TAUGHT = "person_id = any((select ydin_taught_people())::bigint[])"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]


def _key() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _network(name: str) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE, related_name=name, to="networks.network"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("networks", "0003_texts"),
        ("kernel", "0001_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="roleassignment",
            name="role",
            field=models.CharField(
                choices=[
                    ("network_coordinator", "national coordinator"),
                    ("expert", "expert"),
                    ("researcher", "researcher"),
                    ("student", "student"),
                    ("institute", "for an institute"),
                ],
                max_length=24,
            ),
        ),
        migrations.CreateModel(
            name="CommitmentText",
            fields=[
                ("id", _key()),
                ("number", models.PositiveIntegerField()),
                ("language", models.CharField(choices=LANGUAGES, max_length=8)),
                ("text", models.TextField()),
                ("valid_from", models.DateField()),
                ("network", _network("commitment_texts")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("network", "number", "language"), name="commitment_text_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OutsiderCommitment",
            fields=[
                ("id", _key()),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="version of the text; 0 is the text of the program"
                    ),
                ),
                ("language", models.CharField(choices=LANGUAGES, max_length=8)),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("site", "on the site"),
                            ("link", "by the link in the letter"),
                            ("paper", "on paper"),
                        ],
                        max_length=8,
                    ),
                ),
                ("accepted_at", models.DateTimeField(auto_now_add=True)),
                ("network", _network("commitments")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="commitments",
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
                    models.UniqueConstraint(fields=("network", "person", "number"), name="commitment_once")
                ],
            },
        ),
        migrations.RunSQL(FUNCTIONS, DROP),
        protect(
            "networks_outsidercommitment",
            read=f"{OWN} or {LED} or {TAUGHT}",
            write="false",
            insert=f"({OWN} and recorded_by_id = person_id) or {LED}",
        ),
    ]
