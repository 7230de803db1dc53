"""Clocks on their rows: only what changed is written, in a constant number of statements."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.casework.deadlines.conftest import CALENDAR, RECEIVED
from tests.casework.deadlines.worlds import DAY, HOUR, closed, local

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.deadlines import actions
from pasokh.casework.deadlines.actions import CaseClocks, Redrawn
from pasokh.casework.deadlines.clocks import State
from pasokh.casework.deadlines.models import Clock, Extension, Hold
from pasokh.casework.deadlines.readd import readd
from pasokh.casework.deadlines.refusals import SENTENCES
from pasokh.casework.deadlines.working import load
from pasokh.kernel.errors import Refused
from pasokh.policy.regimes import packs

ISO = packs.load("iso10002-2018")
Known = Callable[..., CaseClocks]
Row = Callable[..., Complaint]
#: A closure of 30 June learnt of a week after receipt.
LEARNT = RECEIVED + 7 * DAY
CLOSURE = replace(CALENDAR, holidays=(closed(date(2026, 6, 30), known_from=LEARNT),), version="2")


def redraw(case: CaseClocks, *, at: datetime = RECEIVED, **given: Any) -> Redrawn:
    return actions.redraw(case, **{"calendar": CALENDAR, "pack": ISO, "at": at, **given})


def statements() -> CaptureQueriesContext:
    return CaptureQueriesContext(connection)


@pytest.mark.clause("10002:7.2")
def test_the_first_drawing_keeps_every_clock_with_its_working(row: Row, known: Known) -> None:
    case = row()
    drawn = redraw(known(case))
    kept = {clock.name: clock for clock in Clock.objects.filter(complaint=case)}

    assert sorted(kept) == ["acknowledge", "assess", "decide", "update"]
    for clock in kept.values():
        assert clock.state == State.RUNNING
        assert load(clock.working).at == clock.due_at == readd(load(clock.working).working)
        assert (clock.pack, clock.pack_digest) == (ISO.id, ISO.digest)
        assert clock.calendar_version == CALENDAR.version
    assert (drawn.due_clock, local(CALENDAR, drawn.due_at)) == ("acknowledge", "2026-06-11 17:00")
    assert [move.why for move in drawn.moves] == ["started"] * 4


def test_drawing_again_without_news_writes_nothing(row: Row, known: Known) -> None:
    case = known(row())
    redraw(case)
    with statements() as seen:
        drawn = redraw(case)

    assert drawn.moves == []
    assert [query["sql"].split()[0] for query in seen] == ["SELECT"]


def test_clocks_are_read_in_one_statement_and_written_in_one(row: Row, known: Known) -> None:
    case = known(row())
    later = replace(case, milestones={1: {**case.milestones[1], "acknowledged": RECEIVED + HOUR}})
    with statements() as seen:
        redraw(case)
        redraw(later)

    assert [query["sql"].split()[0] for query in seen] == ["SELECT", "INSERT"] * 2
    assert Clock.objects.filter(state=State.MET).count() == 1


def test_only_rows_that_changed_are_written(row: Row, known: Known) -> None:
    case = row()
    redraw(known(case))
    before = {clock.name: clock.pk for clock in Clock.objects.filter(complaint=case)}
    Clock.objects.filter(complaint=case).update(pack_digest="untouched")
    redraw(known(case, acknowledged=RECEIVED + HOUR))
    after = {clock.name: clock for clock in Clock.objects.filter(complaint=case)}

    assert {name: clock.pk for name, clock in after.items()} == before
    assert {name for name, clock in after.items() if clock.pack_digest != "untouched"} == {
        "acknowledge"
    }
    assert after["acknowledge"].state == State.MET


@pytest.mark.clause("10002:7.3")
def test_a_late_holiday_moves_open_clocks_and_says_which(row: Row, known: Known) -> None:
    case = row()
    redraw(known(case, acknowledged=RECEIVED + HOUR))
    unknown_yet = redraw(known(case, acknowledged=RECEIVED + HOUR), calendar=CLOSURE)
    moved = redraw(known(case, acknowledged=RECEIVED + HOUR), calendar=CLOSURE, at=LEARNT)

    assert unknown_yet.moves == []
    assert [(move.clock, move.why) for move in moved.moves] == [("decide", "calendar")]
    assert [local(CALENDAR, at) for at in (moved.moves[0].old, moved.moves[0].new)] == [
        "2026-07-08 17:00",
        "2026-07-09 17:00",
    ]


def test_a_new_calendar_is_named_on_going_clocks_even_where_no_date_moved(
    row: Row, known: Known
) -> None:
    case = row()
    redraw(known(case, acknowledged=RECEIVED + HOUR))
    redraw(known(case, acknowledged=RECEIVED + HOUR), calendar=replace(CALENDAR, version="9"))
    versions = dict(Clock.objects.filter(complaint=case).values_list("name", "calendar_version"))

    assert versions.pop("acknowledge") == CALENDAR.version
    assert set(versions.values()) == {"9"}


def test_a_hold_stops_a_clock_until_it_is_resumed(row: Row, known: Known) -> None:
    case = row()
    redraw(known(case))
    actions.hold(case.pk, category="court", reason="Hearing", by="staff:1", at=RECEIVED + HOUR)
    held = redraw(known(case))
    actions.resume(case.pk, at=RECEIVED + 7 * DAY)
    resumed = redraw(known(case))

    assert [(move.clock, move.new, move.why) for move in held.moves] == [("decide", None, "held")]
    assert [(m.clock, local(CALENDAR, m.new), m.why) for m in resumed.moves] == [
        ("decide", "2026-07-14 17:00", "resumed")
    ]


def test_one_hold_is_open_at_a_time(row: Row) -> None:
    case = row()
    actions.hold(case.pk, category="court", reason="Hearing", by="staff:1", at=RECEIVED)

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.hold(case.pk, category="expert", reason="Report", by="staff:1", at=RECEIVED)


def _hold(case: int, category: str) -> Hold:
    return actions.hold(case, category=category, reason="…", by="staff:1", at=RECEIVED)


def _hold_and_resume(case: int) -> Hold:
    _hold(case, "court")
    return actions.resume(case, at=RECEIVED - HOUR)


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("no-such-hold-category", lambda case: _hold(case, "holidays")),
        ("not-held", lambda case: actions.resume(case, at=RECEIVED)),
        ("hold-ends-before-it-began", _hold_and_resume),
    ],
)
def test_what_holds_refuse(row: Row, code: str, act: Callable[[int], object]) -> None:
    with pytest.raises(Refused) as refused:
        act(row().pk)

    assert refused.value.code == code


def extend(case: Complaint, amount: int, *, at: datetime = RECEIVED + DAY) -> Extension:
    return actions.extend(
        case.pk,
        pack=ISO,
        stage=1,
        clock="decide",
        amount=amount,
        reason="A laboratory report is on its way.",
        by="staff:1",
        at=at,
    )


def extend_unasked(case: Complaint, amount: int, *, at: datetime) -> None:
    """Put an extension on its row without asking whether the regime allows it."""
    facts = {"clock": "decide", "stage": 1, "unit": "working-days", "reason": "…", "by": "staff:1"}
    Extension.objects.create(complaint=case, amount=amount, at=at, **facts)


@pytest.mark.clause("10002:7.3")
def test_an_extension_moves_its_clock_by_its_length(row: Row, known: Known) -> None:
    case = row()
    redraw(known(case))
    granted = extend(case, 5)
    drawn = redraw(known(case))

    assert granted.unit == "working-days"
    assert [(m.clock, local(CALENDAR, m.new), m.why) for m in drawn.moves] == [
        ("decide", "2026-07-15 17:00", "extended")
    ]


def test_extensions_stop_at_the_limit_of_the_regime_and_say_what_is_left(
    row: Row, known: Known
) -> None:
    case = row()
    redraw(known(case))
    extend(case, 6)
    redraw(known(case))
    with pytest.raises(Refused) as refused:
        extend(case, 5)

    assert refused.value.code == "extension-too-long"
    assert refused.value.facts == {"clock": "decide", "most": 10, "left": 4}
    assert Extension.objects.count() == 1


def test_a_passed_deadline_is_not_extended(row: Row, known: Known) -> None:
    case = row()
    redraw(known(case))

    with pytest.raises(Refused, match="extension-too-late"):
        extend(case, 1, at=RECEIVED + 60 * DAY)


def test_what_was_told_is_told_again_only_when_it_lies_ahead_again(row: Row, known: Known) -> None:
    case = row()
    redraw(known(case))
    [decide] = Clock.objects.filter(complaint=case, name="decide")
    late = decide.due_at + HOUR
    assert actions.warned([decide.pk], at=late) == 1
    assert actions.warned([decide.pk], at=late) == 0
    assert actions.alarmed([decide.pk], at=late) == 1

    extend_unasked(case, 1, at=late)
    redraw(known(case), at=decide.due_at + 5 * DAY)
    decide.refresh_from_db()
    assert (decide.warned_at, decide.alarmed_at) == (late, late)

    extend_unasked(case, 8, at=late)
    redraw(known(case), at=late)
    decide.refresh_from_db()
    assert (decide.warned_at, decide.alarmed_at) == (None, None)


def test_an_ended_complaint_has_no_next_deadline(row: Row, known: Known) -> None:
    case = row()
    redraw(known(case))
    drawn = redraw(known(case, ended=True))

    assert (drawn.due_at, drawn.due_clock) == (None, "")
    assert set(Clock.objects.values_list("state", flat=True)) == {State.VOID}


def test_a_duty_is_due_before_the_complainants_own_time(row: Row, known: Known) -> None:
    told = {"acknowledged": RECEIVED, "assessed": RECEIVED, "decided": RECEIVED}
    drawn = redraw(known(row(), **told, communicated=RECEIVED))

    assert (drawn.due_clock, local(CALENDAR, drawn.due_at)) == ("verdict", "2026-06-24 23:59")
    assert redraw(known(row("R-2"), **told)).due_clock == "communicate"


def test_every_refusal_has_a_sentence_with_its_facts() -> None:
    facts = {"clock": "decide", "most": 10, "left": 4, "category": "court", "began": "…"}

    assert all(str(sentence) % facts for sentence in SENTENCES.values())
