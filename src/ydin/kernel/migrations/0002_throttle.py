"""Counters of what came from where, shared by all processes. Unlogged: a crash may forget them."""

from django.db import migrations

TABLE = """
create unlogged table kernel_throttle (
    key varchar(96) primary key,
    hits integer not null,
    until timestamptz not null
);
create index kernel_throttle_until on kernel_throttle (until);
"""


class Migration(migrations.Migration):
    """A row a key and window; old rows are swept by the counting itself."""

    dependencies = [("kernel", "0001_roles")]
    operations = [migrations.RunSQL(TABLE, "drop table kernel_throttle")]
