"""What comes back by mail: which sequence moved the evening, and other times that people ask for."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ydin.meetings.rules.states
from ydin.kernel.rowsecurity import MEMBER_GROUPS, protect


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0006_read_by_glass"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="moved_sequence",
            field=models.PositiveIntegerField(
                db_default=0,
                default=0,
                help_text="sequence at which the beginning last moved; answers to older ones are void",
            ),
        ),
        migrations.CreateModel(
            name="TimeProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("comment", models.CharField(blank=True, max_length=500)),
                ("sequence", models.PositiveIntegerField(help_text="of the meeting as its sender knew it")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (ydin.meetings.rules.states.ProposalState["OPEN"], "waits for an answer"),
                            (ydin.meetings.rules.states.ProposalState["KEPT"], "the time stays"),
                            (ydin.meetings.rules.states.ProposalState["MOVED"], "the evening has moved"),
                        ],
                        default=ydin.meetings.rules.states.ProposalState["OPEN"],
                        max_length=8,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="groups.coregroup"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="meetings.meeting",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", ydin.meetings.rules.states.ProposalState["OPEN"])),
                        fields=("meeting", "person"),
                        name="time_proposal_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="time_proposal_ends_after_start",
                    ),
                ],
            },
        ),
        protect(
            "meetings_timeproposal",
            read=f"group_id = any({MEMBER_GROUPS}) or person_id = ydin_actor()",
            write=f"group_id = any({MEMBER_GROUPS})",
            insert="false",
        ),
    ]
