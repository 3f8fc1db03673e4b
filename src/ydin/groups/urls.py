"""Addresses of the groups slice."""

from __future__ import annotations

from django.urls import URLPattern, path

from ydin.groups.views import (
    answers,
    applications,
    companies,
    groups,
    imports,
    letters,
    network,
    public,
    seats,
    trust,
)

app_name = "groups"
urlpatterns: list[URLPattern] = [
    path("networks/companies/<int:pk>/", companies.company, name="company"),
    path("networks/companies/<int:pk>/edit/", companies.company_edit, name="company_edit"),
    path("networks/companies/<int:pk>/people/add/", companies.colleague_add, name="colleague_add"),
    path("networks/companies/<int:pk>/people/<int:acts>/card/", companies.card_change, name="card_change"),
    path(
        "networks/companies/<int:pk>/people/<int:acts>/end/",
        companies.representative_end,
        name="representative_end",
    ),
    path("networks/<slug:slug>/", network.network, name="network"),
    path("networks/<slug:slug>/groups/new/", network.group_new, name="group_new"),
    path("manage/letters/", letters.letters, name="letters"),
    path("manage/letters/<int:problem>/again/", letters.try_again, name="letters_again"),
    path("manage/groups/<int:pk>/", seats.manage, name="manage"),
    path("manage/groups/<int:pk>/seats/", seats.seats, name="seats"),
    path("manage/groups/<int:pk>/seats/add/", seats.company_add, name="company_add"),
    path("manage/groups/<int:pk>/seats/<int:seat>/change/", seats.seat_change, name="seat_change"),
    path("manage/groups/<int:pk>/seats/<int:seat>/undo/", seats.seat_undo, name="seat_undo"),
    path("manage/groups/<int:pk>/public/", public.public_page, name="public_page"),
    path("manage/groups/<int:pk>/settings/", groups.settings, name="settings"),
    path("manage/groups/<int:pk>/ground-rules/", groups.ground_rules, name="ground_rules"),
    path("manage/groups/<int:pk>/coordinators/", groups.coordinators, name="coordinators"),
    path("manage/groups/<int:pk>/coordinators/add/", groups.coordinator_add, name="coordinator_add"),
    path(
        "manage/groups/<int:pk>/coordinators/<int:spell>/end/", groups.coordinator_end, name="coordinator_end"
    ),
    path("manage/groups/<int:pk>/coordinators/<int:spell>/name/", public.name_show, name="name_show"),
    path("manage/groups/<int:pk>/coordinators/<int:spell>/no-name/", public.name_hide, name="name_hide"),
    path("manage/groups/<int:pk>/applications/", answers.applications, name="applications"),
    path("manage/groups/<int:pk>/applications/<uuid:application>/invite/", answers.invite, name="invite"),
    path("manage/groups/<int:pk>/applications/<uuid:application>/accept/", answers.accept, name="accept"),
    path("manage/groups/<int:pk>/applications/<uuid:application>/decline/", answers.decline, name="decline"),
    path("manage/groups/<int:pk>/applications/<uuid:application>/send/", answers.send_on, name="send_on"),
    path("manage/groups/<int:pk>/ground-rules/accepted/", trust.acceptances, name="acceptances"),
    path(
        "manage/groups/<int:pk>/ground-rules/accepted/<int:person_pk>/",
        trust.acceptance_paper,
        name="acceptance_paper",
    ),
    path("manage/groups/<int:pk>/glass/", trust.glass, name="glass"),
    path("rules/<int:pk>/", trust.rules, name="rules"),
    path("rules/<int:pk>/accept/", trust.rules_accept, name="rules_accept"),
    path("apply/follow/<str:token>/", applications.follow, name="follow"),
    path("apply/follow/<str:token>/withdraw/", applications.withdraw, name="withdraw"),
    path("apply/<slug:network>/<slug:slug>/", applications.ask, name="apply"),
    path("apply/<slug:network>/<slug:slug>/thanks/", applications.thanks, name="thanks"),
    path("import/companies/", imports.companies, name="import_companies"),
    path("import/companies/template.csv", imports.companies_template, name="import_companies_template"),
    path("import/companies/<int:pk>/", imports.companies_preview, name="import_companies_preview"),
    path("import/companies/<int:pk>/apply/", imports.companies_apply, name="import_companies_apply"),
    path("import/companies/<int:pk>/cancel/", imports.companies_cancel, name="import_companies_cancel"),
    path("import/companies/<int:pk>/done/", imports.companies_done, name="import_companies_done"),
]
