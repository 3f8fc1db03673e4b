"""A card is read by its audience; a public text by everybody (ADR 0001)."""

from django.db import migrations

from ydin.kernel.rowsecurity import COORDINATED_GROUPS, READABLE_GROUPS, protect

FUNCTIONS = """
create function ydin_experiment_companies() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct enterprise_id), '{}') from networks_representative
    where person_id = ydin_actor() and enterprise_id is not null and starts_on <= current_date
      and (ends_on is null or ends_on >= current_date)
$$;

create function ydin_experiment_networks() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct network_id), '{}') from groups_coregroup
    where id = any(ydin_member_groups()) or id = any(ydin_overseen_groups())
$$;

create function ydin_written_experiments() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(id), '{}') from experiments_experiment
    where enterprise_id = any(ydin_experiment_companies())
       or (author_id = ydin_actor() and group_id = any(ydin_coordinated_groups()))
$$;
"""
DROP = """
drop function ydin_written_experiments(); drop function ydin_experiment_networks();
drop function ydin_experiment_companies();
"""
OWN = f"""(enterprise_id = any((select ydin_experiment_companies())::bigint[])
    or (author_id = ydin_actor() and group_id = any({COORDINATED_GROUPS})))"""
IN_GROUP = f"(audience <> 'own' and group_id = any({READABLE_GROUPS}))"
IN_NETWORK = """(audience in ('network', 'public')
    and network_id = any((select ydin_experiment_networks())::bigint[]))"""


class Migration(migrations.Migration):
    dependencies = [
        ("experiments", "0001_initial"),
        ("groups", "0005_trust"),
        ("meetings", "0002_row_security"),
        ("kernel", "0001_roles"),
    ]
    operations = [
        migrations.RunSQL(FUNCTIONS, DROP),
        protect("experiments_experiment", read=f"{OWN} or {IN_GROUP} or {IN_NETWORK}", write=OWN),
        protect(
            "experiments_publictext",
            read="true",
            write="experiment_id = any((select ydin_written_experiments())::bigint[])",
        ),
    ]
