"""The clocks of one complaint as its milestones come and go."""

from collections.abc import Mapping
from datetime import date, datetime

import pytest
from tests.casework.deadlines.worlds import DAY, HOUR, at, closed, hold, local, london, more

from pasokh.casework.deadlines.clocks import (
    CaseClocks,
    Face,
    Given,
    Moved,
    State,
    Why,
    changes,
    draw,
)
from pasokh.directory.organisation.calendar import Calendar
from pasokh.policy.regimes import packs
from pasokh.policy.regimes.pack import Pack

CALENDAR = london()
ISO = packs.load("iso10002-2018")
HOUSING = packs.load("uk-housing-2024")
RECEIVED = at(CALENDAR, 2026, 6, 10, 11, 30)


def case(
    stage: int = 1, *, ended: bool = False, anonymous: bool = False, **done: datetime
) -> CaseClocks:
    stages = {n: {} for n in range(1, stage)} | {stage: {"received": RECEIVED, **done}}
    return CaseClocks(7, "R-7", stage, stages, ended, anonymous)


def after(
    kept: list[Face],
    given: CaseClocks,
    facts: Given | None = None,
    calendar: Calendar = CALENDAR,
    pack: Pack = ISO,
) -> list[Face]:
    """The kept faces with the drawn ones over them, as the rows would be."""
    drawn = draw(given, kept, facts or Given(), calendar=calendar, pack=pack)
    return list({face.key: face for face in (*kept, *drawn)}.values())


def standing(faces: list[Face]) -> Mapping[str, State]:
    return {face.name: face.state for face in faces}


@pytest.mark.clause("10002:7.2")
def test_receipt_starts_the_clocks_of_the_first_stage() -> None:
    faces = after([], case())

    assert {face.name: local(CALENDAR, face.due_at) for face in faces} == {
        "acknowledge": "2026-06-11 17:00",
        "assess": "2026-06-12 17:00",
        "update": "2026-06-24 17:00",
        "decide": "2026-07-08 17:00",
    }
    assert {face.state for face in faces} == {State.RUNNING}


@pytest.mark.clause("10002:7.4")
def test_an_acknowledgement_in_time_meets_its_clock_and_a_late_one_misses_it() -> None:
    early = after(after([], case()), case(acknowledged=RECEIVED + HOUR))
    late = after(after([], case()), case(acknowledged=RECEIVED + 2 * DAY))

    assert standing(early)["acknowledge"] is State.MET
    assert standing(late)["acknowledge"] is State.MISSED


def test_a_deadline_met_to_the_moment_is_met() -> None:
    [due_at] = [face.due_at for face in after([], case()) if face.name == "acknowledge"]
    assert due_at
    faces = after([], case(acknowledged=due_at))

    assert standing(faces)["acknowledge"] is State.MET


@pytest.mark.clause("10002:7.3")
def test_each_progress_report_begins_a_new_round_and_the_old_one_keeps_its_verdict() -> None:
    first = after([], case())
    second = after(first, case(updated=RECEIVED + 20 * DAY))
    third = after(second, case(updated=RECEIVED + 22 * DAY))
    rounds = {face.round: face for face in third if face.name == "update"}

    assert [rounds[n].state for n in (1, 2, 3)] == [State.MISSED, State.MET, State.RUNNING]
    assert rounds[3].started_at == RECEIVED + 22 * DAY


def test_drawing_again_without_news_changes_nothing() -> None:
    given = case(acknowledged=RECEIVED + HOUR, updated=RECEIVED + 3 * DAY)
    faces = after(after([], case()), given)

    assert after(faces, given) == faces
    assert changes(faces, draw(given, faces, Given(), calendar=CALENDAR, pack=ISO)) == []


@pytest.mark.clause("10002:7.8")
def test_a_returned_letter_makes_the_verdict_clock_void_and_telling_runs_again() -> None:
    decided = {"decided": RECEIVED + 5 * DAY}
    told = after([], case(**decided, communicated=RECEIVED + 6 * DAY))
    returned = after(told, case(**decided))

    assert (standing(told)["verdict"], standing(told)["communicate"]) == (State.RUNNING, State.MET)
    assert standing(returned)["verdict"] is State.VOID
    assert standing(returned)["communicate"] is State.RUNNING


def test_telling_the_decision_ends_the_progress_reports() -> None:
    told = after([], case(decided=RECEIVED + DAY, communicated=RECEIVED + 2 * DAY))

    assert standing(told)["update"] is State.MET


def test_the_end_of_a_complaint_voids_what_still_runs_and_reopening_resumes_it() -> None:
    running = after([], case(acknowledged=RECEIVED + HOUR))
    ended = after(running, case(acknowledged=RECEIVED + HOUR, ended=True))
    reopened = after(ended, case(acknowledged=RECEIVED + HOUR))

    assert standing(ended) == {
        "acknowledge": State.MET,
        "assess": State.VOID,
        "update": State.VOID,
        "decide": State.VOID,
    }
    assert standing(reopened) == standing(running)
    assert changes(ended, reopened)[0].why is Why.RESUMED


