"""Who works with whom, as a picture: circles for companies, lines for what they do together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ydin.kernel.lazy import lazy
from ydin.partnerships.models import TOGETHER_LABELS, Collaboration
from ydin.partnerships.rules.figures import Link
from ydin.partnerships.rules.labels import Frame, Label, apart, placed

if TYPE_CHECKING:
    import networkx as nx
else:
    nx = lazy("networkx")

SEED = 7
MIDDLE, PULL = "middle", 0.5
"""A company of each part hangs on a middle that is not drawn, so that the parts stay near one another."""
NAMED_MOST = 60
"""More companies than this are drawn without their names; the table has them."""
RADIUS, SMALL = 9, 6
WIDE = Frame(1080, 600, RADIUS, 14)
TALL = Frame(360, 600, RADIUS, 14)
"""On a screen and on paper; and on a phone, where one unit is about one pixel."""
EDGE, LEAST = 44.0, 44.0


@dataclass(frozen=True)
class Circle:
    """A company. Without a name it is one that the reader may not know; without a label there was no room."""

    x: str
    y: str
    radius: int
    name: str
    is_mine: bool
    label: str
    label_x: str
    label_y: str
    anchor: str


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
    """The drawn network and its measures; `shape` is "wide" or "tall"."""

    shape: str
    width: int
    height: int
    circles: list[Circle]
    lines: list[Line]


def pictures_of(rows: Sequence[Collaboration], hidden: Sequence[Link], mine: set[int]) -> list[Picture]:
    """Return the network as a picture for a screen and one for a phone; none if it is empty.

    Laid out by force (Fruchterman & Reingold 1991); names lie beside their circles where there is room. Companies
    that the reader may know come from `rows`. A company that is in both is drawn twice, once without a name, so that
    nobody learns from a line with whom a named company works.
    """
    ends = [(f"c{row.one_id}", f"c{row.other_id}", row.kind, False) for row in rows]
    ends += [(f"h{link.one}", f"h{link.other}", "", True) for link in hidden]
    if not ends:
        return []
    names = {f"c{one.pk}": one.name for row in rows for one in (row.one, row.other)}
    drawn = _Network(
        _spread([(a, b) for a, b, _kind, _hidden in ends]), ends, names, {f"c{pk}" for pk in mine}
    )
    return [_picture(drawn, "wide", WIDE), _picture(drawn, "tall", TALL)]


@dataclass(frozen=True)
class _Network:
    """Where the companies lie, the lines between them, who may be named, and who is the reader's own."""

    spread: dict[str, tuple[float, float]]
    ends: Sequence[tuple[str, str, str, bool]]
    names: dict[str, str]
    own: set[str]


def _picture(drawn: _Network, shape: str, frame: Frame) -> Picture:
    at, names = _places(drawn.spread, frame), drawn.names
    links = Counter(key for a, b, _kind, _hidden in drawn.ends for key in (a, b))
    order = sorted(names, key=lambda key: (key not in drawn.own, -links[key], names[key], key))
    labels = placed(names, at, order, frame) if len(names) <= NAMED_MOST else {}
    return Picture(
        shape,
        int(frame.width),
        int(frame.height),
        [_circle(at[key], names.get(key, ""), labels.get(key), is_mine=key in drawn.own) for key in at],
        [
            Line(*_written(at[a]), *_written(at[b]), kind, _kind_words(kind), is_hidden)
            for a, b, kind, is_hidden in drawn.ends
        ],
    )


def _spread(pairs: Sequence[tuple[str, str]]) -> dict[str, tuple[float, float]]:
    """Return where each company lies, in no unit: the same at every look."""
    graph = nx.Graph()
    graph.add_edges_from(sorted(pairs))
    for part in list(nx.connected_components(graph)):
        graph.add_edge(MIDDLE, max(sorted(part), key=graph.degree), weight=PULL)
    spread = nx.spring_layout(graph, seed=SEED, k=1.6 / len(graph) ** 0.5, iterations=120)
    del spread[MIDDLE]
    return {key: (float(point[0]), float(point[1])) for key, point in spread.items()}


def _places(spread: dict[str, tuple[float, float]], frame: Frame) -> dict[str, tuple[float, float]]:
    """Return where each company is drawn; on a tall picture the plane is turned."""
    points = spread if frame.width > frame.height else {key: (y, x) for key, (x, y) in spread.items()}
    xs, ys = [p[0] for p in points.values()], [p[1] for p in points.values()]
    found = {
        key: (
            _scaled(p[0], min(xs), max(xs), frame.width),
            _scaled(p[1], min(ys), max(ys), frame.height),
        )
        for key, p in points.items()
    }
    return apart(found, LEAST, frame) if len(found) <= NAMED_MOST else found


def _scaled(value: float, least: float, most: float, size: float) -> float:
    part = (value - least) / (most - least) if most > least else 0.5
    return EDGE + part * (size - 2 * EDGE)


def _written(point: tuple[float, float]) -> tuple[str, str]:
    return f"{point[0]:.1f}", f"{point[1]:.1f}"


def _circle(at: tuple[float, float], name: str, label: Label | None, *, is_mine: bool) -> Circle:
    x, y = _written((label.x, label.y)) if label else ("", "")
    words, anchor = (label.words, label.anchor) if label else ("", "")
    return Circle(*_written(at), RADIUS if name else SMALL, name, is_mine, words, x, y, anchor)


def _kind_words(kind: str) -> str:
    return str({key.value: label for key, label in TOGETHER_LABELS.items()}.get(kind, ""))
