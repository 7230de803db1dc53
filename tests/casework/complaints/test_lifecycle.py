import pytest

from pasokh.casework.complaints.lifecycle import (
    BEGINNING,
    ENDED,
    MOVES,
    OPEN,
    State,
    Step,
    Target,
    next_state,
    steps_from,
    target,
)

pytestmark = pytest.mark.clause("10002:7.9")


def test_every_step_stands_in_the_table():
    assert {move.step for move in MOVES} == set(Step)


def test_no_state_and_step_stand_there_twice():
    pairs = [(source, move.step) for move in MOVES for source in move.sources or {None}]

    assert len(pairs) == len(set(pairs))


def test_only_receiving_and_recording_history_begin_a_file():
    assert {step for step in Step if target(None, step)} == BEGINNING
    assert {Step.RECEIVE, Step.RECORD_HISTORY} == BEGINNING


def test_open_and_ended_states_are_all_states():
    assert set(State) == OPEN | ENDED
    assert not OPEN & ENDED


def test_every_state_can_be_reached_from_receipt():
    reached, edge = set(), {next_state(None, Step.RECEIVE)}
    while edge:
        reached |= edge
        edge = {
            after
            for state in reached
            for step in steps_from(state)
            if (after := next_state(state, step, before=State.RECEIVED))
        } - reached

    assert reached == set(State)


def test_no_state_is_a_dead_end_for_the_complainant():
    for state in State:
        assert Step.HEAR in steps_from(state)
        assert Step.CORRECT in steps_from(state)


def test_every_ended_file_can_be_reopened_where_it_was():
    for state in ENDED:
        for before in OPEN:
            assert next_state(state, Step.REOPEN, before=before) is before


def test_acknowledgement_is_a_milestone_and_never_a_gate():
    for state in OPEN:
        assert target(state, Step.ACKNOWLEDGE) is Target.SAME


def test_only_a_communicated_decision_can_be_closed():
    assert [state for state in State if target(state, Step.CLOSE)] == [State.COMMUNICATED]


def test_settling_is_the_only_other_way_to_closed():
    closers = {move.step for move in MOVES if move.sources and move.target is State.CLOSED}

    assert closers == {Step.CLOSE, Step.SETTLE}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", Step)
def test_the_menu_and_the_guard_agree(state, step):
    assert (step in steps_from(state)) == (
        next_state(state, step, before=State.RECEIVED) is not None
    )
