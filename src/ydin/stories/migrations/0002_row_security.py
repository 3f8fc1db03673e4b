"""Before a story is published, coordinators and the companies named read it (ADR 0001)."""

from django.db import migrations

from ydin.kernel.rowsecurity import protect

FUNCTIONS = """
create function ydin_story_networks() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct n), '{}') from (
        select network_id as n from groups_coregroup where id = any(ydin_coordinated_groups())
        union all
        select network_id from networks_roleassignment
        where person_id = ydin_actor() and role = 'network_coordinator' and starts_on <= current_date
          and (ends_on is null or ends_on >= current_date)
    ) worked
$$;

create function ydin_stories_naming_me() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct story_id), '{}') from stories_consent
    where asked_at is not null and enterprise_id = any(ydin_experiment_companies())
$$;
"""
DROP = "drop function ydin_stories_naming_me(); drop function ydin_story_networks();"
WORKED = "network_id = any((select ydin_story_networks())::bigint[])"
NAMING = "any((select ydin_stories_naming_me())::bigint[])"


class Migration(migrations.Migration):
    dependencies = [("stories", "0001_initial"), ("experiments", "0002_row_security")]
    operations = [
        migrations.RunSQL(FUNCTIONS, DROP),
        protect(
            "stories_story",
            read=f"state = 'published' or {WORKED} or id = {NAMING}",
            write=f"{WORKED} or id = {NAMING}",
            insert=WORKED,
        ),
        protect("stories_consent", read=f"{WORKED} or story_id = {NAMING}", insert=WORKED),
    ]
