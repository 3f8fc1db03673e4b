"""How full a meeting is and where a person waits, without showing who answered what (ADR 0001)."""

from django.db import migrations

FUNCTION = """
create function ydin_answer_counts(
    meeting bigint, reader bigint,
    out taken int, out waiting int, out visitors int, out companies int, out maybe int, out ahead int
) language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(sum(1 + r.guests) filter (where r.standing = 'admitted'), 0)::int,
           count(*) filter (where r.standing = 'waiting')::int,
           coalesce(sum(1 + r.guests) filter (where r.standing = 'admitted' and r.is_visitor), 0)::int,
           count(distinct coalesce(r.enterprise_id, -r.person_id)) filter (where r.standing = 'admitted')::int,
           count(*) filter (where r.answer = 'maybe')::int,
           count(*) filter (where r.standing = 'waiting' and (r.queued_at, r.id) < (own.queued_at, own.id))::int
    from meetings_rsvp r
    left join meetings_rsvp own on own.meeting_id = r.meeting_id and own.person_id = reader
    where r.meeting_id = meeting
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_row_security")]
    operations = [migrations.RunSQL(FUNCTION, "drop function ydin_answer_counts(bigint, bigint);")]
