"""What is said, promised, answered and attended stays in the group (ADR 0001)."""

from django.db import migrations

from ydin.kernel.rowsecurity import MEMBER_GROUPS, OVERSEEN_GROUPS, protect

FUNCTIONS = """
create function ydin_places(meeting bigint, out taken int, out waiting int) language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(sum(1 + guests) filter (where standing = 'admitted'), 0)::int,
           count(*) filter (where standing = 'waiting')::int
    from meetings_rsvp where meeting_id = meeting
$$;

create function ydin_visitors(meeting bigint) returns int language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(sum(1 + guests), 0)::int from meetings_rsvp
    where meeting_id = meeting and standing = 'admitted' and is_visitor
$$;
"""

IN_GROUP = f"group_id = any({MEMBER_GROUPS})"
OVERSEEN = f"group_id = any({OVERSEEN_GROUPS})"
OWN = "person_id = ydin_actor()"


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("groups", "0002_row_security")]
    operations = [
        migrations.RunSQL(
            FUNCTIONS, "drop function ydin_places(bigint); drop function ydin_visitors(bigint);"
        ),
        protect("meetings_memo", read=IN_GROUP),
        protect("meetings_promise", read=IN_GROUP),
        protect("meetings_rsvp", read=f"{IN_GROUP} or {OWN}"),
        protect("meetings_attendance", read=f"{IN_GROUP} or {OVERSEEN} or {OWN}"),
        protect("meetings_hostingwish", read=IN_GROUP),
    ]
