"""An applicant has no account: their signed link lets one application through row security."""

from django.db import migrations

from ydin.kernel.rowsecurity import OVERSEEN_GROUPS

SHOWN = "nullif(current_setting('ydin.application', true), '')::uuid"
MINE = f"group_id = any({OVERSEEN_GROUPS})"

WIDER = f"""
alter policy groups_application_read on groups_application using ({MINE} or id = {SHOWN});
alter policy groups_application_update on groups_application
    using ({MINE} or id = {SHOWN}) with check ({MINE} or id = {SHOWN});
"""
BEFORE = f"""
alter policy groups_application_read on groups_application using ({MINE});
alter policy groups_application_update on groups_application using ({MINE}) with check ({MINE});
"""


class Migration(migrations.Migration):
    dependencies = [("groups", "0003_undo_and_moved")]
    operations = [migrations.RunSQL(WIDER, BEFORE)]
