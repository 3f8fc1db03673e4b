"""Names of places in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language

from ydin.networks.models import Region


def region_name(region: Region) -> str:
    """Return a region's name in the reader's language, in Finnish where there is none."""
    names = {"sv": region.name_sv, "en": region.name_en}
    return names.get((get_language() or "fi").split("-")[0], "") or region.name_fi
