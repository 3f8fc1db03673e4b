"""The acts of a demo: which form each needs, which service does it, and what is said afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ydin.institutes.forms import (
    SCOPE_FIELDS,
    AnswerForm,
    AssessForm,
    AudienceForm,
    DeliverForm,
    RecruitForm,
    ScopeForm,
    TeamForm,
    VersionForm,
)
from ydin.institutes.queries import students_of, team_of
from ydin.institutes.rules import Act, Side, may_act
from ydin.institutes.services.demos import (
    Scope,
    answer_question,
    ask_for_more,
    decline_demo,
    show_demo_to,
    take_demo,
    take_demo_back,
)
from ydin.institutes.services.making import assess_demo, deliver_demo, name_team, record_recruitment


@dataclass(frozen=True)
class Desk:
    """A demo that a person has opened, where they stand in it, and the token if a link brought them."""

    demo: Any
    person: Any
    sides: frozenset[Side]
    token: str = ""

    @property
    def home(self) -> str:
        """Return the address of the page."""
        if self.token:
            return reverse("institutes:linked", args=[self.token])
        return reverse("institutes:demo", args=[self.demo.pk])

    def url(self, act: str) -> str:
        """Return the address of an act."""
        if self.token:
            return reverse(f"institutes:linked_{act}", args=[self.token])
        return reverse(f"institutes:demo_{act}", args=[self.demo.pk])

    @property
    def is_company(self) -> bool:
        """Tell whether the person acts for the company."""
        return Side.COMPANY in self.sides

    @property
    def is_institute(self) -> bool:
        """Tell whether the person acts for the institute."""
        return Side.INSTITUTE in self.sides

    @property
    def is_asker(self) -> bool:
        """Tell whether the person wrote the scope."""
        return self.is_company and self.demo.asker_id == self.person.pk


@dataclass(frozen=True)
class DemoAct:
    """One act: makes its form from what was sent or from nothing, and does it."""

    form: Callable[[Desk, Any], Any]
    run: Callable[[Desk, Any], object]
    words: Any


def _plain(form: type[VersionForm]) -> Callable[[Desk, Any], Any]:
    return lambda desk, data: form(data, initial=_now(desk))


def _now(desk: Desk, **more: Any) -> dict[str, Any]:
    return {"version": desk.demo.version, **more}


def _scope_form(desk: Desk, data: Any) -> Any:
    first = _now(desk, **{name: getattr(desk.demo, name) for name in SCOPE_FIELDS})
    return ScopeForm(data, places=[], is_new=False, initial=first)


def _team_form(desk: Desk, data: Any) -> Any:
    people = {one.pk: str(one) for one in [*students_of(desk.demo.institute), *team_of(desk.demo)]}
    first = _now(desk, students=[one.pk for one in team_of(desk.demo)])
    return TeamForm(data, students=list(people.items()), initial=first)


def _deliver_form(desk: Desk, data: Any) -> Any:
    return DeliverForm(data, initial=_now(desk, told=desk.demo.told, link=desk.demo.link))


def _assess_form(desk: Desk, data: Any) -> Any:
    again = {True: "yes", False: "no", None: ""}[desk.demo.again]
    first = _now(desk, usable=desk.demo.usable, learned=desk.demo.learned, again=again)
    return AssessForm(data, initial=first)


def _recruit_form(desk: Desk, data: Any) -> Any:
    return RecruitForm(data, students=[(one.pk, str(one)) for one in team_of(desk.demo)], initial=_now(desk))


def _audience_form(desk: Desk, data: Any) -> Any:
    return AudienceForm(data, initial=_now(desk, audience=desk.demo.audience))


def _runs(service: Callable[..., object]) -> Callable[[Desk, Any], object]:
    def run(desk: Desk, form: Any) -> object:
        version = form.cleaned_data["version"]
        return service(actor=desk.person, demo=desk.demo, version=version, **form.values())

    return run


def _run_answer(desk: Desk, form: Any) -> object:
    version = form.cleaned_data["version"] or 0
    return answer_question(actor=desk.person, demo=desk.demo, version=version, scope=Scope(**form.scope()))


def _run_recruit(desk: Desk, form: Any) -> object:
    data = form.cleaned_data
    student = next((one for one in team_of(desk.demo) if one.pk == data["student"]), None)
    return record_recruitment(
        actor=desk.person, demo=desk.demo, version=data["version"], kind=data["kind"], student=student
    )


ACTS: dict[str, DemoAct] = {
    "take": DemoAct(_plain(AnswerForm), _runs(take_demo), _("Yours to make. The company got a letter.")),
    "decline": DemoAct(_plain(AnswerForm), _runs(decline_demo), _("The company got your answer.")),
    "more": DemoAct(_plain(AnswerForm), _runs(ask_for_more), _("The company got your question.")),
    "answer": DemoAct(_scope_form, _run_answer, _("Sent to the institute.")),
    "withdraw": DemoAct(_plain(VersionForm), _runs(take_demo_back), _("It is taken back.")),
    "team": DemoAct(_team_form, _runs(name_team), _("The team is named. Each of them got a letter.")),
    "deliver": DemoAct(_deliver_form, _runs(deliver_demo), _("Delivered. The company got a letter.")),
    "assess": DemoAct(_assess_form, _runs(assess_demo), _("Thank you, it is written down.")),
    "recruit": DemoAct(_recruit_form, _run_recruit, _("Thank you, it is written down.")),
    "show": DemoAct(_audience_form, _runs(show_demo_to), _("Saved.")),
}
BY_LETTER = ("take", "decline", "more", "answer", "withdraw", "team", "deliver", "assess", "recruit")


def forms_of(desk: Desk, bound: Mapping[str, Any]) -> dict[str, dict[str, Any] | None]:
    """Return form and address of each act that the person may do now, by its name; None for the others.

    `bound` are forms that were sent and are shown again.
    """
    found: dict[str, dict[str, Any] | None] = {}
    for name, act in ACTS.items():
        is_open = may_act(desk.demo.state, Act(name), desk.sides)
        if name == "show":
            is_open = is_open and desk.is_asker and not desk.token
        found[name] = (
            {"form": bound.get(name) or act.form(desk, None), "url": desk.url(name)} if is_open else None
        )
    return found
