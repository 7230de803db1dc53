from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.directory.organisation import hours

MINUTES = st.integers(0, 24 * 60 - 1)


def at(minute: int) -> time:
    return time(minute // 60, minute % 60)


@st.composite
def days(draw: st.DrawFn) -> hours.Hours:
    """Hours of one day that stand in order."""
    edges = sorted(draw(st.sets(MINUTES, max_size=8)))
    spans = [(at(a), at(b)) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    if spans and draw(st.booleans()):
        spans[-1] = (spans[-1][0], time.max)
    return tuple(spans)


@given(days())
def test_hours_come_back_as_they_were_written(day: hours.Hours) -> None:
    assert hours.load(hours.dump(day)) == day


def test_midnight_is_written_as_24_00() -> None:
    assert hours.dump(((time(20), time.max),)) == [["20:00", "24:00"]]


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ((), None),
        (((time(8), time(12)), (time(12), time(16))), None),
        (((time(8), time(8)),), "hours-run-backwards"),
        (((time(16), time(8)),), "hours-run-backwards"),
        (((time(8), time(12)), (time(11), time(16))), "hours-overlap"),
        (((time(13), time(16)), (time(8), time(12))), "hours-overlap"),
    ],
)
def test_hours_run_forward_in_order(day: hours.Hours, reason: str | None) -> None:
    assert hours.refusal(day) == reason


def test_hours_that_are_out_of_order_are_not_read() -> None:
    with pytest.raises(ValueError, match="hours-overlap"):
        hours.load([["08:00", "12:00"], ["11:00", "16:00"]])
