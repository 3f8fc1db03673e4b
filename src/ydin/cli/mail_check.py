"""The command `ydin mail-check DOMAIN`: may other servers trust what is sent in the domain's name."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from typing import Any

import dns.exception
import dns.name
import dns.resolver

from ydin.outbox.rules.mail_check import (
    MOST_LOOKUPS,
    Finding,
    Standing,
    judge_dkim,
    judge_dmarc,
    judge_mx,
    judge_spf,
    spf_leads_to,
    spf_lookups,
    spf_records,
)

SECONDS = 5.0
WIDTH = 92
IN_PLACE, NOT_IN_PLACE, NOT_ASKED = 0, 1, 2


class CannotAsk(Exception):  # noqa: N818
    """The domain's name is none, or no name server answers."""


def run_mail_check(domain: str, selectors: Sequence[str], server: str, say: Callable[[str], None]) -> int:
    """Look the records up and print a table; returns 0 (all in place), 1 (something to do) or 2 (could not ask).

    Args:
        domain: what stands behind the @ of `YDIN_MAIL_FROM`.
        selectors: of the DKIM keys that the relay signs with.
        server: "address" or "address:port" of the name server to ask; empty: the system's.
        say: takes the lines.

    """
    try:
        findings = _look(_plain(domain), selectors, _Records(server))
    except CannotAsk as problem:
        say(f"ydin mail-check: {problem}")
        return NOT_ASKED
    for line in _table(_plain(domain), findings):
        say(line)
    return NOT_IN_PLACE if any(f.standing != Standing.OK for f in findings) else IN_PLACE


class _Records:
    """Asks one name server."""

    def __init__(self, server: str) -> None:
        self.resolver = dns.resolver.Resolver(configure=not server)
        if server:
            address, _, port = server.rpartition(":") if ":" in server else (server, "", "53")
            self.resolver.nameservers, self.resolver.port = [address], int(port)
        self.resolver.lifetime = SECONDS

    def texts(self, name: str) -> list[str]:
        """Return the TXT records of a name, each joined from its pieces."""
        return [
            "".join(part.decode("utf-8", "replace") for part in r.strings) for r in self._ask(name, "TXT")
        ]

    def mail_hosts(self, name: str) -> list[str]:
        """Return the mail servers of a domain, the preferred one first."""
        rows = sorted(self._ask(name, "MX"), key=lambda r: int(r.preference))
        return [str(r.exchange).rstrip(".") for r in rows]

    def _ask(self, name: str, kind: str) -> list[Any]:
        try:
            return list(self.resolver.resolve(name, kind))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise CannotAsk(f"the name server did not answer for {name} ({type(error).__name__})") from error


def _plain(domain: str) -> str:
    """Return a domain in ASCII and lower case; takes an address, too."""
    name = domain.rpartition("@")[2].strip().rstrip(".").lower()
    try:
        ascii_name = name.encode("idna").decode()
        dns.name.from_text(ascii_name)
    except (UnicodeError, dns.exception.DNSException) as error:
        raise CannotAsk(f"{domain!r} is no domain name") from error
    if "." not in ascii_name:
        raise CannotAsk(f"{domain!r} is no domain name")
    return ascii_name


def _look(domain: str, selectors: Sequence[str], records: _Records) -> list[Finding]:
    found = [_spf(domain, records)]
    for selector in selectors:
        name = f"{selector}._domainkey.{domain}"
        found.append(judge_dkim(name, records.texts(name)))
    if not selectors:
        advice = "Say --selector; it is the s= in the DKIM-Signature of any letter that you have sent."
        found.append(Finding("DKIM", Standing.UNKNOWN, "not looked up", advice))
    return [*found, _dmarc(domain, records), judge_mx(records.mail_hosts(domain))]


def _spf(domain: str, records: _Records) -> Finding:
    own = spf_records(records.texts(domain))
    asked, waiting, lookups = {domain}, list(own[:1]), 0
    while waiting and lookups <= MOST_LOOKUPS:
        record = waiting.pop()
        lookups += spf_lookups(record)
        for other in spf_leads_to(record):
            if other.lower() not in asked:
                asked.add(other.lower())
                waiting += spf_records(records.texts(other))[:1]
    return judge_spf(domain, own, lookups)


def _dmarc(domain: str, records: _Records) -> Finding:
    """Ask the domain, then its parents down to two labels: a parent's record holds for what lies below."""
    labels = domain.split(".")
    for start in range(len(labels) - 1):
        name = "_dmarc." + ".".join(labels[start:])
        finding = judge_dmarc(domain, name, records.texts(name))
        if finding.standing != Standing.MISSING:
            return finding
    return judge_dmarc(domain, f"_dmarc.{domain}", [])


def _table(domain: str, findings: Sequence[Finding]) -> list[str]:
    lines = [f"Mail from {domain}", ""]
    for finding in findings:
        first, *more = textwrap.wrap(finding.found, WIDTH, subsequent_indent=" " * 15) or [""]
        lines += [f"{finding.what:6} {finding.standing:8} {first}", *more]
        advice = textwrap.wrap(
            finding.advice, WIDTH, initial_indent=" " * 15 + "→ ", subsequent_indent=" " * 17
        )
        lines += advice
    missing = [f.what for f in findings if f.standing != Standing.OK]
    lines += ["", f"To do: {', '.join(missing)}." if missing else "All in place."]
    return lines
