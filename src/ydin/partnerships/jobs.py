"""Jobs of offers, needs, introductions and collaborations."""

from __future__ import annotations

from procrastinate.contrib.django import app

from ydin.kernel.acting import acting_as_system
from ydin.partnerships.queries.suggestions import networks_with_listings
from ydin.partnerships.queries.together import networks_with_ledger
from ydin.partnerships.services.introductions import (
    ask_other_side,
    close_introductions,
    settle_introduction,
)
from ydin.partnerships.services.listings import ask_whether_they_hold
from ydin.partnerships.services.reading import read_listings
from ydin.partnerships.services.round import ask_after_round
from ydin.partnerships.services.suggesting import suggest_matches, tell_of_matches
from ydin.partnerships.services.together import reckon_figures


@app.task(name="partnerships.refresh", queue="default", pass_context=False)
def refresh(network_id: int) -> None:
    """Read what was written in a network since the last time, and reckon what fits together."""
    with acting_as_system():
        read_listings(actor=None, network_id=network_id)
        suggest_matches(actor=None, network_id=network_id)


@app.periodic(cron="30 3 * * *")
@app.task(name="partnerships.every_night", queue="default", pass_context=False)
def every_night(timestamp: int) -> None:
    """Reckon every network anew (things lapse and seats change), and tell of new matches."""
    del timestamp
    with acting_as_system():
        for network in networks_with_listings():
            suggest_matches(actor=None, network_id=network)
            tell_of_matches(actor=None, network_id=network)
        for network in networks_with_ledger():
            reckon_figures(actor=None, network_id=network)


@app.task(name="partnerships.figures", queue="default", pass_context=False)
def figures(network_id: int) -> None:
    """Reckon which numbers of the ledger may be told."""
    with acting_as_system():
        reckon_figures(actor=None, network_id=network_id)


@app.task(name="partnerships.ask_other_side", queue="default", pass_context=False)
def ask_other(introduction_id: int) -> None:
    """Ask the other side of an introduction."""
    with acting_as_system():
        ask_other_side(actor=None, introduction_id=introduction_id)


@app.task(name="partnerships.settle", queue="default", pass_context=False)
def settle(introduction_id: int) -> None:
    """Introduce two people who have both said yes."""
    with acting_as_system():
        settle_introduction(actor=None, introduction_id=introduction_id)


@app.periodic(cron="10 6 * * *")
@app.task(name="partnerships.close_introductions", queue="default", pass_context=False)
def close(timestamp: int) -> None:
    """End the introductions whose time is over."""
    del timestamp
    with acting_as_system():
        close_introductions(actor=None)


@app.periodic(cron="40 5 * * *")
@app.task(name="partnerships.ask_whether_they_hold", queue="default", pass_context=False)
def ask(timestamp: int) -> None:
    """Ask the writers of what lapses within a week whether it still holds."""
    del timestamp
    with acting_as_system():
        ask_whether_they_hold(actor=None)


@app.periodic(cron="15 6 * * *")
@app.task(name="partnerships.ask_after_round", queue="default", pass_context=False)
def after_round(timestamp: int) -> None:
    """Ask those who were at last night's evening what they offer and need."""
    del timestamp
    with acting_as_system():
        ask_after_round(actor=None)