def test_the_next_stage_has_its_own_clocks_and_voids_those_of_the_last() -> None:
    first = after([], case(decided=RECEIVED + DAY, communicated=RECEIVED + 2 * DAY))
    second = CaseClocks(7, "R-7", 2, {2: {"received": RECEIVED + 9 * DAY}})
    faces = after(first, second)

    assert {(f.name, f.stage): f.state for f in faces}["verdict", 1] is State.VOID
    assert [f.name for f in faces if f.stage == 2] == ["acknowledge", "assess", "update", "decide"]


def test_the_stages_of_a_regime_have_their_own_lengths() -> None:
    done = {"received": RECEIVED, "acknowledged": RECEIVED}
    due = {
        stage: [
            local(CALENDAR, face.due_at)
            for face in after([], CaseClocks(7, "R", stage, {stage: done}), pack=HOUSING)
            if face.name == "respond"
        ]
        for stage in (1, 2)
    }

    assert due == {1: ["2026-06-24 17:00"], 2: ["2026-07-08 17:00"]}


def test_only_an_anonymous_complaint_has_its_decision_standing() -> None:
    noticed = {"communicated": RECEIVED, "noticed": RECEIVED + 14 * DAY}

    assert "silence" in standing(after([], case(**noticed)))
    assert "standing" not in standing(after([], case(**noticed)))
    assert "standing" in standing(after([], case(**noticed, anonymous=True)))


def test_a_hold_holds_the_clocks_it_pauses_and_no_others() -> None:
    held = Given(holds=[hold(RECEIVED + HOUR, None)])
    faces = after(after([], case()), case(), held)

    assert standing(faces)["decide"] is State.HELD
    assert standing(faces)["acknowledge"] is State.RUNNING


def test_what_moved_says_from_when_to_when_and_why() -> None:
    kept = after([], case())
    extended = Given(extensions={("decide", 1): [more(5)]})
    held = Given(holds=[hold(RECEIVED + HOUR, RECEIVED + 2 * DAY)])
    shorter = ISO.with_parameters({"decide_days": 15})
    closure = london(closed(date(2026, 6, 30)))
    reasons = {
        moved.why: (local(CALENDAR, moved.old), local(CALENDAR, moved.new))
        for faces in (
            after(kept, case(), extended),
            after(kept, case(), held),
            after(kept, case(), pack=shorter),
            after(kept, case(), calendar=closure),
        )
        for moved in changes(kept, faces)
    }

    assert reasons == {
        Why.EXTENDED: ("2026-07-08 17:00", "2026-07-15 17:00"),
        Why.HELD: ("2026-07-08 17:00", "2026-07-09 17:00"),
        Why.POLICY: ("2026-07-08 17:00", "2026-07-01 17:00"),
        Why.CALENDAR: ("2026-07-08 17:00", "2026-07-09 17:00"),
    }


def test_a_corrected_receipt_moves_every_clock_and_says_so() -> None:
    kept = after([], case())
    corrected = CaseClocks(7, "R-7", 1, {1: {"received": RECEIVED - 2 * DAY}})

    assert {moved.why for moved in changes(kept, after(kept, corrected))} == {Why.START}


def test_a_clock_that_stopped_is_not_moved_by_a_later_closure() -> None:
    done = case(acknowledged=RECEIVED + 2 * DAY)
    kept = after(after([], case()), done)
    learnt_later = london(closed(date(2026, 6, 11), known_from=RECEIVED + 5 * DAY))
    again = after(kept, done, calendar=learnt_later)

    assert [f for f in again if f.name == "acknowledge"] == [
        f for f in kept if f.name == "acknowledge"
    ]


def test_a_stop_recorded_late_is_judged_by_what_was_known_when_it_happened() -> None:
    learnt_later = london(closed(date(2026, 6, 11), known_from=RECEIVED + 5 * DAY))
    faces = after([], case(acknowledged=RECEIVED + 2 * DAY), calendar=learnt_later)

    assert standing(faces)["acknowledge"] is State.MISSED


def test_a_move_is_kept_as_codes_and_utc_instants() -> None:
    moved = Moved("decide", 1, None, RECEIVED, Why.STARTED)

    assert moved.fact() == {
        "clock": "decide",
        "stage": "1",
        "old": "",
        "new": "2026-06-10T10:30:00+00:00",
        "why": "started",
    }


def test_duties_and_the_complainants_own_time_are_told_apart() -> None:
    faces = after([], case(decided=RECEIVED, communicated=RECEIVED))

    assert {face.name: face.duty for face in faces} == {
        "acknowledge": True,
        "assess": True,
        "update": True,
        "decide": True,
        "communicate": True,
        "verdict": False,
    }


def test_a_warning_is_dropped_once_a_clock_has_stopped() -> None:
    running = after([], case())
    stopped = after(running, case(decided=RECEIVED + DAY))

    assert all(face.warn_at for face in running if face.name == "decide")
    assert [face.warn_at for face in stopped if face.name == "decide"] == [None]
