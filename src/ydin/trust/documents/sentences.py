"""Every act as a sentence. `%(who)s` is who did it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SENTENCES = {
    "address.tried_again": gettext_lazy("%(who)s asked to try an address again to which mail did not arrive"),
    "app_password.created": gettext_lazy("%(who)s made a password for a calendar program"),
    "app_password.revoked": gettext_lazy("%(who)s took the password of a calendar program back"),
    "application.accepted": gettext_lazy("%(who)s gave somebody who asked to visit a seat"),
    "application.declined": gettext_lazy("%(who)s declined a request to visit"),
    "application.invited": gettext_lazy("%(who)s invited somebody who asked to visit"),
    "application.moved": gettext_lazy("%(who)s sent a request to visit on to another group"),
    "application.received": gettext_lazy("Somebody asked to visit"),
    "application.withdrawn": gettext_lazy("Somebody took their request to visit back"),
    "attendance.lateness": gettext_lazy("%(who)s noted who came late or left early"),
    "attendance.recorded": gettext_lazy("%(who)s put somebody on the attendance list"),
    "attendance.recorded_by_name": gettext_lazy("Somebody checked in as a visitor by name"),
    "attendance.removed": gettext_lazy("%(who)s took somebody off the attendance list"),
    "companies.imported": gettext_lazy("%(who)s brought in companies from a table"),
    "contact_card.changed": gettext_lazy("%(who)s changed contact details"),
    "coordinator.added": gettext_lazy("%(who)s made somebody a coordinator"),
    "coordinator.ended": gettext_lazy("%(who)s ended a coordinator's time"),
    "coordinator.kept": gettext_lazy("%(who)s kept somebody as coordinator"),
    "coordinator.named": gettext_lazy("%(who)s agreed to be named on the public page"),
    "coordinator.unnamed": gettext_lazy("%(who)s took their name off the public page"),
    "enterprise.changed": gettext_lazy("%(who)s changed a company's facts"),
    "enterprise.created": gettext_lazy("%(who)s added a company"),
    "event.announced": gettext_lazy("%(who)s announced an event"),
    "event.cancelled": gettext_lazy("%(who)s cancelled an event"),
    "event.changed": gettext_lazy("%(who)s changed an event"),
    "event.created": gettext_lazy("%(who)s prepared an event"),
    "feed.created": gettext_lazy("%(who)s made a calendar address"),
    "feed.revoked": gettext_lazy("%(who)s took a calendar address back"),
    "feedback.answered": gettext_lazy("%(who)s answered feedback about accessibility"),
    "feedback.received": gettext_lazy("Somebody gave feedback about accessibility"),
    "glass.broken": gettext_lazy(
        "%(who)s opened the confidential content for an hour, without a seat in the group"
    ),
    "ground_rules.accepted": gettext_lazy("%(who)s recorded that the ground rules were accepted"),
    "ground_rules.published": gettext_lazy("%(who)s put new ground rules into force"),
    "group.changed": gettext_lazy("%(who)s changed the group's settings"),
    "group.created": gettext_lazy("%(who)s set up the group"),
    "listing.changed": gettext_lazy("%(who)s changed a need or an offer"),
    "listing.closed": gettext_lazy("%(who)s closed a need or an offer"),
    "listing.renewed": gettext_lazy("%(who)s renewed a need or an offer"),
    "listing.written": gettext_lazy("%(who)s wrote a need or an offer"),
    "meeting.announced": gettext_lazy("%(who)s sent the invitations to an evening"),
    "meeting.answered": gettext_lazy("%(who)s answered an invitation"),
    "meeting.answered_by_other": gettext_lazy(
        "An answer by mail came from another address than the person's own"
    ),
    "meeting.brought_in": gettext_lazy("%(who)s brought in an evening that was held earlier"),
    "meeting.cancelled": gettext_lazy("%(who)s cancelled an evening"),
    "meeting.changed": gettext_lazy("%(who)s changed an announced evening"),
    "meeting.draft_dropped": gettext_lazy("%(who)s dropped the draft of an evening"),
    "meeting.drafted": gettext_lazy("%(who)s made the draft of an evening"),
    "meeting.held": gettext_lazy("%(who)s marked an evening as held"),
    "meeting.hold_undone": gettext_lazy("%(who)s took back that an evening was held"),
    "meeting.invited": gettext_lazy("%(who)s invited one more person to an evening"),
    "meeting.moved_up": gettext_lazy("Somebody got a place from the waiting list"),
    "meeting.prepared": gettext_lazy("%(who)s prepared an evening"),
    "meeting.revived": gettext_lazy("%(who)s took the cancellation of an evening back"),
    "meeting.time_asked": gettext_lazy("Somebody asked for another time of an evening"),
    "meeting.time_kept": gettext_lazy("%(who)s kept the time of an evening although another was asked for"),
    "meeting.uninvited": gettext_lazy("%(who)s took an invitation back"),
    "memo.saved": gettext_lazy("%(who)s wrote a memo"),
    "municipalities.imported": gettext_lazy("%(who)s brought in municipalities from a table"),
    "network.changed": gettext_lazy("%(who)s changed the network's settings"),
    "network.created": gettext_lazy("%(who)s set up the network"),
    "organisation.changed": gettext_lazy("%(who)s changed an organisation"),
    "organisation.created": gettext_lazy("%(who)s added an organisation"),
    "promise.done": gettext_lazy("%(who)s marked a promise as done"),
    "promise.dropped": gettext_lazy("%(who)s dropped a promise"),
    "promise.made": gettext_lazy("%(who)s wrote a promise down"),
    "promise.open": gettext_lazy("%(who)s opened a promise again"),
    "region.changed": gettext_lazy("%(who)s changed a region"),
    "region.created": gettext_lazy("%(who)s added a region"),
    "representative.added": gettext_lazy("%(who)s let a person act for a company"),
    "representative.ended": gettext_lazy("%(who)s ended that a person acts for a company"),
    "role.ended": gettext_lazy("%(who)s ended a network coordinator's time"),
    "role.given": gettext_lazy("%(who)s made somebody a network coordinator"),
    "role.kept": gettext_lazy("%(who)s kept somebody as network coordinator"),
    "season.closed": gettext_lazy("The season is over"),
    "season.move": gettext_lazy("%(who)s moved a hosting turn"),
    "season.plan": gettext_lazy("%(who)s confirmed the plan of a season"),
    "season.repair": gettext_lazy("%(who)s found a new host"),
    "season.started": gettext_lazy("%(who)s started a season"),
    "season.undone": gettext_lazy("%(who)s took a change of the season's plan back"),
    "season.wish_saved": gettext_lazy("%(who)s answered when a company can host"),
    "season.wishes_asked": gettext_lazy("%(who)s asked the companies when they can host"),
    "season.wishes_reminded": gettext_lazy("%(who)s reminded companies that had not said when they can host"),
    "seat.changed": gettext_lazy("%(who)s changed a seat"),
    "seat.given": gettext_lazy("%(who)s gave a company a seat"),
    "seat.undone": gettext_lazy("%(who)s took the change of a seat back"),
    "second_step.added": gettext_lazy("%(who)s added a second step to signing in"),
    "second_step.forgotten": gettext_lazy("%(who)s let somebody set up their second step anew"),
    "second_step.removed": gettext_lazy("%(who)s removed a second step of signing in"),
    "session.ended": gettext_lazy("%(who)s signed out on another device"),
    "summary.published": gettext_lazy("%(who)s made a public text about an evening public"),
    "summary.saved": gettext_lazy("%(who)s wrote a public text about an evening"),
    "summary.unpublished": gettext_lazy("%(who)s took a public text about an evening back"),
    "swap.accepted": gettext_lazy("%(who)s agreed to swap hosting turns"),
    "swap.asked": gettext_lazy("%(who)s asked to swap hosting turns"),
    "swap.declined": gettext_lazy("%(who)s declined to swap hosting turns"),
    "swap.withdrawn": gettext_lazy("%(who)s took the request to swap hosting turns back"),
    "turn.accepted": gettext_lazy("%(who)s accepted a hosting turn"),
    "turn.asked": gettext_lazy("%(who)s asked a company to host"),
    "turn.cancelled": gettext_lazy("%(who)s cancelled a hosting turn"),
    "turn.declined": gettext_lazy("%(who)s declined a hosting turn"),
    "turn.evening_chosen": gettext_lazy("%(who)s chose the evening of a hosting turn"),
    "turn.locked": gettext_lazy("%(who)s locked a hosting turn"),
    "turn.taken_away": gettext_lazy("%(who)s took a hosting turn away"),
    "turn.unlocked": gettext_lazy("%(who)s unlocked a hosting turn"),
}

KINDS = {
    "application": gettext_lazy("Requests to visit"),
    "attendance": gettext_lazy("Attendance"),
    "contact_card": gettext_lazy("Contact details"),
    "coordinator": gettext_lazy("Coordinators"),
    "enterprise": gettext_lazy("Companies"),
    "event": gettext_lazy("Events"),
    "glass": gettext_lazy("Confidential content opened"),
    "ground_rules": gettext_lazy("Ground rules"),
    "group": gettext_lazy("The group's settings"),
    "meeting": gettext_lazy("Evenings and answers"),
    "memo": gettext_lazy("Memos"),
    "promise": gettext_lazy("Promises"),
    "representative": gettext_lazy("Who acts for a company"),
    "season": gettext_lazy("Seasons"),
    "seat": gettext_lazy("Seats"),
    "summary": gettext_lazy("Public texts"),
    "turn": gettext_lazy("Hosting turns"),
}
"""First word of an action: what the filter calls it."""


def sentence(action: str, who: str) -> str:
    """Return an act as a sentence in the reader's language.

    Args:
        action: "noun.verb".
        who: the name of the one who did it; nothing for the program itself.

    """
    words = SENTENCES.get(action)
    if words is None:
        return _("%(who)s did something (%(action)s)") % {"who": who or "Ydin", "action": action}
    return str(words) % {"who": who or "Ydin"}
