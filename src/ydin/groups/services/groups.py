"""Core groups, their coordinators and ground rules. `actor=None` is the system (commands, jobs, samples)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.groups import emails
from ydin.groups.models import CoreGroup, GroundRules, GroupCoordinator
from ydin.groups.policies import can_manage
from ydin.groups.rules import default_agenda
from ydin.kernel.errors import Conflict, Refused
from ydin.networks.models import Network, Organisation
from ydin.networks.policies import can_coordinate_network, demand
from ydin.networks.queries import utc_today
from ydin.networks.services.setup import check_time_zone, never_began
from ydin.outbox.services import post
from ydin.people.models import Person
from ydin.people.services import get_or_create_person

SETTINGS = (
    "name", "about", "kind", "region", "organisation", "language", "time_zone", "min_size", "max_size",
    "months_off", "weekdays", "evening_start", "evening_end", "visitor_places", "reminder_days",
    "records_lateness", "agenda_template", "is_open", "about_texts", "latitude", "longitude",
)  # fmt: skip
"""What `update_group` changes, besides the neighbours."""


@transaction.atomic
def create_group(
    *,
    actor: Person | None,
    network: Network,
    slug: str,
    name: str,
    organisation: Organisation,
    **more: Any,
) -> CoreGroup:
    """Create a core group of the network.

    Args:
        actor: the network's coordinator.
        network: where it belongs.
        slug: short name in addresses, once in the network.
        name: as people call it.
        organisation: who arranges it, of the same network.
        more: further fields of `CoreGroup`; language and time zone come from the network, the agenda
            from the language's default unless given.

    """
    demand(allowed=actor is None or can_coordinate_network(actor, network))
    values = {"language": network.default_language, "time_zone": network.time_zone, **more}
    values.setdefault("agenda_template", default_agenda(values["language"]))
    _check(network, {"organisation": organisation, **values})
    try:
        with transaction.atomic():
            group = CoreGroup.objects.create(
                network=network, slug=slug, name=name, organisation=organisation, **values
            )
    except IntegrityError as error:
        raise Refused(_("The short name %(slug)s is already taken.") % {"slug": slug}) from error
    record(actor=actor, action="group.created", target=group)
    return group


@transaction.atomic
def update_group(
    *,
    actor: Person | None,
    group: CoreGroup,
    version: int,
    neighbours: list[CoreGroup] | None = None,
    **values: Any,
) -> CoreGroup:
    """Change the group's settings.

    Args:
        actor: a coordinator of the group or of its network.
        group: the group.
        version: the version that the actor saw.
        neighbours: groups whose members come and go, all of the same network; None leaves them.
        values: fields named in `SETTINGS`.

    Raises:
        Conflict: somebody changed the settings since `version`.

    """
    demand(allowed=actor is None or can_manage(actor, group))
    assert set(values) <= set(SETTINGS), values
    _check(group.network, values)
    smallest = values.get("min_size", group.min_size)
    if smallest > values.get("max_size", group.max_size):
        raise Refused(_("The smallest size cannot be larger than the largest."))
    if values.get("language", group.language) != group.language:
        values |= _retold(group, values)
    changed = sorted(k for k, v in values.items() if getattr(group, k) != v)
    moved = CoreGroup.objects.filter(pk=group.pk, version=version).update(**values, version=F("version") + 1)
    if not moved:
        raise Conflict(_("Somebody else changed these settings while you had them open."))
    if neighbours is not None:
        if any(n.network_id != group.network_id for n in neighbours):
            raise Refused(_("A neighbouring group is one of the same network."))
        group.neighbours.set([n for n in neighbours if n.pk != group.pk])
    group.refresh_from_db()
    record(actor=actor, action="group.changed", target=group, fields=changed)
    return group


def _retold(group: CoreGroup, values: dict[str, Any]) -> dict[str, Any]:
    """Return the group's texts under a new language: each stays a text in the language it is in."""
    if values.get("about", group.about) != group.about:
        return {}
    known = {**group.about_texts, group.language: group.about}
    about = known.pop(values["language"], "")
    return {"about": about, "about_texts": {code: text for code, text in known.items() if text}}


def _check(network: Network, values: dict[str, Any]) -> None:
    for name in ("organisation", "region"):
        thing = values.get(name)
        if thing is not None and thing.network_id != network.pk:
            raise Refused(_("Choose one of the same network."))
    if "time_zone" in values:
        check_time_zone(values["time_zone"])


@transaction.atomic
def add_coordinator(
    *, actor: Person | None, group: CoreGroup, person: Person, starts_on: date | None = None
) -> GroupCoordinator:
    """Let a person coordinate the group, silently; one who does so already keeps on."""
    demand(allowed=actor is None or can_manage(actor, group))
    held = GroupCoordinator.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=utc_today()), group=group, person=person
    ).first()
    if held:
        if held.ends_on is not None:
            held.ends_on = None
            held.save(update_fields=["ends_on"])
            record(actor=actor, action="coordinator.kept", target=held, group=group.pk)
        return held
    given = GroupCoordinator.objects.create(group=group, person=person, starts_on=starts_on or utc_today())
    record(actor=actor, action="coordinator.added", target=given, group=group.pk, person=person.pk)
    return given


@transaction.atomic
def invite_coordinator(
    *, actor: Person | None, group: CoreGroup, email: str, name: str, language: str
) -> GroupCoordinator:
    """Let whoever has this address coordinate the group, and welcome them by mail with where to sign in."""
    demand(allowed=actor is None or can_manage(actor, group))
    person = get_or_create_person(actor=actor, email=email, name=name, language=language)
    given = add_coordinator(actor=actor, group=group, person=person)
    post(actor=actor, letter=emails.coordinator_welcome(group=group, person=person, by=actor))
    return given


@transaction.atomic
def end_coordinator(*, actor: Person | None, coordinator: GroupCoordinator, last_day: date) -> None:
    """End a coordinator's time with `last_day`; one that never began goes away."""
    demand(allowed=actor is None or can_manage(actor, coordinator.group))
    undone = never_began(coordinator.starts_on, last_day)
    record(
        actor=actor,
        action="coordinator.ended",
        target=coordinator,
        group=coordinator.group_id,
        last_day=last_day.isoformat(),
    )
    if undone:
        coordinator.delete()
        return
    coordinator.ends_on = last_day
    coordinator.save(update_fields=["ends_on"])


@transaction.atomic
def publish_ground_rules(
    *, actor: Person | None, group: CoreGroup, texts: dict[str, str], valid_from: date | None = None
) -> int:
    """Write a new version of the ground rules, by language; earlier versions stay. Return its number."""
    demand(allowed=actor is None or can_manage(actor, group))
    written = {language: text.strip() for language, text in texts.items() if text.strip()}
    if not written:
        raise Refused(_("Write the rules in at least one language."))
    CoreGroup.objects.select_for_update().get(pk=group.pk)
    last = GroundRules.objects.filter(group=group).order_by("-number").first()
    number = last.number + 1 if last else 1
    for language, text in written.items():
        GroundRules.objects.create(
            group=group,
            number=number,
            language=language,
            text=text,
            valid_from=valid_from or utc_today(),
        )
    record(actor=actor, action="ground_rules.published", target=group, number=number)
    return number
