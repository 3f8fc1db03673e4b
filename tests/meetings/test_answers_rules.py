"""The arithmetic of places, by example and by chance."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ydin.meetings.rules.answers import Room, Waiting, moving_up, standing_for
from ydin.meetings.rules.states import Standing

rooms = st.builds(
    Room,
    capacity=st.none() | st.integers(0, 30),
    visitor_places=st.integers(0, 5),
    taken=st.integers(0, 30),
    visitors=st.integers(0, 5),
    waiting=st.integers(0, 3),
)
queues = st.lists(
    st.builds(Waiting, key=st.integers(), people=st.integers(1, 3), visitors=st.booleans()),
    max_size=12,
    unique_by=lambda one: one.key,
)


@given(rooms, st.sampled_from(Standing), st.integers(0, 5), st.integers(0, 5), st.booleans())
def test_a_new_place_is_given_only_when_there_is_one_and_nobody_waits(
    room: Room, before: Standing, had: int, guests: int, visitors: bool
) -> None:
    after = standing_for(room, before, had, guests, visitors=visitors)
    more = guests - had if before is Standing.ADMITTED else 1 + guests
    if after is Standing.ADMITTED and more > 0:
        assert room.waiting == 0
        assert room.capacity is None or room.taken + more <= room.capacity
    if before is Standing.ADMITTED and more <= 0:
        assert after is Standing.ADMITTED
    if before is Standing.WAITING:
        assert after is Standing.WAITING


@given(rooms, queues)
def test_moving_up_never_overfills_and_keeps_the_order(room: Room, queue: list[Waiting]) -> None:
    moved = moving_up(room, queue)
    people = [one for one in queue if one.key in moved]
    assert [one.key for one in people] == moved
    if room.capacity is not None and moved:
        assert room.taken + sum(one.people for one in people) <= room.capacity
    if any(one.visitors for one in people):
        guests = sum(one.people for one in people if one.visitors)
        assert room.visitors + guests <= room.visitor_places
    members = [one for one in queue if not one.visitors]
    assert [m.key for m in members if m.key in moved] == [m.key for m in members][
        : sum(m.key in moved for m in members)
    ]


def test_a_pair_at_the_head_is_not_passed() -> None:
    room = Room(capacity=10, visitor_places=2, taken=9, visitors=0, waiting=2)
    assert moving_up(room, [Waiting(1, 2, visitors=False), Waiting(2, 1, visitors=False)]) == []
