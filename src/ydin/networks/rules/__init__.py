"""Enterprises, regions and distances: facts without a database."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

MICRO_LIMIT = 10
"""A micro-enterprise has fewer than this many people (Commission Recommendation 2003/361/EC)."""

SAME_MUNICIPALITY_MINUTES = 10
SAME_SUB_REGION_MINUTES = 30
ELSEWHERE_MINUTES = 60
LONGEST_MINUTES = 120
ROAD_FACTOR = 1.3
EARTH_RADIUS_KM = 6371.0


class RegionLevel(StrEnum):
    """Levels of the region tree."""

    COUNTRY = "country"
    REGION = "region"
    SUB_REGION = "sub_region"


class OrganisationKind(StrEnum):
    """What an organisation is in the network."""

    UNIVERSITY = "university"
    DEVELOPMENT_COMPANY = "development_company"
    INSTITUTE = "institute"
    FUNDER = "funder"


class NetworkRole(StrEnum):
    """Roles that a person holds in a whole network. All but the first are held by people from outside."""

    COORDINATOR = "network_coordinator"
    EXPERT = "expert"
    RESEARCHER = "researcher"
    STUDENT = "student"
    INSTITUTE = "institute"


@dataclass(frozen=True)
class Place:
    """Where something is: codes and, if known, WGS 84 degrees."""

    municipality: str
    sub_region: str
    latitude: float | None = None
    longitude: float | None = None


def is_micro(head_count: int | None) -> bool:
    """Tell whether an enterprise of so many people is a micro-enterprise; unknown counts as micro."""
    return head_count is None or head_count < MICRO_LIMIT


def travel_minutes(a: Place, b: Place) -> int:
    """Return the estimated drive in whole minutes, at most two hours.

    With coordinates: great-circle kilometres times 1.3, at 60 km/h. Without: by municipality and sub-region.
    """
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        if a.municipality and a.municipality == b.municipality:
            return SAME_MUNICIPALITY_MINUTES
        if a.sub_region and a.sub_region == b.sub_region:
            return SAME_SUB_REGION_MINUTES
        return ELSEWHERE_MINUTES
    phi_a, phi_b = math.radians(a.latitude), math.radians(b.latitude)
    half_lat = (phi_b - phi_a) / 2
    half_lon = math.radians(b.longitude - a.longitude) / 2
    h = math.sin(half_lat) ** 2 + math.cos(phi_a) * math.cos(phi_b) * math.sin(half_lon) ** 2
    kilometres = 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))
    return min(LONGEST_MINUTES, round(ROAD_FACTOR * kilometres))
