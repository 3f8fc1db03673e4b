"""Addresses of the networks slice."""

from __future__ import annotations

from django.urls import URLPattern, path

from ydin.networks.views import imports, setup, texts

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
