"""Who reads a demo, and what institutes publish and are asked, in words and by name, for the label beside it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from ydin.groups.documents.seen import companies_that_read
from ydin.groups.queries import coordinators_of
from ydin.institutes.models import Demo, Page
from ydin.institutes.queries import people_of_institute, team_of
from ydin.institutes.rules import TOLD, Audience, PageState
from ydin.meetings.documents.audience import seen_in_network
from ydin.networks.models import Organisation
from ydin.ui.audience import AudienceChange, Seen


def _acting(institute: Organisation) -> list[str]:
    return [str(one) for one in people_of_institute(institute)]


def seen_institute(institute: Organisation) -> Seen:
    """Return who reads what an institute is asked: those who act for it."""
    words = _("Seen by those who act for %(institute)s") % {"institute": institute.name}
    return Seen(words, _acting(institute))


def seen_page(page: Page, state: str = "") -> Seen:
    """Return who reads a facility or an assignment, now or in another state: a draft the institute."""
    state = state or page.state
    near = _acting(page.institute)
    if state == PageState.DRAFT:
        words = _("Seen by %(institute)s only, until it is shown") % {"institute": page.institute.name}
        return Seen(words, near)
    words = (
        _("Seen by everybody in %(network)s") % {"network": page.network.name}
        if state == PageState.SHOWN
        else _("Off the list; whoever has the address in the network still reads it")
    )
    return Seen(words, list(dict.fromkeys([*seen_in_network(page.network).names, *near])))


def page_shown(page: Page, kind: str) -> AudienceChange:
    """Return what it means to show a page. `kind` is "facility" or "assignment", for the way back."""
    return AudienceChange(
        what=page.title,
        before=seen_page(page),
        after=seen_page(page, PageState.SHOWN),
        is_wider=True,
        answer=PageState.SHOWN,
        back=reverse(f"institutes:{kind}", args=[page.pk]),
    )


def seen_interest(company: str, institute: Organisation) -> Seen:
    """Return who reads what a company would like to try."""
    words = _("Seen by %(company)s and %(institute)s") % {"company": company, "institute": institute.name}
    return Seen(words, [company, *_acting(institute)])


def seen_scope(company: str, institute: Organisation) -> Seen:
    """Return who reads what a company wants tried, before anybody is named to make it."""
    words = _("Seen by %(company)s, %(institute)s and the student team") % {
        "company": company,
        "institute": institute.name,
    }
    return Seen(words, [company, *_acting(institute), _("the student team, once it is named")])


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
        near += seen_in_network(demo.network).names
    elif wanted == Audience.GROUP and demo.group is not None:
        words = _("Seen by %(company)s, %(institute)s, the student team and %(group)s")
        near += [*companies_that_read(demo.group), *(str(one) for one in coordinators_of(demo.group))]
    else:
        words = _("Seen by %(company)s, %(institute)s and the student team")
    text = words % names
    if wanted != Audience.TEAM and demo.state not in TOLD:
        text = _("%(words)s, once the institute has taken it") % {"words": text}
    return Seen(text, list(dict.fromkeys(near)))
