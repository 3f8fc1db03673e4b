"""Signed personal links: a purpose, some ids and a day; no session, no lookup before the signature holds.

A link identifies, it never acts by itself: views change something on POST only. Every purpose has a lifetime.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.core.signing import BadSignature, Signer

from ydin.kernel.clock import now

LIFETIMES: Final[dict[str, timedelta | None]] = {
    "answer": timedelta(
        days=400
    ),  # an evening announced a year ahead, and the weeks in which it is looked up
    "wish": timedelta(days=180),  # a season is planned within months
    "host": timedelta(days=550),  # a turn of next year, and what is kept of it
    "swap": timedelta(days=180),
    "experiment": timedelta(days=400),  # asked at half-time, answered or corrected much later
    "promise": timedelta(days=180),  # made an experiment, from letters that come until it is kept
    "consent": timedelta(days=800),  # taking a consent back; later one signs in for it
    "story": None,  # a yes can be taken back as long as the story stands; the row of the consent says so
    "application": timedelta(days=400),
    "commitment": timedelta(
        days=400
    ),  # read again as long as the work lasts; a new version brings a new letter
    "listing": timedelta(days=120),  # renewed or closed before it lapses
    "market": timedelta(days=180),  # what one offers and needs in a group, from letters that come every month
    "suggestion": timedelta(days=120),
    "introduction": timedelta(days=60),  # silence is a no after 14 days
    "idea": timedelta(days=400),  # supported, taken up, and its answer read again
    "evening": timedelta(days=400),  # themes and speakers, while an evening is prepared
    "talk": timedelta(days=550),  # the speaker answers, and changes their mind until the evening
    "collaboration": timedelta(days=400),  # confirmed, or read again by the other company
    "demo": timedelta(days=400),  # asked in one term, delivered and assessed in the next
    "assignment": timedelta(days=180),  # until the course's last day to ask, which the page knows
    "facility": timedelta(days=180),
    "unsubscribe": timedelta(days=800),  # old letters must still be able to stop new ones
    "letters": timedelta(days=800),
    "feed": None,  # a calendar program asks for years; its row is revoked instead (calendar.FeedAddress)
}
"""How long a link of each purpose is good; None: until its own row is revoked."""
OTHERWISE: Final = timedelta(days=60)
"""The lifetime of a purpose that is not named above."""
_DAY_ONE: Final = date(2020, 1, 1)


class BadLink(Exception):  # noqa: N818
    """The link was altered, cut, made for another purpose, or is too old."""


def make_token(purpose: str, *ids: int | str) -> str:
    """Return a token that `read_token` of the same purpose turns back into `ids` (as strings without '-')."""
    parts = [str(i) for i in ids]
    if _lifetime(purpose) is not None:
        parts.append(str((now().date() - _DAY_ONE).days))
    return _signer(purpose).sign("-".join(parts))


def read_token(purpose: str, token: str, count: int) -> list[int]:
    """Return the `count` integer ids that the token carries.

    Raises:
        BadLink: wrong signature, purpose or shape, or too old. Old keys (`SECRET_KEY_FALLBACKS`) are accepted.

    """
    lifetime = _lifetime(purpose)
    try:
        ids = [int(part) for part in _signer(purpose).unsign(token).split("-")]
    except (BadSignature, ValueError) as error:
        raise BadLink from error
    if lifetime is not None and (not ids or now().date() > _DAY_ONE + timedelta(days=ids.pop()) + lifetime):
        raise BadLink
    if len(ids) != count:
        raise BadLink
    return ids


def _lifetime(purpose: str) -> timedelta | None:
    return LIFETIMES.get(purpose, OTHERWISE)


def _signer(purpose: str) -> Signer:
    return Signer(salt=f"ydin.link.{purpose}", sep=".")
