"""The living catalogue: every component with sample data, in the reader's language."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ydin.ui import dates, tokens
from ydin.ui.catalogue_drawings import lineage, partners
from ydin.ui.catalogue_parts import FAMILIES, PARTS, Part
from ydin.ui.maps import Place, draw
from ydin.ui.ring import Segment
from ydin.ui.widgets import DateInput, TimeInput

HELSINKI = ZoneInfo("Europe/Helsinki")
PLACES = [
    Place(64.07, 24.55, "Ylivieska", "#map", "1"),
    Place(63.93, 24.98, "Nivala", "#map", "2"),
    Place(63.84, 23.13, "Kokkola", "#map", "3", "off"),
    Place(66.50, 25.72, "Rovaniemi", "#map", "4"),
]
STARTS = dt.datetime(2027, 2, 4, 17, 30, tzinfo=HELSINKI)
ENDS = STARTS + dt.timedelta(hours=2, minutes=30)
HOSTS = {
    1: ("past", "Kahvila Malmi"),
    2: ("past", "Puupaja Honka"),
    3: ("past", "Lakka Verkkokauppa"),
    4: ("now", "Hilla & Riite"),
    5: ("coming", "Sähkö-Tapio"),
    8: ("open", ""),
    9: ("coming", "Pohjanmaan Tilitoimisto ja Yrityspalvelut Lehtimäki & Kumppanit Oy"),
    10: ("coming", "Nivalan Veto"),
    11: ("coming", "Rajalan Savustamo"),
}
COMPANIES = [name for _state, name in HOSTS.values() if name] + ["Oulaisten Jalkine", "Tervan Studio"]


class SampleForm(forms.Form):
    """One of each kind of field."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=80)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), help_text=gettext_lazy("The invitation comes here.")
    )
    theme = forms.CharField(
        label=gettext_lazy("Theme of the evening"),
        help_text=gettext_lazy("In your own words. One sentence is enough."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Municipality"),
        choices=[("977", "Ylivieska"), ("535", "Nivala"), ("678", "Raahe")],
    )
    date = forms.DateField(label=gettext_lazy("Day"), widget=DateInput)
    time = forms.TimeField(label=gettext_lazy("Time"), widget=TimeInput)
    seats = forms.IntegerField(label=gettext_lazy("How many fit in?"), min_value=1, max_value=60)
    picture = forms.FileField(label=gettext_lazy("A picture of the place"), required=False)
    access = forms.ChoiceField(
        label=gettext_lazy("Can one come in with a wheelchair?"),
        choices=[
            ("yes", gettext_lazy("Yes")),
            ("help", gettext_lazy("With help")),
            ("no", gettext_lazy("No")),
        ],
        widget=forms.RadioSelect,
    )
    food = forms.MultipleChoiceField(
        label=gettext_lazy("What will there be?"),
        choices=[("coffee", gettext_lazy("Coffee")), ("soup", gettext_lazy("Soup"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    promise = forms.BooleanField(label=gettext_lazy("What is said in the group stays in the group."))


def _segments() -> list[Segment]:
    months = []
    for number in range(1, 13):
        state, host = HOSTS.get(number, ("off", ""))
        months.append(Segment(dates.month_name(dt.date(2027, number, 1)).capitalize(), state, host))
    return months


def _strip() -> list[Segment]:
    return [
        Segment(dates.month_short(dt.date(2027, number, 1)).capitalize(), segment.state, segment.host)
        for number, segment in enumerate(_segments(), start=1)
    ]


def _sample() -> dict[str, Any]:
    return {
        "starts": STARTS,
        "ends": ENDS,
        "abroad": ZoneInfo("Europe/Stockholm"),
        "zone": HELSINKI,
        "segments": _segments(),
        "strip": _strip(),
        "companies": COMPANIES,
        "month": dates.month_name(dt.date(2027, 4, 1)),
        "day": STARTS.date(),
        "partners": partners(),
        "lineage": lineage(),
        "map": draw(PLACES, ["FI"], here=(64.2, 24.9)),
        "tiles": None,
        "said": SimpleNamespace(text="Kerran kuussa kahvit ja yksi teema.", language="fi", only_in="fi"),
        "entries": [
            (STARTS.date(), "#grid", "17.30 Ylivieska"),
            (STARTS.date(), "#grid", "18.00 Pohjanmaan Tilitoimisto ja Yrityspalvelut Lehtimäki & Kumppanit"),
            (dt.date(2027, 2, 18), "#grid", "19.00 Raahe"),
        ],
        "steps": [(_("Theme"), "#steps"), (_("Evening"), "#steps"), _("Practical matters")],
        "tabs": [("#tabs", _("Coming"), True), ("#tabs", _("Held"), False), ("#tabs", _("All"), False)],
        "page": Paginator(list(range(95)), 20).page(2),
        "points": [("Ylivieska", 14), ("Kemi-Tornio", 9), ("Nivala-Haapajärvi", 11), ("Iisalmi", 0)],
        "line": [(dates.month_short(dt.date(2027, n, 1)), v) for n, v in enumerate([9, 11, 8, 12, 10], 1)],
        "form": SampleForm(),
        "nav": [
            ("#a", _("Find a group"), False),
            ("#b", _("Calendar"), True),
            ("#c", _("Stories"), False),
            ("#d", _("Network"), False),
        ],
        "footer_links": [("#e", _("Accessibility")), ("#f", _("Privacy"))],
    }


def _wrong_form() -> SampleForm:
    form = SampleForm({"name": "", "email": "aino@"}, prefix="wrong")
    form.is_valid()
    return form


def _lists() -> dict[str, Any]:
    two, full = _("2 seats for visitors"), _("full, waiting list open")
    return {
        "evenings": [
            {
                "starts": STARTS,
                "title": _("A price you need not apologise for"),
                "url": "#",
                "note": f"Ylivieska · {dates.time_range(STARTS, ENDS)} · Puupaja Honka",
                "badge": two,
                "state": "ok",
            },
            {
                "starts": ENDS + dt.timedelta(days=25),
                "title": _("A web shop without a stock of your own"),
                "url": "#",
                "note": COMPANIES[5],
                "badge": full,
                "state": "waiting",
            },
        ],
        "table": {
            "title": _("Companies"),
            "columns": [_("Company"), _("Municipality"), (_("Evenings"), "number")],
            "rows": [(name, "Ylivieska", count) for count, name in enumerate(COMPANIES[3:6], start=1)],
        },
        "agenda": [
            (dates.clock(STARTS + dt.timedelta(minutes=minutes)), words)
            for minutes, words in (
                (0, _("Coffee and promises of last time")),
                (30, _("The host's theme")),
                (135, _("Next host")),
            )
        ],
        "caption": _("A year of the Ylivieska group: a new host each month"),
        "wrong": _wrong_form(),
    }


def _tokens() -> dict[str, Any]:
    light, dark = tokens.colours(), tokens.colours("dark")
    sizes = ("step", "space", "radius", "numeral", "target")
    return {
        "colours": [(name, light[name], dark[name]) for name in light],
        "sizes": [(name, tokens.value(name)) for name in tokens.names() if name.startswith(sizes)],
    }


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """List every part of the design system."""
    return render(request, "ui/catalogue.html", {**_sample(), **_lists(), "families": FAMILIES})


@require_safe
def part(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one part: what it is for, its states, its code, and what it owes to every reader."""
    if slug not in PARTS:
        raise Http404
    order = list(PARTS.values())
    place = order.index(PARTS[slug])
    example = f"ui/catalogue/{slug}.html"
    context = {
        "part": order[place],
        "family": next(key for key, _title, parts in FAMILIES if order[place] in parts),
        "before": order[place - 1] if place else None,
        "after": order[place + 1] if place + 1 < len(order) else None,
        "example": example,
        "source": (Path(__file__).parent / "templates" / example).read_text(encoding="utf-8").strip(),
        "files": _files(order[place]),
    }
    return render(request, "ui/catalogue_part.html", {**_sample(), **_lists(), **_tokens(), **context})


def _files(shown: Part) -> list[tuple[str, list[str]]]:
    styles = [f"{name}.css" for name in shown.styles]
    templates = [f"ui/components/{name}.html" for name in shown.templates]
    return [(kind, names) for kind, names in ((_("Style"), styles), (_("Template"), templates)) if names]


@require_http_methods(["GET", "HEAD", "POST"])
def forms_page(request: HttpRequest) -> HttpResponse:
    """The form with every kind of field; sent back with its errors, nothing is saved."""
    form = SampleForm(request.POST, request.FILES) if request.method == "POST" else SampleForm()
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "ui/catalogue_form.html", {**_sample(), "form": form}, status=status)


@require_safe
def email(request: HttpRequest, ending: str) -> HttpResponse:
    """The layout of every e-mail, as HTML or as text."""
    kind = "txt" if ending == "txt" else "html"
    content_type = "text/plain; charset=utf-8" if kind == "txt" else "text/html; charset=utf-8"
    response = render(request, f"ui/catalogue_email.{kind}", _sample(), content_type=content_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response
