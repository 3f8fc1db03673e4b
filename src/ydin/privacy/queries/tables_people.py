"""The register, first part: people, companies, letters, calendars, and the rights themselves."""

from __future__ import annotations

from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ydin.privacy.queries.registry import Expiry, Table, blank
from ydin.privacy.rules import Basis, Fate

SELF: Final = _("You alone")
COORDINATORS: Final = _("You and the coordinators")
NETWORK: Final = _("Your groups and the network's coordinators")
SIGNING_IN: Final = _("Letting you in, and nobody else")
ACTING: Final = _("Knowing who acts for a company or coordinates")
MAIL: Final = _("Invitations and other letters, and proof that they left")
RIGHTS: Final = _("Keeping to your rights over your data")
AS_LONG: Final = _("As long as you are a member of the site")
HISTORY: Final = _("As long as the network, since counts rest on it; without your name once you are erased")
_CLOSED = ("declined", "withdrawn", "moved", "accepted")

PEOPLE: Final = [
    Table(
        "people.person", _("Your details"), ACTING, Basis.AGREEMENT, AS_LONG, NETWORK,
        whose=("pk",), secrets=("password",), change="people:settings",
    ),
    Table(
        "people.notificationchoice", _("Which letters you want"), MAIL, Basis.AGREEMENT, AS_LONG, SELF,
        whose=("person",), fate=Fate.DELETED, change="people:letters",
    ),
    Table(
        "people.addressproblem", _("Mail that did not reach you"), MAIL, Basis.INTEREST,
        _("A year after the last trouble"), COORDINATORS, addresses=("address",), fate=Fate.DELETED,
        expiry=Expiry(365, "last_at"),
    ),
    Table(
        "account.emailaddress", _("Addresses for signing in"), SIGNING_IN, Basis.AGREEMENT, AS_LONG, SELF,
        whose=("user",), fate=Fate.DELETED,
    ),
    Table(
        "mfa.authenticator", _("Passkeys and second steps"), SIGNING_IN, Basis.AGREEMENT, AS_LONG, SELF,
        whose=("user",), secrets=("data",), fate=Fate.DELETED, change="access:safety",
    ),
    Table(
        "access.session", _("Where you are signed in"), SIGNING_IN, Basis.AGREEMENT, _("Two months after the last use"),
        SELF, whose=("person",), secrets=("session_key", "session_data"), fate=Fate.DELETED, change="access:safety",
    ),
    Table(
        "calendar.feedaddress", _("Your calendar addresses"), _("Showing your evenings in your calendar"),
        Basis.AGREEMENT, AS_LONG, SELF, whose=("person",), fate=Fate.DELETED, change="calendar:mine",
    ),
    Table(
        "calendar.apppassword", _("Passwords of calendar programs"), _("Showing your evenings in your calendar"),
        Basis.AGREEMENT, AS_LONG, SELF, whose=("person",), secrets=("digest",), fate=Fate.DELETED,
        change="calendar:mine",
    ),
    Table(
        "calendar.syncstate", _("What your calendar program was told"), _("Showing your evenings in your calendar"),
        Basis.AGREEMENT, _("Some weeks"), SELF, whose=("person",), secrets=("token", "items"), fate=Fate.DELETED,
    ),
    Table(
        "outbox.message", _("Letters to you"), MAIL, Basis.AGREEMENT, _("A year"), SELF,
        whose=("person",), addresses=("to_address",), fate=Fate.EMPTIED,
        emptied={
            **blank("to_name", "reply_to", "subject", "text", "html", "calendar", "last_error"),
            "to_address": "nobody@former.invalid", "headers": {},
        },
        copies=("to_name", "subject", "text", "html", "calendar", "headers", "reply_to", "last_error"),
        secrets=("headers", "reply_to", "html", "calendar", "dedupe_key", "slot_at", "leased_until"),
        group="group_id",
        expiry=Expiry(365, "created_at", ~Q(state__in=["queued", "sending"])),
    ),
    Table(
        "outbox.inboundmail", _("Letters from you"), _("Taking your answer by mail"), Basis.AGREEMENT,
        _("Some weeks; what they said goes first"), SELF, addresses=("sender",), fate=Fate.EMPTIED,
        emptied={"sender": "", "raw": b""}, secrets=("raw", "fingerprint", "ids"),
    ),
    Table(
        "networks.enterprise", _("Your company"), _("Knowing the network's companies"), Basis.PUBLIC_TASK, HISTORY,
        NETWORK, beside=("representatives__person",), texts=("name", "description", "address"), network="network_id",
        change="home:mine",
    ),
    Table(
        "networks.representative", _("For whom you act"), ACTING, Basis.AGREEMENT, HISTORY, NETWORK,
        whose=("person",), fate=Fate.EMPTIED, emptied=blank("title"),
        network="enterprise__network_id",
    ),
    Table(
        "networks.contactcard", _("How to reach you"), _("Reaching you when something changes"), Basis.AGREEMENT,
        AS_LONG, _("Coordinators; the group if you share it"), whose=("representative__person",),
        fate=Fate.DELETED, change="home:mine",
    ),
    Table(
        "networks.roleassignment", _("Your role in the network"), ACTING, Basis.AGREEMENT, HISTORY, NETWORK,
        whose=("person",), network="network_id",
    ),
    Table(
        "networks.outsidercommitment", _("Commitments that you signed"), _("Keeping what companies tell"),
        Basis.AGREEMENT, _("As proof, by number"), _("You, your institute and the network's coordinators"),
        whose=("person",), beside=("recorded_by",), network="network_id",
    ),
    Table(
        "networks.importbatch", _("Tables that you brought in"), _("Bringing companies in from a table"),
        Basis.PUBLIC_TASK, _("A month"), SELF, whose=("uploaded_by",), fate=Fate.DELETED,
        copies=("file_name", "preview", "result"), secrets=("content", "preview", "result"), network="network_id",
        emptied={"file_name": "", "preview": {}, "result": {}, "content": b""}, expiry=Expiry(30, "created_at"),
    ),
    Table(
        "audit.entry", _("What you did and what was done to your data"), _("Showing who did what"), Basis.DUTY,
        _("As long as the network; by number, without names"), _("Each line says who reads it"),
        whose=("actor", "of_person"),
    ),
    Table(
        "home.feedback", _("Feedback on the site"), _("Answering feedback"), Basis.DUTY,
        _("The address a year after the answer, the words longer"), _("The network's coordinators"),
        addresses=("email",), fate=Fate.EMPTIED, emptied=blank("email"), texts=("message", "answer", "page"),
        network="network_id", expiry=Expiry(365, "answered_at", ~Q(email=""), Fate.EMPTIED),
    ),
    Table(
        "calendar.event", _("Events of the network"), _("Telling of events"), Basis.PUBLIC_TASK,
        _("As long as the network"), _("Whoever the event is for"), texts=("title", "description", "place", "address"),
        network="network_id",
    ),
    Table(
        "privacy.export", _("Copies of your data"), RIGHTS, Basis.DUTY, _("A day"), SELF,
        whose=("person",), fate=Fate.DELETED, secrets=("content",), expiry=Expiry(0, "expires_at"),
    ),
    Table(
        "privacy.erasure", _("Requests to be erased"), RIGHTS, Basis.DUTY, _("As proof, by number"), SELF,
        whose=("person",),
    ),
    Table(
        "privacy.consent", _("What you agreed to"), RIGHTS, Basis.CONSENT, _("As proof, by number"),
        _("You, the network's coordinators and who keyed a paper in"), whose=("person",), network="network_id",
        change="privacy:consents",
    ),
    Table(
        "privacy.correction", _("What you asked to be corrected"), RIGHTS, Basis.DUTY, _("A year after the answer"),
        _("You and the coordinators whom you asked; after a week the network's, too"), whose=("person",),
        fate=Fate.DELETED, texts=("message", "answer"), group="group_id", network="network_id", change="privacy:data",
        expiry=Expiry(365, "answered_at"),
    ),
]  # fmt: skip

APPLICATIONS: Final = Table(
    "groups.application", _("Requests to visit"), _("Answering those who ask to visit"), Basis.AGREEMENT,
    _("Names and addresses a year after the answer"), _("The group's coordinators"),
    addresses=("email",), fate=Fate.EMPTIED,
    emptied={**blank("name", "company", "message"), "email": "nobody@former.invalid"},
    texts=("name", "company", "message"), group="group_id", network="group__network_id",
    expiry=Expiry(365, "answered_at", Q(state__in=_CLOSED) & ~Q(name=""), Fate.EMPTIED),
)  # fmt: skip
