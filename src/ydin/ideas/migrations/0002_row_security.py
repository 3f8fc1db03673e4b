"""Ideas and supports are read by their audience; talks by speaker and network; asks by those concerned (ADR 0001)."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

from ydin.kernel.rowsecurity import (
    COORDINATED_GROUPS,
    MEMBER_GROUPS,
    OVERSEEN_GROUPS,
    READABLE_GROUPS,
    protect,
)

FUNCTIONS = """
create function ydin_stems(language text, words text) returns text language sql immutable parallel safe as $$
    select coalesce(string_agg(lexeme, ' ' order by lexeme), '') from unnest(to_tsvector(
        case language when 'fi' then 'pg_catalog.finnish'::regconfig
                      when 'sv' then 'pg_catalog.swedish'::regconfig
                      else 'pg_catalog.english'::regconfig end, words))
$$;

create function ydin_idea_companies() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct enterprise_id), '{}') from networks_representative
    where person_id = ydin_actor() and enterprise_id is not null and starts_on <= current_date
      and (ends_on is null or ends_on >= current_date)
$$;

create function ydin_idea_networks() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct network_id), '{}') || outsider_networks()::bigint[]
    from groups_coregroup
    where id = any(ydin_member_groups()) or id = any(ydin_overseen_groups())
$$;

create function ydin_hosted_evenings() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(id), '{}') from meetings_meeting where host_id = any(ydin_idea_companies())
$$;

create function ydin_hosted_groups() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct group_id), '{}') from meetings_meeting
    where host_id = any(ydin_idea_companies()) and group_id = any(ydin_member_groups())
$$;

create function ydin_readable_ideas() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(id), '{}') from ideas_idea
    where enterprise_id = any(ydin_idea_companies()) or group_id = any(ydin_readable_groups())
       or (audience = 'network' and network_id = any(ydin_idea_networks()))
$$;

create function ydin_wanted(of_network bigint)
returns table (region bigint, core_group bigint, kind text, topic text, companies bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(r.parent_id, r.id), g.id, i.kind::text, i.topic::text, count(distinct w.enterprise_id)
    from ideas_idea i
    join (select id as idea_id, enterprise_id from ideas_idea
          union select idea_id, enterprise_id from ideas_support) w on w.idea_id = i.id
    join groups_seat s on s.enterprise_id = w.enterprise_id and s.state in ('member', 'paused')
    join groups_coregroup g on g.id = s.group_id and g.network_id = i.network_id
    left join networks_region r on r.id = g.region_id
    where i.network_id = of_network and i.state in ('open', 'taken', 'planned')
      and of_network = any(ydin_idea_networks())
    group by 1, 2, 3, 4
$$;
"""
DROP = """
drop function ydin_wanted(bigint); drop function ydin_readable_ideas(); drop function ydin_hosted_groups();
drop function ydin_hosted_evenings(); drop function ydin_idea_networks(); drop function ydin_idea_companies();
drop function ydin_stems(text, text);
"""
OWN = "enterprise_id = any((select ydin_idea_companies())::bigint[])"
IN_NETWORKS = "network_id = any((select ydin_idea_networks())::bigint[])"
SHARED = f"(audience = 'network' and {IN_NETWORKS})"
HELPED = "(audience = 'network' and network_id = any((select outsider_networks())::int[]))"
LED = f"(audience = 'network' and group_id = any({OVERSEEN_GROUPS}))"
HOSTED = "group_id = any((select ydin_hosted_groups())::bigint[])"
READABLE = "idea_id = any((select ydin_readable_ideas())::bigint[])"
SPEAKS = "speaker_id = (select ydin_actor())"
PREPARES = f"""(group_id = any({COORDINATED_GROUPS})
    or meeting_id = any((select ydin_hosted_evenings())::bigint[]))"""


class Migration(migrations.Migration):
    dependencies = [
        ("ideas", "0001_initial"),
        ("networks", "0004_outsiders"),
        ("groups", "0005_trust"),
        ("meetings", "0002_row_security"),
        ("kernel", "0001_roles"),
    ]
    operations = [
        TrigramExtension(),
        migrations.RunSQL(FUNCTIONS, DROP),
        protect(
            "ideas_idea",
            read=f"{OWN} or group_id = any({READABLE_GROUPS}) or {SHARED}",
            write=f"{OWN} or group_id = any({COORDINATED_GROUPS}) or {HOSTED} or {HELPED} or {LED}",
            insert=f"{OWN} and group_id = any({MEMBER_GROUPS})",
        ),
        protect("ideas_support", read=READABLE, write=OWN, insert=f"{OWN} and {READABLE}"),
        protect(
            "ideas_talk",
            read=f"{SPEAKS} or (state <> 'draft' and {IN_NETWORKS})",
            write=SPEAKS,
            insert=f"{SPEAKS} and network_id = any((select outsider_networks())::int[])",
        ),
        protect("ideas_talkask", read=f"{SPEAKS} or {PREPARES}", insert=PREPARES),
    ]
