"""What companies try, offer, tell and do together, and what people ask for about their data, as hypothesis draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from hypothesis import strategies as st


class Card(NamedTuple):
    """An experiment of a company (None: the group tries it as one), told in a group, written down by somebody."""

    company: int | None
    group: int | None
    author: int | None
    audience: str


class Offer(NamedTuple):
    """What a company offers or needs, told in a group or to its whole network."""

    company: int
    group: int
    audience: str


class Pair(NamedTuple):
    """A need and an offer by their numbers: a suggestion, and an introduction that `asker` asked for."""

    need: int
    offer: int
    asker: int


class Asked(NamedTuple):
    """Somebody was asked whether they want to be introduced (the pair by its number)."""

    pair: int
    company: int
    person: int


class Together(NamedTuple):
    """Two companies do something together; `group` is the one that is told."""

    one: int
    other: int
    group: int | None
    told: str
    state: str


class Story(NamedTuple):
    network: int
    state: str


class Named(NamedTuple):
    """A company stands in a story (by its number), and was asked about it or not yet."""

    story: int
    company: int
    asked: bool


class Of(NamedTuple):
    """Something of a person in a network; `by`: a coordinator keyed the paper in."""

    network: int
    person: int
    by: int | None = None


class Wrong(NamedTuple):
    """A request for a correction: to a group's coordinators or (None) the network's; waited for a week or not."""

    network: int
    person: int
    group: int | None
    waited: bool


class Passage(NamedTuple):
    """A sentence that names somebody who was erased: of a group, or (None) of the network outside of groups."""

    network: int
    group: int | None


class Wish(NamedTuple):
    """An idea of a company, told in a group or to the group's whole network."""

    company: int
    group: int
    audience: str


class Talk(NamedTuple):
    """What somebody from outside would speak about in a network."""

    network: int
    speaker: int
    state: str


class TalkAsk(NamedTuple):
    """The speaker of a talk (by its number) is asked for an evening (by its number)."""

    talk: int
    meeting: int


@dataclass(frozen=True)
class Growth:
    """Companies, groups and people by the numbers of `Spec`; the rest by their own numbers here."""

    cards: tuple[Card, ...]
    companions: tuple[tuple[int, int], ...]
    offers: tuple[Offer, ...]
    pairs: tuple[Pair, ...]
    asked: tuple[Asked, ...]
    refused: tuple[tuple[int, int], ...]
    together: tuple[Together, ...]
    stories: tuple[Story, ...]
    named: tuple[Named, ...]
    signed: tuple[Of, ...]
    consents: tuple[Of, ...]
    corrections: tuple[Wrong, ...]
    passages: tuple[Passage, ...]
    proposals: tuple[tuple[int, int], ...]
    ideas: tuple[Wish, ...]
    supports: tuple[tuple[int, int], ...]
    talks: tuple[Talk, ...]
    talk_asks: tuple[TalkAsk, ...]


CARD_AUDIENCES = ("own", "group", "network", "public")
TALK_STATES = ("draft", "offered", "withdrawn")
STORY_STATES = ("draft", "asked", "published", "down")


def _some(strategy: st.SearchStrategy[Any], most: int, **more: Any) -> st.SearchStrategy[Any]:
    return st.lists(strategy, max_size=most, **more).map(tuple)


