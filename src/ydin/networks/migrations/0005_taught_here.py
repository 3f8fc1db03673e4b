"""Whoever answers for an institute reads that its people signed in that institute's network, not elsewhere."""

from django.db import migrations

from ydin.kernel.acting import WEB_ROLE

WHERE = """
    from networks_roleassignment a
    join networks_organisation o on o.network_id = a.network_id
    join networks_representative mine on mine.organisation_id = o.id and mine.person_id = a.person_id
    join networks_representative r on r.organisation_id = o.id
    {join}
    where a.person_id = ydin_actor() and a.role = 'institute' and a.starts_on <= current_date
      and (a.ends_on is null or a.ends_on >= current_date)
      and mine.starts_on <= current_date and (mine.ends_on is null or mine.ends_on >= current_date)
      and r.starts_on <= current_date and (r.ends_on is null or r.ends_on >= current_date)
      and a.network_id = any(outsider_networks())
"""
FUNCTION = "create function {name}() returns bigint[] language sql stable security definer set search_path = public, pg_temp as $$ {body} $$;"
HERE = FUNCTION.format(
    name="ydin_taught_commitments",
    body="select coalesce(array_agg(distinct c.id), '{}')"
    + WHERE.format(
        join="join networks_outsidercommitment c on c.person_id = r.person_id and c.network_id = o.network_id"
    ),
)
BEFORE = FUNCTION.format(
    name="ydin_taught_people",
    body="select coalesce(array_agg(distinct r.person_id), '{}')" + WHERE.format(join=""),
)
TABLE = "networks_outsidercommitment"
POLICY = f"""
drop policy {TABLE}_read on {TABLE};
create policy {TABLE}_read on {TABLE} for select to {WEB_ROLE}
    using (person_id = (select ydin_actor())
        or network_id = any((select ydin_led_networks())::bigint[])
        or {{taught}});
"""


class Migration(migrations.Migration):
    dependencies = [("networks", "0004_outsiders")]
    operations = [
        migrations.RunSQL(
            HERE
            + POLICY.format(taught="id = any((select ydin_taught_commitments())::bigint[])")
            + "drop function ydin_taught_people();",
            BEFORE
            + POLICY.format(taught="person_id = any((select ydin_taught_people())::bigint[])")
            + "drop function ydin_taught_commitments();",
        )
    ]
