"""What a group's pages tell about those who broke the glass."""

from __future__ import annotations

from typing import Any

from django import template

from ydin.groups.policies import visible_glass_breaks
from ydin.groups.queries import glass_breaks_lately
from ydin.kernel.clock import now

register = template.Library()


@register.inclusion_tag("groups/_glass.html", takes_context=True)
def broken_glass(context: template.Context, group: Any) -> dict[str, Any]:
    """Show who read what is confidential without being of the group, while it lasts and for a month after."""
    person = context["request"].user
    seen = visible_glass_breaks(person).values("pk")
    moment = now()
    rows = glass_breaks_lately(group).filter(pk__in=seen) if person.is_authenticated else []
    return {
        "breaks": [
            {"row": row, "is_open": row.ends_at > moment, "is_mine": row.person_id == person.pk}
            for row in rows
        ]
    }
