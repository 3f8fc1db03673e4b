"""The planner's codes as sentences, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ydin.ui import dates

MOST_NAMES = 4
AWAY_POINTS, SEASON_POINTS = 10, 100
ALMOST = 10

Names = Mapping[int, str]


def reason_sentences(reasons: Iterable[Mapping[str, Any]], names: Names) -> list[str]:
    """Return why a turn was proposed; `names` of companies by id. Unknown codes are left out."""
    told = [_sentence(reason["code"], reason.get("values") or {}, names) for reason in reasons]
    return [sentence for sentence in told if sentence]


def names_in_words(companies: list[str]) -> str:
    """Return names as a list for people: the first few, then how many more."""
    shown = ", ".join(companies[:MOST_NAMES])
    more = len(companies) - MOST_NAMES
    if more > 0:
        shown += " " + ngettext("and %(count)s other", "and %(count)s others", more) % {"count": more}
    return shown


def missing_words(missing: list[str], total: int) -> str:
    """Return who cannot come: "All 14 can come" or "2 cannot come: Kahvila Malmi, Nivalan Veto"."""
    if not missing:
        return _("All %(count)s can come") % {"count": total}
    count = len(missing)
    return ngettext("%(count)s cannot come: %(names)s", "%(count)s cannot come: %(names)s", count) % {
        "count": count,
        "names": names_in_words(missing),
    }


def missing_count(count: int, total: int) -> str:
    """Return how many cannot come, without their names."""
    if not count:
        return _("All %(count)s can come") % {"count": total}
    return ngettext("%(count)s cannot come", "%(count)s cannot come", count) % {"count": count}


def regret_words(regret: int | None) -> str:
    """Return in words what it would cost to choose another host for the month."""
    if regret is None:
        return _("Nobody else could take this month as things stand.")
    if regret <= ALMOST:
        return _("Another choice would be almost as good.")
    if regret < SEASON_POINTS:
        count = -(-regret // AWAY_POINTS)
        return ngettext(
            "Choosing otherwise would cost about as much as one more company that cannot come.",
            "Choosing otherwise would cost about as much as %(count)s more companies that cannot come.",
            count,
        ) % {"count": count}
    count = round(regret / SEASON_POINTS)
    return ngettext(
        "Choosing otherwise would make somebody host about one season earlier than is fair.",
        "Choosing otherwise would make somebody host about %(count)s seasons earlier than is fair.",
        count,
    ) % {"count": count}


def _known(values: Mapping[str, Any], names: Names) -> str:
    found = [names.get(int(key), "") for key in values.get("members", [])]
    return names_in_words([name for name in found if name])


def _sentence(code: str, values: Mapping[str, Any], names: Names) -> str:
    if code in ("last_hosted", "away", "travel", "evening_preferred"):
        return _reason_with_values(code, values, names)
    if code in COUNTED:
        return _open_month(code, values, names)
    return {
        "never_hosted": _("has never hosted"),
        "nobody_away": _("everybody can come"),
        "did_not_answer": _("has not answered whether it can host"),
        "said_no": _("has said no to this month"),
        "chosen": _("chosen by the coordinator"),
        "swapped": _("the hosts changed months"),
        "no_evening_free": _("no evening of the month is free: holidays and other groups' evenings"),
        "company_left": _("the company has left the group"),
    }.get(code, "")


def _reason_with_values(code: str, values: Mapping[str, Any], names: Names) -> str:
    if code == "last_hosted":
        count = int(values["seasons"])
        return ngettext("hosted last season", "hosted %(count)s seasons ago", count) % {"count": count}
    if code == "away":
        return missing_words([names.get(int(key), "?") for key in values["members"]], 0)
    if code == "evening_preferred":
        return (
            _("this evening suits the host best")
            if values["rank"] == 0
            else _("the host offered this evening")
        )
    if values["minutes"] < values["group_mean"]:
        return _("a short drive: %(minutes)s min on average") % {"minutes": values["minutes"]}
    return ""


COUNTED = ("does_not_host", "hosts_already", "month_not_offered", "evenings_taken", "premises_too_small")


def _open_month(code: str, values: Mapping[str, Any], names: Names) -> str:
    words = {
        "does_not_host": _("cannot host this season: %(names)s"),
        "hosts_already": _("host another month: %(names)s"),
        "month_not_offered": _("did not offer this month: %(names)s"),
        "evenings_taken": _("have no free evening in the month: %(names)s"),
        "premises_too_small": _("have too little room: %(names)s"),
    }
    return words[code] % {"names": _known(values, names)}


def why_not_words(code: str, values: Mapping[str, Any]) -> str:
    """Return why a company or an evening does not fit, for the list of choices."""
    if code == "hosts_already":
        year, month = str(values["month"]).split("-")
        return _("hosts in %(month)s already") % {"month": dates.month_name(date(int(year), int(month), 1))}
    if code == "premises_too_small":
        return _("room for %(capacity)s, %(present)s would come") % dict(values)
    return {
        "does_not_host": _("cannot host this season"),
        "host_away": _("is away that evening"),
        "month_not_offered": _("did not offer this month"),
        "evenings_taken": _("no free evening in this month"),
        "coordinator_busy": _("the coordinator is with another group"),
        "neighbours_meet": _("a neighbouring group meets"),
    }.get(code, "")
