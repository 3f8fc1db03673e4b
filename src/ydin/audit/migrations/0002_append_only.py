"""Acts are appended by everybody, read by those who did them, changed by nobody."""

from django.db import migrations

from ydin.kernel.rowsecurity import protect


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("kernel", "0001_roles")]
    operations = [
        protect("audit_entry", read="actor_id = ydin_actor()", write="false", insert="true"),
        migrations.RunSQL(
            "revoke update, delete, truncate on audit_entry from ydin_web, ydin_worker",
            "grant update, delete on audit_entry to ydin_web, ydin_worker",
        ),
    ]
