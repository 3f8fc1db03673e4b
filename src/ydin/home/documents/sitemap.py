"""Every public page of the site with its address in each language."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from ydin.calendar.policies import visible_events
from ydin.calendar.queries import all_networks
from ydin.experiments.queries import public_texts
from ydin.groups.policies import visible_groups
from ydin.home.documents.links import group_url
from ydin.home.queries.public import coming_public
from ydin.kernel.clock import now
from ydin.stories.queries import published_stories
from ydin.ui.head import language_codes
from ydin.ui.languages import in_language, plain

PAGES = (
    "home:front", "home:groups", "calendar:calendar", "home:about", "home:accessibility", "home:privacy",
    "stories:list", "experiments:tried",
)  # fmt: skip
MOST = 5000


@dataclass(frozen=True)
class PublicPage:
    """A page: its address in each language, and the one that asks the browser."""

    languages: list[tuple[str, str]]
    default: str


def public_pages() -> list[PublicPage]:
    """Return the pages that a stranger sees: of groups, open evenings to come and public events to come."""
    paths = [plain(reverse(name)) for name in PAGES]
    groups = visible_groups(None).order_by("network__slug", "slug").values_list("network__slug", "slug")
    paths += [plain(group_url(network, slug)) for network, slug in groups[:MOST]]
    paths += [plain(reverse("calendar:meeting", args=[pk])) for pk in coming_public(MOST)]
    events = visible_events(None).filter(state="announced", ends_at__gte=now()).order_by("starts_at", "pk")
    paths += [
        plain(reverse("calendar:event", args=[pk])) for pk in events.values_list("pk", flat=True)[:MOST]
    ]
    paths += [plain(reverse("privacy:public", args=[one.slug])) for one in all_networks()]
    told = public_texts().values_list("pk", flat=True)[:MOST]
    paths += [plain(reverse("experiments:tried_one", args=[pk])) for pk in told]
    stories = published_stories().values_list("pk", flat=True)[:MOST]
    paths += [plain(reverse("stories:story", args=[pk])) for pk in stories]
    return [_page(path) for path in paths]


def _page(path: str) -> PublicPage:
    base = settings.BASE_URL
    return PublicPage(
        [(code, f"{base}{in_language(code, path)}") for code in language_codes()], f"{base}{path}"
    )
