"""What runs by itself while a demonstration is made: what the worker does at other times."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Status

from pasokh.casework.complaints.actions import sweeps
from pasokh.channels import inspecting, mail_out
from pasokh.channels.sms import sending
from pasokh.config import garbage, schedule
from pasokh.config.wiring import FOLLOWERS
from pasokh.demo import receivers
from pasokh.kernel.configuration import held
from pasokh.kernel.ledger import follow, sequencer

#: Lines of the schedule that are run when there is something for them to do. Whoever hands over a
#: mail or a message has it looked at: nobody else may take it meanwhile.
_WHEN_DUE = frozenset(
    {
        *("warn-of-deadlines", "tell-of-passed-deadlines", "send-letters", "send-texts"),
        *("sort-mail", "hear-messages"),
    }
)
#: What speaks to other machines, of which a demonstration has none.
_OUTWARD = frozenset({"send-webhooks"})
#: What takes its time, and for which nobody waits.
_AT_LEISURE = frozenset({"inspect-files"})
#: Lines that look after the worker's own jobs; here there is no worker.
_OF_WORKERS = frozenset({"retry-stalled-jobs", "forget-finished-jobs"})


class Machine:
    """The schedule, the queued jobs and the ledger's loop, each told the demonstration's time."""

    @held()
    def letters(self, now: datetime) -> int:
        mail_out.send_letters(now)
        return 0

    def done(self, ticket: int) -> None:
        """Wait for what was begun; here it is done before anybody waits."""

    @held()
    def deadlines(self, now: datetime) -> None:
        sweeps.warn_of_deadlines(now)
        sweeps.tell_of_passed_deadlines(now)

    @held()
    def texts(self, now: datetime) -> None:
        sending.send_texts(now)

    def night(self, now: datetime) -> int:
        """Run once whatever else the schedule has; what is due has been done by day."""
        self.lines(now)
        while self.look(now):
            pass
        return 0

    def lines(self, now: datetime) -> None:
        for line in schedule.SCHEDULE:
            if line.name not in _WHEN_DUE | _OF_WORKERS | _OUTWARD | _AT_LEISURE:
                line.act(now)

    def look(self, now: datetime) -> bool:
        """Look at one file that people gave; whether there was one."""
        return inspecting.look(now, most=1) > 0

    def record(self, now: datetime) -> int:
        """Give entries their place, let the followers read them, do what they ask for."""
        while sequencer.run_once(now):
            while follow.run_once(FOLLOWERS, now):
                _jobs()
        receivers.deliver(now)
        return 0


@contextmanager
def haste() -> Iterator[None]:
    """Let commits not wait for the disk meanwhile; the first one afterwards takes all along.

    Nor is what was loaded at the start searched for garbage again and again.
    """
    garbage.settle()
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        yield
        cursor.execute("SET synchronous_commit = on")


def _jobs() -> None:
    """Do the jobs that were queued, in their order."""
    waiting = list(ProcrastinateJob.objects.filter(status=Status.TODO.value).order_by("id"))
    for job in waiting:
        schedule.JOBS[job.task_name](**job.args)
        async_to_sync(app.job_manager.finish_job_by_id_async)(
            job.id, status=Status.SUCCEEDED, delete_job=False
        )
