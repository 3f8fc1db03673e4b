"""Addresses of seasons, hosting, meetings and answers."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from ydin.meetings.views import answers as answer_views
from ydin.meetings.views import (
    answers_host,
    evening_attendance,
    evening_check_in,
    evening_memo,
    evening_past,
    evening_promises,
    planning_host,
    planning_prepare,
    planning_turns,
    planning_wishes,
    replies,
)
from ydin.meetings.views import evening as evening_views
from ydin.meetings.views import planning as season_views

app_name = "meetings"

STEP = "(?P<step>theme|evening|details|done)"
planning: list[URLPattern] = [
    path("seasons/", season_views.seasons, name="seasons"),
    path("seasons/new/", season_views.start, name="season_new"),
    path("seasons/<int:pk>/", season_views.board, name="season"),
    path("seasons/<int:pk>/plan/", season_views.preview, name="season_plan"),
    path("seasons/<int:pk>/plan/confirm/", season_views.confirm, name="season_confirm"),
    path("seasons/<int:pk>/repair/<int:year>-<int:month>/", season_views.repair, name="season_repair"),
    path("seasons/<int:pk>/months/<int:year>-<int:month>/", season_views.move, name="season_move"),
    path("seasons/<int:pk>/undo/", season_views.undo, name="season_undo"),
    path("seasons/<int:pk>/ask/", planning_turns.ask_all, name="season_ask"),
    path("seasons/<int:pk>/turns/<int:turn>/ask/", planning_turns.ask, name="turn_ask"),
    path("seasons/<int:pk>/turns/<int:turn>/accept/", planning_turns.accept, name="turn_accept"),
    path("seasons/<int:pk>/turns/<int:turn>/lock/", planning_turns.lock, name="turn_lock"),
    path("seasons/<int:pk>/turns/<int:turn>/unlock/", planning_turns.unlock, name="turn_unlock"),
    path("seasons/<int:pk>/turns/<int:turn>/cancel/", planning_turns.cancel, name="turn_cancel"),
    path("seasons/<int:pk>/wishes/", planning_wishes.wishes, name="wishes"),
    path("seasons/<int:pk>/wishes/ask/", planning_wishes.ask, name="wishes_ask"),
    path("seasons/<int:pk>/wishes/remind/", planning_wishes.remind, name="wishes_remind"),
    path("seasons/<int:pk>/wishes/<int:company>/", planning_wishes.by_phone, name="wish_by_phone"),
    path("w/<str:token>/", planning_wishes.by_link, name="wish"),
    path("h/swap/<str:token>/", planning_host.swap_question, name="swap"),
    path("h/swap/<str:token>/accept/", planning_host.swap_accept, name="swap_accept"),
    path("h/swap/<str:token>/decline/", planning_host.swap_decline, name="swap_decline"),
    path("h/<str:token>/", planning_host.host, name="host"),
    path("h/<str:token>/accept/", planning_host.accept, name="host_accept"),
    path("h/<str:token>/cannot/", planning_host.cannot, name="host_cannot"),
    path("h/<str:token>/decline/", planning_host.decline, name="host_decline"),
    path("h/<str:token>/swap/", planning_host.swap, name="host_swap"),
    re_path(f"^h/(?P<token>[^/]+)/prepare/{STEP}/$", planning_prepare.by_link, name="host_prepare"),
    re_path(f"^meetings/(?P<pk>[0-9]+)/prepare/{STEP}/$", planning_prepare.signed_in, name="prepare"),
]
answers: list[URLPattern] = [
    path("a/<str:token>/", answer_views.answer, name="answer"),
    path("a/<str:token>/answer/", answer_views.answer_send, name="answer_send"),
    path("a/<str:token>/meeting.ics", answer_views.answer_calendar, name="answer_calendar"),
    path("meetings/<int:pk>/answer/", answer_views.answer_own, name="answer_own"),
    path("meetings/<int:pk>/meeting.ics", answer_views.meeting_calendar, name="meeting_calendar"),
    path("meetings/<int:pk>/answers/", answers_host.answers, name="answers"),
    path("meetings/<int:pk>/answers/<int:person_pk>/", answers_host.answers_record, name="answers_record"),
    path("meetings/<int:pk>/announce/", answers_host.announce, name="announce"),
    path("meetings/<int:pk>/change/", answers_host.change, name="change"),
    path("meetings/<int:pk>/change/ask/", answers_host.audience_ask, name="audience_ask"),
    path("meetings/<int:pk>/cancel/", answers_host.cancel, name="cancel"),
    path("meetings/<int:pk>/revive/", answers_host.revive, name="revive"),
    path(
        "meetings/<int:pk>/answers/<int:person_pk>/withdraw/",
        replies.answers_withdraw,
        name="answers_withdraw",
    ),
    path("meetings/<int:pk>/proposals/<int:proposal>/keep/", replies.proposal_keep, name="proposal_keep"),
]
evening: list[URLPattern] = [
    path("meetings/past/new/", evening_past.past_new, name="past_new"),
    path("meetings/<int:pk>/", evening_views.meeting, name="meeting"),
    path("meetings/<int:pk>/evening/", evening_views.evening, name="evening"),
    path("meetings/<int:pk>/evening/rows/<slug:key>/here/", evening_views.tick, name="tick"),
    path("meetings/<int:pk>/evening/rows/<slug:key>/away/", evening_views.untick, name="untick"),
    path("meetings/<int:pk>/evening/rows/<slug:key>/lateness/", evening_views.lateness, name="lateness"),
    path("meetings/<int:pk>/evening/visitors/", evening_views.visitor, name="visitor"),
    path("meetings/<int:pk>/hold/", evening_views.hold, name="hold"),
    path("meetings/<int:pk>/hold/undo/", evening_views.hold_undo, name="hold_undo"),
    path("meetings/<int:pk>/sheet.pdf", evening_attendance.sheet_pdf, name="sheet_pdf"),
    path("meetings/<int:pk>/sheet/", evening_attendance.sheet, name="sheet"),
    path("meetings/<int:pk>/attendance.csv", evening_attendance.table, name="attendance_table"),
    path("meetings/<int:pk>/memo/", evening_memo.memo, name="memo"),
    path("meetings/<int:pk>/memo/write/", evening_memo.memo_write, name="memo_write"),
    path("meetings/<int:pk>/summary/", evening_memo.summary, name="summary"),
    path("meetings/<int:pk>/summary/publish/", evening_memo.summary_publish, name="summary_publish"),
    path("meetings/<int:pk>/summary/unpublish/", evening_memo.summary_unpublish, name="summary_unpublish"),
    path("meetings/<int:pk>/promises/", evening_promises.promises, name="promises"),
    path("promises/<int:pk>/done/", evening_promises.promise_done, name="promise_done"),
    path("promises/<int:pk>/dropped/", evening_promises.promise_dropped, name="promise_dropped"),
    path("promises/<int:pk>/carried/", evening_promises.promise_carried, name="promise_carried"),
    path("c/", evening_check_in.start, name="check_in_start"),
    path("c/<slug:code>/", evening_check_in.door, name="check_in"),
    path("c/<slug:code>/here/", evening_check_in.here, name="check_in_here"),
    path("c/<slug:code>/address/", evening_check_in.address, name="check_in_address"),
    path("c/<slug:code>/visitor/", evening_check_in.visitor, name="check_in_visitor"),
    path("c/<slug:code>/thanks/", evening_check_in.thanks, name="check_in_thanks"),
    path("c/<slug:code>/sent/", evening_check_in.sent, name="check_in_sent"),
]

urlpatterns = [*planning, *answers, *evening]
