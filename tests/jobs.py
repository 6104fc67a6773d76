"""Running what was put into the queue, in the test's own transaction."""

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

TELLING = ("notifications.spread", "notifications.write_mails", "mail.send")
"""From an event to the mail about it."""


def run_jobs(*names: str) -> int:
    """Run every waiting job (of these names), also those that jobs ask for; answers how many ran."""
    ran: set[int] = set()
    while True:
        waiting = ProcrastinateJob.objects.filter(status="todo").exclude(pk__in=ran).order_by("id")
        jobs = list(waiting.filter(task_name__in=names) if names else waiting)
        if not jobs:
            return len(ran)
        for job in jobs:
            ran.add(job.pk)
            app.tasks[job.task_name](**job.args)
