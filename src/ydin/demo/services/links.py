"""The addresses by which people and scripts come in."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.urls import reverse

from ydin.demo.queries import feed_path, person_of_role
from ydin.demo.rules.parts import LINKED, NETWORK, Role
from ydin.outbox.models import Message

_ADDRESS_IN_A_LETTER = r"(https?://[^/\s]+)/[ahikow]/"


def demo_links(*, actor: None, url: str) -> dict[str, Any]:
    """Return absolute addresses: `enter` by role, `feeds` public and member.

    Args:
        actor: the system.
        url: the demo's address without a slash at its end.

    """
    assert actor is None
    member = person_of_role(Role.MEMBER)
    return {
        "enter": {role.value: url + reverse("demo:enter", args=[role.value]) for role in LINKED},
        "feeds": {
            "public": url + reverse("calendar:feed", args=[NETWORK]),
            "member": url + feed_path(member) if member else "",
        },
    }


@transaction.atomic
def readdress_letters(*, actor: None, url: str) -> int:
    """Let the letters of the sample network point to where the demo runs now; returns how many changed.

    Letters are written once and for all. A demo that moved to another port would be full of dead links.
    """
    assert actor is None
    old = _address_in_letters()
    if not old or old == url:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "update outbox_message set text = replace(text, %(old)s, %(new)s),"
            " html = replace(html, %(old)s, %(new)s), calendar = replace(calendar, %(old)s, %(new)s)"
            " where position(%(old)s in text) > 0",
            {"old": old, "new": url},
        )
        return int(cursor.rowcount)


def _address_in_letters() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            f"select substring(text from %s) from {Message._meta.db_table} where text ~ %s"  # noqa: SLF001, S608
            " order by created_at limit 1",
            [_ADDRESS_IN_A_LETTER, _ADDRESS_IN_A_LETTER],
        )
        row = cursor.fetchone()
    return str(row[0]) if row else ""
