"""Whoever stands at the door with the code is found or written down without reading anything (ADR 0001)."""

from django.db import migrations

FUNCTIONS = """
create function ydin_invited(
    meeting bigint, address text, out person bigint, out enterprise bigint, out visitor boolean, out substitute text
) language sql stable security definer set search_path = public, pg_temp as $$
    select found.person, found.enterprise, found.visitor, found.substitute from (
        select 1 as rank, r.person_id as person, r.enterprise_id as enterprise, r.is_visitor as visitor,
               '' as substitute
        from meetings_rsvp r join people_person p on p.id = r.person_id
        where r.meeting_id = meeting and p.is_active and lower(p.email) = lower(address)
        union all
        select 2, null, r.enterprise_id, r.is_visitor, r.substitute_name
        from meetings_rsvp r
        where r.meeting_id = meeting and r.substitute_name <> '' and lower(r.substitute_email) = lower(address)
        union all
        select 3, p.id, s.enterprise_id, s.state = 'visitor', ''
        from meetings_meeting m
        join groups_seat s on s.group_id = m.group_id and s.state in ('visitor', 'member', 'paused')
        join networks_representative a on a.enterprise_id = s.enterprise_id and a.starts_on <= current_date
             and (a.ends_on is null or a.ends_on >= current_date)
        join people_person p on p.id = a.person_id
        where m.id = meeting and p.is_active and lower(p.email) = lower(address)
    ) found order by rank, enterprise limit 1
$$;

create function ydin_check_in_by_name(
    meeting bigint, name text, company text, enterprise bigint, visitor boolean
) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform 1 from meetings_meeting m where m.id = meeting for no key update;
    insert into meetings_attendance
        (meeting_id, group_id, enterprise_id, name, company, as_visitor, recorded, recorded_at, late, left_early)
    select m.id, m.group_id, enterprise, ydin_check_in_by_name.name, ydin_check_in_by_name.company, visitor,
           'code', now(), false, false
    from meetings_meeting m
    where m.id = meeting and m.state in ('announced', 'held') and not exists (
        select 1 from meetings_attendance a
        where a.meeting_id = meeting and a.person_id is null
          and lower(a.name) = lower(ydin_check_in_by_name.name)
          and (lower(a.company) = lower(ydin_check_in_by_name.company) or a.enterprise_id = enterprise)
    );
    return found;
end
$$;
"""
DROP = """
drop function ydin_check_in_by_name(bigint, text, text, bigint, boolean);
drop function ydin_invited(bigint, text);
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_answer_counts")]
    operations = [migrations.RunSQL(FUNCTIONS, DROP)]
