"""Lock a meeting, then read what an answer depends on: two statements in one round trip, plans kept.

The second statement sees what was committed while the first one waited (READ COMMITTED takes a snapshot
for each statement of a volatile function). It runs with the caller's rights: row security decides.
"""

from django.db import migrations

FUNCTION = """
create function ydin_hold_for_answer(bigint, bigint) returns table (
    meeting_state varchar, starts_at timestamptz, capacity smallint, visitor_places smallint,
    group_id bigint, host_id bigint,
    id bigint, enterprise_id bigint, is_visitor boolean, answer varchar, standing varchar,
    queued_at timestamptz, guests smallint, guest_name varchar, substitute_name varchar,
    substitute_email varchar, comment varchar, invited_at timestamptz, answered_at timestamptz,
    answered_by_id bigint, version integer,
    name varchar, email varchar, language varchar, time_zone varchar,
    taken int, waiting int, visitors int, companies int, maybe int, ahead int
) language plpgsql volatile as $$
#variable_conflict use_column
begin
    perform 1 from meetings_meeting m where m.id = $1 for no key update;
    return query
    select m.state, m.starts_at, m.capacity, m.visitor_places, m.group_id, m.host_id,
           r.id, r.enterprise_id, r.is_visitor, r.answer, r.standing, r.queued_at, r.guests, r.guest_name,
           r.substitute_name, r.substitute_email, r.comment, r.invited_at, r.answered_at, r.answered_by_id,
           r.version, p.name, p.email, p.language, p.time_zone,
           c.taken, c.waiting, c.visitors, c.companies, c.maybe, c.ahead
    from meetings_meeting m
    join meetings_rsvp r on r.meeting_id = m.id and r.person_id = $2
    join people_person p on p.id = r.person_id and p.is_active
    cross join lateral ydin_answer_counts(m.id, p.id) c
    where m.id = $1;
end
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_check_in"), ("people", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTION, "drop function ydin_hold_for_answer(bigint, bigint);")]
