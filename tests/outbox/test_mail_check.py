"""`ydin mail-check` against a name server of the test's own."""

from __future__ import annotations

import base64
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
import pytest

from ydin.cli import main
from ydin.outbox.rules.mail_check import Standing, judge_dkim, judge_dmarc, judge_spf, spf_lookups

KEY = base64.b64encode(bytes(294)).decode()
SHORT = base64.b64encode(bytes(162)).decode()
GOOD = {
    "example.org TXT": ['"unrelated" ', '"v=spf1 include:_spf.relay.example " "-all"'],
    "_spf.relay.example TXT": ['"v=spf1 ip4:192.0.2.0/24 mx -all"'],
    "s1._domainkey.example.org TXT": [f'"v=DKIM1; k=rsa; p={KEY[:200]}" "{KEY[200:]}"'],
    "_dmarc.example.org TXT": ['"v=DMARC1; p=reject; rua=mailto:postmaster@example.org"'],
    "example.org MX": ["20 b.example.org.", "10 a.example.org."],
}


@pytest.fixture
def name_server() -> Iterator[Callable[[dict[str, list[str]]], str]]:
    """Start a name server with these records on loopback; gives its address. "SERVFAIL" refuses to answer."""
    running: list[socket.socket] = []

    def serve(box: socket.socket, records: dict[str, list[str]]) -> None:
        while True:
            try:
                wire, sender = box.recvfrom(4096)
            except OSError:
                return
            asked = dns.message.from_wire(wire)
            question = asked.question[0]
            answer = dns.message.make_response(asked)
            answer.flags |= dns.flags.RA
            kind = dns.rdatatype.to_text(question.rdtype)
            key = f"{question.name.to_text(omit_final_dot=True)} {kind}"
            if records.get(key) == ["SERVFAIL"]:
                answer.set_rcode(dns.rcode.SERVFAIL)
            elif key in records:
                answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *records[key]))
            elif not any(name.startswith(key.removesuffix(kind)) for name in records):
                answer.set_rcode(dns.rcode.NXDOMAIN)
            box.sendto(answer.to_wire(), sender)

    def start(records: dict[str, list[str]]) -> str:
        box = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        box.bind(("127.0.0.1", 0))
        running.append(box)
        threading.Thread(target=serve, args=(box, records), daemon=True).start()
        return f"127.0.0.1:{box.getsockname()[1]}"

    yield start
    for box in running:
        box.close()


Ask = Callable[..., tuple[int, str]]


@pytest.fixture
def ask(name_server: Callable[..., str], capsys: Any) -> Ask:
    def run(records: dict[str, list[str]], *arguments: str, domain: str = "example.org") -> tuple[int, str]:
        code = main(["mail-check", domain, "--server", name_server(records), *arguments])
        return code, capsys.readouterr().out

    return run


def test_all_in_place(ask: Ask) -> None:
    code, out = ask(GOOD, "--selector", "s1", domain="Ydin@Example.org")
    assert code == 0
    assert out.splitlines()[0] == "Mail from example.org"
    assert [line.split()[:2] for line in out.splitlines() if line[:1].isupper()][1:5] == [
        ["SPF", "ok"], ["DKIM", "ok"], ["DMARC", "ok"], ["MX", "ok"],
    ]  # fmt: skip
    assert "a.example.org, b.example.org" in out
    assert out.rstrip().endswith("All in place.")
    assert max(len(line) for line in out.splitlines()) <= 110


def test_nothing_there_says_what_to_publish(ask: Ask) -> None:
    code, out = ask({}, "--selector", "s1")
    assert code == 1
    for words in (
        "SPF    missing",
        '"v=spf1 include:<your relay> -all"',
        "DKIM   missing  no key at s1._domainkey.example.org",
        "_dmarc.example.org",
        "MX     missing",
        "To do: SPF, DKIM, DMARC, MX.",
    ):
        assert words in out


def test_without_a_selector_dkim_is_unknown(ask: Ask) -> None:
    code, out = ask(GOOD)
    assert code == 1
    assert "DKIM   unknown" in out
    assert "--selector" in out


