from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from ydin.ui import charts, months, ring, text
from ydin.ui.widgets import DateInput


class VisitForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the sign.")
    day = forms.DateField(label="Day", widget=DateInput, required=False)
    food = forms.ChoiceField(label="Food", choices=[("a", "Soup"), ("b", "Coffee")], widget=forms.RadioSelect)
    rules = forms.BooleanField(label="I promise")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        self.add_error(None, "The evening is full.")
        return self.cleaned_data


def render(source: str, **context: Any) -> str:
    with translation.override("en"):
        return Template(source).render(Context(context))


def test_a_field_ties_label_help_and_error_together() -> None:
    html = render("{% field form.name autocomplete='name' %}", form=VisitForm({}))

    assert '<label for="id_name">Name</label>' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'autocomplete="name"' in html
    assert "This is still needed." in html


def test_a_field_without_errors_is_calm_and_says_when_it_may_be_left_empty() -> None:
    html = render("{% field form.day %}", form=VisitForm())

    assert "aria-invalid" not in html
    assert "wrong" not in html
    assert "(if you like)" in html
    assert 'type="date"' in html


def test_a_group_of_radios_is_a_fieldset_with_a_legend() -> None:
    html = render("{% field form.food %}", form=VisitForm({}))

    assert "<legend>Food</legend>" in html
    assert '<fieldset aria-describedby="id_food_error">' in html


def test_the_summary_lists_every_error_with_a_way_to_its_field() -> None:
    html = render("{% form_errors form %}", form=VisitForm({}))

    assert 'tabindex="-1" autofocus' in html
    assert '<a href="#id_name">Name – This is still needed.</a>' in html
    assert '<a href="#id_food_0">Food – This is still needed.</a>' in html
    assert "<li>The evening is full.</li>" in html
    assert 'href="#id_version"' not in html


def test_no_summary_before_the_form_was_sent() -> None:
    assert render("{% form_errors form %}", form=VisitForm()).strip() == ""


def test_a_choice_is_a_submit_button_with_its_state() -> None:
    html = render("{% choice 'answer' 'yes' 'I am coming' 'Café' kind='yes' pressed=True tick='answered' %}")

    assert 'name="answer" value="yes" aria-pressed="true"' in html
    assert '<span class="tick">answered</span>' in html
    assert "<small>Café</small>" in html


def test_what_people_wrote_is_escaped_everywhere() -> None:
    evil = "<script>alert(1)</script>"
    source = (
        "{% badge x 'asked' %}{% audience x names %}{% avatar x %}{% seats names %}{% empty x x '/' x %}"
        "{% choice 'n' x x x %}{% year_ring months title=x note=x %}{% month_strip months x %}"
        "{% bar_chart points x %}{% sparkline points x %}{% attendance_bars 1 2 x %}{% progress 1 2 x %}"
        "{% steps names 1 %}{% icon 'eye' 16 x %}"
    )
    months = [{"month": evil, "state": "now", "host": evil}]

    html = render(source, x=evil, names=[evil], months=months, points=[(evil, 1)])

    assert "<script>" not in html


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Hilla & Riite Oy", "HR"),
        ("Puupaja Honka", "PH"),
        ("Sähkö-Tapio", "ST"),
        ("Tmi Äijälä", "ÄI"),
        ("Oy Ab", "OA"),
        ("&&", "?"),
        ("3D-Pohjola", "3P"),
    ],
)
def test_initials(name: str, initials: str) -> None:
    assert text.initials_of(name) == initials


def test_the_ring_has_a_table_behind_it() -> None:
    months = [ring.Segment("January", "past", "Kahvila Malmi"), ring.Segment("February", "open")]

    html = render("{% year_ring months label='The year' %}", months=months)

    assert 'role="img" aria-label="The year"' in html
    assert "<title>January: Kahvila Malmi</title>" in html
    assert "<td>Kahvila Malmi</td><td>held</td>" in html
    assert "<td>–</td><td>host missing</td>" in html


def test_a_small_ring_has_neither_letters_nor_table() -> None:
    html = render("{% year_ring months size=64 %}", months=[ring.Segment("January", "past", "Kahvila Malmi")])

    assert "<text" not in html
    assert "<table" not in html


def test_a_state_that_the_ring_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown state"):
        ring.as_segments([{"month": "May", "state": "perhaps"}])


def test_a_very_long_host_fits_inside_the_ring() -> None:
    lines = ring.centre_lines(
        "Huhtikuu", "isäntänä Pohjanmaan Tilitoimisto ja Yrityspalvelut Lehtimäki & Kumppanit"
    )

    assert len(lines) == 4
    assert max(len(line.text) for line in lines) <= 24


def test_bars_are_in_proportion_and_survive_zero() -> None:
    assert [bar.length for bar in charts.bars([("a", 10), ("b", 5), ("c", 0)])] == ["270.0", "135.0", "0.0"]
    assert charts.bars([("a", 0)])[0].length == "0.0"
    assert charts.bars([]) == []


def test_attendance_shows_one_upright_a_seat() -> None:
    kinds = [tick.kind for tick in charts.attendance_ticks(2, 1, 5)]

    assert kinds == ["on", "on", "maybe", "off", "off"]


def test_a_line_of_one_point_and_of_none() -> None:
    assert render("{% sparkline points 'Present' %}", points=[]).strip() == ""
    assert 'points="4.0,4.0"' in render("{% sparkline points 'Present' %}", points=[("May", 3)])


def test_a_month_begins_on_monday_and_holds_its_entries() -> None:
    first = dt.date(2027, 2, 1)

    weeks = months.weeks(first, [(dt.date(2027, 2, 4), "/a/", "Evening")], today=dt.date(2027, 2, 4))

    assert [len(week) for week in weeks] == [7, 7, 7, 7]
    assert weeks[0][0].date == first
    assert weeks[0][3].entries == [("/a/", "Evening")]
    assert [weeks[0][3].kind, weeks[0][0].kind] == ["today", "none"]


def test_days_of_the_neighbouring_months_are_marked() -> None:
    weeks = months.weeks(dt.date(2027, 5, 1), [])

    assert weeks[0][0].date == dt.date(2027, 4, 26)
    assert weeks[0][0].kind == "other none"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_dates_travel_in_iso_form_in_every_language(language: str) -> None:
    with translation.override(language):
        form = VisitForm({"day": "2027-02-04"}, initial={"day": dt.date(2027, 2, 4)})

        assert "day" not in form.errors
        assert form.cleaned_data["day"] == dt.date(2027, 2, 4)
        empty = VisitForm(initial={"day": dt.date(2027, 2, 4)})
        assert 'value="2027-02-04"' in str(empty["day"])
