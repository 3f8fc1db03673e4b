"""When an event was announced for the first time, so that a later change does not make it news again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calendar", "0007_by_time")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="announced_at",
            field=models.DateTimeField(
                blank=True,
                help_text="for the first time; changes and a second announcement leave it",
                null=True,
            ),
        ),
        migrations.RunSQL(
            "update calendar_event set announced_at = changed_at where state = 'announced' and sequence = 0",
            migrations.RunSQL.noop,
        ),
    ]
