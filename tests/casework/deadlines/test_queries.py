"""What to warn of and what has passed, each in one indexed statement; and a case's clocks."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.casework.deadlines.conftest import CALENDAR, RECEIVED
from tests.casework.deadlines.worlds import HOUR, local

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.deadlines import actions, queries
from pasokh.casework.deadlines.actions import CaseClocks
from pasokh.casework.deadlines.clocks import State
from pasokh.casework.deadlines.models import Clock
from pasokh.policy.regimes import packs

ISO = packs.load("iso10002-2018")
Known = Callable[..., CaseClocks]
Row = Callable[..., Complaint]


@pytest.fixture
def case(row: Row, known: Known) -> Complaint:
    """A complaint with its first clocks running."""
    made = row()
    actions.redraw(known(made), calendar=CALENDAR, pack=ISO, at=RECEIVED)
    return made


def due_at(name: str) -> datetime:
    found = Clock.objects.get(name=name).due_at
    assert found
    return found


def names(found: list[queries.DueClock]) -> list[str]:
    return [clock.name for clock in found]


@pytest.mark.clause("10002:7.3")
def test_warnings_come_once_and_before_the_deadline(case: Complaint) -> None:
    warn_at = Clock.objects.get(name="acknowledge").warn_at
    assert warn_at

    assert local(CALENDAR, warn_at) == "2026-06-11 13:00"
    assert names(queries.to_warn(warn_at - HOUR, limit=9)) == []
    [warning] = queries.to_warn(warn_at, limit=9)
    actions.warned([warning.id], at=warn_at)
    assert names(queries.to_warn(warn_at, limit=9)) == []


def test_passed_deadlines_are_told_once(case: Complaint) -> None:
    late = due_at("acknowledge") + HOUR
    [alarm] = queries.to_alarm(late, limit=9)
    actions.alarmed([alarm.id], at=late)

    assert alarm.name == "acknowledge"
    assert queries.to_alarm(late, limit=9) == []


def test_a_case_shows_its_clocks_holds_and_extensions(case: Complaint) -> None:
    actions.hold(case.pk, category="court", reason="Hearing", by="staff:1", at=RECEIVED)
    given = {"clock": "decide", "amount": 2, "reason": "Late", "by": "staff:1", "at": RECEIVED}
    actions.extend(case.pk, pack=ISO, stage=1, **given)  # type: ignore[arg-type]
    clocks = queries.of_case(case.pk)

    assert [clock.name for clock in clocks] == ["acknowledge", "assess", "update", "decide"]
    assert all(clock.answer.at == clock.due_at for clock in clocks)
    assert [clock.late(due_at("assess") + HOUR) for clock in clocks] == [True, True, False, False]
    assert [hold.category for hold in queries.holds(case.pk)] == ["court"]
    assert [more.amount for more in queries.extensions(case.pk)] == [2]


def test_cases_drawn_with_another_calendar_are_found(case: Complaint) -> None:
    everything = Complaint.objects.all()

    assert queries.stale(CALENDAR.version, everything, limit=9) == []
    assert queries.stale("other", everything, limit=9) == [case.pk]
    Clock.objects.update(state=State.VOID)
    assert queries.stale("other", everything, limit=9) == []


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda now: queries.to_warn(now, limit=25), "clock_to_warn"),
        (lambda now: queries.to_alarm(now, limit=25), "clock_to_alarm"),
    ],
    ids=["to_warn", "to_alarm"],
)
def test_each_question_is_one_statement_on_an_index(
    case: Complaint, ask: Callable[[datetime], object], index: str
) -> None:
    many_clocks(case)
    with CaptureQueriesContext(connection) as seen:
        ask(RECEIVED)
    [statement] = seen.captured_queries
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE casework_clock")
        cursor.execute(f"EXPLAIN {statement['sql']}")
        plan = " ".join(line for (line,) in cursor.fetchall())

    assert f"using {index} " in plan


def many_clocks(case: Complaint) -> None:
    """Three thousand clocks: most of them stopped, most of the running ones told of."""
    [like] = Clock.objects.filter(name="acknowledge").values()
    del like["id"]
    rows = []
    for number in range(2, 3000):
        running = number % 5 == 0
        due = RECEIVED + (number - 2000) * HOUR
        told = RECEIVED if number % 50 else None
        stands = {
            "state": State.RUNNING if running else State.MET,
            "stopped_at": None if running else RECEIVED,
            "due_at": due,
            "warn_at": due - HOUR,
            "warned_at": told,
            "alarmed_at": told,
        }
        rows.append(Clock(**{**like, **stands, "round": number}))
    Clock.objects.bulk_create(rows)
