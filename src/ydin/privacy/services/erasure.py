"""Being forgotten: asked for, taken back, done."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.groups.models import CoreGroup
from ydin.groups.queries import coordinators_of
from ydin.kernel.acting import acting_as
from ydin.kernel.clock import now
from ydin.kernel.errors import Refused
from ydin.meetings.models import Rsvp
from ydin.meetings.rules.states import Answer, Standing
from ydin.networks.models import Network
from ydin.networks.queries import utc_today
from ydin.outbox.models import InboundMail, Message
from ydin.outbox.rules import MessageState
from ydin.outbox.services import post
from ydin.people.models import Person
from ydin.privacy.emails import erasure_asked, passages_found
from ydin.privacy.models import Erasure, Passage
from ydin.privacy.policies import leads_of, led_by_nobody_else, open_erasure
from ydin.privacy.queries.tables_groups import TABLES
from ydin.privacy.queries.texts import Mention, copies, groups_ever, mails_naming, mentions, words_of
from ydin.privacy.rules import GRACE, REMOVED, ErasureState, Fate, Wanted, replaced, seal

SPELLS = ("representations", "network_roles", "coordinated")
"""What a person is from one day to another."""


@transaction.atomic
def ask_erasure(*, actor: Person) -> Erasure:
    """Ask to be erased when the grace period is over; a letter carries the way back.

    Raises:
        Refused: a group or network would have no coordinator.

    """
    Person.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    known = open_erasure(actor)
    if known is not None:
        return known
    led = led_by_nobody_else(actor)
    if led:
        words = _("You are the only coordinator of %(names)s. Name a successor first, then come back.")
        raise Refused(words % {"names": ", ".join(led)})
    erasure = Erasure.objects.create(person=actor, due_at=now() + GRACE)
    record(actor=actor, action="erasure.asked", target=erasure)
    post(actor=actor, letter=erasure_asked(erasure))
    return erasure


@transaction.atomic
def undo_erasure(*, actor: Person) -> None:
    """Take the actor's request back; nothing happens where there is none any more."""
    found = Erasure.objects.select_for_update().filter(person=actor, state=ErasureState.ASKED).first()
    if found is not None:
        found.state, found.ended_at = ErasureState.UNDONE, now()
        found.save(update_fields=["state", "ended_at"])
        record(actor=actor, action="erasure.undone", target=found)


def erase_due(*, actor: None) -> int:
    """Erase everybody whose grace period is over; return how many. What cannot be done yet is tried again."""
    with transaction.atomic():  # the worker's rights begin with a transaction
        due = Erasure.objects.filter(state=ErasureState.ASKED, due_at__lte=now()).order_by("due_at", "pk")
        waiting = list(due.values_list("pk", flat=True))
    return sum(erase(actor=actor, erasure_id=pk) for pk in waiting)


@transaction.atomic
def erase(*, actor: None, erasure_id: int) -> bool:
    """Erase one person, or say False: taken back, the only coordinator, a letter on its way."""
    locked = Erasure.objects.select_for_update(of=("self",)).select_related("person")
    erasure = locked.filter(pk=erasure_id, state=ErasureState.ASKED, due_at__lte=now()).first()
    if erasure is None or led_by_nobody_else(erasure.person):
        return False
    person, words, near = erasure.person, words_of(erasure.person), groups_ever(erasure.person)
    mails = mails_naming(words)
    if _a_letter_is_leaving(person, words, near) or any(mail.handled_at is None for mail in mails):
        return False
    _end_spells(person)
    _apply_fates(person)
    _empty_copies(words, near)
    InboundMail.objects.filter(pk__in=[mail.pk for mail in mails]).update(raw=b"", size=0)
    found = _ask_about(erasure, list(mentions(words, near)), words, near)
    _forget(person)
    erasure.state, erasure.ended_at = ErasureState.DONE, now()
    erasure.save(update_fields=["state", "ended_at"])
    record(actor=actor, action="erasure.done", target=erasure, passages=len(found))
    _tell(erasure, found)
    return True


def _a_letter_is_leaving(person: Person, words: Wanted, near: set[int]) -> bool:
    """Tell whether a letter to somebody else that names the person waits to be sent."""
    table = next(t for t in TABLES if t.label == "outbox.message")
    waiting = Message.objects.filter(
        state__in=[MessageState.QUEUED, MessageState.SENDING], pk__in=copies(table, words, near)
    )
    return waiting.exclude(person=person).exclude(to_address__iexact=person.email).exists()


