"""What happens by the clock: the whole of it. Each job takes `now` and is safe to repeat."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app

from pasokh.casework.complaints.actions import sweeps
from pasokh.casework.exports.actions import purge_exports
from pasokh.casework.intake.conversations import actions as conversations
from pasokh.casework.intake.drafts.actions import purge_drafts
from pasokh.casework.intake.imports.actions import purge_imports
from pasokh.casework.intake.links import actions as links
from pasokh.casework.webhooks import actions as webhooks
from pasokh.channels import inspecting, mail_out, scan_in, webhook_out
from pasokh.channels.mail_in import pipeline
from pasokh.channels.messengers import answering
from pasokh.channels.sheets import exporting, importing
from pasokh.channels.sms import sending
from pasokh.directory.clients import actions as clients
from pasokh.kernel import actors, clock

#: A worker that gave no sign of life for so long is gone; its jobs are begun again.
STALLED = timedelta(seconds=30)
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Line:
    """A name, when (cron, in UTC, with seconds as an optional sixth field), and what."""

    name: str
    cron: str
    act: Callable[[datetime], None]


def retry_stalled_jobs(now: datetime) -> None:
    """Begin again what a killed worker left unfinished: nothing else retries it."""
    stalled = async_to_sync(app.job_manager.get_stalled_jobs)(
        seconds_since_heartbeat=STALLED.total_seconds()
    )
    for job in stalled:
        if job.id:
            app.job_manager.retry_job_by_id(job.id, retry_at=now)


def forget_finished_jobs(now: datetime) -> None:
    """Delete jobs that ended well long ago; those that failed stay until somebody looked."""
    async_to_sync(app.job_manager.delete_old_jobs)(nb_hours=int(KEPT.total_seconds() // 3600))


def forget_ended_sessions(now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_session WHERE expire_date < %s", [now])


SCHEDULE = (
    Line("retry-stalled-jobs", "* * * * * */20", retry_stalled_jobs),
    Line("forget-finished-jobs", "17 2 * * *", forget_finished_jobs),
    Line("forget-ended-sessions", "27 2 * * *", forget_ended_sessions),
    Line("warn-of-deadlines", "*/5 * * * *", sweeps.warn_of_deadlines),
    Line("tell-of-passed-deadlines", "*/5 * * * *", sweeps.tell_of_passed_deadlines),
    Line("send-letters", "* * * * * */10", mail_out.send_letters),
    Line("send-texts", "* * * * * */10", sending.send_texts),
    Line("inspect-files", "* * * * * */3", inspecting.inspect_waiting),
    Line("read-scans", "* * * * * */20", scan_in.read_waiting),
    Line("sort-mail", "* * * * * */5", pipeline.sort_mail),
    Line("hear-messages", "* * * * * */3", answering.hear),
    Line("purge-conversations", "*/10 * * * *", conversations.purge_conversations),
    Line("purge-drafts", "*/5 * * * *", purge_drafts),
    Line("send-webhooks", "* * * * * */5", webhook_out.send_webhooks),
    Line("purge-webhooks", "47 2 * * *", webhooks.purge),
    Line("purge-imports", "47 2 * * *", purge_imports),
    Line("purge-exports", "57 * * * *", purge_exports),
    Line("purge-links", "37 2 * * *", links.purge_links),
    Line("purge-clients", "47 * * * *", clients.purge),
)


def redraw_deadlines(unit: int, after: int, why: str) -> None:
    sweeps.redraw_job(unit=unit, after=after, why=why, now=clock.now())


def offer_code(ref: str, address: str) -> None:
    links.offer_code(ref, address, by=actors.clock("offer-code"), at=clock.now())


def read_scan(scan: int) -> None:
    scan_in.read(scan, clock.now())


def read_closed_mail(after: int, until: int) -> None:
    pipeline.read_closed_mail(after, until, clock.now())


def look_through_import(sheet: int) -> None:
    importing.look(sheet)


def make_export(export: int) -> None:
    exporting.make(export)


def run_import(sheet: int) -> None:
    importing.run(sheet)


#: What the domain asks for by name (`kernel.jobs.later`), with the function that does it.
JOBS: dict[str, Callable[..., None]] = {
    "redraw-deadlines": redraw_deadlines,
    "offer-code": offer_code,
    "read-scan": read_scan,
    "read-closed-mail": read_closed_mail,
    "look-through-import": look_through_import,
    "run-import": run_import,
    "make-export": make_export,
}


def register() -> None:
    """Tell procrastinate about every line and job; a line still at work is not begun twice."""
    for name, act in JOBS.items():
        if name not in app.tasks:
            app.task(name=name)(act)
    for line in SCHEDULE:
        task = app.task(name=f"schedule.{line.name}", queueing_lock=line.name)(_job(line))
        app.periodic(cron=line.cron)(task)


def _job(line: Line) -> Callable[[int], None]:
    def act(timestamp: int) -> None:
        line.act(datetime.fromtimestamp(timestamp, UTC))

    return act
