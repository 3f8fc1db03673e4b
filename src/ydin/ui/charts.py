"""Small charts: plain geometry for the SVG templates. Every chart stands before a table of its figures."""

from collections.abc import Sequence
from dataclasses import dataclass

ROW_HEIGHT = 46
BAR_WIDTH = 270
SPARK_WIDTH = 160
SPARK_HEIGHT = 36


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart: label, the figure as text, top and length in the drawing."""

    label: str
    value: str
    y: int
    length: str


def bars(points: Sequence[tuple[str, float]]) -> list[Bar]:
    """Lay out horizontal bars for (label, value ≥ 0); the longest takes BAR_WIDTH units."""
    most = max((value for _, value in points), default=0) or 1
    return [
        Bar(label, f"{value:g}", row * ROW_HEIGHT, f"{max(value, 0) / most * BAR_WIDTH:.1f}")
        for row, (label, value) in enumerate(points)
    ]


@dataclass(frozen=True)
class Spark:
    """A line over time: the points of an SVG polyline and its last point."""

    points: str
    x: str
    y: str


def sparkline(values: Sequence[float]) -> Spark:
    """Lay out values from the left to the right; zero is the floor. At least one value."""
    most = max(values, default=0) or 1
    step = (SPARK_WIDTH - 8) / max(len(values) - 1, 1)
    places = [
        (4 + step * place, SPARK_HEIGHT - 4 - (SPARK_HEIGHT - 8) * value / most)
        for place, value in enumerate(values)
    ]
    text = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return Spark(text, f"{places[-1][0]:.1f}", f"{places[-1][1]:.1f}")


@dataclass(frozen=True)
class Tick:
    """One company in the attendance strip: place, top, height and class."""

    x: int
    y: int
    height: int
    kind: str


def attendance_ticks(coming: int, maybe: int, total: int) -> list[Tick]:
    """One upright for each seat: full for those who come, half for maybe, a stub for the rest."""
    kinds = ["on"] * coming + ["maybe"] * maybe
    kinds += ["off"] * max(total - len(kinds), 0)
    heights = {"on": 30, "maybe": 20, "off": 10}
    return [Tick(10 * place, 30 - heights[kind], heights[kind], kind) for place, kind in enumerate(kinds)]
