"""Since when somebody is only counted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_digest_until"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="erased_at",
            field=models.DateTimeField(
                blank=True, help_text="since then only counts and references are kept of them", null=True
            ),
        ),
    ]
