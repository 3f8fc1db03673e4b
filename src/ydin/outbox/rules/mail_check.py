"""What the DNS of a sending domain says, and what to do about it: SPF, DKIM, DMARC. Pure.

SPF: RFC 7208. DKIM: RFC 6376, key sizes of RFC 8301. DMARC: RFC 7489.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_LOOKUPS = 10
"""RFC 7208, 4.6.4: more than so many lookups make a record void."""
WEAK_KEY, SHORT_KEY = 1024, 2048
_RSA_WRAPPING = 38
"""Bytes of a public RSA key in DER that are not its modulus, about."""


class Standing(StrEnum):
    """How one of the three stands."""

    OK = "ok"
    WEAK = "weak"
    WRONG = "wrong"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Finding:
    """One line of the table: what, how it stands, what was found, what to do (empty: nothing)."""

    what: str
    standing: Standing
    found: str
    advice: str = ""


def tags(record: str) -> dict[str, str]:
    """Return the tags of a DKIM or DMARC record ("v=DMARC1; p=none"), names in lower case."""
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip() for name, sign, value in pairs if sign}


def spf_records(texts: Sequence[str]) -> list[str]:
    """Return the SPF records among the TXT records of a domain."""
    return [text for text in texts if text.lower() == "v=spf1" or text.lower().startswith("v=spf1 ")]


def spf_leads_to(record: str) -> list[str]:
    """Return the domains whose records an SPF record takes in (include, redirect); macros are left out."""
    found = re.findall(r"(?:^|\s)[+?~-]?(?:include:|redirect=)(\S+)", record, re.IGNORECASE)
    return [domain for domain in found if "%" not in domain]


def spf_lookups(record: str) -> int:
    """Count the terms of one SPF record that ask the DNS (RFC 7208, 4.6.4)."""
    asking = r"(?:^|\s)[+?~-]?(?:include:|a(?=[\s:/]|$)|mx(?=[\s:/]|$)|ptr(?=[\s:]|$)|exists:|redirect=)"
    return len(re.findall(asking, record, re.IGNORECASE))


def judge_spf(domain: str, records: Sequence[str], lookups: int) -> Finding:
    """Judge a domain's SPF records; `lookups` counts those of all records that it takes in."""
    if not records:
        advice = f'Publish a TXT record at {domain}: "v=spf1 include:<your relay> -all".'
        return Finding("SPF", Standing.MISSING, "no record", advice)
    if len(records) > 1:
        return Finding(
            "SPF", Standing.WRONG, f"{len(records)} records", "Join them into one; two make both void."
        )
    record = records[0]
    ends = re.search(r"(?:^|\s)([+?~-]?)all(?:\s|$)", record, re.IGNORECASE)
    if ends is not None and ends[1] in {"", "+"}:
        return Finding(
            "SPF", Standing.WRONG, record, "It lets everybody send in your name. End it with -all."
        )
    if lookups > MOST_LOOKUPS:
        advice = f"It asks the DNS {lookups} times; more than {MOST_LOOKUPS} make it void. Take out what is not used."
        return Finding("SPF", Standing.WRONG, record, advice)
    if (ends is None and "redirect=" not in record.lower()) or (ends is not None and ends[1] == "?"):
        return Finding(
            "SPF", Standing.WEAK, record, "It does not say what to do with others. End it with ~all or -all."
        )
    return Finding("SPF", Standing.OK, record)


def judge_dkim(name: str, records: Sequence[str]) -> Finding:
    """Judge the key that is published under a selector's name."""
    keys = [record for record in records if "p" in tags(record)]
    if not keys:
        advice = "Publish the key that your relay shows you, or check the selector (s= in DKIM-Signature)."
        return Finding("DKIM", Standing.MISSING, f"no key at {name}", advice)
    found = tags(keys[0])
    shown = f"{found.get('k', 'rsa')} key at {name}"
    if len(keys) > 1:
        return Finding(
            "DKIM", Standing.WRONG, f"{len(keys)} keys at {name}", "Keep one key under one selector."
        )
    if not found["p"]:
        return Finding(
            "DKIM", Standing.WRONG, f"revoked {shown}", "Sign with another selector; this key was taken back."
        )
    if found.get("k", "rsa") == "rsa":
        return _judge_rsa(found["p"], shown)
    if "y" in found.get("t", ""):
        return Finding("DKIM", Standing.WEAK, shown, "It says that it is a test (t=y). Take that out.")
    return Finding("DKIM", Standing.OK, shown)


def _judge_rsa(key: str, shown: str) -> Finding:
    try:
        size = len(base64.b64decode("".join(key.split()), validate=True))
    except (binascii.Error, ValueError):
        return Finding(
            "DKIM", Standing.WRONG, f"broken {shown}", "The key is cut or mistyped. Publish it again."
        )
    bits = (size - _RSA_WRAPPING) * 8
    if bits < WEAK_KEY * 0.9:
        return Finding("DKIM", Standing.WRONG, f"{shown}, too short", "Make a key of 2048 bits.")
    if bits < SHORT_KEY * 0.9:
        return Finding("DKIM", Standing.WEAK, f"{shown}, 1024 bits", "Make a key of 2048 bits.")
    return Finding("DKIM", Standing.OK, shown)


def judge_dmarc(asked: str, name: str, records: Sequence[str]) -> Finding:
    """Judge the DMARC records found under `name`, which is that of the domain asked about or of a parent."""
    found = [record for record in records if tags(record).get("v", "").upper() == "DMARC1"]
    if not found:
        advice = f'Publish a TXT record at _dmarc.{asked}: "v=DMARC1; p=quarantine; rua=mailto:postmaster@{asked}".'
        return Finding("DMARC", Standing.MISSING, "no record", advice)
    if len(found) > 1:
        return Finding("DMARC", Standing.WRONG, f"{len(found)} records at {name}", "Keep one.")
    said = tags(found[0])
    policy = said.get("p", "") if name == f"_dmarc.{asked}" else said.get("sp", said.get("p", ""))
    shown = f"{found[0]} (at {name})"
    if policy.lower() == "none":
        advice = "It only watches. When the reports show no letter of yours failing, say p=quarantine, later p=reject."
        return Finding("DMARC", Standing.WEAK, shown, advice)
    if policy.lower() not in {"quarantine", "reject"}:
        return Finding("DMARC", Standing.WRONG, shown, "Say p=none, p=quarantine or p=reject.")
    if "rua" not in said:
        return Finding("DMARC", Standing.OK, shown, "Add rua=mailto:…, so that reports tell what fails.")
    return Finding("DMARC", Standing.OK, shown)


def judge_mx(hosts: Sequence[str]) -> Finding:
    """Judge whether answers and bounces can reach the domain."""
    real = [host for host in hosts if host not in {"", "."}]
    if not real:
        advice = "Publish an MX record, or send from a domain that has one: answers and bounces go there."
        return Finding("MX", Standing.MISSING, "no mail server", advice)
    return Finding("MX", Standing.OK, ", ".join(real))