def _end_spells(person: Person) -> None:
    """End what the person is with yesterday; an answer for an evening to come becomes a no."""
    today = utc_today()
    for name in SPELLS:
        spells = getattr(person, name)
        spells.filter(starts_on__gte=today).delete()
        goes_on = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
        spells.filter(goes_on).update(ends_on=today - timedelta(days=1))
    coming = Rsvp.objects.filter(person=person, meeting__starts_at__gt=now())
    coming.update(
        answer=Answer.NOT_COMING, standing=Standing.NONE, queued_at=None, guests=0, version=F("version") + 1
    )


def _apply_fates(person: Person) -> None:
    """Do with each table's rows about the person what the register says."""
    for table in TABLES:
        rows = table.about(person)
        if table.fate == Fate.DELETED:
            rows.delete()
        elif table.fate == Fate.EMPTIED:
            if table.label == "outbox.message":
                rows.filter(state=MessageState.QUEUED).update(state=MessageState.FAILED)
            rows.update(**table.emptied)


def _empty_copies(words: Wanted, near: set[int]) -> None:
    for table in TABLES:
        empty = {name: value for name, value in table.emptied.items() if name != "to_address"}
        for pk in copies(table, words, near):
            table.rows().filter(pk=pk).update(**empty)


def _ask_about(erasure: Erasure, found: list[Mention], words: Wanted, near: set[int]) -> list[Passage]:
    """Write down every sentence that names the person, for a coordinator's decision.

    Where no coordinator reads the text, nobody is asked and nobody reads it for this: the name alone goes.
    """
    readers, rows = _Readers(), []
    for one in found:
        if one.network is None or not readers.open_it(one):
            _blank(one, words.near if one.group in near else words.far)
            continue
        rows.append(
            Passage(
                erasure=erasure,
                network_id=one.network,
                group_id=one.group,
                table=one.table.label,
                row=one.row,
                column=one.column,
                digest=seal(one.sentence),
                words=list(one.words),
            )
        )
    return Passage.objects.bulk_create(rows, ignore_conflicts=True)


class _Readers:
    """Who decides about sentences, and whether they read the text that one stands in."""

    def __init__(self) -> None:
        self._leads: dict[tuple[int | None, int | None], list[Person]] = {}
        self._rows: dict[tuple[str, str], bool] = {}

    def leads(self, group: int | None, network: int | None) -> list[Person]:
        """Return the coordinators who look after what belongs to the group, or to the network."""
        key = (group, network)
        if key not in self._leads:
            found: list[Person] = []
            if group is not None:
                found = coordinators_of(CoreGroup.objects.get(pk=group))
            elif network is not None:
                found = leads_of(Network.objects.get(pk=network))
            self._leads[key] = [one for one in found if one.is_active]
        return self._leads[key]

    def open_it(self, one: Mention) -> bool:
        """Tell whether one of them reads the row; true as well where there is nobody yet."""
        key = (one.table.label, one.row)
        if key not in self._rows:
            leads = self.leads(one.group, one.network)
            self._rows[key] = not leads or any(_reads(lead, one) for lead in leads)
        return self._rows[key]


def _reads(lead: Person, one: Mention) -> bool:
    with acting_as(lead.pk):
        return bool(one.table.rows().filter(pk=one.row).exists())


def _blank(one: Mention, pattern: re.Pattern[str]) -> None:
    value = one.table.rows().values_list(one.column, flat=True).get(pk=one.row)
    without_name = replaced(value, lambda text: pattern.sub(REMOVED, text))
    one.table.rows().filter(pk=one.row).update(**{one.column: without_name})


def _forget(person: Person) -> None:
    """Empty the person's own row, and the queue's memory of the address."""
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from procrastinate_jobs where lower(args->>'address') = lower(%s) and status <> 'doing'",
            [person.email],
        )
    Person.objects.filter(pk=person.pk).update(
        name="",
        email=f"{person.pk}@former.invalid",
        is_active=False,
        last_login=None,
        digest_until=None,
        mail_paused_until=None,
        erased_at=now(),
    )


def _tell(erasure: Erasure, found: list[Passage]) -> None:
    """Tell each coordinator how many sentences wait for them."""
    readers, waiting = _Readers(), Counter[Person]()
    for one in found:
        waiting.update(readers.leads(one.group_id, one.network_id))
    for lead, count in waiting.items():
        post(actor=None, letter=passages_found(erasure, lead, count))
