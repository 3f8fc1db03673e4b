"""A story may come of what two companies do together."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0003_collaborations"), ("stories", "0002_row_security")]
    operations = [
        migrations.AddField(
            "story",
            "collaboration",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="stories",
                to="partnerships.collaboration",
            ),
        ),
    ]
