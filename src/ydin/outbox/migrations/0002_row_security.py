"""A message is read by its receiver and by the delivery job; nobody else."""

from django.db import migrations

from ydin.kernel.rowsecurity import protect


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial"), ("kernel", "0001_roles")]
    operations = [
        protect("outbox_message", read="person_id = ydin_actor()", write="false", insert="true"),
    ]
