"""Why two companies are suggested to one another, in sentences."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ydin.partnerships.models import Suggestion
from ydin.partnerships.rules import Kind, minutes_away

NEXT_DOOR, HOUR = 5, 60


def reasons_for(suggestion: Suggestion, own: int, language: str) -> list[str]:
    """Return the reasons as the people of the company `own` read them, the most telling first."""
    found = [_match(suggestion, own, language)]
    if suggestion.mutual:
        found.append(_("It goes both ways: each of you needs what the other one offers."))
    if suggestion.km is not None:
        found.append(_distance(suggestion.km))
    if suggestion.languages:
        spoken = ", ".join(_language(code) for code in suggestion.languages)
        found.append(_("Languages in common: %(languages)s.") % {"languages": spoken})
    return found + _acquaintances(suggestion, own)


def _acquaintances(suggestion: Suggestion, own: int) -> list[str]:
    """Return whom the other company works with, as far as one's own may know of it."""
    side = Kind.NEED if own == suggestion.need_company_id else Kind.OFFER
    of_groups, of_partners = suggestion.beside.get(side) or (0, 0)
    found = []
    if of_groups:
        words = ngettext(
            "%(count)d company of your group works with them.",
            "%(count)d companies of your group work with them.",
            of_groups,
        )
        found.append(words % {"count": of_groups})
    if of_partners:
        words = ngettext(
            "%(count)d company that you work with works with them, too.",
            "%(count)d companies that you work with work with them, too.",
            of_partners,
        )
        found.append(words % {"count": of_partners})
    return found


def _match(suggestion: Suggestion, own: int, language: str) -> str:
    needs = own == suggestion.need_company_id
    other = suggestion.offer_company.name if needs else suggestion.need_company.name
    terms = suggestion.terms.get(language) or suggestion.terms.get("en") or []
    if not terms:
        return (
            _("You need what %(other)s offers.") % {"other": other}
            if needs
            else _("You offer what %(other)s needs.") % {"other": other}
        )
    what = {"what": ", ".join(str(term) for term in terms[:2]), "other": other}
    return (
        _("You need: %(what)s. %(other)s offers it.") % what
        if needs
        else _("%(other)s needs: %(what)s. You offer it.") % what
    )


def _distance(km: float) -> str:
    if km < NEXT_DOOR:
        return _("You are almost neighbours.")
    minutes = minutes_away(km)
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return _("About %(minutes)d minutes away by car.") % {"minutes": minutes}
    if not rest:
        return ngettext("About %(hours)d hour away by car.", "About %(hours)d hours away by car.", hours) % {
            "hours": hours
        }
    return _("About %(hours)d h %(minutes)d min away by car.") % {"hours": hours, "minutes": rest}


def _language(code: str) -> str:
    return {"fi": _("Finnish"), "sv": _("Swedish"), "en": _("English")}.get(code, code)
