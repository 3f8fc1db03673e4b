"""Addresses that tell whose a mail is."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from ydin.kernel.addresses import (
    BOUNCE,
    REPLY,
    SUBSTITUTE,
    bounce_address,
    read_address,
    reply_address,
    substitute_address,
)

BIGGEST = 2**63 - 1


@pytest.fixture(autouse=True)
def _read_replies(settings: Settings) -> None:
    settings.REPLY_ADDRESS = "ydinvastaus@example.org"  # the longest allowed local part


def test_an_address_says_purpose_and_ids_and_fits_into_64_characters() -> None:
    for address, purpose, ids in [
        (reply_address(1, 2), REPLY, (1, 2)),
        (reply_address(BIGGEST, BIGGEST, 2**31 - 1), REPLY, (BIGGEST, BIGGEST, 2**31 - 1)),
        (substitute_address(0, 35), SUBSTITUTE, (0, 35)),
        (bounce_address(uuid.UUID(int=2**128 - 1)), BOUNCE, (2**128 - 1,)),
    ]:
        read = read_address(address)
        assert read is not None
        assert (read.purpose, read.ids) == (purpose, ids)
        assert len(address.partition("@")[0]) <= 64
        assert address == address.lower()


def test_letter_case_brackets_and_a_rewritten_domain_do_not_matter() -> None:
    address = reply_address(7, 8)
    local = address.partition("@")[0]
    for seen in (address.upper(), f"<{address}>", f"{local}@mx.elsewhere.example", f" {address} "):
        assert read_address(seen) == read_address(address) is not None


def test_an_altered_cut_or_foreign_address_says_nothing() -> None:
    address = reply_address(7, 8)
    token = address.partition("@")[0].partition("+")[2]
    altered = ["r8" + token[2:], "s" + token[1:], token[:-1], token + "a", "", "-", "r-", "r7-8", token * 3]
    for one in altered:
        assert read_address(f"answers+{one}@example.org") is None
    assert read_address(token.join(["+", ""])) is None
    assert read_address("") is None


def test_an_old_key_is_still_read_and_a_forgotten_one_is_not(settings: Settings) -> None:
    address = reply_address(7, 8)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one"
    assert read_address(address) is not None
    assert reply_address(7, 8) != address
    settings.SECRET_KEY_FALLBACKS = []
    assert read_address(address) is None


def test_without_a_configured_address_there_is_none(settings: Settings) -> None:
    settings.REPLY_ADDRESS = ""
    assert reply_address(1, 2) == substitute_address(1, 2) == bounce_address(uuid.uuid4()) == ""


@given(st.text(max_size=200))
def test_any_text_is_read_without_error(text: str) -> None:
    assert read_address(text) is None
    assert read_address(f"answers+{text}@example.org") is None
