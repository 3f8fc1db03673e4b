"""Whoever broke the glass reads what is said, promised, answered and wished for an hour; writing stays the group's."""

from django.db import migrations

from ydin.kernel.rowsecurity import MEMBER_GROUPS, OVERSEEN_GROUPS, READABLE_GROUPS

MORE = {
    "memo": "",
    "promise": "",
    "rsvp": " or person_id = ydin_actor()",
    "attendance": f" or group_id = any({OVERSEEN_GROUPS}) or person_id = ydin_actor()",
    "hostingwish": "",
}


def _alter(groups: str) -> str:
    return "".join(
        f"alter policy meetings_{table}_read on meetings_{table} using (group_id = any({groups}){more});"
        for table, more in MORE.items()
    )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0005_hold_for_answer"), ("groups", "0005_trust")]
    operations = [migrations.RunSQL(_alter(READABLE_GROUPS), _alter(MEMBER_GROUPS))]
