"""The demonstration's other process: what it does while stories go on, and what if it ends."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from tests.fixtures.cloned import Cloned

from pasokh.config import demo_post
from pasokh.config.demo_machine import Machine
from pasokh.demo import year
from pasokh.kernel.ledger.models import Entry

UNTIL = date(2026, 5, 4)


@pytest.fixture(autouse=True)
def letters_are_written(settings: Any, tmp_path: Path) -> None:
    settings.MAIL_FOLDER = tmp_path


def happened() -> Counter[tuple[str, datetime]]:
    """What happened, and when."""
    return Counter(Entry.objects.values_list("event", "recorded_at"))


def made(machine: Any) -> None:
    year.make(UNTIL, 6, machine, lambda _day, _count: None)


def test_two_processes_make_the_year_that_one_makes(cloned_database: Cloned) -> None:
    with transaction.atomic():
        made(Machine())
        alone = happened()
        transaction.set_rollback(True)

    with demo_post.machine() as machine:
        made(machine)

    assert happened() == alone
    assert any(event == "complaint.letter_told" for event, _at in alone)


def test_who_waits_for_the_other_process_learns_that_it_ended(cloned_database: Cloned) -> None:
    with demo_post.machine() as machine, pytest.raises(EOFError):
        machine.done(machine.night("no time at all"))  # type: ignore[arg-type]
