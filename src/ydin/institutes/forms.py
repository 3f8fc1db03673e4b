"""What is typed about facilities, assignments, demos and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ydin.institutes.queries import AUDIENCE_CHOICES, RECRUIT_CHOICES, USABLE_CHOICES
from ydin.institutes.rules import LARGEST_TEAM, LONG, SHORT, Audience
from ydin.ui.widgets import DateInput

FACILITY_FIELDS = ("title", "what", "to_try", "place", "how_to_ask", "price", "languages", "region")
ASSIGNMENT_FIELDS = (
    "title", "can", "course", "starts_on", "ends_on", "team_size", "ask_by", "languages", "region",
)  # fmt: skip
SCOPE_FIELDS = ("wanted", "done", "material", "gives_hour", "contact", "by_when")
AGAIN = {"yes": True, "no": False}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class VersionForm(forms.Form):
    """A button that changes something, and the version that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def values(self) -> dict[str, Any]:
        """Return what was typed, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class PageForm(VersionForm):
    """What facilities and assignments have in common."""

    languages = forms.MultipleChoiceField(
        label=_("In which languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    region: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Region"), queryset=None, required=False, empty_label=_("the whole network")
    )

    def __init__(self, *args: Any, regions: QuerySet[Any], **more: Any) -> None:
        """Offer the network's regions."""
        super().__init__(*args, **more)
        field = self.fields["region"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = regions


class FacilityForm(PageForm):
    """A place or machine that companies may try."""

    title = forms.CharField(label=_("What is it?"), max_length=200)
    what = forms.CharField(label=_("Tell about it"), widget=_area(4), max_length=LONG)
    to_try = forms.CharField(
        label=_("What can a small company try there?"), widget=_area(3), max_length=LONG, required=False
    )
    place = forms.CharField(label=_("Where is it?"), max_length=SHORT, required=False)
    how_to_ask = forms.CharField(
        label=_("How does one come?"),
        help_text=_("Who answers, how long it takes, what to bring."),
        max_length=SHORT,
        required=False,
    )
    price = forms.CharField(
        label=_("What does it cost?"),
        help_text=_("In words: free for a first try, 60 € an hour, agreed case by case."),
        max_length=SHORT,
        required=False,
    )
    field_order = ("title", "what", "to_try", "place", "how_to_ask", "price", "region", "languages")


class AssignmentForm(PageForm):
    """What a course's students can make for companies."""

    title = forms.CharField(label=_("Theme"), max_length=200)
    can = forms.CharField(
        label=_("What can the students do?"),
        help_text=_("In words that a carpenter and a café owner understand."),
        widget=_area(4),
        max_length=LONG,
    )
    course = forms.CharField(label=_("Course"), max_length=200, required=False)
    starts_on = forms.DateField(label=_("The work begins"), widget=DateInput())
    ends_on = forms.DateField(label=_("and is ready"), widget=DateInput())
    ask_by = forms.DateField(label=_("Companies ask at the latest"), widget=DateInput())
    team_size = forms.IntegerField(
        label=_("Students in a team"), min_value=1, max_value=LARGEST_TEAM, required=False
    )
    field_order = (
        "title", "can", "course", "starts_on", "ends_on", "ask_by", "team_size", "region", "languages",
    )  # fmt: skip


class FilterForm(forms.Form):
    """Whose, and where."""

    institute: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Institute"), queryset=None, required=False, empty_label=_("all")
    )
    region: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Region"), queryset=None, required=False, empty_label=_("all")
    )

    def __init__(self, *args: Any, institutes: QuerySet[Any], regions: QuerySet[Any], **more: Any) -> None:
        """Offer those that have something to show."""
        super().__init__(*args, **more)
        for name, rows in (("institute", institutes), ("region", regions)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows


class PlaceForm(forms.Form):
    """For which company, from which group; not asked where there is one."""

    place = forms.ChoiceField(label=_("For which company"))

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **more: Any) -> None:
        """Offer the reader's companies."""
        super().__init__(*args, **more)
        if len(places) > 1:
            self.fields["place"].choices = places  # type: ignore[attr-defined]
        else:
            del self.fields["place"]


class InterestForm(PlaceForm):
    """A company would like to try a facility."""

    wish = forms.CharField(
        label=_("What would you like to try?"), max_length=SHORT, required=False, widget=_area(2)
    )
    contact = forms.CharField(
        label=_("How the institute reaches you"),
        help_text=_("A phone number or e-mail address. Only the institute gets it."),
        max_length=200,
    )


