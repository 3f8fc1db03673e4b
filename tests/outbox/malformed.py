"""Mails that are wrong in every way we could think of, made by code: the same in every run."""

from __future__ import annotations

import base64
import itertools
import random
import zlib
from collections.abc import Iterator

GOOD = (
    b"From: Aino <aino@example.org>\r\nTo: answers@example.org\r\nSubject: Re: kutsu\r\n"
    b"Date: Thu, 04 Feb 2027 10:00:00 +0200\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n"
)
REPLY = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n"
    b"UID:6a3c7d1e-0000-4000-8000-000000000000\r\nSEQUENCE:0\r\nDTSTAMP:20270204T080000Z\r\n"
    b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:aino@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
WORDS = b"this is neither yes nor no\r\n"


def corpus() -> Iterator[tuple[str, bytes]]:
    """Give (what is wrong, the mail). None of them is an answer that a machine may take."""
    yield from _empty_and_cut()
    yield from _headers()
    yield from _charsets()
    yield from _encodings()
    yield from _trees()
    yield from _calendars()
    yield from _bombs()
    yield from _flipped()


def _empty_and_cut() -> Iterator[tuple[str, bytes]]:
    yield from [
        ("nothing", b""), ("a NUL", b"\0"), ("NULs", b"\0" * 5000), ("one line end", b"\r\n"), ("many line ends", b"\r\n" * 5000),
        ("no line end", b"From"), ("bare CR", b"From: a\rTo: b\r\r" + WORDS), ("colon", b":\r\n\r\n"),
        ("space first", b" From: a@b.fi\r\n\r\n" + WORDS), ("body without header", WORDS), ("mbox", b"From a@b.fi\r\n" + GOOD + b"\r\n" + WORDS),
        ("a zip", b"PK\x03\x04" + bytes(range(256)) * 4), ("an elf", b"\x7fELF" + bytes(2000)), ("utf-16", WORDS.decode().encode("utf-16")),
        ("utf-8 mark", b"\xef\xbb\xbf" + GOOD + b"\r\n" + WORDS), ("ends in header", GOOD),
    ]  # fmt: skip
    mixed = _multipart(
        [(b"text/plain", WORDS), (b"text/calendar; method=REPLY", REPLY.replace(b"END:VEVENT\r\n", b""))]
    )
    for at in range(40, len(mixed), max(1, len(mixed) // 30)):
        yield f"cut at {at}", mixed[:at]


def _headers() -> Iterator[tuple[str, bytes]]:
    values = [
        b"", b"\xff\xfe", b"((((((((" * 40, b'"' * 101, b"<" * 200, b"@" * 300, b"a@b@c", b"=?utf-8?b?!!!!?=", b"=?utf-8?q?=ZZ?=",
        b"=?x-none?q?abc?=", b"=?utf-8?x?abc?=", b"=?rot13?q?abc?=", b"=?utf-8?b?" + b"A" * 3000 + b"?=", b"group: a@b.fi, c@d.fi;",
        b"=?idna?q?xn--?=", b"a\0b@c.fi", b"\r\n " * 50 + b"x", b"a@[1.2.3.4", b"\\" * 500, b"=?utf-8*en?q?hi?=",
        "💥@💥.fi".encode(), b"\x1b[31mred", b"%s%n{0}", b"Mon, 99 Foo 99999 99:99:99 +9999", b"Thu, 04 Feb 0000 10:00:00 +0200",
        b"Thu, 04 Feb 2027 10:00:00 +999999999", b"Thu, 04 Feb 9999 23:59:59 -2359",
    ]  # fmt: skip
    for name, value in itertools.product((b"From", b"Date"), values):
        rest = b"".join(line + b"\r\n" for line in GOOD.splitlines() if not line.startswith(name + b":"))
        yield f"{name.decode()}: {value[:20]!r}", name + b": " + value + b"\r\n" + rest + b"\r\n" + WORDS
    for value in values:
        yield f"Subject: {value[:20]!r}", GOOD.replace(b"Re: kutsu", value) + b"\r\n" + WORDS
    yield "a header name of 70,000", b"X" * 70_000 + b": 1\r\n\r\n" + WORDS
    yield "a header value of 700,000", GOOD + b"X-A: " + b"a" * 700_000 + b"\r\n\r\n" + WORDS
    yield "20,000 headers", GOOD + b"X-A: b\r\n" * 20_000 + b"\r\n" + WORDS
    yield "200 From", b"From: a@b.fi\r\n" * 200 + b"\r\n" + WORDS
    yield "30,000 folds", GOOD + b"X-A: a\r\n" + b" b\r\n" * 30_000 + b"\r\n" + WORDS


def _charsets() -> Iterator[tuple[str, bytes]]:
    names = [
        b"", b"x-unknown", b"rot13", b"zlib", b"bz2", b"hex", b"base64", b"unicode_escape", b"raw_unicode_escape", b"punycode",
        b"idna", b"utf-7", b"utf-16", b"utf-32", b"undefined", b"mbcs", b"../../etc/passwd", b"utf-8; charset=latin-1",
        b"utf-8\0", b'"utf-8', b"us-ascii", b"iso-8859-99", b"windows-1259", b"a" * 5000, b"utf-8''x", "ä".encode(),
    ]  # fmt: skip
    for name in names:
        yield (
            f"charset {name[:20]!r}",
            GOOD + b"Content-Type: text/plain; charset=" + name + b"\r\n\r\n\xff\xfe\x00 " + WORDS,
        )
    for name in (b"zlib", b"hex", b"punycode"):
        packed = base64.b64encode(zlib.compress(b"a" * 1_000_000))
        head = b"Content-Type: text/plain; charset=" + name + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        yield f"packed {name!r}", GOOD + head + packed
    yield "rfc 2231 charset", GOOD + b"Content-Type: text/plain; charset*=utf-8'en'%FF%FE\r\n\r\n" + WORDS
    yield (
        "rfc 2231 pieces",
        GOOD + b"Content-Type: text/plain; charset*1=8; charset*0=utf-; charset*9=x\r\n\r\n" + WORDS,
    )
    yield "rfc 2231 name", GOOD + b"Content-Type: text/plain; name*0*=x-none''%E4; name*1*=%\r\n\r\n" + WORDS


def _encodings() -> Iterator[tuple[str, bytes]]:
    for name, body in itertools.product(
        (b"base64", b"quoted-printable", b"x-uuencode", b"7bit", b"binary", b"gzip", b"", b"base64; x=1"),
        (
            b"!!!!",
            b"=",
            b"=\r\n=\r\n=ZZ",
            b"begin 644 x\r\nM" + b"\xff" * 60 + b"\r\nend\r\n",
            b"A" * 1001,
            b"begin\r\n",
        ),
    ):
        head = b"Content-Type: text/plain\r\nContent-Transfer-Encoding: " + name + b"\r\n\r\n"
        yield f"{name!r} of {body[:10]!r}", GOOD + head + body


def _multipart(parts: list[tuple[bytes, bytes]], boundary: bytes = b"b", kind: bytes = b"mixed") -> bytes:
    head = GOOD + b"Content-Type: multipart/" + kind + b'; boundary="' + boundary + b'"\r\n\r\n'
    inner = b"".join(
        b"--" + boundary + b"\r\nContent-Type: " + t + b"\r\n\r\n" + c + b"\r\n" for t, c in parts
    )
    return head + inner + b"--" + boundary + b"--\r\n"


def _trees() -> Iterator[tuple[str, bytes]]:
    text = (b"text/plain", WORDS)
    yield "no boundary", GOOD + b"Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\n" + WORDS
    yield "empty boundary", _multipart([text], b"")
    yield "boundary of 10,000", _multipart([text], b"b" * 10_000)
    yield "boundary that is never met", GOOD + b"Content-Type: multipart/mixed; boundary=q\r\n\r\n" + WORDS
    yield "boundary like a pattern", _multipart([text], b"(a+)+$")
    yield "same boundary inside", _multipart([(b"multipart/mixed; boundary=b", b"--b\r\n\r\n" + WORDS)])
    yield (
        "text/calendar as multipart",
        GOOD + b"Content-Type: text/calendar; boundary=b\r\n\r\n--b\r\n\r\n" + WORDS,
    )
    yield "message/rfc822 of nothing", GOOD + b"Content-Type: message/rfc822\r\n\r\n"
    yield "an answer in a mail inside", _multipart([(b"message/rfc822", GOOD + b"\r\ntulen\r\n")])
    yield (
        "delivery status of rubbish",
        _multipart([(b"message/delivery-status", b"\0\r\n\r\n:\r\n\r\n")], kind=b"report"),
    )
    yield "delivery status of text", GOOD + b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n"
    yield "partial", GOOD + b"Content-Type: message/partial; id=1; number=1; total=9\r\n\r\n" + WORDS
    yield (
        "external body",
        GOOD + b'Content-Type: message/external-body; access-type=URL; URL="file:///etc/passwd"\r\n\r\n\r\n',
    )
    for depth in (20, 55, 70, 500, 3000):
        nested = b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(depth)
        )
        yield f"{depth} deep", GOOD + nested + b"\r\n" + WORDS
        mails = b"".join(b"Content-Type: message/rfc822\r\n\r\n" for _ in range(depth))
        yield f"{depth} mails deep", GOOD + mails + WORDS
    for count in (50, 500, 3000, 100_000):
        yield f"{count} parts", _multipart([(b"text/plain", b"x")] * 1)[:-8] + b"--b\r\n\r\nx\r\n" * count
    for kind in (
        b"",
        b"/",
        b"text",
        b"text/",
        b"/plain",
        b"text/plain/x",
        b"\xff/\xff",
        b"text/plain; " + b"a=b; " * 3000,
    ):
        yield f"type {kind[:20]!r}", GOOD + b"Content-Type: " + kind + b"\r\n\r\n" + WORDS


def _calendars() -> Iterator[tuple[str, bytes]]:
    event = REPLY.replace(b"METHOD:REPLY\r\n", b"")
    attendee = b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:aino@example.org\r\n"
    changes = {
        "no method": event,
        "another method": REPLY.replace(b"METHOD:REPLY", b"METHOD:REQUEST"),
        "cancel": REPLY.replace(b"METHOD:REPLY", b"METHOD:CANCEL"),
        "no attendee": REPLY.replace(attendee, b""),
        "two attendees": REPLY.replace(attendee, attendee + attendee.replace(b"aino", b"eero")),
        "a sequence of words": REPLY.replace(b"SEQUENCE:0", b"SEQUENCE:zero"),
        "a sequence below nothing": REPLY.replace(b"SEQUENCE:0", b"SEQUENCE:-1"),
        "a sequence beyond numbers": REPLY.replace(b"SEQUENCE:0", b"SEQUENCE:" + b"9" * 5000),
        "two events": REPLY.replace(b"END:VCALENDAR", b"BEGIN:VEVENT\r\nUID:2\r\nEND:VEVENT\r\nEND:VCALENDAR"),
        "the same event twice": REPLY.replace(
            b"END:VCALENDAR", REPLY[REPLY.index(b"BEGIN:VEVENT") : REPLY.index(b"END:VCALENDAR")] + b"END:VCALENDAR"
        ),
        "one evening of many": REPLY.replace(b"SEQUENCE:0", b"RECURRENCE-ID:20270204T153000Z\r\nSEQUENCE:0"),
        "no event": REPLY.replace(b"VEVENT", b"VTODO"),
        "delegated to nobody": REPLY.replace(b"ACCEPTED", b"DELEGATED"),
        "delegated to rubbish": REPLY.replace(b"ACCEPTED", b'DELEGATED;DELEGATED-TO="mailto:a b <c>"'),
        "delegated to two": REPLY.replace(b"ACCEPTED", b'DELEGATED;DELEGATED-TO="mailto:a@b.fi","mailto:c@d.fi"'),
        "not closed": REPLY[: REPLY.index(b"END:VEVENT")],
        "closed twice": REPLY + b"END:VCALENDAR\r\n",
        "open for ever": b"BEGIN:VCALENDAR\r\n" * 1500,
        "events in events": REPLY.replace(b"END:VEVENT", b"BEGIN:VEVENT\r\n" * 500),
        "5,000 events": b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n" + b"BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n" * 5000,
        "a line of 60,000": REPLY.replace(b"SEQUENCE:0", b"SEQUENCE:0\r\nX-A:" + b"a" * 60_000).replace(attendee, b""),
        "30,000 parameters": REPLY.replace(b"PARTSTAT=ACCEPTED", b"PARTSTAT=X" + b";A=b" * 15_000),
        "every second for ever": REPLY.replace(b"SEQUENCE:0", b"RRULE:FREQ=SECONDLY\r\nSEQUENCE:x"),
        "too large": REPLY + b"X" * 70_000,
        "quotes": REPLY.replace(b"PARTSTAT=ACCEPTED", b'CN="' + b'"' * 999),
        "NUL": REPLY.replace(b"ACCEPTED", b"ACC\0EPTED"),
        "utf-16": REPLY.decode().encode("utf-16"),
        "half a letter": REPLY.replace(b"ACCEPTED", b"ACCEPTE\xc3"),
        "only a name": REPLY.replace(b"PARTSTAT=ACCEPTED", b"PARTSTAT"),
    }  # fmt: skip
    for name, raw in changes.items():
        yield (
            f"calendar: {name}",
            _multipart([(b"text/calendar; method=REPLY; charset=utf-8", raw)], kind=b"alternative"),
        )
    zone = (
        b"BEGIN:VTIMEZONE\r\nTZID:Own\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nRRULE:FREQ=SECONDLY\r\n"
        b"TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0200\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    endless = REPLY.replace(b"BEGIN:VEVENT", zone * 20 + b"BEGIN:VEVENT").replace(attendee, b"")
    yield "calendar: zones for ever", _multipart([(b"text/calendar; method=REPLY", endless)])
    for kind in (
        b"application/zip; name=invite.ics",
        b"application/octet-stream; name=x.ics",
        b"text/x-vcalendar",
    ):
        yield f"calendar as {kind!r}", _multipart([(kind, REPLY[:150])])


def _bombs() -> Iterator[tuple[str, bytes]]:
    html = b"Content-Type: text/html\r\n\r\n"
    for name, body in [
        ("<div> 60,000 times", b"<div>" * 60_000), ("<", b"<" * 60_000), ("<!", b"<!" * 30_000), ("<a ", b"<a " * 20_000),
        ("&#", b"&#" * 30_000), ("&", b"&a" * 30_000), ("</", b"</" * 30_000), ("<!--", b"<!--" * 15_000), ("<![", b"<![" * 20_000),
        ("<?", b"<?" * 30_000), ('<a b="', b'<a b="' + b"x" * 60_000), ("style", b"<style>" * 5000 + b"tulen"), ("&#99999999;", b"&#99999999999;" * 2000),
        ("hidden", b"<script>tulen</script>"), ("quoted", b"<blockquote>tulen</blockquote>"),
    ]:  # fmt: skip
        yield f"html: {name}", GOOD + html + body
    for name, body in [
        ("spaces", b" " * 500_000), ("lines", b"a\r\n" * 200_000), ("one long line", b"tulen " * 100_000), ("quotes", b">" * 300_000),
        ("On On On", b"On " * 100_000), ("On ... wrote", (b"On " + b"a" * 190 + b"\r\n") * 3000), ("-----", b"-" * 300_000), ("____", b"_" * 300_000),
        ("From:", b"From: a\r\n" * 30_000), ("combining", "a\u0301".encode() * 50_000), ("direction", "\u202etulen?".encode()),
        ("emoji", "😀".encode() * 50_000), ("an answer after 1 MiB", b"x" * (1024 * 1024) + b"\r\n\r\ntulen"),
    ]:  # fmt: skip
        yield f"text: {name}", GOOD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + body


def _flipped() -> Iterator[tuple[str, bytes]]:
    """A reply whose answer was taken out, with bytes turned at random places. The seed is fixed."""
    draw = random.Random(20270204)
    whole = _multipart(
        [(b"text/plain", WORDS), (b"text/calendar; method=REPLY", REPLY.replace(b"ACCEPTED", b"X-NONE"))]
    )
    for number in range(40):
        raw = bytearray(whole)
        for _ in range(draw.randint(1, 40)):
            raw[draw.randrange(len(raw))] = draw.randrange(256)
        yield f"flipped {number}", bytes(raw)
