"""Who reads a facility, an assignment, a demo and what came of it (ADR 0001)."""

from django.db import migrations

from ydin.kernel.rowsecurity import MEMBER_GROUPS, protect

FUNCTIONS = """
create function ydin_taught_organisations() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct o.id), '{}')
    from networks_organisation o
    join networks_roleassignment a on a.network_id = o.network_id
    join networks_representative r on r.organisation_id = o.id and r.person_id = a.person_id
    where a.person_id = ydin_actor() and a.role = 'institute' and o.kind in ('institute', 'university')
      and a.starts_on <= current_date and (a.ends_on is null or a.ends_on >= current_date)
      and r.starts_on <= current_date and (r.ends_on is null or r.ends_on >= current_date)
      and o.network_id = any(outsider_networks())
$$;

create function ydin_browsed_networks() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct network_id), '{}') from groups_coregroup
    where id = any(ydin_member_groups()) or id = any(ydin_overseen_groups())
$$;

create function ydin_demo_companies() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct enterprise_id), '{}') from networks_representative
    where person_id = ydin_actor() and enterprise_id is not null and starts_on <= current_date
      and (ends_on is null or ends_on >= current_date)
$$;

create function ydin_team_demos() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct t.demo_id), '{}')
    from institutes_teammember t
    join networks_roleassignment a on a.network_id = t.network_id and a.person_id = t.person_id
    where t.person_id = ydin_actor() and a.role = 'student'
      and a.starts_on <= current_date and (a.ends_on is null or a.ends_on >= current_date)
      and t.network_id = any(outsider_networks())
$$;

create function ydin_demo_assignments() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct assignment_id), '{}') from institutes_demo
    where id = any(ydin_team_demos()) or enterprise_id = any(ydin_demo_companies())
$$;

create function ydin_recruited(of_network bigint) returns bigint language sql stable security definer
set search_path = public, pg_temp as $$
    with mine as (
        select r.enterprise_id as company, count(*) as part from institutes_recruitment r
        where r.network_id = of_network
          and (of_network = any(ydin_browsed_networks()) or of_network = any(outsider_networks()))
        group by r.enterprise_id
    )
    select sum(part)::bigint from mine having count(*) >= 3 and max(part) < 0.75 * sum(part)
$$;
"""
DROP = """
drop function ydin_recruited(bigint); drop function ydin_demo_assignments(); drop function ydin_team_demos();
drop function ydin_demo_companies(); drop function ydin_browsed_networks();
drop function ydin_taught_organisations();
"""
TAUGHT = "institute_id = any((select ydin_taught_organisations())::bigint[])"
BROWSED = "network_id = any((select ydin_browsed_networks())::bigint[])"
OURS = "enterprise_id = any((select ydin_demo_companies())::bigint[])"
OF_TEAM = "any((select ydin_team_demos())::bigint[])"
BOTH = f"{OURS} or {TAUGHT}"
PUBLISHED = f"(state <> 'draft' and {BROWSED})"
TOLD = f"""(state in ('taken', 'delivered', 'assessed') and (
    (audience <> 'team' and group_id = any({MEMBER_GROUPS})) or (audience = 'network' and {BROWSED})))"""
THEIRS = "person_id = (select ydin_actor())"


class Migration(migrations.Migration):
    dependencies = [
        ("institutes", "0001_initial"),
        ("groups", "0002_row_security"),
        ("networks", "0004_outsiders"),
        ("kernel", "0001_roles"),
    ]
    operations = [
        migrations.RunSQL(FUNCTIONS, DROP),
        protect("institutes_facility", read=f"{TAUGHT} or {PUBLISHED}", write=TAUGHT),
        protect(
            "institutes_assignment",
            read=f"{TAUGHT} or {PUBLISHED} or id = any((select ydin_demo_assignments())::bigint[])",
            write=TAUGHT,
        ),
        protect("institutes_interest", read=BOTH, insert=OURS),
        protect(
            "institutes_demo",
            read=f"{BOTH} or id = {OF_TEAM} or {TOLD}",
            write=f"{BOTH} or id = {OF_TEAM}",
            insert=OURS,
        ),
        protect("institutes_teammember", read=f"{BOTH} or demo_id = {OF_TEAM}", write=TAUGHT),
        protect("institutes_recruitment", read=f"{BOTH} or demo_id = {OF_TEAM}", write=OURS),
        protect(
            "institutes_recruitname",
            read=f"{OURS} or {THEIRS} or (state = 'yes' and {TAUGHT})",
            write=THEIRS,
            insert=OURS,
        ),
    ]
