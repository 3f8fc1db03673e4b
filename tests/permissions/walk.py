"""Opening every address as every reader, and writing down what happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.permissions.ideas_rows import idea_keys, idea_tokens
from tests.permissions.institutes_rows import institute_keys, institute_tokens
from tests.permissions.privacy_rows import privacy_keys, privacy_tokens
from tests.permissions.world import World

from ydin.groups.emails import FOLLOW
from ydin.kernel.links import make_token
from ydin.partnerships.models import Collaboration, Introduction, NotRelevant, Suggestion
from ydin.people.models import AddressProblem
from ydin.people.rules import MailKind

SKIPPED = re.compile(r"^(ui/|demo/|outbox/|accounts/|language/|me/data/again/)")
"""Not walked: the catalogue, what exists in a demo only, allauth's own pages (tests/people), and what signs out."""

OF_HELD = ("memo", "summary", "promises", "sheet", "attendance", "hold/undo")
"""Pages of an evening that has been held."""

MARKS = {"yes": "yes", "no": "no", "hidden": "·", "sign in": "sign in", "none": "–"}


@dataclass
class Seen:
    """What one reader got at one address: the outcome by method, and the pages' text."""

    outcome: dict[str, str] = field(default_factory=dict)
    text: str = ""


def addresses(resolver: Any = None, prefix: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Yield (route, name with namespace) of every address that is walked."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, route, inner)
        elif isinstance(pattern, URLPattern) and not SKIPPED.match(route):
            yield _readable(route), f"{space}{pattern.name}"


def _readable(route: str) -> str:
    return re.sub(r"\(\?P<(\w+)>[^()]*\)", r"<\1>", route).replace("^", "").replace("$", "")


def fill(route: str, world: World) -> str:
    """Return the address of a route with the ids of the group that is looked at."""
    values = _values(route, world)

    def value(match: re.Match[str]) -> str:
        name = match[1]
        assert name in values, f"{route}: give <{name}> a value in tests/permissions/walk.py"
        return str(values[name])

    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", value, _readable(route))


def _values(route: str, world: World) -> dict[str, object]:
    ours = world.ours
    member, company = ours.members[1], ours.companies[1]
    turn = world.season.turns.order_by("month")[1]
    values: dict[str, object] = {
        "language": "sv",
        "network": ours.network.slug,
        "slug": ours.group.slug,
        "code": world.meeting.check_in_code,
        "application": world.application.pk,
        "seat": ours.seats[1].pk,
        "acts": company.representatives.get().pk,
        "spell": ours.group.coordinators.get().pk,
        "person_pk": member.pk,
        "person": member.pk,
        "company": company.pk,
        "enterprise": company.pk,
        "turn": turn.pk,
        "turn_pk": turn.pk,
        "year": turn.month.year,
        "key": f"p{member.pk}",
        "month": turn.month.month,
        "step": "theme",
        "problem": AddressProblem.objects.latest("pk").pk,
        "proposal": world.meeting.proposals.get().pk,
        "promise": world.held.promises.get().pk,
        "promise_pk": world.held.promises.get().pk,
        "attendance": world.held.attendances.get().pk,
        "swap": 0,
        "swap_pk": 0,
        "number": 1,
        "text": world.text.pk,
        "collaboration": Collaboration.objects.latest("pk").pk,
        "pk": world.meeting.pk,
        "token": "none",
        "handle": "none",
        "kind": "contact",
        "name": f"{world.meeting.uid}.ics",
    }
    for start, pk in _keys(world):
        if route.startswith(start):
            values["pk"] = pk
            break
    if route.startswith("calendar/<year>"):
        values["month"] = f"{turn.month.month:02}"
    if route.startswith(
        (
            "networks/",
            "feeds/",
            "log/networks/",
            "me/consents/",
            "market/networks/",
            "ideas/wanted/",
            "talks/",
            "privacy/<",
        )
    ):
        values["slug"] = ours.network.slug
    for start, token in _tokens(world):
        if route.startswith(start):
            values["token"] = token
    return values


def _keys(world: World) -> tuple[tuple[str, object], ...]:
    ours = world.ours
    region = ours.network.regions.first()
    return (
        ("networks/companies/", ours.companies[1].pk),
        ("networks/<slug:slug>/organisations/", ours.group.organisation.pk),
        ("networks/<slug:slug>/coordinators/", ours.network.role_assignments.get(person=ours.national).pk),
        ("networks/<slug:slug>/regions/", region.pk if region else 0),
        ("import/", world.batch.pk),
        ("manage/groups/", ours.group.pk),
        ("log/groups/", ours.group.pk),
        ("rules/", ours.group.pk),
        ("seasons/", world.season.pk),
        *((f"meetings/<int:pk>/{part}", world.held.pk) for part in OF_HELD),
        ("turns/", world.season.turns.order_by("month")[1].pk),
        ("events/", world.event.pk),
        ("calendar/mine/passwords/", world.password.pk),
        ("calendar/mine/", world.feed.pk),
        ("mine/network/feedback/", world.feedback.pk),
        ("experiments/", world.experiment.pk),
        ("tried/", world.text.pk),
        ("stories/", world.story.pk),
        ("manage/stories/", world.story.pk),
        ("promises/", world.held.promises.get().pk),
        *privacy_keys(),
        *idea_keys(),
        *institute_keys(),
        ("market/groups/", ours.group.pk),
        ("market/items/", ours.companies[1].listings.get().pk),
        ("market/round/", world.held.pk),
        ("market/suggested/", Suggestion.objects.latest("pk").pk),
        ("market/not-relevant/", NotRelevant.objects.latest("pk").pk),
    )


def _tokens(world: World) -> tuple[tuple[str, str], ...]:
    member = world.ours.members[1]
    held, turn = world.season.turns.order_by("month")[:2]
    return (
        ("a/", make_token("answer", world.meeting.pk, member.pk)),
        ("h/", make_token("host", turn.pk, member.pk)),
        ("h/<token>/prepare/", make_token("host", held.pk, world.ours.members[0].pk)),
        ("h/swap/", make_token("swap", turn.swaps_received.get().pk, member.pk)),
        ("apply/follow/", make_token(FOLLOW, world.application.pk.int)),
        ("e/", make_token("experiment", world.experiment.pk, member.pk)),
        ("e/p/", make_token("promise", world.held.promises.get().pk, member.pk)),
        ("y/", make_token("story", world.story.consents.get().pk, member.pk)),
        ("o/", make_token("listing", world.ours.companies[1].listings.get().pk, member.pk)),
        ("o/g/", make_token("market", world.ours.group.pk, member.pk)),
        ("o/s/", make_token("suggestion", Suggestion.objects.latest("pk").pk, member.pk)),
        ("i/", make_token("introduction", Introduction.objects.latest("pk").pk, member.pk)),
        ("k/", make_token("collaboration", Collaboration.objects.latest("pk").pk, member.pk)),
        ("w/", make_token("wish", world.season.pk, member.pk)),
        ("feeds/p/", make_token("feed", world.feed.pk)),
        ("me/letters/", make_token("letters", member.pk)),
        *privacy_tokens(),
        *idea_tokens(),
        *institute_tokens(),
        ("me/unsubscribe/", make_token("unsubscribe", member.pk, list(MailKind).index(MailKind.REMINDER))),
    )


def browsers(world: World) -> dict[str, Client]:
    """Return a browser for each reader, signed in once."""
    found = {}
    for role, person in world.roles.items():
        found[role] = Client(HTTP_ACCEPT_LANGUAGE="en", raise_request_exception=True)
        if person is not None:
            found[role].force_login(person)
    return found


def look(client: Client, address: str) -> Seen:
    """Open the address by GET and by POST with an empty form; nothing that happens is kept."""
    seen = Seen()
    for method in ("get", "post"):
        with transaction.atomic():
            answer = getattr(client, method)(address)
            seen.outcome[method] = _outcome(answer, address)
            seen.text += text_of(answer)
            transaction.set_rollback(True)
    return seen


def _outcome(answer: Any, address: str) -> str:
    code = answer.status_code
    assert code < 500, f"{address}: {code}"
    if code == 302 and answer.headers["Location"].startswith("/accounts/login/"):
        return "sign in"
    # calendar programs say who they are with each request: 401 asks for it
    return {401: "sign in", 403: "no", 404: "hidden", 405: "none"}.get(code, "yes")


def text_of(answer: Any) -> str:
    """Return what an answer says, streamed or not."""
    if answer.streaming:
        return b"".join(answer.streaming_content).decode(errors="replace")
    return str(answer.content.decode(errors="replace"))


def table(rows: dict[str, dict[str, Seen]], roles: list[str]) -> str:
    """Return docs/permissions.md: one line for each address, one column for each role."""
    head = (
        "# Who may open what\n\n"
        "Generated by `tests/permissions/test_walk.py`, which opens every address as every reader, in two networks, "
        "and fails when this table is not what happened (`make fix` writes it again; read the difference).\n\n"
        "All objects belong to one group. *member*, *host*, *on a break* hold a seat there, *visitor* is invited, "
        "*former* has left; *other group* is of the same network, *other network* of another one. "
        "Each cell is what looking (GET) and sending (POST) gave: **yes**; **no**, said openly (403); **·**, as if "
        "it did not exist (404); **sign in**; **–**, there is no such act. Addresses that end in `<token>` are "
        "personal links: the link says who, whoever holds it.\n"
    )
    lines = [head, "| Address | " + " | ".join(roles) + " |", "|---|" + "---|" * len(roles)]
    for pattern, seen in rows.items():
        route = _readable(pattern)
        cells = []
        for role in roles:
            got = seen[role].outcome
            look_, send = MARKS[got["get"]], MARKS[got["post"]]
            cells.append(look_ if look_ == send else f"{look_} / {send}")
        lines.append(f"| `/{route}` | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
