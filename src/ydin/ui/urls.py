from django.conf import settings
from django.urls import path

from ydin.ui import catalogue, views

urlpatterns = [
    path("language/", views.set_language, name="set-language"),
    path("ui/ydin-<slug:digest>.css", views.style, name="ui-style"),
    path("ui/ydin-<slug:digest>.js", views.behaviour, name="ui-script"),
    path("ui/ydin.css", views.style, name="ui-style-latest"),
]

if settings.SHOWS_CATALOGUE:
    urlpatterns += [
        path("ui/", catalogue.catalogue, name="ui-catalogue"),
        path("ui/forms/", catalogue.forms_page, name="ui-catalogue-forms"),
        path("ui/email/<str:ending>/", catalogue.email, name="ui-catalogue-email"),
    ]
