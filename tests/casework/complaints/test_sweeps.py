"""What the clock does to files, and what a late holiday does to their deadlines."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.casework.conftest import DAY, HOUR, START, told

from pasokh.casework.complaints.actions import sweeps
from pasokh.casework.complaints.reactions import calendar_changed
from pasokh.casework.deadlines.models import Clock
from pasokh.directory.organisation import actions as organisation
from pasokh.kernel.errors import Refused
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.clause("10002:7.3")]


def due(case, name="decide"):
    return Clock.objects.get(complaint=case, name=name, state="running").due_at


def close_a_day(shop, unit=None):
    """Declare the Wednesday after START closed, as an ad-hoc closure is."""
    organisation.add_closure(
        (START + 2 * DAY).date(),
        unit_id=unit,
        name=Bilingual(fa="آلودگی هوا", en="Air pollution"),
        source="governor",
        by=shop.zahra,
        at=START + HOUR,
    )
    return Entry.objects.filter(event="calendar.closure_added").latest("pk")


def test_a_warning_is_written_down_once(file):
    case = file()
    near = Clock.objects.get(complaint=case, name="acknowledge").warn_at

    sweeps.warn_of_deadlines(near)
    sweeps.warn_of_deadlines(near + HOUR)

    assert told(case) == ["complaint.received", "complaint.deadline_near"]


def test_a_passed_deadline_is_written_down_once(file):
    case = file()
    late = due(case, "acknowledge") + HOUR

    sweeps.tell_of_passed_deadlines(late)
    sweeps.tell_of_passed_deadlines(late + HOUR)

    assert told(case) == ["complaint.received", "complaint.deadline_passed"]


def test_a_late_holiday_moves_open_files_and_says_so(file, shop):
    case = file()
    before = due(case)
    entry = close_a_day(shop)

    assert sweeps.redraw_open(unit=0, after=0, why=entry.event, now=START + 2 * HOUR) is None

    assert due(case) > before
    case.refresh_from_db()
    assert case.due_at is not None
    assert told(case)[-1] == "complaint.deadlines_redrawn"


def test_a_closure_in_one_branch_leaves_the_others_alone(file, shop):
    case = file()
    before = due(case)
    entry = close_a_day(shop, shop.units["shiraz"].pk)

    sweeps.redraw_open(unit=shop.units["shiraz"].pk, after=0, why=entry.event, now=START + 2 * HOUR)

    assert due(case) == before
    assert told(case) == ["complaint.received"]


def test_redrawing_twice_writes_once(file, shop):
    case = file()
    entry = close_a_day(shop)
    for hours in (2, 3):
        sweeps.redraw_open(unit=0, after=0, why=entry.event, now=START + hours * HOUR)

    assert told(case).count("complaint.deadlines_redrawn") == 1


def test_a_long_sweep_goes_on_in_batches(file, shop, monkeypatch):
    monkeypatch.setattr(sweeps, "BATCH", 2)
    cases = [file() for _ in range(3)]
    entry = close_a_day(shop)
    sweep = {"unit": 0, "why": entry.event, "now": START + 2 * HOUR}

    following = sweeps.redraw_open(after=0, **sweep)
    assert following == cases[1].pk
    assert told(cases[2]) == ["complaint.received"]
    assert sweeps.redraw_open(after=following, **sweep) is None

    assert all(told(case)[-1] == "complaint.deadlines_redrawn" for case in cases)


def test_one_file_that_fails_does_not_stop_the_others(file, shop, monkeypatch):
    broken, sound = file(), file()
    entry = close_a_day(shop)
    redraw = sweeps.redraw_for_calendar

    def fail_on_one(ref, **given):
        if ref == broken.ref:
            raise Refused("no-such-complaint", ref=ref)
        return redraw(ref, **given)

    monkeypatch.setattr(sweeps, "redraw_for_calendar", fail_on_one)
    sweeps.redraw_open(unit=0, after=0, why=entry.event, now=START + 2 * HOUR)

    assert told(broken) == ["complaint.received"]
    assert told(sound)[-1] == "complaint.deadlines_redrawn"


def test_a_calendar_change_enqueues_the_redrawing(shop):
    calendar_changed(close_a_day(shop, shop.units["shiraz"].pk))

    job = ProcrastinateJob.objects.get(task_name="redraw-deadlines")
    assert job.args == {
        "unit": shop.units["shiraz"].pk,
        "after": 0,
        "why": "calendar.closure_added",
    }
