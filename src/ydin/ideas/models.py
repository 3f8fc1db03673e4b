"""Ideas of companies, who supports them, talks that experts offer, and evenings for which one is asked."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ydin.groups.models import CoreGroup
from ydin.ideas.rules.states import LONGEST, LONGEST_WHY, Kind, Shown, State, Topic
from ydin.ideas.rules.talks import LONGEST_TITLE, AskState, TalkState
from ydin.meetings.models import Meeting
from ydin.networks.models import Enterprise, Network, Region
from ydin.people.models import LANGUAGE_LABELS

KIND_LABELS = {
    Kind.THEME: _("a theme for an evening"),
    Kind.QUESTION: _("a question to look into"),
    Kind.TOOL: _("a tool or a place to try"),
}
TOPIC_LABELS = {
    Topic.SALES: _("selling"),
    Topic.MARKETING: _("being noticed"),
    Topic.PRICE: _("price"),
    Topic.PRODUCT: _("products and services"),
    Topic.DIGITAL: _("digital tools and AI"),
    Topic.EXPORT: _("going abroad"),
    Topic.MONEY: _("money and figures"),
    Topic.LAW: _("contracts and law"),
    Topic.PEOPLE: _("workers and hiring"),
    Topic.WELLBEING: _("coping and time"),
    Topic.TOGETHER: _("doing it together"),
    Topic.GREEN: _("the environment"),
}
STATE_LABELS = {
    State.OPEN: pgettext_lazy("idea", "open"),
    State.TAKEN: pgettext_lazy("idea", "taken up"),
    State.PLANNED: pgettext_lazy("idea", "planned for an evening"),
    State.ANSWERED: pgettext_lazy("idea", "answered"),
    State.PARKED: pgettext_lazy("idea", "parked"),
    State.CLOSED: pgettext_lazy("idea", "closed"),
}
SHOWN_LABELS = {Shown.GROUP: _("Our group"), Shown.NETWORK: _("The whole network")}
TALK_LABELS = {
    TalkState.DRAFT: pgettext_lazy("talk", "draft"),
    TalkState.OFFERED: pgettext_lazy("talk", "offered"),
    TalkState.WITHDRAWN: pgettext_lazy("talk", "withdrawn"),
}
ASK_LABELS = {
    AskState.ASKED: _("waits for an answer"),
    AskState.YES: _("comes"),
    AskState.NO: pgettext_lazy("talk", "cannot come"),
    AskState.OTHER_TIME: _("another time"),
    AskState.CALLED_OFF: _("called off"),
}


class Idea(models.Model):
    """What a company wants looked into, in a sentence or two. Confidential: row security reads the audience."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    group = models.ForeignKey(CoreGroup, models.CASCADE, related_name="ideas")
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="ideas")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="ideas"
    )
    kind = models.CharField(max_length=8, choices=KIND_LABELS, default=Kind.THEME)
    topic = models.CharField(max_length=10, choices=TOPIC_LABELS, blank=True)
    language = models.CharField(max_length=8, choices=LANGUAGE_LABELS)
    text = models.CharField(max_length=LONGEST)
    why = models.CharField(max_length=LONGEST_WHY, blank=True)
    audience = models.CharField(max_length=8, choices=SHOWN_LABELS, default=Shown.GROUP)
    state = models.CharField(max_length=8, choices=STATE_LABELS, default=State.OPEN)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="ideas")
    theme_before = models.CharField(
        max_length=300, blank=True, help_text="theme of the evening before this was put there"
    )
    answer = models.TextField(blank=True)
    answer_link = models.URLField(max_length=500, blank=True)
    answer_language = models.CharField(max_length=8, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="why it is parked")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Read by group and by network, newest first; an evening has its themes."""

        indexes: ClassVar = [
            models.Index(fields=["network", "-created_at"], name="idea_of_network"),
            models.Index(fields=["group", "-created_at"], name="idea_of_group"),
        ]

    def __str__(self) -> str:
        """Return kind and company; the text is for its readers."""
        return f"{self.kind} of {self.enterprise_id}"


class Support(models.Model):
    """A company wants the same. Read by those who read the idea."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="supports")
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """One support a company."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "enterprise"], name="idea_support_once")
        ]

    def __str__(self) -> str:
        """Return idea and company by id."""
        return f"{self.idea_id} / {self.enterprise_id}"


class Talk(models.Model):
    """What an expert would come and speak about. A draft is read by its speaker alone, then by the network."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    speaker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="talks")
    title = models.CharField(max_length=LONGEST_TITLE)
    gives = models.TextField(help_text="what listeners take home")
    language = models.CharField(max_length=8, choices=LANGUAGE_LABELS, help_text="of these words")
    topic = models.CharField(max_length=10, choices=TOPIC_LABELS, blank=True)
    languages = ArrayField(models.CharField(max_length=8), help_text="in which it can be given")
    online = models.BooleanField(default=False)
    region = models.ForeignKey(
        Region, models.SET_NULL, null=True, blank=True, related_name="+", help_text="none: anywhere"
    )
    minutes = models.PositiveSmallIntegerField(null=True, blank=True, help_text="longest drive")
    months = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, help_text="1-12; none: any"
    )
    most = models.PositiveSmallIntegerField(default=4, help_text="evenings in a season at most")
    full_until = models.DateField(
        null=True, blank=True, help_text="last day of the season for which as many evenings are promised"
    )
    state = models.CharField(max_length=10, choices=TALK_LABELS, default=TalkState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Listed by network."""

        indexes: ClassVar = [models.Index(fields=["network", "state"], name="talk_of_network")]

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class TalkAsk(models.Model):
    """Host or coordinator ask a speaker for an evening. Read by them and the speaker."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="asks")
    speaker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="talk_asks")
    group = models.ForeignKey(CoreGroup, models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=ASK_LABELS, default=AskState.ASKED)
    words = models.CharField(max_length=500, blank=True, help_text="what the speaker answered")
    round = models.PositiveSmallIntegerField(default=1, help_text="grows when it is asked again")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A talk is asked for once an evening; asking again is the same row."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["talk", "meeting"], name="talk_asked_once")]

    def __str__(self) -> str:
        """Return talk and evening by id."""
        return f"{self.talk_id} / {self.meeting_id}"
