"""A season from the first question to agreed hosts, as coordinator, member and host, in Chromium."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from tests.e2e.walking import Reader, Walks, code_in, letter_to, letters, link_in
from tests.factories import GroupWorld, make_group, make_season, make_turn
from tests.servers import LiveSite

from ydin.kernel.clock import add_months, month_start, now
from ydin.meetings.models import HostingTurn, HostingWish, Meeting, Season, Swap
from ydin.meetings.rules.states import LIVE_TURNS, SeasonState, SwapState, TurnState
from ydin.meetings.services.planning_turns import ask_hosts

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Desk = Callable[..., Reader]


def first_month() -> date:
    return add_months(month_start(now().date()), 2)


def season_with_wishes(world: GroupWorld, months: int, **fields: str) -> Season:
    season = make_season(world, first=first_month(), months=months, name="Walked", **fields)
    for company in world.companies:
        HostingWish.objects.create(
            season=season,
            group=world.group,
            enterprise=company,
            months=season.months,
            answered_at=now(),
            theme_wanted="Näkyvyys verkossa",
        )
    return season


def living(season: Season) -> dict[date, HostingTurn]:
    rows = HostingTurn.objects.filter(season=season, state__in=LIVE_TURNS).select_related("enterprise")
    return {turn.month: turn for turn in rows}


def test_signing_in_by_code_starting_a_season_and_collecting_wishes(
    site: LiveSite, walks: Walks, desk: Desk, phone: Desk
) -> None:
    with site.database():
        world = make_group(members=4, months_off=[])
    kaisa = desk()
    kaisa.open("/accounts/login/code/").fill(email=world.coordinator.email).press("Send me a code")
    kaisa.fill(code=code_in(site, world.coordinator)).press("Sign in").reads(world.coordinator.name)
    kaisa.open(f"/seasons/new/?group={world.group.pk}").fill(name="Walked season", count="5")
    kaisa.press("Start the season").reads("Walked season", "4 companies have not been asked yet")
    with site.database():
        season = Season.objects.get(group=world.group)
    kaisa.press("Send the question").reads("4 companies were asked.")
    assert len(letters(site, "meetings.wish_asked", *world.members)) == 4
    _answer_on_a_phone(site, world, season, phone)
    _enter_by_phone(site, world, season, kaisa)
    kaisa.open("/outbox/").reads(world.members[0].name)
    letter = letter_to(site, "meetings.wish_asked", world.members[0])
    kaisa.open(f"/outbox/{letter.pk}/").reads(letter.subject)
    assert walks.look_at_every_page() >= 5


def _answer_on_a_phone(site: LiveSite, world: GroupWorld, season: Season, phone: Desk) -> None:
    member = phone().open(link_in(letter_to(site, "meetings.wish_asked", world.members[0]), "/w/"))
    member.reads(world.companies[0].name)
    member.tick("Yes, we could").fill(capacity="14").press("Send the answer")
    assert member.status == 422
    member.reads("Choose at least one month")
    member.page.locator("[name=months]").first.check()
    member.page.locator("[name=months]").last.check()
    member.fill(theme_wanted="Ääni & kuva 🎬").press("Send the answer").reads("Saved. Thank you!")
    with site.database():
        wish = HostingWish.objects.get(season=season, answered_at__isnull=False)
        assert (wish.enterprise, wish.answered_by) == (world.companies[0], world.members[0])
        assert (wish.can_host, wish.capacity, wish.theme_wanted) == (True, 14, "Ääni & kuva 🎬")
        assert wish.months == [season.months[0], season.months[-1]]


def _enter_by_phone(site: LiveSite, world: GroupWorld, season: Season, kaisa: Reader) -> None:
    company = world.companies[1]
    kaisa.open(f"/seasons/{season.pk}/wishes/")
    with kaisa.page.expect_navigation():
        kaisa.page.locator("tbody tr", has_text=company.name).get_by_text("Enter the answer").click()
    kaisa.tick("Not this season").press("Send the answer").reads("not this season")
    kaisa.open(f"/seasons/{season.pk}/").reads("2 companies have not told yet")
    with site.database():
        wish = HostingWish.objects.get(season=season, enterprise=company)
        assert (wish.can_host, wish.answered_by) == (False, world.coordinator)


def test_planning_locking_moving_undoing_and_asking(site: LiveSite, walks: Walks, desk: Desk) -> None:
    with site.database():
        world = make_group(members=6, months_off=[])
        season = season_with_wishes(world, 4, state=SeasonState.COLLECTING)
    kaisa = desk(world.coordinator).open(f"/seasons/{season.pk}/").follow("Plan the season")
    kaisa.reads("What would change", "Nothing has been done yet").look()
    with site.database():
        assert living(season) == {}
    kaisa.press("Change the plan")
    with site.database():
        planned = living(season)
        assert sorted(planned) == season.months
        assert {turn.state for turn in planned.values()} == {TurnState.PROPOSED}
    first, second = season.months[:2]
    _lock(site, kaisa, season, first)
    _move_and_undo(site, kaisa, season, second)
    kaisa.open(f"/seasons/{season.pk}/").tab_to("Ask the hosts")
    with kaisa.page.expect_navigation():
        kaisa.page.keyboard.press("Enter")
    kaisa.reads("4 hosts were asked.")
    with site.database():
        assert {turn.state for turn in living(season).values()} == {TurnState.ASKED}
        season.refresh_from_db()
        assert season.state == SeasonState.RUNNING
    assert len(letters(site, "meetings.turn_asked", *world.members)) == 4
    walks.look_at_every_page()


def _row(kaisa: Reader, number: int) -> str:
    kaisa.page.locator("table.season tbody tr").nth(number).locator("summary").first.click()
    return f"table.season tbody tr:nth-child({number + 1})"


def _lock(site: LiveSite, kaisa: Reader, season: Season, month: date) -> None:
    kaisa.press("Lock", within=_row(kaisa, 0)).reads("Locked: planning anew leaves this month alone.")
    with site.database():
        assert living(season)[month].locked


def _move_and_undo(site: LiveSite, kaisa: Reader, season: Season, month: date) -> None:
    with site.database():
        before = living(season)[month]
    row = _row(kaisa, 1)
    with kaisa.page.expect_navigation():
        kaisa.page.locator(row).get_by_role("link", name="Move").click()
    other = kaisa.page.locator("section.card", has_not_text=before.enterprise.name).first
    with kaisa.page.expect_navigation():
        other.locator("button.choice").first.click()
    kaisa.reads("What would change").press("Change the plan")
    with site.database():
        assert living(season)[month].enterprise_id != before.enterprise_id
    kaisa.press("Undo the last change")
    with site.database():
        after = living(season)[month]
        assert (after.enterprise_id, after.evening) == (before.enterprise_id, before.evening)


def test_hosts_accept_prepare_swap_and_cancel(site: LiveSite, walks: Walks, desk: Desk, phone: Desk) -> None:
    with site.database():
        world = make_group(members=4, months_off=[], weekdays=[0, 1, 2, 3])
        season = season_with_wishes(world, 3, state=SeasonState.PLANNING)
        for company, month in zip(world.companies[:3], season.months, strict=True):
            make_turn(season, company, month)
        ask_hosts(actor=world.coordinator, season=season, version=season.version)
    link = link_in(letter_to(site, "meetings.turn_asked", world.members[0]), "/h/")
    host = phone().open(link).reads("Would you host in")
    with site.database():
        assert not Meeting.objects.filter(group=world.group).exists()
    _prepare(site, world, host)
    phone().open(link).reads("You host in", "Hinnoittelu ilman anteeksipyyntöä").follow(
        "Look at the preparation"
    )
    _swap(site, world, season, phone)
    _cancel(site, world, season, host.open(link))
    _repair(site, world, season, desk)
    walks.look_at_every_page()


def _prepare(site: LiveSite, world: GroupWorld, host: Reader) -> None:
    host.press("Yes, we host").reads("What shall we talk about?", "Näkyvyys verkossa")
    host.fill(theme="Hinnoittelu ilman anteeksipyyntöä").press("Continue").reads("Which evening suits you?")
    with site.database():
        meeting = Meeting.objects.get(group=world.group)
        assert (meeting.state, meeting.theme) == ("draft", "Hinnoittelu ilman anteeksipyyntöä")
        assert HostingTurn.objects.get(pk=meeting.turn_id).state == TurnState.ACCEPTED
    day = host.page.locator("button.choice").nth(1).get_attribute("value")
    with host.page.expect_navigation():
        host.page.locator("button.choice").nth(1).click()
    host.fill(parking="Pihalla, portti on auki", expert_wish="Verottaja").press("Save", exact=True)
    host.reads("Thank you. Your coordinator sends the invitations", "Pihalla, portti on auki")
    with site.database():
        meeting.refresh_from_db()
        assert meeting.starts_at.date().isoformat() == day
        assert (meeting.parking, meeting.expert_wish) == ("Pihalla, portti on auki", "Verottaja")
    assert letter_to(site, "meetings.host_accepted", world.coordinator)


def _swap(site: LiveSite, world: GroupWorld, season: Season, phone: Desk) -> None:
    second, third = season.months[1:]
    asker = phone().open(link_in(letter_to(site, "meetings.turn_asked", world.members[1]), "/h/"))
    asker.press("It does not suit").reads("Change months with another host")
    asker.press(f"now {world.companies[2].name}").reads("You have asked", world.companies[2].name)
    with site.database():
        assert Swap.objects.get(turn__season=season).state == SwapState.ASKED
    other = phone().open(link_in(letter_to(site, "meetings.swap_asked", world.members[2]), "/h/swap/"))
    other.reads("Would you change months?").press("Yes, let us change").reads("You have changed months")
    with site.database():
        now_hosting = {month: turn.enterprise for month, turn in living(season).items()}
        assert now_hosting[second] == world.companies[2]
        assert now_hosting[third] == world.companies[1]
    assert letter_to(site, "meetings.swap_accepted", world.members[1])


def _cancel(site: LiveSite, world: GroupWorld, season: Season, host: Reader) -> None:
    host.follow("I cannot host in").fill(note="Vesivahinko 🌊").press("I cannot host in")
    with site.database():
        turn = HostingTurn.objects.get(season=season, enterprise=world.companies[0])
        assert (turn.state, turn.note) == (TurnState.CANCELLED, "Vesivahinko 🌊")
    assert letter_to(site, "meetings.host_cancelled", world.coordinator)


def _repair(site: LiveSite, world: GroupWorld, season: Season, desk: Desk) -> None:
    kaisa = desk(world.coordinator).open(f"/seasons/{season.pk}/").look()
    kaisa.reads("cannot host after all", "Vesivahinko 🌊").press("Swap and ask")
    with site.database():
        found = living(season)
        assert sorted(found) == season.months
        assert found[season.months[0]].enterprise == world.companies[3]
        assert found[season.months[0]].state == TurnState.ASKED
    assert letter_to(site, "meetings.turn_asked", world.members[3])
