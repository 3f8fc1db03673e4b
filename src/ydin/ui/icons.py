"""Icons of the lucide package, drawn into the page (no request, no font)."""

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide


@cache
def _drawing(name: str, size: int) -> SafeString:
    drawn = lucide(name, size=size, focusable="false", aria_hidden="true")
    return mark_safe(drawn)  # noqa: S308  the package's own file, no value of a person in it


def icon(name: str, size: int = 20, label: str = "") -> SafeString:
    """Return the icon as SVG. Decorative unless `label` says what it means.

    An unknown name raises lucide.IconDoesNotExist.
    """
    if not label:
        return _drawing(name, size)
    return format_html('{}<span class="hide">{}</span>', _drawing(name, size), label)