@st.composite
def growths(
    draw: st.DrawFn, groups: int, companies: int, people: int, networks: int, meetings: int
) -> Growth:
    """Draw it; the arguments say how many of each there are. Authors and groups may be anybody and anywhere."""
    group, company, person = (st.integers(0, most - 1) for most in (groups, companies, people))
    network, maybe = st.integers(0, networks - 1), st.none()
    offers = draw(
        st.lists(
            st.builds(Offer, company, group, st.sampled_from(("group", "network"))), min_size=1, max_size=4
        ).map(tuple)
    )
    stories = draw(st.lists(st.builds(Story, network, st.sampled_from(STORY_STATES)), min_size=1, max_size=3))
    offer, story = st.integers(0, len(offers) - 1), st.integers(0, len(stories) - 1)
    pairs = draw(_some(st.builds(Pair, offer, offer, person), 3, unique_by=lambda p: p[:2]))
    asked, refused, companions = (st.just(()) for _three in range(3))
    if pairs:
        pair = st.integers(0, len(pairs) - 1)
        asked = _some(st.builds(Asked, pair, company, person), 3, unique_by=lambda a: a[:2])
        refused = _some(st.tuples(pair, company), 2, unique=True)
    card = st.builds(Card, maybe | company, maybe | group, maybe | person, st.sampled_from(CARD_AUDIENCES))
    cards = draw(_some(card.filter(lambda c: c.company is not None or c.group is not None), 5))
    if cards:
        companions = _some(st.tuples(st.integers(0, len(cards) - 1), company), 3, unique=True)
    together = st.builds(
        Together,
        company,
        company,
        maybe | group,
        st.sampled_from(("pair", "group", "network")),
        st.sampled_from(("recorded", "confirmed", "declined")),
    ).filter(lambda t: t.one != t.other)
    named = st.builds(Named, story, company, st.booleans())
    of = st.builds(Of, network, person, maybe)
    wishes = draw(_some(st.builds(Wish, company, group, st.sampled_from(("group", "network"))), 4))
    talks = draw(_some(st.builds(Talk, network, person, st.sampled_from(TALK_STATES)), 3))
    supports = st.tuples(st.integers(0, max(len(wishes) - 1, 0)), company)
    asks = st.builds(TalkAsk, st.integers(0, max(len(talks) - 1, 0)), st.integers(0, meetings - 1))
    return Growth(
        cards=cards,
        companions=draw(companions),
        offers=offers,
        pairs=pairs,
        asked=draw(asked),
        refused=draw(refused),
        together=draw(_some(together, 4, unique_by=lambda t: t[:2])),
        stories=tuple(stories),
        named=draw(_some(named, 4, unique_by=lambda n: n[:2])),
        signed=draw(_some(of, 3, unique=True)),
        consents=draw(_some(st.builds(Of, network, person, maybe | person), 3, unique_by=lambda c: c[:2])),
        corrections=draw(_some(st.builds(Wrong, network, person, maybe | group, st.booleans()), 3)),
        passages=draw(_some(st.builds(Passage, network, maybe | group), 3)),
        proposals=draw(_some(st.tuples(st.integers(0, meetings - 1), person), 3, unique=True)),
        ideas=wishes,
        supports=draw(_some(supports, 4 if wishes else 0, unique=True)),
        talks=talks,
        talk_asks=draw(_some(asks, 3 if talks else 0, unique=True)),
    )


RICH_GROWTH = Growth(
    cards=(
        Card(0, 0, 0, "own"),
        Card(1, 0, 1, "group"),
        Card(2, 1, 0, "own"),  # written down by the coordinator of group 1
        Card(1, 0, 2, "network"),
        Card(3, 2, 3, "public"),
        Card(4, None, None, "group"),
        Card(3, 2, 3, "group"),
        Card(None, 0, 1, "own"),  # the group tries it as one, and the host wrote it down
        Card(None, 1, 5, "own"),
    ),
    companions=((0, 1), (1, 0), (4, 4)),
    offers=(Offer(0, 0, "group"), Offer(1, 0, "network"), Offer(2, 1, "group"), Offer(3, 2, "network")),
    pairs=(Pair(0, 1, 4), Pair(2, 1, 0)),
    asked=(Asked(0, 0, 0), Asked(0, 1, 1), Asked(1, 2, 5)),
    refused=((0, 0), (1, 1)),
    together=(
        Together(0, 1, 0, "pair", "confirmed"),
        Together(0, 2, 0, "group", "confirmed"),
        Together(1, 2, 0, "group", "recorded"),
        Together(2, 0, None, "network", "confirmed"),
        Together(2, 1, None, "network", "declined"),
        Together(3, 4, 2, "group", "confirmed"),
    ),
    stories=(Story(0, "draft"), Story(0, "asked"), Story(1, "published"), Story(1, "down")),
    named=(
        Named(0, 1, asked=False),
        Named(1, 0, asked=True),
        Named(1, 2, asked=True),
        Named(3, 3, asked=True),
    ),
    signed=(Of(0, 5), Of(0, 2), Of(0, 3), *(Of(1, person) for person in (0, 3, 4, 5, 6, 7, 8, 9))),
    consents=(Of(0, 0), Of(0, 5), Of(1, 3, by=4)),
    corrections=(
        Wrong(0, 1, None, waited=False),
        Wrong(0, 1, 0, waited=False),
        Wrong(0, 2, 1, waited=True),
        Wrong(1, 3, None, waited=False),
    ),
    passages=(Passage(0, 0), Passage(0, None), Passage(1, 2), Passage(1, None)),
    proposals=((0, 1), (2, 5), (3, 0)),
    ideas=(
        Wish(0, 0, "group"),
        Wish(1, 1, "group"),  # whose company has left the group
        Wish(0, 0, "network"),
        Wish(3, 2, "network"),
        Wish(2, 1, "group"),
    ),
    supports=((0, 1), (1, 2), (2, 1), (3, 4), (4, 0)),
    talks=(Talk(0, 5, "offered"), Talk(0, 5, "draft"), Talk(1, 3, "withdrawn"), Talk(1, 9, "offered")),
    talk_asks=(TalkAsk(0, 0), TalkAsk(0, 1), TalkAsk(2, 3), TalkAsk(3, 2)),
)
"""One of everything that each rule tells apart."""
