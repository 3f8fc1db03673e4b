from django.conf import settings
from django.urls import path

from ydin.ui import catalogue, catalogue_letters, views

urlpatterns = [
    path("language/", views.set_language, name="set-language"),
    path("ui/ydin-<slug:digest>.css", views.asset, {"kind": "css"}, name="ui-style"),
    path("ui/ydin-<slug:digest>.js", views.asset, {"kind": "js"}, name="ui-script"),
    path("ui/htmx-<slug:digest>.js", views.asset, {"kind": "htmx"}, name="ui-htmx"),
    path("ui/mark-<slug:digest>.svg", views.asset, {"kind": "mark"}, name="ui-mark"),
    path("ui/touch-<slug:digest>.png", views.asset, {"kind": "touch"}, name="ui-touch"),
    path("ui/share-<slug:language>.png", views.share, name="ui-share"),
    path("ui/ydin.css", views.asset, {"kind": "css"}, name="ui-style-latest"),
    path("favicon.ico", views.asset, {"kind": "ico"}, name="ui-favicon"),
]

if settings.SHOWS_CATALOGUE:
    urlpatterns += [
        path("ui/", catalogue.catalogue, name="ui-catalogue"),
        path("ui/forms/", catalogue.forms_page, name="ui-catalogue-forms"),
        path("ui/parts/<slug:slug>/", catalogue.part, name="ui-catalogue-part"),
        path("ui/email/<str:ending>/", catalogue.email, name="ui-catalogue-email"),
        path("ui/letters/", catalogue_letters.letters, name="ui-catalogue-letters"),
        path("ui/letters/<slug:slug>/<str:language>/", catalogue_letters.letter, name="ui-catalogue-letter"),
        path(
            "ui/letters/<slug:slug>/<str:language>/letter.<str:ending>",
            catalogue_letters.raw,
            name="ui-catalogue-letter-raw",
        ),
    ]
