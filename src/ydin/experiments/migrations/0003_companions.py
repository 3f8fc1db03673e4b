"""A group tries something as one; companies follow it or take part; letters can be turned off."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ydin.experiments.rules.card
from ydin.kernel.acting import WEB_ROLE
from ydin.kernel.rowsecurity import COORDINATED_GROUPS, MEMBER_GROUPS, READABLE_GROUPS, protect

OURS = "enterprise_id = any((select ydin_experiment_companies())::bigint[])"
NOTED = f"(author_id = ydin_actor() and group_id = any({COORDINATED_GROUPS}))"
AS_GROUP = f"""(enterprise_id is null and (group_id = any({COORDINATED_GROUPS})
    or (author_id = ydin_actor() and group_id = any({MEMBER_GROUPS}))))"""
IN_GROUP = f"(audience <> 'own' and group_id = any({READABLE_GROUPS}))"
IN_NETWORK = """(audience in ('network', 'public')
    and network_id = any((select ydin_experiment_networks())::bigint[]))"""
BEFORE, AFTER = f"({OURS} or {NOTED})", f"({OURS} or {NOTED} or {AS_GROUP})"
WRITTEN = """
create or replace function ydin_written_experiments() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
    select coalesce(array_agg(id), '{{}}') from experiments_experiment
    where enterprise_id = any(ydin_experiment_companies())
       or (author_id = ydin_actor() and group_id = any(ydin_coordinated_groups())){more}
$$;
"""
OF_GROUPS = """
       or (enterprise_id is null and (group_id = any(ydin_coordinated_groups())
           or (author_id = ydin_actor() and group_id = any(ydin_member_groups()))))"""
# Row security of the card holds in the sub-select, too: who does not read the card does not find it there.
# It is asked for the rows of one card, never for a whole table.
SEEN = "exists (select 1 from experiments_experiment e where e.id = experiment_id)"
OWN_OR_WRITTEN = f"({OURS} or experiment_id = any((select ydin_written_experiments())::bigint[]))"
FOLLOWERS = """
insert into experiments_companion (experiment_id, enterprise_id, part, created_at)
select e.id, peer, 'follows', e.created_at from experiments_experiment e, unnest(e.peers) peer
where exists (select 1 from networks_enterprise n where n.id = peer)
on conflict do nothing;
"""


def policies(own: str) -> str:
    """Return the statements that renew who reads and writes cards."""
    table, read = "experiments_experiment", f"{own} or {IN_GROUP} or {IN_NETWORK}"
    return f"""
    drop policy {table}_read on {table}; drop policy {table}_insert on {table};
    drop policy {table}_update on {table}; drop policy {table}_delete on {table};
    create policy {table}_read on {table} for select to {WEB_ROLE} using ({read});
    create policy {table}_insert on {table} for insert to {WEB_ROLE} with check ({own});
    create policy {table}_update on {table} for update to {WEB_ROLE} using ({own}) with check ({own});
    create policy {table}_delete on {table} for delete to {WEB_ROLE} using ({own});
    """


class Migration(migrations.Migration):
    dependencies = [
        ("experiments", "0002_row_security"),
        ("networks", "0003_texts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AlterField(
            "experiment",
            "enterprise",
            models.ForeignKey(
                blank=True,
                help_text="none: the group tries it",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="experiments",
                to="networks.enterprise",
            ),
        ),
        migrations.AddField("experiment", "halfway_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField(
            "publictext",
            "signed",
            models.CharField(
                blank=True,
                help_text="name of company or group, if it wants to be named",
                max_length=500,
            ),
        ),
        migrations.CreateModel(
            name="Companion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            (ydin.experiments.rules.card.Part["FOLLOWS"], "follows it"),
                            (ydin.experiments.rules.card.Part["JOINS"], "takes part"),
                        ],
                        max_length=8,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="networks.enterprise",
                    ),
                ),
                (
                    "experiment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="companions",
                        to="experiments.experiment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        help_text="who said so",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("experiment", "enterprise"), name="companion_once")
                ],
            },
        ),
        migrations.RunSQL(FOLLOWERS, migrations.RunSQL.noop),
        # The column stays, with a default, until no process of the version before runs any more.
        migrations.RunSQL(
            "alter table experiments_experiment alter column peers set default '{}'",
            "alter table experiments_experiment alter column peers drop default",
            state_operations=[migrations.RemoveField("experiment", "peers")],
        ),
        migrations.RunSQL(WRITTEN.format(more=OF_GROUPS), WRITTEN.format(more="")),
        migrations.RunSQL(policies(AFTER), policies(BEFORE)),
        protect(
            "experiments_companion", read=SEEN, write=OWN_OR_WRITTEN, insert=f"{SEEN} and {OWN_OR_WRITTEN}"
        ),
    ]
