"""Contact details go no further than today's ties.

Before, the coordinators of a group still read the cards of a company that had left it, and colleagues and
fellow members those of people who no longer act for the company. Found by tests/trust/test_two_barriers.py.
"""

from django.db import migrations

FUNCTION = """
create or replace function ydin_readable_representatives() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    with mine as (
        select enterprise_id from networks_representative
        where person_id = ydin_actor() and starts_on <= current_date
          and (ends_on is null or ends_on >= current_date)
    ), overseen as (
        select s.enterprise_id from groups_seat s
        where s.group_id = any(ydin_overseen_groups()) and s.state <> 'left'
        union
        select e.id from networks_roleassignment a join networks_enterprise e on e.network_id = a.network_id
        where a.person_id = ydin_actor() and a.role = 'network_coordinator' and a.starts_on <= current_date
          and (a.ends_on is null or a.ends_on >= current_date)
    ), together as (
        select s.enterprise_id from groups_seat s
        where s.group_id = any(ydin_member_groups()) and s.state in ('member', 'paused')
    ), cards as (
        select r.id, r.person_id, r.enterprise_id, k.shared_with_group,
               r.starts_on <= current_date and (r.ends_on is null or r.ends_on >= current_date) as acts
        from networks_representative r left join networks_contactcard k on k.representative_id = r.id
    )
    select coalesce(array_agg(distinct c.id), '{}') from cards c
    where c.person_id = ydin_actor()
       or c.enterprise_id in (select enterprise_id from overseen)
       or (c.acts and c.enterprise_id in (select enterprise_id from mine))
       or (c.acts and c.shared_with_group and c.enterprise_id in (select enterprise_id from together))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("groups", "0006_public_page")]
    operations = [migrations.RunSQL(FUNCTION, migrations.RunSQL.noop)]
