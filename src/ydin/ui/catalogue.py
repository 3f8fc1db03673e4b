"""The living catalogue: every component with sample data, in the reader's language."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ydin.ui import dates
from ydin.ui.ring import Segment
from ydin.ui.widgets import DateInput, TimeInput

HELSINKI = ZoneInfo("Europe/Helsinki")
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


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Saved. The group sees the new evening."))
    messages.error(request, _("Somebody else changed this at the same time."))
    return render(request, "ui/catalogue.html", _sample())


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
