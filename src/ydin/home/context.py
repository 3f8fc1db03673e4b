"""What every page shows around its content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ydin.home.queries.roles import Roles, roles_of
from ydin.people.models import Person
from ydin.people.policies import as_person
from ydin.ui.head import addresses_of

PUBLIC_PAGES = frozenset(
    {
        "home:front", "home:groups", "home:group", "home:about", "home:accessibility", "home:privacy",
        "home:feedback-thanks", "calendar:calendar", "calendar:month", "calendar:meeting", "calendar:event",
        "groups:apply", "groups:thanks", "privacy:public", "experiments:tried", "experiments:tried_one",
        "stories:list", "stories:story",
    }
)  # fmt: skip
"""Pages for everybody. Search engines are told their addresses in each language (not of a thank-you)."""


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the masthead's and the footer's items for the reader.

    `nav` and `footer_links` are lists of (address, label, current) and (address, label).
    """
    person = _signed_in(request)
    links: list[tuple[str, str]] = []
    items = [(reverse("home:groups"), _("Find a group")), (reverse("calendar:calendar"), _("Calendar"))]
    if person is None:
        items.append((reverse("account_login"), _("Sign in")))
    else:
        roles = roles_of(person)
        items += _own_items(roles)
        links = _own_links(roles)
    path = request.path
    nav = [(url, label, path == url) for url, label in items]
    footer = [
        (reverse("home:about"), _("What is Ydin")),
        (reverse("home:accessibility"), _("Accessibility")),
        (reverse("home:privacy"), _("Privacy")),
    ]
    if settings.IS_DEMO:
        footer += [
            (reverse("demo:front"), _("A demo, all invented: enter as somebody else")),
            (reverse("outbox:messages"), _("Letters of the demo")),
        ]
    return {
        "addresses": addresses_of(request) if _is_public(request) else None,
        "nav": nav,
        "footer_links": footer,
        "person_name": person.name if person else "",
        "person_links": links,
    }


def _is_public(request: HttpRequest) -> bool:
    """Tell whether the page is one that a stranger finds, so has an address in each language."""
    match = getattr(request, "resolver_match", None)
    return match is not None and match.view_name in PUBLIC_PAGES


def _own_items(roles: Roles) -> list[tuple[str, str]]:
    if roles.is_only_outside:
        return [(reverse("institutes:work"), _("My work with companies"))]
    items = [(reverse("home:mine"), _("My page")), (reverse("partnerships:market"), _("Offers and needs"))]
    items.append((reverse("experiments:list"), _("Experiments")))
    if roles.coordinates_groups:
        items.append((reverse("home:own-groups"), _("My groups")))
    if roles.coordinates_networks:
        items.append((reverse("home:network"), _("Network")))
    return items


def _own_links(roles: Roles) -> list[tuple[str, str]]:
    links = [
        (reverse("ideas:list"), _("Ideas")),
        (reverse("calendar:mine"), _("My calendar addresses")),
        (reverse("people:settings"), _("My details")),
        (reverse("trust:own_view"), _("Who can see me")),
        (reverse("trust:own_log"), _("What was done with your data")),
        (reverse("privacy:data"), _("My data")),
    ]
    if not roles.is_only_outside:
        links.insert(0, (reverse("institutes:assignments"), _("Institutes and students")))
    if roles.works_outside:
        links.insert(0, (reverse("institutes:work"), _("My work with companies")))
    if roles.coordinates_groups or roles.coordinates_networks:
        links.append((reverse("stories:desk"), _("Stories to edit")))
    return links


def _signed_in(request: HttpRequest) -> Person | None:
    """Return the signed-in person without touching the session of a visitor who has no cookie."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return as_person(request.user)
