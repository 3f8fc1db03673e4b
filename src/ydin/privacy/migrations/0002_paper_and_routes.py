"""Consents on paper, corrections that go to the group first, passages that are found again when edited."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ydin.kernel.clock import now
from ydin.kernel.rowsecurity import COORDINATED_GROUPS

FUNCTION = """
create function ydin_people_of_my_groups() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct r.person_id), '{}') from networks_representative r
    join groups_seat s on s.enterprise_id = r.enterprise_id and s.state <> 'left'
    where s.group_id = any(ydin_coordinated_groups()) and r.starts_on <= current_date
      and (r.ends_on is null or r.ends_on >= current_date)
$$;
"""
NETWORKS = "(select ydin_overseen_networks())::bigint[]"
OWN = "person_id = ydin_actor()"
OVERSEEN = f"network_id = any({NETWORKS})"
RECORDED = "recorded_by_id = ydin_actor()"
ON_PAPER = (
    f"channel = 'paper' and {RECORDED} and "
    f"({OVERSEEN} or person_id = any((select ydin_people_of_my_groups())::bigint[]))"
)
MINE = f"group_id = any({COORDINATED_GROUPS})"
PASSED_ON = f"({OVERSEEN} and (group_id is null or passed_on_at is not null))"
READ_CONSENT = f"{OWN} or {OVERSEEN} or {RECORDED}"

FORWARDS = f"""
alter policy privacy_consent_read on privacy_consent using ({READ_CONSENT});
alter policy privacy_consent_insert on privacy_consent with check (({OWN} and channel = 'site') or ({ON_PAPER}));
alter policy privacy_consent_update on privacy_consent using ({READ_CONSENT}) with check ({READ_CONSENT});
alter policy privacy_consent_delete on privacy_consent using (false);
alter policy privacy_correction_read on privacy_correction using ({OWN} or {MINE} or {PASSED_ON});
alter policy privacy_correction_update on privacy_correction
    using ({MINE} or {PASSED_ON}) with check ({MINE} or {PASSED_ON});
alter policy privacy_correction_delete on privacy_correction using (false);
grant update (reason) on groups_glassbreak to ydin_worker;
"""
BACKWARDS = f"""
alter policy privacy_consent_read on privacy_consent using ({OWN} or {OVERSEEN});
alter policy privacy_consent_insert on privacy_consent with check ({OWN});
alter policy privacy_consent_update on privacy_consent using ({OWN}) with check ({OWN});
alter policy privacy_consent_delete on privacy_consent using ({OWN});
alter policy privacy_correction_read on privacy_correction using ({OWN} or {OVERSEEN});
alter policy privacy_correction_update on privacy_correction using ({OVERSEEN}) with check ({OVERSEEN});
alter policy privacy_correction_delete on privacy_correction using ({OVERSEEN});
revoke update (reason) on groups_glassbreak from ydin_worker;
"""
PEOPLE = settings.AUTH_USER_MODEL


def by(to: str) -> models.ForeignKey:
    return models.ForeignKey(
        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=to
    )


class Migration(migrations.Migration):
    dependencies = [("groups", "0008_letter_states"), ("privacy", "0001_initial")]
    operations = [
        migrations.AddField(
            "passage",
            "words",
            models.JSONField(blank=True, default=list, help_text="keyed digests of the words that name them"),
        ),
        migrations.AlterField(
            "passage",
            "decision",
            models.CharField(
                choices=[
                    ("open", "open"),
                    ("kept", "stays"),
                    ("removed", "removed"),
                    ("gone", "no longer there"),
                ],
                default="open",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            "consent",
            "given_at",
            models.DateTimeField(default=now, help_text="on paper: noon of the day on which it was signed"),
        ),
        migrations.AddField(
            "consent",
            "recorded_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=PEOPLE,
                help_text="the coordinator who keyed a paper in",
            ),
        ),
        migrations.AddField("correction", "group", by("groups.coregroup")),
        migrations.AddField("correction", "passed_on_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunSQL(FUNCTION, "drop function ydin_people_of_my_groups();"),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
