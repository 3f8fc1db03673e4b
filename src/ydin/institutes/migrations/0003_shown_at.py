"""Since when a facility or an assignment has been news; what is shown already is none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("institutes", "0002_row_security")]
    operations = [
        migrations.AddField(
            model_name=name,
            name="shown_at",
            field=models.DateTimeField(blank=True, help_text="when it was new to the network", null=True),
        )
        for name in ("assignment", "facility")
    ]
