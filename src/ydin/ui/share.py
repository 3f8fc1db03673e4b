"""The picture that other sites show beside a link (Open Graph): name, one sentence and the mark."""

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.utils import translation
from django.utils.translation import gettext as _

from ydin.kernel.lazy import lazy
from ydin.ui import mark, tokens

if TYPE_CHECKING:
    import typst
else:
    typst = lazy("typst")

SIZE: Final = (1200, 630)
TEMPLATE: Final = Path(__file__).with_name("share.typ")


@lru_cache(maxsize=8)
def picture(language: str) -> bytes:
    """Return a PNG of `SIZE` pixels in a language; it tells nothing of any page, and is drawn once a process."""
    with translation.override(language):
        data = {
            "words": _("An evening a month among entrepreneurs"),
            "language": language,
            "mark": mark.svg(schemes=("light",)).decode(),
            "ground": tokens.value("snow"),
            "ink": tokens.value("ink"),
            "name": tokens.value("spruce"),
        }
    drawn = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        format="png",
        ppi=72,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    assert isinstance(drawn, bytes)
    return drawn
