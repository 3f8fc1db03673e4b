"""The ledger: one writes it down, the other confirms; values for the two alone; counts and a drawn network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import GroupWorld, make_group

from ydin.kernel.acting import acting_as
from ydin.kernel.links import make_token
from ydin.networks.models import Enterprise
from ydin.partnerships.documents.drawing import pictures_of
from ydin.partnerships.jobs import figures
from ydin.partnerships.models import Collaboration, CollaborationValue
from ydin.partnerships.rules.figures import Figure, Link, figures_of, grown, until
from ydin.partnerships.rules.labels import Box, Frame, apart, placed, short_names

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]
Mails = Callable[[], list[Any]]


def works(world: GroupWorld, one: Enterprise, other: Enterprise, **fields: Any) -> Collaboration:
    row = {"kind": "sales", "told": "pair", "began_on": date(2026, 1, 7), "state": "confirmed", **fields}
    if row["told"] == "group":
        row["group"] = world.group
    made = Collaboration.objects.create(network=world.network, one=one, other=other, **row)
    CollaborationValue.objects.create(collaboration=made, one=one, other=other, band="to_5000")
    return made


def test_one_writes_it_down_the_other_confirms_the_helper_is_thanked(
    as_person: SignIn, mails: Mails, client: Client
) -> None:
    world = make_group()
    one, other = world.companies[:2]
    sent = {
        "one": one.pk,
        "other": other.pk,
        "kind": "marketing",
        "began_on": "2026-01-07",
        "told": "group",
        "band": "to_5000",
        "brought_together_by": world.coordinator.pk,
        "is_named": "on",
    }
    new = reverse("partnerships:together_new")
    asked = as_person(world.members[0]).post(new, sent).content.decode()
    assert all(
        words in asked for words in ("Who will read it?", "two companies alone", world.companies[2].name)
    )
    assert not Collaboration.objects.exists()
    assert as_person(world.members[0]).post(new, {**sent, "unsure": "yes"}).status_code == 200
    sent["seen_as"] = "group"
    assert as_person(world.members[0]).post(new, sent).status_code == 303
    made = Collaboration.objects.get()
    assert (made.state, made.group) == ("recorded", world.group)
    assert as_person(world.members[0]).post(new, sent).status_code == 422
    letter = mails()[0]
    address = reverse(
        "partnerships:confirm", args=[make_token("collaboration", made.pk, world.members[1].pk)]
    )
    assert (letter.to_address, address in letter.text) == (world.members[1].email, True)
    drawn = reverse("partnerships:group_together", args=[world.group.pk])
    assert one.name not in as_person(world.members[2]).get(drawn).content.decode()
    confirm = client.get(address).content.decode()
    assert "5,000" in confirm
    assert f"<li>{world.companies[2].name}</li>" in confirm
    assert client.get(address).status_code == 200
    made.refresh_from_db()
    assert made.state == "recorded"
    assert f"The ledger may name {world.coordinator}" in client.get(address).content.decode()
    client.post(f"{address}yes/", {"is_named": "on"})
    client.post(f"{address}yes/")
    thanked = [m for m in mails() if m.kind == "partnerships.thanks"]
    assert [m.to_address for m in thanked] == [world.coordinator.email]
    assert "5,000" not in thanked[0].text
    page = as_person(world.members[2]).get(drawn).content.decode()
    assert f"{one.name} – {other.name}" in page
    assert f"brought together by {world.coordinator}" in page
    assert "5,000" not in page
    Collaboration.objects.update(named_by_other=False)
    assert "brought together by" not in as_person(world.members[2]).get(drawn).content.decode()
    with acting_as(world.members[2].pk):
        assert not CollaborationValue.objects.exists()
    recorder = reverse(
        "partnerships:confirm", args=[make_token("collaboration", made.pk, world.members[0].pk)]
    )
    assert client.post(f"{recorder}no/").status_code == 404


def test_only_companies_that_one_knows_can_be_named(as_person: SignIn) -> None:
    world, sister = make_group(), make_group()
    sent = {
        "one": world.companies[0].pk,
        "other": sister.companies[0].pk,
        "kind": "sales",
        "began_on": "2026-01-07",
        "told": "pair",
        "band": "unknown",
    }
    assert as_person(world.members[0]).post(reverse("partnerships:together_new"), sent).status_code == 422
    assert as_person(world.coordinator).get(reverse("partnerships:together_new")).status_code == 403


def test_what_is_told_to_nobody_is_a_dot_and_a_small_number_is_not_told(as_person: SignIn) -> None:
    world = make_group(members=6)
    sister = make_group(network=world.network, members=1)
    foreign = make_group()
    a, b, c, d, e, _f = world.companies
    works(world, a, b, told="group")
    works(world, a, b, kind="purchase")
    works(world, c, d)
    works(world, d, e)
    figures(world.network.pk)
    drawn = reverse("partnerships:group_together", args=[world.group.pk])
    page = as_person(world.members[5]).get(drawn).content.decode()
    assert f"{a.name} – {b.name}" in page
    assert "and 3 more between companies that are not named to you" in page
    for name in (c.name, d.name, e.name):
        assert name not in page
    assert "sales between us" in page
    assert "buying together" not in page.partition("How many")[2].partition("</table>")[0]
    whole = reverse("partnerships:network_together", args=[world.network.slug])
    other = as_person(sister.members[0]).get(whole).content.decode()
    assert a.name not in other
    assert "and 4 more" in other
    own = as_person(world.members[3]).get(drawn).content.decode()
    assert f"{c.name} – {d.name}" in own
    assert as_person(foreign.members[0]).get(drawn).status_code == 404
    with acting_as(foreign.members[0].pk), connection.cursor() as cursor:
        cursor.execute("select count(*) from ydin_partner_links(%s, null)", [world.network.pk])
        assert cursor.fetchone() == (0,)
        cursor.execute("select count(*) from ydin_partner_counts(%s, null)", [world.network.pk])
        assert cursor.fetchone() == (0,)


def test_two_companies_alone_are_not_even_a_line(as_person: SignIn) -> None:
    world = make_group(members=3)
    works(world, *world.companies[:2])
    drawn = reverse("partnerships:group_together", args=[world.group.pk])
    page = as_person(world.members[2]).get(drawn).content.decode()
    assert "Nothing is drawn yet" in page


def test_the_picture_is_the_same_at_every_look_and_costs_the_same_queries(as_person: SignIn) -> None:
    world = make_group(members=12)
    rows = [works(world, *world.companies[:2], told="group")]
    client, drawn = (
        as_person(world.members[11]),
        reverse("partnerships:group_together", args=[world.group.pk]),
    )
    counts = []
    for several in ([], list(pairwise(world.companies[1:]))):
        rows += [
            works(world, one, other, told="group", kind="project", began_on=date(2025, 3, 1))
            for one, other in several
        ]
        with CaptureQueriesContext(connection) as caught:
            client.get(drawn)
        counts.append(len(caught))
    assert counts[0] == counts[1]
    assert pictures_of(rows[:5], [], set()) == pictures_of(rows[:5], [], set())
    boxes = [dot for picture in pictures_of(rows, [], set()) for dot in picture.circles if dot.label]
    assert len({(dot.label_x, dot.label_y) for dot in boxes}) == len(boxes) >= len(rows)
    page = client.get(drawn, {"until": "2025"}).content.decode()
    assert "marketing together" not in page
    assert "sales between us" not in page


def links(kind: str, year: int, *pairs: tuple[int, int], groups: frozenset[int] = frozenset()) -> list[Link]:
    return [Link(kind, year, one, other, groups) for one, other in pairs]


def test_no_number_over_few_companies_nor_where_one_has_most_of_it() -> None:
    assert figures_of(links("sales", 2025, (1, 2), (1, 2), (2, 1))) == []
    assert figures_of(links("sales", 2025, (1, 2), (1, 3), (1, 4), (5, 6))) == []
    told = figures_of(links("sales", 2025, (1, 2), (1, 3), (4, 5), (5, 6)))
    assert told == [Figure(None, "sales", 2025, 4, 6)]


def test_the_difference_between_two_years_may_be_told_as_well() -> None:
    ledger = [
        *links("sales", 2024, (1, 2), (3, 4)),
        *links("sales", 2025, (5, 6)),
        *links("sales", 2026, (7, 8), (5, 8)),
    ]
    assert [(year, len(some)) for year, some in grown(ledger)] == [(2024, 2), (2026, 3)]
    told = figures_of(ledger)
    assert [(one.year, one.number) for one in told] == [(2024, 2), (2026, 5)]
    assert [one.number for one in until(told, 2025)] == [2]


def test_what_is_left_out_of_a_group_cannot_be_had_by_subtraction() -> None:
    ours, theirs = frozenset({1}), frozenset({2})
    ledger = [
        *links("sales", 2025, (1, 2), (3, 4), groups=ours),
        *links("sales", 2025, (5, 6), groups=theirs),
    ]
    assert {one.group for one in figures_of(ledger)} == {None}
    ledger += links("sales", 2025, (7, 8), groups=theirs)
    assert {one.group for one in figures_of(ledger)} == {None, 1, 2}


def test_names_lie_on_no_other_name_or_circle() -> None:
    names = {f"c{n}": f"Pohjoisen Yritys {n} Oy" for n in range(24)}
    frame = Frame(720, 480, 9, 14)
    at = apart({key: (100 + 60 * (n % 6), 100 + 9 * (n // 6)) for n, key in enumerate(names)}, 40, frame)
    labels = placed(names, at, sorted(names), frame)
    boxes = [
        Box(left, label.y - 11, left + wide, label.y + 3)
        for label in labels.values()
        for wide in (len(label.words) * 7.8,)
        for left in ({"start": label.x, "middle": label.x - wide / 2, "end": label.x - wide}[label.anchor],)
    ]
    assert len(boxes) >= 8
    assert not any(one.meets(other) for n, one in enumerate(boxes) for other in boxes[n + 1 :])
    assert all(box.left >= 0 and box.right <= 720 for box in boxes)
    assert short_names("Muotoilu Kide Oy")[0] == "Muotoilu Kide"


def test_one_s_own_list_names_the_readers_and_costs_the_same_queries(as_person: SignIn) -> None:
    world = make_group(members=12)
    client, page = as_person(world.members[0]), reverse("partnerships:together")
    works(world, *world.companies[:2], told="group")
    works(world, *world.companies[:2], told="network", kind="project")
    counts = []
    for others in (world.companies[2:], []):
        client.get(page)
        with CaptureQueriesContext(connection) as caught:
            text = client.get(page).content.decode()
        counts.append(len(caught))
        for other in others:
            works(world, world.companies[0], other, told="group")
    assert counts[0] == counts[1]
    assert f"<li>{world.companies[5].name}</li>" in text
