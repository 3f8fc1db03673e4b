"""The letters' part of the catalogue: each letter on a phone, wide, and as plain text, in three languages."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from ydin.kernel.http import POLICY
from ydin.ui.samples import Preview, all_previews

LANGUAGES: Final = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
LETTER_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; sandbox"
)


def _found(slug: str, language: str) -> Preview:
    if slug not in all_previews() or language not in LANGUAGES:
        raise Http404
    return all_previews()[slug]


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """List the letters with their subjects, in the reader's language."""
    language = str(request.LANGUAGE_CODE)
    rows = [
        {
            "slug": slug,
            "template": preview.template,
            "subject": preview.render(language).subject,
            "optional": preview.optional,
        }
        for slug, preview in all_previews().items()
    ]
    return render(request, "ui/catalogue_letters.html", {"rows": rows, "language": language})


@require_safe
def letter(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """Show one letter: on a phone, wide, and as text."""
    preview = _found(slug, language)
    context: dict[str, Any] = {
        "slug": slug,
        "shown": language,
        "preview": preview,
        "rendered": preview.render(language),
        "tabs": [
            (reverse("ui-catalogue-letter", args=[slug, code]), name, code == language)
            for code, name in LANGUAGES.items()
        ],
    }
    response = render(request, "ui/catalogue_letter.html", context)
    response.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    return response


@require_safe
@xframe_options_sameorigin
def raw(request: HttpRequest, slug: str, language: str, ending: str) -> HttpResponse:
    """Give the letter by itself, as HTML or as text."""
    del request
    rendered = _found(slug, language).render(language)
    if ending == "txt":
        return HttpResponse(rendered.text, content_type="text/plain; charset=utf-8")
    response = HttpResponse(rendered.html)
    response.headers["Content-Security-Policy"] = LETTER_POLICY
    return response
