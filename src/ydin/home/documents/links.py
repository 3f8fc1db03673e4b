"""Addresses in other parts of the site."""

from __future__ import annotations

from django.urls import reverse

from ydin.meetings.emails.planning import host_path


def address(name: str, *ids: int | str) -> str:
    """Return the address of a named page."""
    return reverse(name, args=ids)


def meeting_url(pk: int) -> str:
    """Return the meeting's own page."""
    return address("meetings:meeting", pk)


def season_url(pk: int) -> str:
    """Return the season's board."""
    return address("meetings:season", pk)


def group_url(network: str, slug: str) -> str:
    """Return the group's public page."""
    return address("home:group", network, slug)


def settings_url(pk: int) -> str:
    """Return the page where coordinators set the group up."""
    return address("groups:manage", pk)


def applications_url(pk: int) -> str:
    """Return the page of those who asked to visit or to join."""
    return address("groups:applications", pk)


def host_url(turn: int, person: int) -> str:
    """Return the host's own page of a turn, by the link that they also get by e-mail."""
    return host_path(turn, person)
