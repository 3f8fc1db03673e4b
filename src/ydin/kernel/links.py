"""Signed personal links: a purpose and some ids, no session, no lookup before the signature holds.

A link identifies, it never acts by itself: views change something on POST only.
"""

from __future__ import annotations

from django.core.signing import BadSignature, Signer


class BadLink(Exception):  # noqa: N818
    """The link was altered, cut or made for another purpose."""


def make_token(purpose: str, *ids: int | str) -> str:
    """Return a token that `read_token` of the same purpose turns back into `ids` (as strings without '-')."""
    return Signer(salt=f"ydin.link.{purpose}", sep=".").sign("-".join(str(i) for i in ids))


def read_token(purpose: str, token: str, count: int) -> list[int]:
    """Return the `count` integer ids that the token carries.

    Raises:
        BadLink: wrong signature, purpose or shape. Old keys (`SECRET_KEY_FALLBACKS`) are accepted.

    """
    try:
        value = Signer(salt=f"ydin.link.{purpose}", sep=".").unsign(token)
        ids = [int(part) for part in value.split("-")]
    except (BadSignature, ValueError) as error:
        raise BadLink from error
    if len(ids) != count:
        raise BadLink
    return ids
