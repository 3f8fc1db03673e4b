"""Facilities that institutes open, assignments of their students, demos for companies and what came of them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ydin.groups.models import CoreGroup
from ydin.institutes.rules import (
    OPEN,
    SHORT,
    Audience,
    DemoState,
    InterestState,
    NameState,
    PageState,
    RecruitKind,
    Usable,
)
from ydin.networks.models import Enterprise, Network, Organisation, Region

PAGE_LABELS = {
    PageState.DRAFT: _("draft"),
    PageState.SHOWN: _("shown"),
    PageState.DOWN: _("taken down"),
}
AUDIENCE_LABELS = {
    Audience.TEAM: _("the institute and its student team only"),
    Audience.GROUP: _("our group, too"),
    Audience.NETWORK: _("everybody in the network"),
}
DEMO_LABELS = {
    DemoState.ASKED: pgettext_lazy("demo", "asked for"),
    DemoState.MORE: pgettext_lazy("demo", "the institute asks for more"),
    DemoState.DECLINED: pgettext_lazy("demo", "not this time"),
    DemoState.WITHDRAWN: pgettext_lazy("demo", "taken back"),
    DemoState.TAKEN: pgettext_lazy("demo", "being made"),
    DemoState.DELIVERED: pgettext_lazy("demo", "delivered"),
    DemoState.ASSESSED: pgettext_lazy("demo", "assessed"),
}
INTEREST_LABELS = {
    InterestState.ASKED: pgettext_lazy("interest", "asked"),
    InterestState.AGREED: pgettext_lazy("interest", "you are welcome"),
    InterestState.DECLINED: pgettext_lazy("interest", "not this time"),
    InterestState.WITHDRAWN: pgettext_lazy("interest", "taken back"),
}
USABLE_LABELS = {
    Usable.YES: _("Yes, we use it"),
    Usable.PARTLY: _("Partly"),
    Usable.NO: _("Not as it is"),
}
RECRUIT_LABELS = {
    RecruitKind.JOB: _("a job"),
    RecruitKind.TRAINEE: _("a traineeship"),
    RecruitKind.SUMMER: _("a summer job"),
    RecruitKind.THESIS: _("a thesis"),
}
NAME_LABELS = {
    NameState.ASKED: pgettext_lazy("name", "asked"),
    NameState.YES: pgettext_lazy("name", "yes"),
    NameState.NO: pgettext_lazy("name", "no"),
}


class Page(models.Model):
    """What facilities and assignments have in common."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    institute = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.SET_NULL, null=True, blank=True, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    title = models.CharField(max_length=200)
    languages = ArrayField(models.CharField(max_length=8), default=list)
    state = models.CharField(max_length=8, choices=PAGE_LABELS, default=PageState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    shown_at = models.DateTimeField(null=True, blank=True, help_text="when it was new to the network")

    class Meta:
        """Two tables, no third."""

        abstract = True

    def __str__(self) -> str:
        """Return the heading."""
        return self.title


class Facility(Page):
    """A place or machine that companies may try."""

    what = models.TextField()
    to_try = models.TextField(blank=True, help_text="what one can try there")
    place = models.CharField(max_length=SHORT, blank=True)
    how_to_ask = models.CharField(max_length=SHORT, blank=True)
    price = models.CharField(max_length=SHORT, blank=True, help_text="in words")

    class Meta:
        """Listed by network."""

        verbose_name_plural = "facilities"
        indexes: ClassVar = [models.Index(fields=["network", "state", "title"], name="facility_listed")]


class Assignment(Page):
    """What a course's students can make for companies."""

    can = models.TextField(help_text="what the students can do")
    course = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    team_size = models.PositiveSmallIntegerField(null=True, blank=True)
    ask_by = models.DateField(help_text="last day on which a company may ask")

    class Meta:
        """It ends after it begins."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="assignment_season"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["network", "state", "ask_by"], name="assignment_listed")]


class Interest(models.Model):
    """A company would like to try a facility, and how to reach it."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    institute = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.CASCADE, related_name="interests")
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="+")
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    wish = models.CharField(max_length=SHORT, blank=True)
    contact = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=INTEREST_LABELS, default=InterestState.ASKED)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A company asks once at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["facility", "enterprise"],
                condition=models.Q(state=InterestState.ASKED),
                name="interest_once",
            )
        ]

    def __str__(self) -> str:
        """Return facility and company by id."""
        return f"{self.facility_id} / {self.enterprise_id}"


class Demo(models.Model):
    """A company's scope for a student demo, on one page, and what came of it."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    institute = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="demos")
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="+")
    group = models.ForeignKey(CoreGroup, models.SET_NULL, null=True, blank=True, related_name="+")
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    audience = models.CharField(max_length=8, choices=AUDIENCE_LABELS, default=Audience.TEAM)
    state = models.CharField(max_length=10, choices=DEMO_LABELS, default=DemoState.ASKED)
    wanted = models.TextField(help_text="what the company wants tried")
    done = models.TextField(blank=True, help_text="what done looks like")
    material = models.TextField(blank=True, help_text="what the company can give")
    gives_hour = models.BooleanField(default=False)
    contact = models.CharField(max_length=200)
    by_when = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True, help_text="the institute's last words to the company")
    told = models.TextField(blank=True, help_text="what was delivered, in words")
    link = models.URLField(blank=True, max_length=500)
    delivered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    delivered_at = models.DateTimeField(null=True, blank=True)
    usable = models.CharField(max_length=8, choices=USABLE_LABELS, blank=True)
    learned = models.TextField(blank=True)
    again = models.BooleanField(null=True, blank=True)
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    assessed_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A company has one open demo of an assignment."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assignment", "enterprise"],
                condition=models.Q(state__in=OPEN),
                name="demo_open_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["institute", "state"], name="demo_of_institute")]

    def __str__(self) -> str:
        """Return assignment and company by id; what is wanted is confidential."""
        return f"{self.assignment_id} / {self.enterprise_id}"


class TeamMember(models.Model):
    """A student who makes a demo."""

    demo = models.ForeignKey(Demo, models.CASCADE, related_name="team")
    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    institute = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Once in a team."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["demo", "person"], name="team_member_once")]

    def __str__(self) -> str:
        """Return demo and person by id."""
        return f"{self.demo_id} / {self.person_id}"


class Recruitment(models.Model):
    """A company took somebody on after a demo. Who it was is another row."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    institute = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    demo = models.ForeignKey(Demo, models.CASCADE, related_name="recruitments")
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=RECRUIT_LABELS)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Return demo and kind."""
        return f"{self.demo_id}: {self.kind}"


class RecruitName(models.Model):
    """Which student it was, and whether that may be shown: theirs to say."""

    recruitment = models.OneToOneField(Recruitment, models.CASCADE, related_name="name")
    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    institute = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=NAME_LABELS, default=NameState.ASKED)
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Return recruitment and person by id."""
        return f"{self.recruitment_id} / {self.person_id}"
