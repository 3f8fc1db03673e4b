"""Who reads which act (docs/adr/0007): the rows say who may, by `readers` and by what they belong to.

It stands here, above groups and networks, because the log knows neither.
"""

from django.db import migrations

from ydin.kernel.rowsecurity import MEMBER_GROUPS, OVERSEEN_GROUPS

FUNCTIONS = """
create function ydin_overseen_networks() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct a.network_id), '{}') from networks_roleassignment a
    where a.person_id = ydin_actor() and a.role = 'network_coordinator' and a.starts_on <= current_date
      and (a.ends_on is null or a.ends_on >= current_date)
$$;

create function ydin_kept_enterprises() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct e), '{}') from (
        select r.enterprise_id as e from networks_representative r
        where r.person_id = ydin_actor() and r.enterprise_id is not null and r.starts_on <= current_date
          and (r.ends_on is null or r.ends_on >= current_date)
        union all
        select n.id from networks_enterprise n where n.network_id = any(ydin_overseen_networks())
        union all
        select s.enterprise_id from groups_seat s
        where s.group_id = any(ydin_coordinated_groups()) and s.ends_on is null
    ) kept
$$;
"""
DROP = "drop function ydin_kept_enterprises(); drop function ydin_overseen_networks();"

NETWORKS = "(select ydin_overseen_networks())::bigint[]"
READ = f"""
    actor_id = (select ydin_actor()) or of_person_id = (select ydin_actor())
    or (readers in ('inside', 'group') and of_group = any({MEMBER_GROUPS}))
    or (readers in ('overseers', 'group') and of_group = any({OVERSEEN_GROUPS}))
    or (readers in ('overseers', 'group') and of_network = any({NETWORKS}))
    or of_enterprise = any((select ydin_kept_enterprises())::bigint[])
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("audit", "0004_sealed"), ("groups", "0005_trust"), ("networks", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTIONS, DROP),
        migrations.RunSQL(
            f"alter policy audit_entry_read on audit_entry using ({READ})",
            "alter policy audit_entry_read on audit_entry using (actor_id = ydin_actor())",
        ),
    ]
