"""Letters of the slice with sample data."""

from __future__ import annotations

from datetime import time
from typing import Any

from ydin.ui.samples import SITE, STARTS, Preview, Sample, said

APPLICATION = Sample(
    name="Eero Lehtimäki", company="Hilla & Riite", email="eero@hilla.example", message="", phone=""
)


def _group() -> Sample:
    return Sample(
        name="Ylivieskan ydinryhmä", about="", evening_start=time(17, 30), evening_end=time(20), pk=1
    )


def _base() -> dict[str, Any]:
    message = said(
        "Leivon kahviloille ja etsin porukkaa, jossa hinnoittelusta voi puhua suoraan.",
        "Jag bakar för kaféer och söker folk som man kan tala öppet om priser med.",
        "I bake for cafés and look for people with whom one can talk openly about prices.",
    )
    return {
        "group": _group(),
        "by": "Kaisa Marttila",
        "url": f"{SITE}/apply/follow/1-2501.sample/",
        "application": Sample(**{**vars(APPLICATION), "message": message}),
        "note": said(
            "Tule 4.2. Puupaja Hongalle klo 17.30, kahvit on tarjolla.",
            "Kom till Puupaja Honka den 4.2 kl. 17.30, vi bjuder på kaffe.",
            "Come to Puupaja Honka on 4 February at 17:30, there will be coffee.",
        ),
    }


def _welcome() -> dict[str, Any]:
    return {**_base(), "url": f"{SITE}/manage/groups/1/seats/", "sign_in_url": f"{SITE}/accounts/login/"}


def _seat(*, is_visitor: bool) -> dict[str, Any]:
    weekdays = [said("torstai", "torsdag", "Thursday")]
    return {
        **_base(),
        "company": Sample(name="Hilla & Riite"),
        "is_visitor": is_visitor,
        "weekdays": weekdays,
    }


def _declined() -> dict[str, Any]:
    note = said(
        "Ryhmä on nyt täynnä. Kevään kahviaamuun olet tervetullut.",
        "Gruppen är full nu. Du är välkommen på vårens kaffemorgon.",
        "The group is full now. You are welcome to the coffee morning in spring.",
    )
    return {**_base(), "note": note, "letters_url": ""}


def _failing() -> dict[str, Any]:
    return {
        **_base(),
        "who": "Tapio Sähkölä",
        "address": "tapio@sahko-tapio.example",
        "reason": "550 5.1.1 User unknown",
        "phone": "040 555 0142",
        "url": f"{SITE}/manage/letters/",
    }


def _glass() -> dict[str, Any]:
    reason = said(
        "Palvelupyyntö 2027-14: muistio ei aukea.",
        "Ärende 2027-14: promemorian går inte att öppna.",
        "Request 2027-14: the memo does not open.",
    )
    broken = Sample(name="1", ends_at=STARTS, reason=reason)
    return {**_base(), "broken": broken, "url": f"{SITE}/groups/pohjoinen/ylivieska/"}


def _applicant() -> dict[str, Any]:
    return {**_base(), "person": None, "letters_url": ""}


def _moved() -> dict[str, Any]:
    return {**_applicant(), "origin": Sample(name="Nivala–Haapajärven ydinryhmä")}


PREVIEWS = [
    Preview("groups/email/application_thanks", _applicant),
    Preview("groups/email/application_received", _base),
    Preview("groups/email/application_welcomed", _applicant),
    Preview("groups/email/application_moved", _moved),
    Preview("groups/email/application_declined", _declined),
    Preview("groups/email/seat_welcome", lambda: _seat(is_visitor=False)),
    Preview("groups/email/seat_welcome", lambda: _seat(is_visitor=True), "visitor"),
    Preview("groups/email/coordinator_welcome", _welcome),
    Preview("groups/email/address_failing", _failing),
    Preview("groups/email/glass_broken", _glass),
]
