"""Who works with whom, as a picture: circles for companies, lines for what they do together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ydin.kernel.lazy import lazy
from ydin.partnerships.models import TOGETHER_LABELS, Collaboration
from ydin.partnerships.queries.together import HiddenLink

if TYPE_CHECKING:
    import networkx as nx
else:
    nx = lazy("networkx")

WIDTH, HEIGHT, EDGE, SIDE = 720, 480, 44, 112
SEED = 7
MIDDLE, PULL = "middle", 0.5
"""A company of each part hangs on a middle that is not drawn, so that the parts stay near one another."""
NAMED_MOST = 60
"""More companies than this are drawn without their names; the table has them."""
LONGEST_NAME = 22


@dataclass(frozen=True)
class Circle:
    """A company. Without a name it is one that the reader may not know."""

    x: str
    y: str
    name: str
    short: str
    is_mine: bool


@dataclass(frozen=True)
class Line:
    """What two companies do together."""

    x1: str
    y1: str
    x2: str
    y2: str
    kind: str
    label: str
    is_hidden: bool


@dataclass(frozen=True)
class Picture:
    """The drawn network and its measures."""

    width: int
    height: int
    circles: list[Circle]
    lines: list[Line]
    shows_names: bool


def picture_of(rows: Sequence[Collaboration], hidden: Sequence[HiddenLink], mine: set[int]) -> Picture | None:
    """Return the network as a picture, laid out by force (Fruchterman & Reingold 1991); None if it is empty.

    Companies that the reader may know come from `rows`. A company that is in both is drawn twice, once without
    a name, so that nobody learns from a line with whom a named company works.
    """
    ends = [(f"c{row.one_id}", f"c{row.other_id}", row.kind, False) for row in rows]
    ends += [(f"h{link.one}", f"h{link.other}", link.kind, True) for link in hidden]
    if not ends:
        return None
    at = _places([(a, b) for a, b, _kind, _hidden in ends])
    names = {f"c{one.pk}": one for row in rows for one in (row.one, row.other)}
    return Picture(
        WIDTH,
        HEIGHT,
        [_circle(at[key], names.get(key), mine) for key in at],
        [Line(*at[a], *at[b], kind, _kind_words(kind), is_hidden) for a, b, kind, is_hidden in ends],
        len(names) <= NAMED_MOST,
    )


def _places(pairs: Sequence[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Return where each company is drawn, in units of the picture: the same at every look."""
    graph = nx.Graph()
    graph.add_edges_from(sorted(pairs))
    for part in list(nx.connected_components(graph)):
        graph.add_edge(MIDDLE, max(sorted(part), key=graph.degree), weight=PULL)
    spread = nx.spring_layout(graph, seed=SEED, k=1.6 / len(graph) ** 0.5, iterations=120)
    del spread[MIDDLE]
    xs, ys = [p[0] for p in spread.values()], [p[1] for p in spread.values()]
    return {
        key: (_scaled(p[0], min(xs), max(xs), WIDTH, SIDE), _scaled(p[1], min(ys), max(ys), HEIGHT, EDGE))
        for key, p in spread.items()
    }


def _scaled(value: float, least: float, most: float, size: int, edge: int) -> str:
    part = (value - least) / (most - least) if most > least else 0.5
    return f"{edge + part * (size - 2 * edge):.1f}"


def _circle(at: tuple[str, str], company: Any, mine: set[int]) -> Circle:
    name = company.name if company else ""
    short = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
    return Circle(*at, name, short, company is not None and company.pk in mine)


def _kind_words(kind: str) -> str:
    return str({key.value: label for key, label in TOGETHER_LABELS.items()}.get(kind, kind))
