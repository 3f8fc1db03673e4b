"""Who reads what in a group, as functions that policies of all higher tables use (ADR 0001)."""

from django.db import migrations

from ydin.kernel.rowsecurity import OVERSEEN_GROUPS, protect

FUNCTIONS = """
create function ydin_coordinated_groups() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(c.group_id), '{}') from groups_groupcoordinator c
    where c.person_id = ydin_actor() and c.starts_on <= current_date
      and (c.ends_on is null or c.ends_on >= current_date)
$$;

create function ydin_member_groups() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct g), '{}') from (
        select s.group_id as g from networks_representative r
        join groups_seat s on s.enterprise_id = r.enterprise_id
        where r.person_id = ydin_actor() and s.state in ('member', 'paused')
          and r.starts_on <= current_date and (r.ends_on is null or r.ends_on >= current_date)
        union all
        select unnest(ydin_coordinated_groups())
    ) readable
$$;

create function ydin_overseen_groups() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct g), '{}') from (
        select unnest(ydin_coordinated_groups()) as g
        union all
        select c.id from networks_roleassignment a join groups_coregroup c on c.network_id = a.network_id
        where a.person_id = ydin_actor() and a.role = 'network_coordinator' and a.starts_on <= current_date
          and (a.ends_on is null or a.ends_on >= current_date)
    ) overseen
$$;

create function ydin_readable_representatives() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    with mine as (
        select enterprise_id, organisation_id from networks_representative
        where person_id = ydin_actor() and starts_on <= current_date
          and (ends_on is null or ends_on >= current_date)
    ), overseen as (
        select s.enterprise_id from groups_seat s where s.group_id = any(ydin_overseen_groups())
        union
        select e.id from networks_roleassignment a join networks_enterprise e on e.network_id = a.network_id
        where a.person_id = ydin_actor() and a.role = 'network_coordinator' and a.starts_on <= current_date
          and (a.ends_on is null or a.ends_on >= current_date)
    ), together as (
        select s.enterprise_id from groups_seat s
        where s.group_id = any(ydin_member_groups()) and s.state in ('member', 'paused')
    )
    select coalesce(array_agg(distinct r.id), '{}') from networks_representative r
    left join networks_contactcard k on k.representative_id = r.id
    where r.person_id = ydin_actor()
       or r.enterprise_id in (select enterprise_id from mine)
       or r.enterprise_id in (select enterprise_id from overseen)
       or (k.shared_with_group and r.enterprise_id in (select enterprise_id from together))
$$;
"""

DROP = """
drop function ydin_readable_representatives(); drop function ydin_overseen_groups();
drop function ydin_member_groups(); drop function ydin_coordinated_groups();
"""

READABLE = "representative_id = any((select ydin_readable_representatives())::bigint[])"


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0001_initial"),
        ("networks", "0001_initial"),
        ("kernel", "0001_roles"),
    ]
    operations = [
        migrations.RunSQL(FUNCTIONS, DROP),
        protect("networks_contactcard", read=READABLE),
        protect(
            "groups_application",
            read=f"group_id = any({OVERSEEN_GROUPS})",
            write=f"group_id = any({OVERSEEN_GROUPS})",
            insert="true",
        ),
    ]
