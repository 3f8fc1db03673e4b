"""Jobs are deferred by name, inside the caller's transaction, so that row and job commit together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


def defer(
    name: str,
    *,
    queue: str = "default",
    at: datetime | None = None,
    once: str | None = None,
    **arguments: Any,
) -> None:
    """Put a job on the queue.

    Args:
        name: the registered name of the task, e.g. `"outbox.deliver"`.
        queue: which queue it waits in.
        at: not before this moment.
        once: a key; while a job with it waits, no second one is queued.
        arguments: JSON values for the task.

    """
    task = app.configure_task(name, queue=queue, schedule_at=at, queueing_lock=once)
    if once is None:
        task.defer(**arguments)
        return
    with suppress(AlreadyEnqueued), transaction.atomic():
        task.defer(**arguments)


def defer_each(name: str, rows: Sequence[Mapping[str, Any]], *, queue: str = "default") -> None:
    """Put many jobs of one task on the queue, one for each row of arguments, with one round trip."""
    if rows:
        app.configure_task(name, queue=queue).batch_defer(*[dict(row) for row in rows])


@app.periodic(cron="* * * * *")
@app.task(name="kernel.retry_stalled", queue="periodic", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Put back jobs whose worker died (its heartbeat stopped), so that none stays `doing` for ever."""
    del timestamp
    for job in await context.app.job_manager.get_stalled_jobs():
        await context.app.job_manager.retry_job(job)
