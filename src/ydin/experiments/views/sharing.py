"""Who reads it: the audience, the text for everybody, and those texts as everybody finds them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.experiments.documents import audience_change, text_change
from ydin.experiments.forms import AudienceForm, PublicTextForm, VersionForm
from ydin.experiments.policies import can_copy, may_tell
from ydin.experiments.queries import public_text_of, public_texts
from ydin.experiments.services.sharing import publish_text, set_audience, take_text_down
from ydin.experiments.views.base import SEE_OTHER, Desk, authored, to_card, written
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.networks.rules.texts import best_text
from ydin.people.policies import as_person
from ydin.people.views.editing import attempt
from ydin.ui.audience import ask_first, thought_again
from ydin.ui.head import About

WRITE = ["GET", "HEAD", "POST"]
A_PAGE = 12


@require_POST
@written
def audience(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Tell it to more or fewer."""
    form = AudienceForm(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data["audience"]
        if chosen != desk.experiment.audience and may_tell(desk.person, desk.experiment, chosen):
            question = ask_first(request, audience_change(desk.experiment, chosen))
            if question is not None:
                return question
        try:
            set_audience(actor=desk.person, experiment=desk.experiment, **form.cleaned_data)
        except (Refused, Conflict, NotAllowed) as said:
            messages.error(request, str(said))
        else:
            messages.success(request, _("Saved: it is read by those whom you chose."))
    return to_card(desk.experiment)


@require_http_methods(WRITE)
@authored
def publish(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Write the text for everybody."""
    found, text = desk.experiment, public_text_of(desk.experiment)
    first = {
        "version": found.version,
        "title": text.title if text else "",
        "text": text.text if text else "",
        "language": text.language if text else (get_language() or "fi")[:2],
        "is_named": bool(text and text.signed),
    }
    form = PublicTextForm(request.POST or None, initial=first)

    def save() -> None:
        version = form.cleaned_data["version"]
        publish_text(actor=desk.person, experiment=found, version=version, told=form.told())

    is_unsure = request.method == "POST" and thought_again(request)
    if request.method == "POST" and form.is_valid() and text is None and not is_unsure:
        question = ask_first(request, text_change(found, publish=True))
        if question is not None:
            return question
    status = attempt(form, save) if request.method == "POST" and not is_unsure else 200
    if status == SEE_OTHER:
        messages.success(request, _("Everybody can read the text now."))
        return to_card(found)
    context = {"experiment": found, "form": form, "public_text": text}
    return render(request, "experiments/publish.html", context, status=status)


@require_POST
@written
def unpublish(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take the text for everybody away."""
    form = VersionForm(request.POST)
    question = ask_first(request, text_change(desk.experiment, publish=False))
    if question is not None:
        return question
    if form.is_valid():
        try:
            take_text_down(actor=desk.person, experiment=desk.experiment, **form.cleaned_data)
        except Conflict as conflict:
            messages.error(request, str(conflict))
        else:
            messages.success(request, _("The text is no longer public."))
    return to_card(desk.experiment)


@require_safe
def tried(request: HttpRequest) -> HttpResponse:
    """List the public texts for everybody."""
    page = Paginator(public_texts(), A_PAGE).get_page(request.GET.get("page"))
    about = About(_("What was tried"), _("Small experiments of small companies, told by themselves."))
    return render(request, "experiments/tried.html", {"page": page, "about": about})


@require_safe
def tried_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a public text."""
    found = get_object_or_404(public_texts(), pk=pk)
    context = {
        "text": found,
        "said": best_text({found.language: found.text}, get_language() or "fi", [found.language]),
        "about": About(found.title, found.text, kind="article"),
        "may_copy": can_copy(as_person(request.user)),
    }
    return render(request, "experiments/tried_one.html", context)
