"""Whose a personal calendar address is and the state of its feed, in one round trip with a kept plan."""

from django.db import migrations

FUNCTION = """
create function ydin_feed_stamp(address bigint) returns table (
    reader bigint, language varchar, time_zone varchar, used_on date,
    total numeric, highest bigint, at timestamptz, more text
) language plpgsql security definer set search_path = public, pg_temp as $$
declare
    owner record;
begin
    select p.id, p.language, p.time_zone, f.last_used_on into owner
    from calendar_feedaddress f join people_person p on p.id = f.person_id
    where f.id = address and f.revoked_at is null and p.is_active;
    if not found then
        return;
    end if;
    perform set_config('ydin.actor', owner.id::text, true);
    return query
    with mine as materialized (
        select ydin_member_groups() as groups,
               (select coalesce(array_agg(a.network_id order by a.network_id), '{}')
                from networks_roleassignment a
                where a.person_id = owner.id and a.role = 'network_coordinator' and a.starts_on <= current_date
                  and (a.ends_on is null or a.ends_on >= current_date)) as roles
    ), networks as (
        select g.network_id as id from groups_coregroup g, mine where g.id = any(mine.groups)
        union select unnest(roles) from mine
        union select g.network_id from meetings_rsvp r join meetings_meeting m on m.id = r.meeting_id
              join groups_coregroup g on g.id = m.group_id where r.person_id = owner.id
    )
    select owner.id, owner.language, owner.time_zone, owner.last_used_on,
           coalesce(sum(c.id), 0), coalesce(max(c.id), 0), max(c.at),
           (select concat(groups, roles,
               (select concat(count(*), '.', sum(meeting_id)) from meetings_rsvp where person_id = owner.id))
            from mine)
    from calendar_calendarchange c where c.network_id in (select id from networks);
end
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("calendar", "0003_note_changes"),
        ("groups", "0002_row_security"),
        ("meetings", "0002_row_security"),
    ]
    operations = [migrations.RunSQL(FUNCTION, "drop function ydin_feed_stamp(bigint)")]
