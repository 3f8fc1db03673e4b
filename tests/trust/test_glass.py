"""Who operates the network is no reader; who breaks the glass is seen."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests.factories import GroupWorld, PersonFactory, make_group, make_meeting

from ydin.audit.models import Entry
from ydin.groups.models import GlassBreak
from ydin.kernel.acting import acting_as, acting_as_system
from ydin.meetings.models import Memo, Promise
from ydin.meetings.policies import visible_memos
from ydin.people.models import Person

REASON = "A member asked me to find a memo of theirs."


@pytest.fixture
def ours(db: None) -> GroupWorld:
    world = make_group(members=2)
    meeting = make_meeting(world, days=-3, state="held", invited=False)
    Memo.objects.create(meeting=meeting, group=world.group, discussed="SECRET")
    Promise.objects.create(meeting=meeting, group=world.group, enterprise=world.companies[0], what="x")
    return world


def _open(world: GroupWorld, person: Person, *, minutes_ago: int = 0) -> GlassBreak:
    starts = timezone.now() - timedelta(minutes=minutes_ago, seconds=1)
    return GlassBreak.objects.create(
        group=world.group, person=person, reason=REASON, starts_at=starts, ends_at=starts + timedelta(hours=1)
    )


def _reads(person: Person) -> bool:
    """Tell whether the person reads a memo; both barriers must say the same."""
    with acting_as(person.pk):
        raw = Memo.objects.exists()
    assert raw == visible_memos(person).exists()
    return raw


def test_no_flag_of_a_person_and_no_page_makes_a_reader(ours: GroupWorld) -> None:
    assert not {"is_staff", "is_superuser"} & {f.name for f in Person._meta.get_fields()}
    assert not _reads(ours.national)
    assert not _reads(PersonFactory())


def test_breaking_the_glass_opens_one_group_for_reading_and_tells_everybody(
    ours: GroupWorld, as_person, mails
) -> None:
    other = make_group(members=1, network=ours.network)
    meeting = make_meeting(other, days=-3, invited=False)
    Memo.objects.create(meeting=meeting, group=other.group, discussed="OTHER")
    client, path = as_person(ours.national), f"/manage/groups/{ours.group.pk}/glass/"
    page = client.get(path).content.decode()
    assert all(str(p) in page for p in (*ours.members, ours.coordinator))
    answer = client.post(path, {"reason": "short"})
    assert answer.status_code == 422
    assert "short</textarea>" in answer.content.decode()
    assert client.post(path, {"reason": REASON}).status_code == 303
    with acting_as(ours.national.pk):
        assert [m.discussed for m in Memo.objects.all()] == ["SECRET"]
        assert Memo.objects.update(discussed="gone") == 0
        assert Promise.objects.update(what="gone") == 0
    told = {m.person_id for m in mails() if m.kind == "groups.glass_broken"}
    nationals = {ours.national.pk, other.national.pk}
    assert told == {p.pk for p in (*ours.members, ours.coordinator)} | nationals
    assert all(REASON in m.text for m in mails() if m.kind == "groups.glass_broken")
    home = f"/groups/{ours.network.slug}/{ours.group.slug}/"
    assert "You read what is confidential here until" in client.get(home).content.decode()
    seen = as_person(ours.members[1]).get(home).content.decode()
    assert f"{ours.national} reads what is confidential here until" in seen
    assert REASON in seen
    assert REASON not in as_person(None).get(home).content.decode()
    assert REASON not in as_person(make_group(members=1).members[0]).get(home).content.decode()
    log = as_person(ours.members[0]).get(f"/log/groups/{ours.group.pk}/").content.decode()
    assert "opened the confidential content for an hour" in log
    assert client.get(path).status_code == 403, "it is open already"


def test_after_an_hour_nothing_is_read_and_the_page_still_tells(ours: GroupWorld, as_person) -> None:
    _open(ours, ours.national, minutes_ago=61)
    assert not _reads(ours.national)
    home = as_person(ours.members[0]).get(f"/groups/{ours.network.slug}/{ours.group.slug}/").content.decode()
    assert f"{ours.national} opened what is confidential here" in home
    other = make_group(members=1)
    _open(other, other.national, minutes_ago=31 * 24 * 60)
    home = (
        as_person(other.members[0]).get(f"/groups/{other.network.slug}/{other.group.slug}/").content.decode()
    )
    assert "opened what is confidential here" not in home


def test_while_it_lasts_it_reads(ours: GroupWorld) -> None:
    _open(ours, ours.national, minutes_ago=30)
    assert _reads(ours.national)
    assert not _reads(make_group(members=1, network=ours.network).national)


@pytest.mark.parametrize("who", ["members", "coordinator", "stranger"])
def test_who_may_not(ours: GroupWorld, as_person, who: str) -> None:
    people = {"members": ours.members[0], "coordinator": ours.coordinator, "stranger": PersonFactory()}
    path = f"/manage/groups/{ours.group.pk}/glass/"
    answer = as_person(people[who]).post(path, {"reason": REASON})
    assert answer.status_code == (404 if who == "stranger" else 403)
    assert not GlassBreak.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"person": "member"},
        {"hours": 3},
        {"group": "foreign"},
        {"starts": 600},
    ],
)
def test_the_database_takes_no_other_row(ours: GroupWorld, values: dict[str, object]) -> None:
    """Even past the service: for oneself, in an overseen group, from now, an hour."""
    starts = timezone.now() + timedelta(seconds=int(str(values.get("starts", 0))))
    row = GlassBreak(
        group=make_group(members=1).group if "group" in values else ours.group,
        person=ours.members[0] if "person" in values else ours.national,
        reason=REASON,
        starts_at=starts,
        ends_at=starts + timedelta(hours=int(str(values.get("hours", 1)))),
    )
    with acting_as(ours.national.pk), pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)
    assert not GlassBreak.objects.exists()


def test_nobody_changes_or_deletes_it(ours: GroupWorld) -> None:
    _open(ours, ours.national)
    """But the system, in which erasure cuts a name out of a reason."""
    said = ["update groups_glassbreak set reason = 'x'"]
    kept = ["update groups_glassbreak set group_id = group_id", "delete from groups_glassbreak"]
    for acting, statements in ((lambda: acting_as(ours.national.pk), said + kept), (acting_as_system, kept)):
        for statement in statements:
            with acting(), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(statement)


def test_support_uses_the_command_line_and_is_seen_too(ours: GroupWorld, mails) -> None:
    support = PersonFactory()
    place = ["--network", ours.network.slug, "--group", ours.group.slug]
    call_command("break_glass", support.email, *place, "--reason", REASON, stdout=StringIO())
    assert _reads(support)
    assert {m.person_id for m in mails()} >= {ours.members[0].pk, ours.national.pk}
    entry = Entry.objects.get(action="glass.broken")
    assert (entry.actor_id, entry.of_person_id, entry.of_group) == (None, support.pk, ours.group.pk)
    with pytest.raises(CommandError, match="no such"):
        call_command("break_glass", "x@example.org", *place, "--reason", REASON, stdout=StringIO())
