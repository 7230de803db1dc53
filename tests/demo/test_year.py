"""The year itself: the same for the same date, and with the real time back afterwards."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from pasokh.casework.complaints import queries
from pasokh.config.demo_machine import Machine
from pasokh.demo import year
from pasokh.kernel import clock
from pasokh.kernel.actors import clock as program
from pasokh.kernel.ledger.models import Entry

UNTIL = date(2026, 5, 4)
READER = program("test", "complaint.read", "complaint.read_confidential")


def told(complaints: int) -> tuple[list[tuple[str, datetime]], list[str]]:
    """What happened in a year and when, and what people said; the year is undone afterwards."""
    with transaction.atomic():
        made = year.make(UNTIL, complaints, Machine(), lambda _day, _count: None)
        entries = list(Entry.objects.order_by("id").values_list("event", "recorded_at"))
        files = queries.visible_to(READER).order_by("pk")
        said = list(files.values_list("narrative", flat=True))
        transaction.set_rollback(True)
    assert made.broken == 0
    return entries, said


@pytest.fixture(autouse=True)
def letters_are_written(settings, tmp_path: Path, db: None) -> None:
    settings.MAIL_FOLDER = tmp_path


def test_the_same_date_makes_the_same_year() -> None:
    first, second = told(4), told(4)

    assert first == second
    assert len(first[1]) == 4


def test_it_ends_before_its_day_and_the_real_time_comes_back() -> None:
    entries, _said = told(2)

    assert max(at for _event, at in entries) <= datetime(2026, 5, 3, 20, 30, tzinfo=UTC)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
