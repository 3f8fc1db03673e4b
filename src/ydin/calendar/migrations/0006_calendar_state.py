"""Who may read a personal calendar by address or password, and its state, each in one round trip.

`ydin_feed_stamp` stays until no process of the version before asks for it.
"""

from django.db import migrations

FUNCTIONS = """
create function ydin_calendar_stamp(reader bigint) returns table (
    total numeric, highest bigint, at timestamptz, more text
) language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform set_config('ydin.actor', reader::text, true);
    return query
    with mine as materialized (
        select ydin_member_groups() as groups,
               (select coalesce(array_agg(a.network_id order by a.network_id), '{}')
                from networks_roleassignment a
                where a.person_id = reader and a.role = 'network_coordinator' and a.starts_on <= current_date
                  and (a.ends_on is null or a.ends_on >= current_date)) as roles
    ), networks as (
        select g.network_id as id from groups_coregroup g, mine where g.id = any(mine.groups)
        union select unnest(roles) from mine
        union select g.network_id from meetings_rsvp r join meetings_meeting m on m.id = r.meeting_id
              join groups_coregroup g on g.id = m.group_id where r.person_id = reader
    )
    select coalesce(sum(c.id), 0), coalesce(max(c.id), 0), max(c.at),
           (select concat(groups, roles,
               (select concat(count(*), '.', sum(meeting_id)) from meetings_rsvp where person_id = reader))
            from mine)
    from calendar_calendarchange c where c.network_id in (select id from networks);
end
$$;

create function ydin_feed_state(address bigint) returns table (
    reader bigint, language varchar, time_zone varchar, used_on date, details boolean, cancelled boolean,
    total numeric, highest bigint, at timestamptz, more text
) language plpgsql security definer set search_path = public, pg_temp as $$
declare
    owner record;
begin
    select p.id, p.language, p.time_zone, f.last_used_on, f.shows_details, f.keeps_cancelled into owner
    from calendar_feedaddress f join people_person p on p.id = f.person_id
    where f.id = address and f.revoked_at is null and p.is_active;
    if not found then
        return;
    end if;
    return query
    select owner.id, owner.language, owner.time_zone, owner.last_used_on, owner.shows_details,
           owner.keeps_cancelled, s.total, s.highest, s.at, s.more from ydin_calendar_stamp(owner.id) s;
end
$$;

create function ydin_calendar_login(secret text) returns table (
    password bigint, reader bigint, email varchar, language varchar, time_zone varchar, used_on date
) language sql stable security definer set search_path = public, pg_temp as $$
    select a.id, p.id, p.email, p.language, p.time_zone, a.last_used_on
    from calendar_apppassword a join people_person p on p.id = a.person_id
    where a.digest = secret and a.revoked_at is null and p.is_active
$$;
"""

DROP = """
drop function ydin_calendar_login(text); drop function ydin_feed_state(bigint);
drop function ydin_calendar_stamp(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("calendar", "0005_devices")]
    operations = [migrations.RunSQL(FUNCTIONS, DROP)]
