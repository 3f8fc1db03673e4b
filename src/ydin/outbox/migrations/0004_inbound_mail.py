"""Mail that comes in is read by the worker alone: no page shows it, whoever asks."""

import uuid

from django.db import migrations, models

import ydin.kernel.clock
import ydin.outbox.rules.inbound
from ydin.kernel.rowsecurity import protect


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0003_pace"),
    ]

    operations = [
        migrations.CreateModel(
            name="InboundMail",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("received_at", models.DateTimeField(default=ydin.kernel.clock.now)),
                (
                    "purpose",
                    models.CharField(help_text="of the signed address (kernel/addresses.py)", max_length=1),
                ),
                ("ids", models.JSONField(help_text="numbers of the signed address")),
                (
                    "about",
                    models.CharField(
                        help_text="purpose and the ids that mails are counted by", max_length=80
                    ),
                ),
                (
                    "sender",
                    models.CharField(
                        blank=True, help_text="of the envelope; empty: a machine", max_length=320
                    ),
                ),
                ("size", models.PositiveIntegerField(help_text="bytes that came; `raw` may be less")),
                (
                    "raw",
                    models.BinaryField(help_text="the mail or its beginning; empty when its time is over"),
                ),
                (
                    "fingerprint",
                    models.CharField(help_text="one row for each mail", max_length=64, unique=True),
                ),
                (
                    "state",
                    models.CharField(
                        default=ydin.outbox.rules.inbound.InboundState["RECEIVED"], max_length=10
                    ),
                ),
                ("outcome", models.CharField(blank=True, max_length=20)),
                (
                    "said_at",
                    models.DateTimeField(
                        blank=True, help_text="when its sender says it was written", null=True
                    ),
                ),
                ("handled_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["about", "received_at"], name="inbound_about"),
                    models.Index(fields=["received_at"], name="inbound_age"),
                ],
            },
        ),
        protect("outbox_inboundmail", read="false"),
    ]