class AnswerForm(VersionForm):
    """The institute's words to a company."""

    answer = forms.CharField(
        label=_("A few words to the company"), widget=_area(3), max_length=1000, required=False
    )


class InterestAnswerForm(AnswerForm):
    """Whether a company may come."""

    agrees = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


class ScopeForm(PlaceForm):
    """A demo on one page."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False, initial=0)
    wanted = forms.CharField(
        label=_("What do you want tried?"),
        help_text=_("The trouble or the idea, in your own words. Three sentences are enough."),
        widget=_area(4),
        max_length=LONG,
    )
    done = forms.CharField(
        label=_("By what do you see that it is done?"),
        help_text=_("For example: a page that takes an order, a drawing that I can cut from."),
        widget=_area(2),
        max_length=LONG,
        required=False,
    )
    material = forms.CharField(
        label=_("What can you give?"),
        help_text=_("Pictures, figures, a machine to look at, a customer to ask."),
        widget=_area(2),
        max_length=LONG,
        required=False,
    )
    gives_hour = forms.BooleanField(label=_("We give the students an hour of our time"), required=False)
    contact = forms.CharField(
        label=_("How the students reach you"),
        help_text=_("A phone number or e-mail address."),
        max_length=200,
    )
    by_when = forms.DateField(label=_("By when would you need it?"), widget=DateInput(), required=False)
    audience = forms.ChoiceField(
        label=_("Who may read this?"),
        choices=AUDIENCE_CHOICES,
        initial=Audience.TEAM.value,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, is_new: bool, **more: Any) -> None:
        """Ask for the audience at the beginning only."""
        super().__init__(*args, **more)
        if not is_new:
            del self.fields["audience"]

    def scope(self) -> dict[str, Any]:
        """Return the scope as typed."""
        return {name: self.cleaned_data[name] for name in SCOPE_FIELDS}


class AudienceForm(VersionForm):
    """Who else reads it."""

    audience = forms.ChoiceField(
        label=_("Who may read this?"), choices=AUDIENCE_CHOICES, widget=forms.RadioSelect
    )


class TeamForm(VersionForm):
    """Who makes it."""

    students = forms.TypedMultipleChoiceField(
        label=_("Who makes it?"), widget=forms.CheckboxSelectMultiple, coerce=int
    )

    def __init__(self, *args: Any, students: Sequence[tuple[int, str]], **more: Any) -> None:
        """Offer the institute's students."""
        super().__init__(*args, **more)
        self.fields["students"].choices = students  # type: ignore[attr-defined]


class DeliverForm(VersionForm):
    """What was made."""

    told = forms.CharField(label=_("What did you make?"), widget=_area(4), max_length=LONG)
    link = forms.URLField(
        label=_("Where is it?"),
        help_text=_("A link that the company can open. Files are not sent here."),
        max_length=500,
        required=False,
        assume_scheme="https",
    )


class AssessForm(VersionForm):
    """What it was worth."""

    usable = forms.ChoiceField(
        label=_("Is it of use to you?"), choices=USABLE_CHOICES, widget=forms.RadioSelect
    )
    learned = forms.CharField(
        label=_("What did you learn?"), widget=_area(3), max_length=LONG, required=False
    )
    again = forms.ChoiceField(
        label=_("Would you do it again?"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("", _("I don't know yet"))],
        widget=forms.RadioSelect,
        required=False,
    )

    def values(self) -> dict[str, Any]:
        """Return the assessment as stored."""
        return {**super().values(), "again": AGAIN.get(self.cleaned_data["again"])}


class RecruitForm(VersionForm):
    """Somebody was taken on."""

    kind = forms.ChoiceField(label=_("As what?"), choices=RECRUIT_CHOICES)
    student = forms.TypedChoiceField(
        label=_("Whom?"),
        help_text=_("If you say it, the student is asked by letter whether the name may be shown."),
        coerce=int,
        required=False,
        empty_value=None,
    )

    def __init__(self, *args: Any, students: Sequence[tuple[int, str]], **more: Any) -> None:
        """Offer the team."""
        super().__init__(*args, **more)
        self.fields["student"].choices = [("", _("I'd rather not say")), *students]  # type: ignore[attr-defined]


class NameForm(forms.Form):
    """Whether one's own name may be shown."""

    recruitment = forms.IntegerField()
    answer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


class StudentForm(forms.Form):
    """A student of one's own institute."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=500)
    language = forms.ChoiceField(label=_("Language of the messages"), choices=settings.LANGUAGES)
