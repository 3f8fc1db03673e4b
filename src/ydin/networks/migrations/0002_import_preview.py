"""An upload keeps what its reader was shown, and is that person's alone: it holds contact details."""

from django.db import migrations, models

from ydin.kernel.rowsecurity import protect


class Migration(migrations.Migration):
    dependencies = [("networks", "0001_initial"), ("kernel", "0001_roles")]

    operations = [
        migrations.AddField(
            model_name="importbatch",
            name="preview",
            field=models.JSONField(default=dict, help_text="what its reader was shown"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="result",
            field=models.JSONField(default=dict, help_text="what was written"),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="content",
            field=models.BinaryField(help_text="the file; empty once it is brought in"),
        ),
        protect("networks_importbatch", read="uploaded_by_id = (select ydin_actor())"),
    ]
