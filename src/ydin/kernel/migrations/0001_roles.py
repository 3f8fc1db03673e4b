"""The two roles that the application works as, and what they may do by default."""

from django.db import migrations

ROLES = """
do $$
begin
    if not exists (select from pg_roles where rolname = 'ydin_web') then
        create role ydin_web nologin nobypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'ydin_worker') then
        create role ydin_worker nologin nobypassrls;
    end if;
    if not pg_has_role(session_user, 'ydin_web', 'member') then
        execute format('grant ydin_web to %I', session_user);
    end if;
    if not pg_has_role(session_user, 'ydin_worker', 'member') then
        execute format('grant ydin_worker to %I', session_user);
    end if;
exception when duplicate_object or unique_violation then
    -- another migration of the same server made them a moment ago
    null;
end $$;

grant usage on schema public to ydin_web, ydin_worker;
grant select, insert, update, delete on all tables in schema public to ydin_web, ydin_worker;
grant usage, select on all sequences in schema public to ydin_web, ydin_worker;
alter default privileges in schema public grant select, insert, update, delete on tables to ydin_web, ydin_worker;
alter default privileges in schema public grant usage, select on sequences to ydin_web, ydin_worker;

create function ydin_actor() returns bigint language sql stable parallel safe
as $$ select nullif(current_setting('ydin.actor', true), '')::bigint $$;

create unlogged table kernel_cache (
    cache_key varchar(255) primary key,
    value text not null,
    expires timestamptz not null
);
create index kernel_cache_expires on kernel_cache (expires);
"""


class Migration(migrations.Migration):
    """Runs first: every slice's first migration depends on it."""

    initial = True
    dependencies = []
    operations = [migrations.RunSQL(ROLES, migrations.RunSQL.noop)]
