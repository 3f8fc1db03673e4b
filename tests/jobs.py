"""Running queued jobs inside a test's transaction."""

from __future__ import annotations

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from ydin.kernel.acting import acting_as_system


def run_jobs(*names: str, limit: int = 1000) -> list[str]:
    """Run waiting jobs (only of these names, if given) in order until none is left; return their names.

    Jobs that are scheduled for later run too: tests travel in time only where the time matters.
    """
    done: list[str] = []
    while len(done) < limit:
        waiting = ProcrastinateJob.objects.filter(status="todo").order_by("id")
        job = (waiting.filter(task_name__in=names) if names else waiting).first()
        if job is None:
            return done
        with acting_as_system(), transaction.atomic():
            app.tasks[job.task_name].func(**job.args)
        with connection.cursor() as cursor:
            cursor.execute("update procrastinate_jobs set status = 'succeeded' where id = %s", [job.pk])
        done.append(job.task_name)
    message = f"more than {limit} jobs"
    raise AssertionError(message)
