"""Each page that takes or shows what people wrote says who reads it, and the names are one tap away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src/ydin"
PAGES = {
    str(path.relative_to(folder)): path
    for folder in sorted(PACKAGE.glob("*/templates"))
    for path in sorted(folder.rglob("*.html"))
    if "email" not in path.parts and folder.parent.name not in {"ui", "demo"}
}
LABEL = re.compile(r"{% (audience|seen_by) [^%]*%}|data-label=\"{% translate \"Seen by\" %}\"")
NAMELESS = re.compile(r"{% audience (\w+) %}")
INCLUDED = re.compile(r"{% include \"([^\"]+)\"")
WORDS = re.compile(
    r"{% (?:translate|blocktranslate)[^%]*?(?:\"([^\"]+)\" as (\w+)|asvar (\w+)[^%]*%}([^{]+))"
)
POSTS = re.compile(r"<form[^>]*method=\"post\"", re.IGNORECASE)

SAYS_ALL = re.compile(r"everybody|you alone|This list is seen by those who stand in it", re.IGNORECASE)
"""Words after which no list is owed: there is none, it is the reader, or it is the page."""

SIGNING_IN = "signs somebody in or out; nothing is written that anybody reads"
PIECE = "a piece of pages that carry the label themselves"
UNLABELLED = {
    "access/network.html": "one switch of the network, about nobody",
    "account/confirm_login_code.html": SIGNING_IN,
    "account/logout.html": SIGNING_IN,
    "account/request_login_code.html": SIGNING_IN,
    "mfa/authenticate.html": SIGNING_IN,
    "mfa/reauthenticate.html": SIGNING_IN,
    "mfa/recovery_codes/generate.html": SIGNING_IN,
    "mfa/totp/activate_form.html": SIGNING_IN,
    "mfa/totp/deactivate_form.html": SIGNING_IN,
    "mfa/webauthn/add_form.html": SIGNING_IN,
    "mfa/webauthn/authenticator_confirm_delete.html": SIGNING_IN,
    "mfa/webauthn/reauthenticate.html": SIGNING_IN,
    "privacy/again.html": SIGNING_IN,
    "privacy/undo.html": "takes a wish back; nothing of it stays to be read",
    "people/unsubscribe.html": "turns letters off; the page behind its link says that choices are the reader's alone",
    "calendar/event_form.html": "the form's own field asks who reads it, and the change is said before it happens",
    "experiments/_along.html": PIECE,
    "ideas/_talk_row.html": PIECE,
    "stories/_texts.html": PIECE,
    "stories/_together.html": PIECE,
    "groups/import/companies.html": "a file is chosen; the next page says who sees it, before anything is written",
    "networks/import/municipalities.html": "as above; about no person",
    "networks/import/confirm.html": PIECE,
    "meetings/answers/_pile.html": PIECE,
    "meetings/evening/_check_in_visitor.html": PIECE,
    "meetings/evening/_promise_row.html": PIECE,
    "meetings/evening/_row.html": PIECE,
    "meetings/planning/_actions.html": PIECE,
    "meetings/planning/_todo_item.html": PIECE,
}  # fmt: skip
"""Pages with a form and no label, each with the reason."""

STRANGER = "a stranger reads it; who coordinates is told by name only where they agreed to it"
NO_NAMES = {
    "meetings/answers/_answer_box.html": "a visitor is not told which companies sit in the group; members are",
    "home/accessibility.html": STRANGER,
    "meetings/evening/check_in_door.html": "whoever stands at the door reads it; the group is not named to them",
    "groups/company.html": "a member may not learn from it in which other groups a company sits",
    "people/settings.html": "the page with every name is one link below",
    "networks/outsiders/pledge.html": "by link; signed in the names are there",
    "privacy/consent_link.html": "by link, without signing in: the letter may have been passed on",
    "privacy/review.html": "who reads the text is said where it stands; here its coordinators decide",
    "outbox/message.html": "the receiver's name stands in the words",
    "calendar/event.html": "a draft: its coordinators come from the network's page",
}  # fmt: skip
"""Pages with a label whose names are not one tap away, each with the reason."""


def _whole(name: str) -> str:
    """Return a page with the pieces that it includes."""
    text = PAGES[name].read_text() if name in PAGES else ""
    return text + "".join(_whole(piece) for piece in INCLUDED.findall(text) if piece in PAGES)


QUOTES = re.compile(r"{{ (?:\w+\.)?(said|message|reason|note|answer)\b")
LETTERS = {
    str(path.relative_to(PACKAGE)): path.read_text()
    for path in sorted(PACKAGE.glob("*/templates/*/email/*.html"))
}
TO_YOU = "written to its receiver, who is the only one to read it"
QUIET_LETTERS = {
    "groups/templates/groups/email/address_failing.html": "the words are a mail server's",
    "groups/templates/groups/email/application_declined.html": TO_YOU,
    "groups/templates/groups/email/application_welcomed.html": TO_YOU,
    "home/templates/home/email/feedback_answered.html": TO_YOU,
    "meetings/templates/meetings/email/_answer_facts.html": "what the host tells those who are invited",
    "meetings/templates/meetings/email/reply_refused.html": "quotes the receiver to themselves",
}  # fmt: skip
"""Letters that quote somebody without saying who else reads it, each with the reason."""


def test_a_letter_that_quotes_somebody_says_who_else_reads_it() -> None:
    quoting = {name for name, text in LETTERS.items() if QUOTES.search(text)}
    silent = {name for name in quoting if 'class="audience"' not in LETTERS[name]}
    assert sorted(silent - set(QUIET_LETTERS)) == []
    assert sorted(set(QUIET_LETTERS) - silent) == []


@pytest.mark.parametrize("name", [n for n in PAGES if POSTS.search(PAGES[n].read_text())])
def test_a_page_that_takes_something_says_who_reads_it(name: str) -> None:
    assert LABEL.search(_whole(name)) or name in UNLABELLED, "add {% seen_by … %}, or give the reason here"


@pytest.mark.parametrize("name", [n for n in PAGES if NAMELESS.search(PAGES[n].read_text())])
def test_the_names_behind_a_label_are_one_tap_away(name: str) -> None:
    text = PAGES[name].read_text()
    for label in NAMELESS.finditer(text):
        before = LABEL.split(text[: label.start()])[-1]
        said = [
            (variable or block, plain or words) for plain, variable, block, words in WORDS.findall(before)
        ]
        words = {one for variable, one in said if variable == label[1]} or {""}
        assert all(SAYS_ALL.search(one) for one in words) or name in NO_NAMES, (
            f"{words}: who are they, by name?"
        )


def test_every_reason_is_still_needed() -> None:
    assert sorted(n for n in UNLABELLED if n not in PAGES or LABEL.search(_whole(n))) == []
    assert sorted(n for n in NO_NAMES if n not in PAGES or not NAMELESS.search(PAGES[n].read_text())) == []
    assert all({**UNLABELLED, **NO_NAMES}.values())
