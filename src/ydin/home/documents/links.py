"""Addresses in other parts of the site; empty while that part has no such page."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from ydin.meetings.emails.planning import host_path


def address(name: str, *ids: int | str) -> str:
    """Return the address of a named page, or nothing."""
    try:
        return reverse(name, args=ids)
    except NoReverseMatch:
        return ""


def meeting_url(pk: int) -> str:
    """Return the meeting's own page, or what the calendar tells of it."""
    return address("meetings:meeting", pk) or reverse("calendar:meeting", args=[pk])


def season_url(pk: int) -> str:
    """Return the season's board."""
    return address("meetings:season", pk)


def group_url(network: str, slug: str) -> str:
    """Return the group's public page."""
    return reverse("home:group", args=[network, slug])


def settings_url(pk: int) -> str:
    """Return the page where coordinators set the group up."""
    return address("groups:manage", pk)


def applications_url(pk: int) -> str:
    """Return the page of those who asked to visit or to join."""
    return address("groups:applications", pk)


def host_url(turn: int, person: int) -> str:
    """Return the host's own page of a turn, by the link that they also get by e-mail."""
    return host_path(turn, person)
