"""The privacy notice of a network, for everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ydin.networks.queries import find_network
from ydin.privacy.documents.register import register_by_area
from ydin.privacy.queries.notices import responsible_for
from ydin.ui.head import About


@require_safe
def notice(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell who answers for the data, what is kept, why, on which basis, how long, and what one can do."""
    network = find_network(slug)
    if network is None:
        raise Http404
    areas = [(title, [line for line in lines if line["is_about"]]) for title, lines in register_by_area()]
    context = {
        "network": network,
        "responsible": responsible_for([network], get_language() or "fi"),
        "areas": [(title, lines) for title, lines in areas if lines],
        "about": About(_("Privacy notice of %(network)s") % {"network": network.name}),
    }
    response = render(request, "privacy/public.html", context)
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response
