"""Entries and links are added and read, never changed; what is added waits to be sealed.

The triggers stop the owner's login as well: a later migration that must touch an entry says so by
`alter table audit_entry disable trigger audit_entry_stays`, and the chain shows it.
"""

from django.db import migrations

SQL = """
create function ydin_stays() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % are never changed or deleted', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger audit_entry_stays before update or delete on audit_entry
    for each row execute function ydin_stays();
create trigger audit_link_stays before update or delete on audit_link
    for each row execute function ydin_stays();

create function ydin_waits() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    insert into audit_waiting (entry_id) select id from fresh;
    return null;
end $$;
create trigger audit_entry_waits after insert on audit_entry referencing new table as fresh
    for each statement execute function ydin_waits();
insert into audit_waiting (entry_id) select id from audit_entry;
alter table audit_entry alter column readers set default 'own';  -- for the program of before, while it still runs

revoke all on audit_entry, audit_link, audit_waiting from ydin_web, ydin_worker;
grant select, insert on audit_entry to ydin_web, ydin_worker;
grant select, insert on audit_link to ydin_worker;
grant select, delete on audit_waiting to ydin_worker;
"""
BACK = """
grant select, insert, update, delete on audit_entry, audit_link, audit_waiting to ydin_web, ydin_worker;
drop trigger audit_entry_waits on audit_entry; drop trigger audit_link_stays on audit_link;
drop trigger audit_entry_stays on audit_entry; drop function ydin_waits(); drop function ydin_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_chain")]
    operations = [migrations.RunSQL(SQL, BACK)]
