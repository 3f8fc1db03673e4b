"""Every letter of the product with sample data, for the catalogue: no database takes part.

A slice that sends letters has a module `previews` with a list `PREVIEWS`. It is imported when the catalogue
asks for it, so that nothing of it lives in a production process.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from types import SimpleNamespace
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.apps import apps
from django.utils import translation

from ydin.ui.letters import ENDINGS, Rendered, render_letter

SITE: Final = "https://ydin.example"
ZONE: Final = "Europe/Helsinki"
STARTS: Final = dt.datetime(2027, 2, 4, 17, 30, tzinfo=ZoneInfo(ZONE))
ENDS: Final = STARTS + dt.timedelta(hours=2, minutes=30)


class Sample(SimpleNamespace):
    """Stands for a row: attributes as given, and its name as text."""

    def __str__(self) -> str:
        """Return the name."""
        return str(self.name)


@dataclass(frozen=True)
class Preview:
    """A letter and sample data for its templates.

    Args:
        template: e.g. "meetings/email/announced".
        context: gives the sample data; the reader's language is current when it is called.
        variant: a word that tells a second preview of the same templates apart.
        optional: True for a letter that can be turned off by one click.
        endings: of the names of subject, text and HTML.

    """

    template: str
    context: Callable[[], dict[str, Any]] = field(repr=False)
    variant: str = ""
    optional: bool = False
    endings: tuple[str, str, str] = ENDINGS

    @property
    def slug(self) -> str:
        """Return its name in addresses."""
        return f"{self.template.replace('/email/', '-')}{self.variant and '-' + self.variant}".replace(
            "_", "-"
        )

    def render(self, language: str) -> Rendered:
        """Render the letter in a language, exactly as it would be sent."""
        with translation.override(language):
            sample = {
                "person": Sample(name="Aino Rantala"),
                "letters_url": f"{SITE}/me/letters/1-2501.sample/",
                **({"unsubscribe": f"{SITE}/me/unsubscribe/1-0-2501.sample/"} if self.optional else {}),
                **self.context(),
            }
        return render_letter(
            self.template,
            language=language,
            time_zone=ZONE,
            context=sample,
            base_url=SITE,
            endings=self.endings,
        )


def said(fi: str, sv: str, en: str) -> str:
    """Return what somebody wrote, in the current language."""
    return {"fi": fi, "sv": sv}.get(translation.get_language() or "en", en)


@lru_cache(maxsize=1)
def all_previews() -> dict[str, Preview]:
    """Return the previews of all installed slices by slug, in the order of slices and of their lists."""
    found: dict[str, Preview] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("ydin.") and find_spec(f"{app.name}.previews"):
            for preview in import_module(f"{app.name}.previews").PREVIEWS:
                found[preview.slug] = preview
    return found
