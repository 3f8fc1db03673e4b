"""Why two companies are suggested to one another, in sentences."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ydin.partnerships.models import Suggestion

NEXT_DOOR, ROUND_TO = 5, 10


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
    if suggestion.shared:
        words = ngettext(
            "%(count)d company works with both of you.",
            "%(count)d companies work with both of you.",
            suggestion.shared,
        )
        found.append(words % {"count": suggestion.shared})
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
    about = max(ROUND_TO, round(km / ROUND_TO) * ROUND_TO)
    return _("About %(km)d kilometres lie between you.") % {"km": about}


def _language(code: str) -> str:
    return {"fi": _("Finnish"), "sv": _("Swedish"), "en": _("English")}.get(code, code)
