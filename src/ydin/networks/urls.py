"""Addresses of the networks slice."""

from __future__ import annotations

from django.urls import URLPattern, path

from ydin.networks.views import imports, outsiders, setup, texts

app_name = "networks"
urlpatterns: list[URLPattern] = [
    path("networks/<slug:slug>/settings/", setup.settings, name="settings"),
    path("networks/<slug:slug>/texts/", texts.texts, name="texts"),
    path("networks/<slug:slug>/regions/", setup.regions, name="regions"),
    path("networks/<slug:slug>/regions/new/", setup.region_new, name="region_new"),
    path("networks/<slug:slug>/regions/<int:pk>/", setup.region, name="region"),
    path("networks/<slug:slug>/organisations/", setup.organisations, name="organisations"),
    path("networks/<slug:slug>/organisations/new/", setup.organisation_new, name="organisation_new"),
    path("networks/<slug:slug>/organisations/<int:pk>/", setup.organisation, name="organisation"),
    path("networks/<slug:slug>/coordinators/", setup.coordinators, name="coordinators"),
    path("networks/<slug:slug>/coordinators/add/", setup.coordinator_add, name="coordinator_add"),
    path("networks/<slug:slug>/coordinators/<int:pk>/end/", setup.coordinator_end, name="coordinator_end"),
    path("networks/<slug:slug>/outsiders/", outsiders.outsiders, name="outsiders"),
    path("networks/<slug:slug>/outsiders/add/", outsiders.outsider_add, name="outsider_add"),
    path("networks/<slug:slug>/outsiders/text/", outsiders.commitment_text, name="commitment"),
    path("networks/<slug:slug>/outsiders/<int:pk>/end/", outsiders.outsider_end, name="outsider_end"),
    path(
        "networks/<slug:slug>/outsiders/<int:pk>/letter/", outsiders.outsider_letter, name="outsider_letter"
    ),
    path("networks/<slug:slug>/outsiders/<int:pk>/paper/", outsiders.outsider_paper, name="outsider_paper"),
    path("networks/<slug:slug>/commitment/", outsiders.pledge_own, name="pledge_own"),
    path("networks/<slug:slug>/commitment/sign/", outsiders.pledge_own_sign, name="pledge_own_sign"),
    path("p/<str:token>/", outsiders.pledge, name="pledge"),
    path("p/<str:token>/sign/", outsiders.pledge_sign, name="pledge_sign"),
    path("import/municipalities/", imports.municipalities, name="import_municipalities"),
    path(
        "import/municipalities/<int:pk>/",
        imports.municipalities_preview,
        name="import_municipalities_preview",
    ),
    path(
        "import/municipalities/<int:pk>/apply/",
        imports.municipalities_apply,
        name="import_municipalities_apply",
    ),
    path(
        "import/municipalities/<int:pk>/cancel/",
        imports.municipalities_cancel,
        name="import_municipalities_cancel",
    ),
    path(
        "import/municipalities/<int:pk>/done/", imports.municipalities_done, name="import_municipalities_done"
    ),
]
