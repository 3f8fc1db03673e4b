"""What other pages show of institutes: the demos of one's own company."""

from __future__ import annotations

from typing import Any

from django import template

from ydin.institutes.policies import visible_demos
from ydin.institutes.queries import waiting_first
from ydin.institutes.rules import DemoState
from ydin.networks.queries import enterprises_of
from ydin.people.policies import as_person

register = template.Library()
SHOWN = 5
QUIET = (DemoState.WITHDRAWN, DemoState.DECLINED, DemoState.ASSESSED)


@register.inclusion_tag("institutes/_own.html", takes_context=True)
def own_demos(context: template.Context) -> dict[str, Any]:
    """Show the demos under way for the reader's companies."""
    person = as_person(context["request"].user)
    if person is None:
        return {"rows": []}
    seen = visible_demos(person).filter(enterprise__in=enterprises_of(person)).exclude(state__in=QUIET)
    return {"rows": list(waiting_first(seen)[:SHOWN])}