def test_a_parents_policy_holds_below_it(ask: Ask) -> None:
    below = {
        **GOOD,
        "mail.example.org TXT": ['"v=spf1 -all"'],
        "mail.example.org MX": ["10 a.example.org."],
        "s1._domainkey.mail.example.org TXT": [f'"p={KEY[:250]}" "{KEY[250:]}"'],
    }
    code, out = ask(below, "--selector", "s1", domain="mail.example.org")
    assert code == 0
    assert "(at _dmarc.example.org)" in out.replace("\n" + " " * 15, " ")


@pytest.mark.parametrize("domain", ["nonsense", "a..b", "", "-"])
def test_what_is_no_domain_cannot_be_asked(ask: Ask, domain: str) -> None:
    code, out = ask({}, domain=domain) if domain != "-" else ask({}, domain="x" * 70 + ".org")
    assert (code, out.count("\n")) == (2, 1)
    assert "is no domain name" in out


def test_a_name_server_that_does_not_answer(ask: Ask) -> None:
    code, out = ask({"example.org TXT": ["SERVFAIL"]})
    assert code == 2
    assert "did not answer for example.org" in out


def test_records_that_lead_in_a_circle_end(ask: Ask) -> None:
    circle = {
        **GOOD,
        "_spf.relay.example TXT": ['"v=spf1 include:example.org include:_spf.relay.example -all"'],
    }
    assert ask(circle, "--selector", "s1")[0] == 0


@pytest.mark.parametrize(
    ("records", "lookups", "standing"),
    [
        (["v=spf1 mx -all"], 1, Standing.OK),
        (["v=spf1 mx ~all"], 1, Standing.OK),
        (["v=spf1 redirect=_spf.example.net"], 1, Standing.OK),
        (["v=spf1 mx"], 1, Standing.WEAK),
        (["v=spf1 mx ?all"], 1, Standing.WEAK),
        (["v=spf1 +all"], 0, Standing.WRONG),
        (["v=spf1 all"], 0, Standing.WRONG),
        (["v=spf1 mx -all"], 11, Standing.WRONG),
        (["v=spf1 -all", "v=spf1 mx -all"], 1, Standing.WRONG),
        ([], 0, Standing.MISSING),
    ],
)
def test_spf(records: list[str], lookups: int, standing: Standing) -> None:
    assert judge_spf("example.org", records, lookups).standing == standing


def test_spf_terms_that_ask_are_counted() -> None:
    assert spf_lookups("v=spf1 a a:b.example mx/24 ptr exists:%{i}.x include:c ip4:192.0.2.1 -all") == 6
    assert spf_lookups("v=spf1 ip6:2001:db8::/32 redirect=d.example") == 1


@pytest.mark.parametrize(
    ("records", "standing"),
    [
        ([f"v=DKIM1; p={KEY}"], Standing.OK),
        (["v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="], Standing.OK),
        (["v=DKIM1; k=ed25519; t=y; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="], Standing.WEAK),
        ([f"k=rsa; p={SHORT}"], Standing.WEAK),
        (["k=rsa; p=" + base64.b64encode(bytes(94)).decode()], Standing.WRONG),
        (["v=DKIM1; p="], Standing.WRONG),
        (["v=DKIM1; p=abc!"], Standing.WRONG),
        ([f"p={KEY}", f"p={KEY}"], Standing.WRONG),
        (["hello"], Standing.MISSING),
    ],
)
def test_dkim(records: list[str], standing: Standing) -> None:
    assert judge_dkim("s1._domainkey.example.org", records).standing == standing


@pytest.mark.parametrize(
    ("name", "record", "standing"),
    [
        ("_dmarc.example.org", "v=DMARC1; p=none; rua=mailto:x@example.org", Standing.WEAK),
        ("_dmarc.example.org", "v=DMARC1; p=reject", Standing.OK),
        ("_dmarc.example.org", "v=DMARC1; p=maybe", Standing.WRONG),
        ("_dmarc.org", "v=DMARC1; p=reject; sp=none", Standing.WEAK),
        ("_dmarc.org", "v=DMARC1; p=none; sp=quarantine", Standing.OK),
    ],
)
def test_dmarc(name: str, record: str, standing: Standing) -> None:
    assert judge_dmarc("example.org", name, [record]).standing == standing
