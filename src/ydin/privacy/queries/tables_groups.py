"""The register, second part: groups, evenings, and what people say there. `TABLES` is all of it."""

from __future__ import annotations

from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ydin.privacy.queries.registry import Expiry, Table, blank
from ydin.privacy.queries.tables_growth import GROWTH
from ydin.privacy.queries.tables_people import ACTING, APPLICATIONS, HISTORY, NETWORK, PEOPLE
from ydin.privacy.rules import Basis, Fate

INSIDE: Final = _("The group and its coordinators")
MEETING: Final = _("Arranging the group's evenings")
COUNTING: Final = _("Counting who took part, for reports to funders")
LEARNING: Final = _("Learning from one another")
WITH_GROUP: Final = _("As long as the group")
_WORDS = blank("comment", "guest_name", "substitute_name", "substitute_email")
_SAID = ~Q(comment="") | ~Q(guest_name="") | ~Q(substitute_name="") | ~Q(substitute_email="")

GROUPS: Final = [
    APPLICATIONS,
    Table(
        "groups.seat", _("Your company's seats"), ACTING, Basis.AGREEMENT, HISTORY, NETWORK,
        beside=("enterprise__representatives__person",), group="group_id", network="group__network_id",
    ),
    Table(
        "groups.groupcoordinator", _("Groups that you coordinate"), ACTING, Basis.AGREEMENT, HISTORY, NETWORK,
        whose=("person",), fate=Fate.EMPTIED, emptied={"is_named": False}, group="group_id",
        network="group__network_id",
    ),
    Table(
        "groups.acceptance", _("Ground rules that you accepted"), _("Keeping what is said in the group"),
        Basis.AGREEMENT, _("As proof, by number"), INSIDE, whose=("person",),
        group="group_id", network="group__network_id",
    ),
    Table(
        "groups.glassbreak", _("When you opened what is confidential"), _("Showing who did what"), Basis.DUTY,
        _("As long as the group; never changed"), INSIDE, whose=("person",), texts=("reason",), group="group_id",
        network="group__network_id",
    ),
    Table(
        "groups.coregroup", _("What groups say about themselves"), _("Telling of groups"), Basis.PUBLIC_TASK,
        WITH_GROUP, _("Everybody"), texts=("about", "about_texts", "agenda_template"), group="id",
        network="network_id",
    ),
    Table(
        "groups.groundrules", _("Ground rules"), _("Keeping what is said in the group"), Basis.AGREEMENT,
        WITH_GROUP, INSIDE, texts=("text",), group="group_id", network="group__network_id",
    ),
]  # fmt: skip

MEETINGS: Final = [
    Table(
        "meetings.hostingwish", _("When your company could host"), MEETING, Basis.AGREEMENT, WITH_GROUP, INSIDE,
        beside=("answered_by", "enterprise__representatives__person"), texts=("theme_offered", "theme_wanted"),
        group="group_id", network="group__network_id",
    ),
    Table(
        "meetings.hostingturn", _("Your company's hosting turns"), MEETING, Basis.AGREEMENT, WITH_GROUP, INSIDE,
        beside=("enterprise__representatives__person",), texts=("note",), secrets=("reasons", "regret"),
        group="season__group_id", network="season__group__network_id",
    ),
    Table(
        "meetings.swap", _("Swaps that you asked for"), MEETING, Basis.AGREEMENT, WITH_GROUP, INSIDE,
        whose=("asked_by",), group="turn__season__group_id", network="turn__season__group__network_id",
    ),
    Table(
        "meetings.planrevision", _("Plans that you changed"), MEETING, Basis.AGREEMENT, WITH_GROUP,
        _("The group's coordinators"), whose=("made_by",), secrets=("turns",), group="season__group_id",
        network="season__group__network_id",
    ),
    Table(
        "meetings.season", _("Seasons"), MEETING, Basis.AGREEMENT, WITH_GROUP, INSIDE, texts=("name",),
        group="group_id", network="group__network_id",
    ),
    Table(
        "meetings.meeting", _("Evenings that your company hosts"), MEETING, Basis.AGREEMENT, WITH_GROUP, NETWORK,
        beside=("host__representatives__person",),
        texts=(
            "theme", "description", "place", "expert_wish", "expert", "parking", "food", "access", "agenda",
            "cancel_note",
        ),
        secrets=("check_in_code",), group="group_id", network="group__network_id",
    ),
    Table(
        "meetings.rsvp", _("Your answers to invitations"), MEETING, Basis.AGREEMENT,
        _("The answer as long as the group, the words two years after the evening"), INSIDE,
        whose=("person",), fate=Fate.EMPTIED, emptied=_WORDS,
        texts=("comment", "guest_name", "substitute_name", "substitute_email"), group="group_id",
        network="group__network_id", expiry=Expiry(730, "meeting__ends_at", _SAID, Fate.EMPTIED),
    ),
    Table(
        "meetings.attendance", _("Evenings at which you were"), COUNTING, Basis.PUBLIC_TASK, HISTORY, NETWORK,
        whose=("person",), fate=Fate.EMPTIED, emptied=blank("name"),
        texts=("name", "company"), group="group_id", network="group__network_id",
    ),
    Table(
        "meetings.memo", _("Memos that you wrote"), LEARNING, Basis.AGREEMENT, WITH_GROUP, INSIDE,
        beside=("written_by",), texts=("discussed", "advice", "next_time"), group="group_id",
        network="group__network_id",
    ),
    Table(
        "meetings.summary", _("Public summaries that you wrote"), _("Telling of what was learnt"), Basis.CONSENT,
        WITH_GROUP, _("Everybody"), beside=("written_by",), texts=("text",), group="meeting__group_id",
        network="meeting__group__network_id",
    ),
    Table(
        "meetings.promise", _("Promises"), LEARNING, Basis.AGREEMENT, WITH_GROUP, INSIDE,
        beside=("person", "enterprise__representatives__person"), texts=("what", "outcome"), group="group_id",
        network="group__network_id",
    ),
    Table(
        "meetings.timeproposal", _("Other times that you asked for"), MEETING, Basis.AGREEMENT,
        _("A year after the answer"), INSIDE, whose=("person",), fate=Fate.EMPTIED, emptied=blank("comment"),
        texts=("comment",), group="group_id", network="group__network_id", expiry=Expiry(365, "answered_at"),
    ),
]  # fmt: skip

TABLES: Final = [*PEOPLE, *GROUPS, *MEETINGS, *GROWTH]

EXCUSED: Final = {
    "networks.organisation": "an organisation is no person; who acts for it is in networks.representative",
    "privacy.passage": "where a name stands, by number; who decided is in the log",
}
"""Tables that lead to a person or a company and still are not in the register, with the reason."""


def table_of(label: str) -> Table:
    """Return the declaration of a table by its model's label."""
    return next(table for table in TABLES if table.label == label)
