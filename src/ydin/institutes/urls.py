"""Addresses of institutes."""

from __future__ import annotations

from django.urls import URLPattern, path

from ydin.institutes.views import browse, demo, desk, linked
from ydin.institutes.views.acts import BY_LETTER

app_name = "institutes"
urlpatterns: list[URLPattern] = [
    path("institutes/", browse.assignments, name="assignments"),
    path("institutes/facilities/", browse.facilities, name="facilities"),
    path("institutes/demos/", browse.demos, name="demos"),
    path("institutes/work/", desk.work, name="work"),
    path("institutes/facilities/<int:pk>/", browse.facility, name="facility"),
    path("institutes/facilities/<int:pk>/try/", browse.facility_try, name="facility_try"),
    path("institutes/facilities/<int:pk>/edit/", desk.facility_edit, name="facility_edit"),
    path("institutes/facilities/<int:pk>/show/", desk.facility_show, name="facility_show"),
    path("institutes/facilities/<int:pk>/down/", desk.facility_down, name="facility_down"),
    path("institutes/assignments/<int:pk>/", browse.assignment, name="assignment"),
    path("institutes/assignments/<int:pk>/ask/", browse.scope, name="scope"),
    path("institutes/assignments/<int:pk>/edit/", desk.assignment_edit, name="assignment_edit"),
    path("institutes/assignments/<int:pk>/show/", desk.assignment_show, name="assignment_show"),
    path("institutes/assignments/<int:pk>/down/", desk.assignment_down, name="assignment_down"),
    path("institutes/interests/<int:pk>/answer/", desk.interest_answer, name="interest_answer"),
    path("institutes/interests/<int:pk>/withdraw/", browse.interest_withdraw, name="interest_withdraw"),
    path("institutes/<int:pk>/facilities/new/", desk.facility_new, name="facility_new"),
    path("institutes/<int:pk>/assignments/new/", desk.assignment_new, name="assignment_new"),
    path("institutes/<int:pk>/students/add/", desk.student_add, name="student_add"),
    path("institutes/demos/<int:pk>/", demo.demo, name="demo"),
    path("institutes/demos/<int:pk>/show/", demo.show, name="demo_show"),
    path("institutes/demos/<int:pk>/name/", demo.name, name="demo_name"),
    path("d/a/<str:token>/", linked.scope, name="linked_scope"),
    path("d/f/<str:token>/", linked.facility, name="linked_facility"),
    path("d/f/<str:token>/withdraw/", linked.withdraw, name="linked_withdraw_interest"),
    path("d/<str:token>/", demo.by_letter, name="linked"),
    path("d/<str:token>/name/", demo.name_by_letter, name="linked_name"),
    *(
        path(f"institutes/demos/<int:pk>/{act}/", demo.act_signed_in(act), name=f"demo_{act}")
        for act in BY_LETTER
    ),
    *(path(f"d/<str:token>/{act}/", demo.act_by_letter(act), name=f"linked_{act}") for act in BY_LETTER),
]
