"""A story is drafted, edited, agreed to by each company named, published, and taken down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.experiments.models import PublicText
from ydin.kernel.clock import now
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.networks.models import Enterprise, Network
from ydin.networks.queries import current_representatives
from ydin.outbox.services import post
from ydin.partnerships.models import Collaboration
from ydin.partnerships.policies import visible_together
from ydin.partnerships.rules import TogetherState
from ydin.people.models import Person
from ydin.stories.documents import draft_of
from ydin.stories.emails import consent_answered, consent_asked
from ydin.stories.models import Consent, Story
from ydin.stories.policies import can_consent, can_edit
from ydin.stories.queries import companies_of_text, consents_of
from ydin.stories.rules import ConsentState, StoryState, may_publish


@transaction.atomic
def draft_story(*, actor: Person | None, text: PublicText, editor: Person | None = None) -> Story:
    """Draft a story from the public text about an experiment. Its company is the first one named.

    Args:
        actor: a coordinator in the network.
        text: what the company told everybody; nothing of the card is taken.
        editor: who edits it, where no actor is given (sample data).

    Raises:
        NotAllowed: the actor coordinates nothing in the network.
        Refused: there is a story of it already, or the actor does not see the card.

    """
    _require_editor(actor, text.network)
    if Story.objects.filter(experiment=text.experiment_id).exists():
        raise Refused(_("There is a story about this experiment already."))
    companies = companies_of_text(text)
    if companies is None:
        raise Refused(_("The company does not show this experiment to the network."))
    story = Story.objects.create(
        network=text.network,
        experiment_id=text.experiment_id,
        editor=actor or editor,
        titles={text.language: text.title},
        texts={text.language: text.text},
    )
    _name(story, companies)
    record(actor=actor, action="story.drafted", target=story, network=text.network_id)
    return story


@transaction.atomic
def draft_from_collaboration(
    *, actor: Person | None, collaboration: Collaboration, editor: Person | None = None
) -> Story:
    """Draft a story from what two companies do together, in each of the network's languages. Both are named.

    Args:
        actor: a coordinator in the network, who reads that the two work together.
        collaboration: confirmed by both. What it was worth is not taken.
        editor: as in `draft_story`.

    Raises:
        NotAllowed: the actor coordinates nothing in the network, or may not know of the collaboration.
        Refused: it is not confirmed, or there is a story of it already.

    """
    _require_editor(actor, collaboration.network)
    if actor is not None and not visible_together(actor).filter(pk=collaboration.pk).exists():
        raise NotAllowed(_("The two companies do not show this to you."))
    if collaboration.state != TogetherState.CONFIRMED:
        raise Refused(_("First both companies confirm that they work together."))
    if Story.objects.filter(collaboration=collaboration).exists():
        raise Refused(_("There is a story about this already."))
    titles, texts = draft_of(collaboration, list(collaboration.network.languages))
    story = Story.objects.create(
        network=collaboration.network,
        collaboration=collaboration,
        editor=actor or editor,
        titles=titles,
        texts=texts,
    )
    _name(story, [collaboration.one, collaboration.other])
    record(actor=actor, action="story.drafted", target=story, network=collaboration.network_id)
    return story


@transaction.atomic
def change_story(
    *,
    actor: Person | None,
    story: Story,
    version: int,
    titles: Mapping[str, str],
    texts: Mapping[str, str],
    companies: Iterable[Enterprise],
) -> Story:
    """Change texts (by language) and the companies named. Whoever said yes is asked anew: the text is another.

    A published story is taken down until all have agreed again. Where nothing is another, nothing happens.

    Raises:
        NotAllowed, Conflict: as `_locked` says.
        Refused: no language has both heading and text.

    """
    held = _locked(actor, story, version)
    kept = [code for code in texts if texts[code].strip() and titles.get(code, "").strip()]
    if not kept:
        raise Refused(_("Write a heading and a text in one language at least."))
    named = list(companies)
    before = (held.titles, held.texts, {one.enterprise_id for one in consents_of(held)})
    held.titles = {code: " ".join(titles[code].split()) for code in kept}
    held.texts = {code: "\n".join(texts[code].strip().splitlines()) for code in kept}
    if before == (held.titles, held.texts, {one.pk for one in named}):
        return held
    held.state = StoryState.DRAFT
    _name(held, named)
    record(actor=actor, action="story.changed", target=held, network=held.network_id)
    return _stored(held)


@transaction.atomic
def ask_companies(*, actor: Person | None, story: Story, version: int) -> int:
    """Ask everybody who acts for a company named and has not said yes; returns how many letters go out.

    Raises:
        NotAllowed, Conflict: as `_locked` says.
        Refused: it is published, or names nobody.

    """
    held = _locked(actor, story, version)
    consents = consents_of(held)
    if held.state == StoryState.PUBLISHED or not consents:
        raise Refused(_("There is nobody to ask."))
    held.state = StoryState.ASKED
    letters = 0
    for consent in consents:
        if consent.state == ConsentState.YES:
            continue
        consent.story = held
        for acts in current_representatives().filter(enterprise=consent.enterprise_id):
            post(actor=actor, letter=consent_asked(consent, acts.person))
            letters += 1
        consent.state, consent.asked_at = ConsentState.WAITING, now()
        consent.save(update_fields=["state", "asked_at"])
    held.save(update_fields=["state", "changed_at"])
    record(actor=actor, action="story.asked", target=held, network=held.network_id)
    return letters


@transaction.atomic
def answer_consent(*, actor: Person | None, consent: Consent, version: int, agrees: bool) -> Consent:
    """Say for a company whether the story may name it. A no, or a yes taken back, takes the story down.

    Args:
        actor: somebody who acts for the company.
        consent: the company's row of the story.
        version: of the story that was read; consent holds for that text only.
        agrees: yes or no.

    Raises:
        NotAllowed: the actor does not act for the company.
        Conflict: the text has changed since.

    """
    if actor is not None and not can_consent(actor, consent):
        raise NotAllowed(_("This is answered by the company that is named."))
    story = (
        Story.objects.select_for_update(of=("self",))
        .select_related("network", "editor")
        .get(pk=consent.story_id)
    )
    if agrees and story.version != version:
        raise Conflict(_("The text was changed meanwhile. Read it again, please."))
    held = Consent.objects.select_related("enterprise").get(pk=consent.pk)
    held.story = story
    held.state = ConsentState.YES if agrees else ConsentState.NO
    held.answered_at, held.answered_by = now(), actor
    held.save(update_fields=["state", "answered_at", "answered_by"])
    if not agrees and story.state == StoryState.PUBLISHED:
        story.state = StoryState.DOWN
        story.save(update_fields=["state", "changed_at"])
    record(
        actor=actor,
        action="story.agreed" if agrees else "story.refused",
        target=story,
        enterprise=held.enterprise_id,
    )
    if story.editor is not None:
        post(actor=actor, letter=consent_answered(held, story.editor))
    return held


@transaction.atomic
def publish_story(*, actor: Person | None, story: Story, version: int) -> Story:
    """Publish it.

    Raises:
        NotAllowed, Conflict: as `_locked` says.
        Refused: a company named has not said yes, or it is published.

    """
    held = _locked(actor, story, version)
    if not may_publish(held.state, [one.state for one in consents_of(held)]):
        raise Refused(_("It can be published when every company named has said yes."))
    held.state, held.published_at = StoryState.PUBLISHED, held.published_at or now()
    held.save(update_fields=["state", "published_at", "changed_at"])
    record(actor=actor, action="story.published", target=held, network=held.network_id)
    return held


@transaction.atomic
def take_story_down(*, actor: Person | None, story: Story, version: int) -> Story:
    """Take it off the public site; the consents stay.

    Raises:
        NotAllowed, Conflict: as `_locked` says.

    """
    held = _locked(actor, story, version)
    held.state = StoryState.DOWN
    held.save(update_fields=["state", "changed_at"])
    record(actor=actor, action="story.taken_down", target=held, network=held.network_id)
    return held


def _require_editor(actor: Person | None, network: Network) -> None:
    if actor is not None and not can_edit(actor, network):
        raise NotAllowed(_("Stories are edited by the network's coordinators."))


def _locked(actor: Person | None, story: Story, version: int) -> Story:
    """Return the row, locked.

    Raises:
        NotAllowed: the actor coordinates nothing in the network.
        Conflict: somebody changed it since `version`.

    """
    held = Story.objects.select_for_update(of=("self",)).select_related("network", "editor").get(pk=story.pk)
    _require_editor(actor, held.network)
    if held.version != version:
        raise Conflict(_("Somebody changed this story meanwhile. Look at it and try again."))
    return held


def _stored(held: Story) -> Story:
    held.version += 1
    held.save()
    return held


def _name(story: Story, companies: Iterable[Enterprise]) -> None:
    """Name exactly these companies, all of them to be asked; the link of a letter of before stays theirs."""
    named = {one.pk: one for one in companies}
    rows = Consent.objects.filter(story=story)
    rows.exclude(enterprise__in=named).delete()
    rows.update(state=ConsentState.WAITING, asked_at=None)
    known = set(rows.values_list("enterprise", flat=True))
    Consent.objects.bulk_create(
        Consent(story=story, network=story.network, enterprise=one)
        for pk, one in named.items()
        if pk not in known
    )
