"""Jobs of answers: the waiting list moves up, those who have not answered are reminded."""

from __future__ import annotations

from procrastinate.contrib.django import app

from ydin.kernel.acting import acting_as_system
from ydin.kernel.clock import now
from ydin.meetings.queries.answers import meetings_with_waiting
from ydin.meetings.services import answers
from ydin.meetings.services.announce_withdraw import withdraw_former as take_back


@app.task(name="meetings.fill_places", queue="default", pass_context=False)
def fill_places(meeting_id: int) -> None:
    """Give free places of a meeting to those who wait."""
    with acting_as_system():
        answers.fill_places(actor=None, meeting_id=meeting_id)


@app.periodic(cron="*/15 * * * *")
@app.task(name="meetings.remind", queue="default", pass_context=False)
def remind(timestamp: int) -> None:
    """Remind those who have not answered; look after waiting lists that a lost job may have left behind."""
    del timestamp
    with acting_as_system():
        answers.remind_all(actor=None)
        for pk in meetings_with_waiting(now()):
            answers.fill_places(actor=None, meeting_id=pk)


@app.periodic(cron="10 3 * * *")
@app.task(name="meetings.withdraw_former", queue="default", pass_context=False)
def withdraw_former(timestamp: int = 0) -> None:
    """Take back the invitations of people who left; queued when a seat ends, and at night for all else."""
    del timestamp
    with acting_as_system():
        take_back(actor=None)
