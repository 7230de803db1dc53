from datetime import UTC, datetime, timedelta

import pytest
from croniter import croniter
from django.contrib.sessions.models import Session
from django.db import connection
from procrastinate.contrib.django import procrastinate_app
from procrastinate.contrib.django.models import ProcrastinateJob

from pasokh.config import schedule

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def job(status: str, *, worker: int | None = None, finished: timedelta | None = None) -> int:
    """A job in a state; `finished` so long ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id) "
            "VALUES ('default', 'letters.send', %s, %s) RETURNING id",
            [status, worker],
        )
        (number,) = cursor.fetchone()
        if finished:
            cursor.execute(
                "UPDATE procrastinate_events SET at = now() - %s WHERE job_id = %s",
                [finished, number],
            )
            cursor.execute(
                "INSERT INTO procrastinate_events (job_id, type, at) "
                "VALUES (%s, 'succeeded', now() - %s)",
                [number, finished],
            )
    return int(number)


def worker(seconds: float) -> int:
    """A worker that gave its last sign of life so long ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [seconds],
        )
        (number,) = cursor.fetchone()
    return int(number)


def status(number: int) -> str:
    found: str = ProcrastinateJob.objects.get(pk=number).status
    return found


@pytest.mark.django_db
def test_only_the_jobs_of_a_worker_that_is_gone_are_begun_again() -> None:
    stalled = job("doing", worker=worker(schedule.STALLED.total_seconds() + 5))
    orphan = job("doing")
    at_work = job("doing", worker=worker(1))

    schedule.retry_stalled_jobs(NOON)
    schedule.retry_stalled_jobs(NOON)

    assert [status(number) for number in (stalled, orphan, at_work)] == ["todo", "todo", "doing"]


@pytest.mark.django_db
def test_jobs_that_ended_well_long_ago_are_forgotten_and_failures_kept() -> None:
    old = job("succeeded", finished=schedule.KEPT + timedelta(days=1))
    fresh = job("succeeded", finished=timedelta(days=1))
    failed = job("failed", finished=schedule.KEPT + timedelta(days=1))

    schedule.forget_finished_jobs(NOON)

    kept = set(ProcrastinateJob.objects.values_list("pk", flat=True))
    assert {old, fresh, failed} & kept == {fresh, failed}


@pytest.mark.django_db
def test_ended_sessions_are_forgotten() -> None:
    for key, end in (("ended", NOON - timedelta(seconds=1)), ("open", NOON)):
        Session.objects.create(session_key=key, session_data="", expire_date=end)

    schedule.forget_ended_sessions(NOON)

    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]


def test_every_line_has_a_name_of_its_own_and_a_time_that_comes() -> None:
    names = [line.name for line in schedule.SCHEDULE]

    assert len(set(names)) == len(names)
    assert all(croniter(line.cron, NOON).get_next(datetime) > NOON for line in schedule.SCHEDULE)


def test_a_line_is_told_the_time_for_which_it_was_due(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[datetime] = []
    line = schedule.Line("note-the-time", "* * * * *", told.append)
    app = procrastinate_app.current_app
    monkeypatch.setattr(schedule, "SCHEDULE", (line,))
    monkeypatch.setattr(app, "tasks", dict(app.tasks))
    monkeypatch.setattr(app.periodic_registry, "periodic_tasks", {})

    schedule.register()
    app.tasks["schedule.note-the-time"].func(timestamp=int(NOON.timestamp()))

    assert told == [NOON]
    assert [task.cron for task in app.periodic_registry.periodic_tasks.values()] == ["* * * * *"]
