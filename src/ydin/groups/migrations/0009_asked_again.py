"""Whoever asks a second time, unknown as they are, may add to their open application; nothing comes back."""

from django.db import migrations

FUNCTION = """
create function ydin_asked_again(in_group bigint, address text, words text, heading text) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
    update groups_application
    set message = case when message = '' then words else message || E'\\n\\n' || heading || E'\\n' || words end
    where group_id = in_group and lower(email) = lower(address) and state in ('received', 'invited')
      and words <> '' and strpos(message, words) = 0 and length(message) < 8000
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("groups", "0008_letter_states")]
    operations = [migrations.RunSQL(FUNCTION, "drop function ydin_asked_again(bigint, text, text, text);")]
