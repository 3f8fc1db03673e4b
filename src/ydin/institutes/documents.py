"""Who reads a demo, in words and by name, for the label beside it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ydin.groups.documents.seen import companies_that_read
from ydin.groups.queries import coordinators_of
from ydin.institutes.models import Demo
from ydin.institutes.queries import people_of_institute, team_of
from ydin.institutes.rules import TOLD, Audience
from ydin.ui.audience import Seen


def seen_demo(demo: Demo, audience: str = "") -> Seen:
    """Return who reads the demo, as it is or would be with another audience."""
    wanted = audience or demo.audience
    near = [demo.enterprise.name, *[str(one) for one in people_of_institute(demo.institute)]]
    near += [str(one) for one in team_of(demo)]
    names = {
        "company": demo.enterprise.name,
        "institute": demo.institute.name,
        "network": demo.network.name,
        "group": demo.group.name if demo.group is not None else "",
    }
    if wanted == Audience.NETWORK:
        words = _("Seen by everybody in %(network)s, %(institute)s and the student team")
        near = []
    elif wanted == Audience.GROUP and demo.group is not None:
        words = _("Seen by %(company)s, %(institute)s, the student team and %(group)s")
        near += [*companies_that_read(demo.group), *(str(one) for one in coordinators_of(demo.group))]
    else:
        words = _("Seen by %(company)s, %(institute)s and the student team")
    text = words % names
    if wanted != Audience.TEAM and demo.state not in TOLD:
        text = _("%(words)s, once the institute has taken it") % {"words": text}
    return Seen(text, list(dict.fromkeys(near)))
