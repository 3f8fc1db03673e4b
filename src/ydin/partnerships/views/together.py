"""What companies do together: one's own, a new one, confirming it, and the drawn network."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.networks.queries import enterprises_of, utc_today
from ydin.partnerships.documents.audience import seen_pair, told_change
from ydin.partnerships.documents.drawing import pictures_of
from ydin.partnerships.documents.ledger import count_rows, growth, own_rows
from ydin.partnerships.forms import TogetherForm
from ydin.partnerships.policies import (
    can_confirm,
    market_groups,
    market_networks,
    own_collaborations,
    visible_together,
)
from ydin.partnerships.queries.together import (
    MOST_LINKS,
    confirmed,
    figures_told,
    hidden_links,
    possible_helpers,
    possible_partners,
)
from ydin.partnerships.rules import Told
from ydin.partnerships.rules.figures import grown
from ydin.partnerships.services.together import (
    Details,
    confirm_collaboration,
    decline_collaboration,
    record_collaboration,
)
from ydin.partnerships.views.base import one_tap
from ydin.people.policies import as_person
from ydin.people.views.editing import attempt, see_other, signed_in
from ydin.people.views.links import by_link
from ydin.ui.audience import ask_first, thought_again

PAGE, YEARS = 30, 6


@login_required
@require_safe
def together(request: HttpRequest) -> HttpResponse:
    """List what the reader's companies do with others."""
    person = signed_in(request)
    page = Paginator(own_collaborations(person).select_related("value"), PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page_obj": page,
        "rows": own_rows(page.object_list, person),
        "may_record": enterprises_of(person).exists(),
        "groups": list(market_groups(person)[:PAGE]),
        "networks": list(market_networks(person)),
    }
    return render(request, "partnerships/together.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def together_new(request: HttpRequest) -> HttpResponse:
    """Ask with whom and what (GET); write it down and ask the other one (POST)."""
    return write_together(request, signed_in(request), back=reverse("partnerships:together"))


def write_together(request: HttpRequest, person: Any, *, back: str) -> HttpResponse:
    """Do the same for whoever acts for a company, signed in or by a personal link; `back` is where it ends."""
    own = {one.pk: one for one in enterprises_of(person).order_by("name", "pk")}
    if not own:
        raise PermissionDenied
    others = {one.pk: one for one in possible_partners(person)}
    helpers = {one.pk: one for one in possible_helpers(person)}
    first = {name: request.GET.get(name, "") for name in ("other", "brought_together_by")}
    form = TogetherForm(
        request.POST or None, own=own, others=others, helpers=helpers, today=utc_today(), initial=first
    )
    status = HTTPStatus.OK
    if request.method == "POST" and not thought_again(request):
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            data = form.cleaned_data
            pair = own[data["one"]], others[data["other"]]
            if data["told"] != Told.PAIR and (
                question := ask_first(request, told_change(*pair, data["told"]))
            ):
                return question
            helper = helpers.get(data["brought_together_by"] or 0)
            details = Details(
                data["kind"], data["began_on"], data["told"], data["band"], helper, is_named=data["is_named"]
            )
            status = attempt(
                form,
                lambda: record_collaboration(actor=person, one=pair[0], other=pair[1], details=details),
            )
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("Written down. It counts when the other company has confirmed it."))
            return see_other(back)
    seen = seen_pair([*(one.name for one in own.values()), _("the company that you choose")])
    context = {"form": form, "back": back, "seen": seen}
    return render(request, "partnerships/together_new.html", context, status=status)


def _of_link(person: Any, pk: int) -> Any:
    found = own_collaborations(person).select_related("value").filter(pk=pk).first()
    return found if found is not None and can_confirm(person, found) else None


linked = by_link("collaboration", _of_link)


@require_safe
@linked
def confirm(request: HttpRequest, token: str, found: Any, person: Any) -> HttpResponse:
    """Ask whether it is so."""
    row = own_rows([found], person)[0]
    return render(request, "partnerships/confirm.html", {"row": row, "token": token})


@require_POST
@linked
def confirm_yes(request: HttpRequest, token: str, found: Any, person: Any) -> HttpResponse:
    """Confirm it, and say whether whoever brought the two together may be named."""
    confirm_collaboration(actor=person, collaboration=found, is_named="is_named" in request.POST)
    return see_other("partnerships:confirm", token)


confirm_no = one_tap(
    linked,
    "partnerships:confirm",
    lambda person, found: decline_collaboration(actor=person, collaboration=found),
)


@login_required
@require_safe
def group_together(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw who works with whom among a group's companies."""
    group = get_object_or_404(market_groups(request.user), pk=pk)
    return _drawn(request, group.network, group)


@login_required
@require_safe
def network_together(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw who works with whom in the network."""
    return _drawn(request, get_object_or_404(market_networks(request.user), slug=slug), None)


def _places(person: Any, network: Any, group: Any, year: int) -> list[tuple[str, str, bool]]:
    """Return (address, name, whether it is shown) of the network and of those of its groups that the person reads."""
    until = f"?until={year}"
    groups = [one for one in market_groups(person)[:PAGE] if one.network_id == network.pk]
    return [
        (reverse("partnerships:network_together", args=[network.slug]) + until, network.name, group is None),
        *(
            (reverse("partnerships:group_together", args=[one.pk]) + until, one.name, one == group)
            for one in groups
        ),
    ]


def _drawn(request: HttpRequest, network: Any, group: Any) -> HttpResponse:
    person = as_person(request.user)
    assert person is not None
    years = list(range(utc_today().year - YEARS + 1, utc_today().year + 1))
    asked = request.GET.get("until", "")
    year = int(asked) if asked in {str(one) for one in years} else years[-1]
    last = date(year, 12, 31)
    rows = confirmed(
        visible_together(person)
        .select_related("brought_together_by")
        .filter(network=network, began_on__lte=last),
        group=group,
    )
    named = list(rows[:MOST_LINKS])
    hidden = [
        link for since, some in grown(hidden_links(network.pk, group)) if since <= year for link in some
    ]
    figures = figures_told(network.pk, group)
    mine = set(enterprises_of(person).values_list("pk", flat=True))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "network": network,
        "group": group,
        "years": years,
        "year": year,
        "pictures": pictures_of(named, hidden, mine),
        "page_obj": page,
        "rows": list(page.object_list),
        "hidden": len(hidden),
        "counts": count_rows(figures, year),
        "growth": [point for point in growth(figures, years) if point[1]],
        "growth_label": _("Collaborations until the end of the year") if figures else "",
        "growth_unit": "",
        "places": _places(person, network, group, year),
    }
    return render(request, "partnerships/drawn.html", context)
