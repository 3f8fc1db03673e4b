"""Text of a mail, whatever its sender claims about it. Nothing here fails."""

from __future__ import annotations

import re
from email.header import decode_header
from email.message import Message
from html.parser import HTMLParser

LONGEST_HEADER = 400
LONGEST_TEXT = 64 * 1024
_KNOWN = re.compile(
    r"utf-?8|us-ascii|ascii|latin-?1|iso-?8859-\d{1,2}|windows-125\d|cp125\d|koi8-[ru]|utf-16(le|be)?|"
    r"gb2312|gb18030|big5|shift_jis|euc-(jp|kr)|iso-2022-jp"
)
"""Character sets that are read. Others are not even looked up: Python has codecs that unpack or never end."""
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_BREAKS = {"br", "p", "div", "tr", "li", "h1", "h2", "h3", "table", "hr"}
_UNSEEN = {"script", "style", "head", "title"}
_QUOTES = re.compile(r"gmail_quote|moz-cite-prefix|divRplyFwdMsg|appendonsend|yahoo_quoted|protonmail_quote")


def as_text(raw: bytes, charset: str | None) -> str:
    """Return the bytes as text with plain line ends, at most 64 KiB of it, without control characters."""
    raw = raw[: LONGEST_TEXT * 4]
    name = (charset or "").strip().lower()
    if not _KNOWN.fullmatch(name):
        name = "utf-8"
    try:
        text = raw.decode(name)
    except (UnicodeError, LookupError):
        text = raw.decode("utf-8", "replace")
        if "\ufffd" in text:
            text = raw.decode("latin-1")
    return clean(text)


def clean(text: str) -> str:
    """Return the text without control and direction characters, its lines ended by a newline."""
    plain = text[:LONGEST_TEXT].replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", plain).replace("\xa0", " ")


def header(mail: Message, name: str) -> str:
    """Return a header as one line of text, encoded words read, cut to 400 characters."""
    value = mail.get(name)
    if value is None:
        return ""
    raw = " ".join(str(value)[: LONGEST_HEADER * 4].split())
    try:
        parts = decode_header(raw)
    except (ValueError, LookupError, AssertionError):
        parts = [(raw, None)]
    said = "".join(p if isinstance(p, str) else as_text(p, charset) for p, charset in parts)
    return " ".join(clean(said).split())[:LONGEST_HEADER]


def html_as_text(html: str) -> str:
    """Return what a reader sees of an HTML letter, up to where it quotes an earlier one."""
    reader = _Reader()
    for start in range(0, min(len(html), LONGEST_TEXT // 2), 4096):  # a broken tag costs its piece squared
        if reader.is_done:
            break
        reader.feed(html[start : start + 4096])
    return "\n".join(" ".join(line.split()) for line in "".join(reader.said).splitlines())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.is_done = False
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "blockquote" or any(k in {"class", "id"} and _QUOTES.search(v or "") for k, v in attrs):
            self.is_done = True
        self._unseen += tag in _UNSEEN
        if tag in _BREAKS:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        if tag in _BREAKS:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen and not self.is_done:
            self.said.append(" ".join(data.splitlines()) if data.strip() else " ")
