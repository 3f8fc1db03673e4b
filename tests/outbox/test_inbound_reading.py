"""Reading mails: ordinary ones, and a few hundred that nobody should send."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.outbox.mails import plain_mail
from tests.outbox.malformed import corpus

from ydin.meetings.rules.replies import classify
from ydin.meetings.rules.replies_calendar import read_calendar
from ydin.outbox.rules.bounces import Fate
from ydin.outbox.rules.inbound import LARGEST_CALENDAR, ReadMail, fingerprint, read_mail

NOON = datetime(2027, 2, 4, 12, 0, tzinfo=UTC)
PIECES = [
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n", b"--x\r\n", b"--x--\r\n", b"\r\n", b"\0",
    b"Content-Type: text/calendar; method=REPLY\r\n", b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Type: text/plain; charset=", b"utf-7", b"rot13", b"\xff\xfe", b"=?utf-8?b?", b"?=",
    b"From: ", b"((((", b'"', b"<a@b>", b"BEGIN:VCALENDAR\r\n", b"METHOD:REPLY\r\n", b"BEGIN:VEVENT\r\n",
    b"UID:1\r\n", b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.fi\r\n", b"SEQUENCE:", b"99999999999999999999",
    b"END:VEVENT\r\n", b"END:VCALENDAR\r\n", b"DTSTART;TZID=", b"Europe/Helsinki:20270204T173000\r\n",
    b"RRULE:FREQ=SECONDLY\r\n", b"Date: ", b"Mon, 99 Foo 99999 99:99:99 +9999", b"tulen", b"> ", b"\r",
]  # fmt: skip


def read(raw: bytes, sender: str = "a@example.org") -> ReadMail:
    return read_mail(raw, sender, NOON)


def calendar_lines(*lines: str) -> bytes:
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:REPLY", *lines, "END:VCALENDAR", ""]
    ).encode()


def test_every_malformed_mail_is_read_without_harm_and_gives_no_answer() -> None:
    """No crash, no answer, and no mail costs more than a moment. The corpus is the same in every run."""
    mails = list(corpus())
    assert len(mails) >= 200
    assert len({raw for _name, raw in mails}) == len(mails)
    for name, raw in mails:
        begun = time.process_time()
        seen = read(raw)
        calendars = [read_calendar(c) for c in seen.calendars]
        given = [classify(seen.text), *(c.answer for c in calendars if c is not None)]
        assert time.process_time() - begun < 2, name
        assert [answer for answer in given if answer is not None] == [], name
        assert len(seen.text) <= 64 * 1024, name
        assert all(len(c) <= LARGEST_CALENDAR for c in seen.calendars), name
        assert "\0" not in seen.text + seen.subject + seen.from_address + seen.from_name, name


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=40)), max_size=30))
def test_any_bytes_are_read(pieces: list[bytes]) -> None:
    raw = b"".join(pieces)
    seen = read(raw)
    assert seen.from_address.count("@") <= 1
    fingerprint("r-1-2", raw)
    for calendar in (*seen.calendars, raw):
        read_calendar(calendar)
    classify(seen.text)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([
    "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "UID:1", "UID:2", "SEQUENCE:-1", "SEQUENCE:x",
    "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.fi", "ATTENDEE:", "ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=x:y",
    "DTSTART:99999999T999999Z", "DTSTART;TZID=Nowhere/Land:20270204T173000", "DTEND;VALUE=PERIOD:1/2",
    "RRULE:FREQ=SECONDLY;COUNT=1000000000", "RECURRENCE-ID:20270204T173000Z", "COMMENT:" + "a" * 5000, " folded",
    'X;Y="', "METHOD:CANCEL", "BEGIN:X", "END:VCALENDAR", "GEO:a;b", "DURATION:-P1Y", "",
]), max_size=25))  # fmt: skip
def test_any_calendar_is_read(lines: list[str]) -> None:
    found = read_calendar(calendar_lines(*lines))
    assert found is None or (0 <= found.sequence < 2**31 and len(found.comment) <= 500)


@given(st.text(max_size=300))
def test_text_that_is_no_answer_is_none(text: str) -> None:
    """Words between which an answer stands do not make one."""
    assert classify(f"mutta {text} tulen") is None
    assert classify(f"{text}?") is None


def test_an_ordinary_mail_is_read() -> None:
    seen = read(plain_mail("x@example.org", "Kyllä, tulen.\n", sender="aino@example.org"))
    assert (seen.from_name, seen.from_address) == ("Aino Rantala", "aino@example.org")
    assert seen.text.strip() == "Kyllä, tulen."
    assert not seen.automatic
    assert seen.readable


def test_html_alone_is_read_up_to_its_quote() -> None:
    html = (
        "<html><head><style>p{}</style></head><body><div>En p&auml;&auml;se, valitettavasti.</div>"
        '<div class="gmail_quote">pe 1.1. Ydin kirjoitti:<blockquote>Tulen</blockquote></div></body></html>'
    )
    raw = b"From: a@b.fi\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.encode()
    assert classify(read(raw).text) == "not_coming"


@pytest.mark.parametrize(
    ("charset", "said"),
    [("iso-8859-1", "kyllä"), ("windows-1252", "kyllä"), ("x-unknown", "kyllä"), ("utf-8", "kyllä")],
)
def test_letters_are_read_whatever_their_charset_says(charset: str, said: str) -> None:
    body = said.encode("utf-8" if charset in {"utf-8", "x-unknown"} else charset)
    raw = f"From: a@b.fi\r\nContent-Type: text/plain; charset={charset}\r\n\r\n".encode() + body
    assert classify(read(raw).text) == "coming"


def test_the_same_mail_has_one_fingerprint_and_others_another() -> None:
    raw = plain_mail("x@example.org", "tulen")
    assert fingerprint("r-1-2", raw) == fingerprint("r-1-2", b"Received: from a\r\n" + raw)
    assert fingerprint("r-1-2", raw) != fingerprint("r-1-3", raw)
    assert fingerprint("r-1-2", raw) != fingerprint("r-1-2", raw + b"x")


def bounce(status: str, action: str = "failed", code: str = "smtp; 550 5.1.1 no such user") -> bytes:
    return (
        "From: MAILER-DAEMON@mx.example.org\r\nContent-Type: multipart/report; report-type=delivery-status;"
        ' boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\n'
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; a@b.fi\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: {code}\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\ntulen\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("raw", "fate"),
    [
        (bounce("5.1.1"), Fate.REFUSED),
        (bounce("5.2.2", code="smtp; 552 5.2.2 mailbox full"), Fate.FAILED),
        (bounce("4.4.1"), Fate.FAILED),
        (bounce("4.4.1", "delayed"), Fate.DELAYED),
        (bounce("2.0.0", "delivered"), Fate.ARRIVED),
        (
            b"From: MAILER-DAEMON@qmail.example\r\nSubject: failure notice\r\n\r\nHi. This is the qmail-send\r\n",
            Fate.FAILED,
        ),
    ],
)
def test_reports_of_servers(raw: bytes, fate: Fate) -> None:
    report = read(raw, "").report
    assert report is not None
    assert report.fate == fate


def test_a_vacation_note_to_the_envelope_is_no_report() -> None:
    raw = b"From: a@b.fi\r\nSubject: Automatic reply: away\r\nAuto-Submitted: auto-replied\r\n\r\nAway\r\n"
    seen = read(raw, "")
    assert seen.report is None
    assert seen.automatic


def words() -> Iterator[tuple[str, str | None]]:
    yield from [
        ("tulen", "coming"), ("Tulen!", "coming"), ("Kyllä tulen. Kiitos kutsusta!", "coming"), ("Joo 👍", "coming"),
        ("ja", "coming"), ("Jag kommer gärna, tack!", "coming"), ("Yes", "coming"), ("I'll be there", "coming"),
        ("Hei Kaisa!\n\nOlen tulossa.\n\nTerveisin\nAino Rantala\nPuupaja Honka Oy\n040 123 4567", "coming"),
        ("Tulen\n\nLähetetty iPhonesta", "coming"), ("Kommer\n\nAino", "coming"),
        ("en pääse", "not_coming"), ("En valitettavasti pääse tulemaan.", "not_coming"), ("en tule", "not_coming"),
        ("nej", "not_coming"), ("Tyvärr kan jag inte komma", "not_coming"), ("kan inte", "not_coming"),
        ("no, sorry", "not_coming"), ("Sorry, can’t make it", "not_coming"), ("Ei kiitos", "not_coming"),
        ("ehkä", "maybe"), ("kanske", "maybe"), ("maybe", "maybe"), ("Not sure yet, sorry", "maybe"),
        ("tulen, mutta myöhässä", None), ("en tiedä tulenko", None), ("Tulen?", None), ("yes, sorry", None),
        ("Tulen 👎", None), ("Kommer 2", None), ("ok", None), ("Kiitos!", None), ("", None), ("> tulen", None),
        ("Yes\nbut my wife cannot", None), ("Jag kommer inte att missa det", None), ("Ei tule ongelmaa, tulen", None),
        ("No problem", None), ("Nej men vad roligt, jag kommer", None), ("Tulen\nAino\nPS. en sittenkään pääse", None),
        ("Please unsubscribe me", None), ("no\nyes", None), ("en pääse jos sataa", None), ("Kyllä se siitä", None),
        ("On Monday I will come", None), ("From: a@b.fi\ntulen", None),
        ("tulen\n\nma 1. helmik. 2027 klo 10.00 Ydin (vastaus@example.org) kirjoitti:\n> en pääse", "coming"),
        ("nej\n\nDen mån 1 feb. 2027 kl 10:00 skrev Ydin <a@b.fi>:\n> ja", "not_coming"),
        ("yes\n\nOn Mon, 1 Feb 2027 at 10:00, Ydin\n<answers@example.org> wrote:\n> no", "coming"),
        ("tulen\n\n________________________________\nLähettäjä: Ydin\nAihe: Kutsu", "coming"),
        ("yes\n\n-----Original Message-----\nFrom: Ydin\nSent: Monday", "coming"),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "answer"), list(words()))
def test_plain_words(text: str, answer: str | None) -> None:
    assert classify(text, ["Aino Rantala", "Puupaja Honka Oy"]) == answer


def test_the_corpus_is_what_it_says() -> None:
    """Most of it even opens as mail, so that more than the outermost guard is tried."""
    opened = sum(read(raw).readable for _name, raw in corpus())
    assert opened > 150
    assert message_from_bytes(next(iter(corpus()))[1]) is not None
