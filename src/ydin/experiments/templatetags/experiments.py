"""What pages of other parts show of experiments: the agenda's, a promise's, a group's, one's own."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from ydin.experiments.documents import outcome, owner_name
from ydin.experiments.policies import visible_experiments
from ydin.experiments.queries import due_in_group, of_promises
from ydin.networks.queries import enterprises_of
from ydin.people.policies import as_person

register = template.Library()
SHOWN = 6
register.filter("tried_by", owner_name)


@register.inclusion_tag("experiments/_due.html", takes_context=True)
def experiments_due(context: template.Context, meeting: Any) -> dict[str, Any]:
    """List what the group tells about on this evening: experiments at half-time or at their end by then."""
    seen = visible_experiments(context["request"].user).filter(group=meeting.group_id)
    return {"due": due_in_group(seen, meeting.starts_at.date())}


@register.inclusion_tag("experiments/_promise_link.html", takes_context=True)
def experiment_of(context: template.Context, promise: Any) -> dict[str, Any]:
    """Lead from a promise to its experiment, or to making one of it. Asks the database once for all of a page."""
    request = context["request"]
    asked = getattr(request, "experiments_of_promises", {})
    if promise.group_id not in asked:
        asked[promise.group_id] = _known(request.user, promise.group_id)
        request.experiments_of_promises = asked
    known, own = asked[promise.group_id]
    may_begin = promise.enterprise_id in own and promise.state == "open"
    return {"promise": promise, "known": known.get(promise.pk), "may_begin": may_begin}


def _known(user: Any, group: int) -> tuple[dict[int, int], set[int]]:
    person = as_person(user)
    own = set(enterprises_of(person).values_list("pk", flat=True)) if person else set()
    return of_promises(visible_experiments(user).filter(group=group)), own


@register.inclusion_tag("experiments/_section.html", takes_context=True)
def experiments_of_group(context: template.Context, group: Any) -> dict[str, Any]:
    """Show the group's latest experiments to those inside."""
    seen = visible_experiments(context["request"].user).filter(group=group)
    return {**_latest(seen), "heading": _("Experiments of the group"), "shows_empty": True}


@register.inclusion_tag("experiments/_section.html", takes_context=True)
def own_experiments(context: template.Context) -> dict[str, Any]:
    """Show the experiments of the reader's companies."""
    person = as_person(context["request"].user)
    own = enterprises_of(person).values_list("pk", flat=True) if person else []
    seen = visible_experiments(person).filter(enterprise__in=list(own))
    return {**_latest(seen), "heading": _("Your experiments"), "shows_empty": False}


def _latest(seen: Any) -> dict[str, Any]:
    found = seen.select_related("enterprise", "group").order_by("-created_at", "-pk")[:SHOWN]
    return {"rows": [(one, outcome(one)) for one in found]}
