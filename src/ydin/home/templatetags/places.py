"""Names of places in the reader's language."""

from __future__ import annotations

from django import template

from ydin.calendar.documents.names import region_name

register = template.Library()
register.filter("place_name", region_name)
