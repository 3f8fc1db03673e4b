"""Triggers that note what feeds show, and visitors of many meetings in one call (ADR 0001)."""

from django.db import migrations

FUNCTIONS = """
create function ydin_note_event() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    insert into calendar_calendarchange (network_id, at)
    select distinct network_id, clock_timestamp() from changed;
    return null;
end $$;

create function ydin_note_meeting() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    insert into calendar_calendarchange (network_id, at)
    select distinct g.network_id, clock_timestamp() from changed c join groups_coregroup g on g.id = c.group_id;
    return null;
end $$;

create function ydin_visitors_of(meetings bigint[]) returns table (meeting bigint, visitors int)
language sql stable security definer set search_path = public, pg_temp as $$
    select meeting_id, sum(1 + guests)::int from meetings_rsvp
    where meeting_id = any(meetings) and standing = 'admitted' and is_visitor group by meeting_id
$$;
"""

DROP = "drop function ydin_visitors_of(bigint[]); drop function ydin_note_meeting(); drop function ydin_note_event();"


def _trigger(table: str, function: str, *, with_insert: bool = True) -> migrations.RunSQL:
    """Return the triggers of a table whose rows feeds show; `changed` are the rows after (before: deleted)."""
    insert = (
        f"""create trigger note_insert after insert on {table} referencing new table as changed
    for each statement execute function {function}();"""
        if with_insert
        else ""
    )
    return migrations.RunSQL(
        f"""{insert}
        create trigger note_update after update on {table} referencing new table as changed
        for each statement execute function {function}();
        create trigger note_delete after delete on {table} referencing old table as changed
        for each statement execute function {function}();""",
        f"""drop trigger if exists note_insert on {table}; drop trigger note_update on {table};
        drop trigger note_delete on {table};""",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("calendar", "0002_calendar_changes"),
        ("meetings", "0002_row_security"),
        ("groups", "0002_row_security"),
    ]
    operations = [
        migrations.RunSQL(FUNCTIONS, DROP),
        _trigger("calendar_event", "ydin_note_event"),
        _trigger("meetings_meeting", "ydin_note_meeting"),
        _trigger("groups_coregroup", "ydin_note_event", with_insert=False),
        _trigger("networks_enterprise", "ydin_note_event", with_insert=False),
    ]
