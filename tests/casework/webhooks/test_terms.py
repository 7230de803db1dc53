"""When a delivery is tried again: pure arithmetic."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pasokh.casework.webhooks import terms

AT = datetime(2026, 5, 4, tzinfo=UTC)
chances = st.floats(0, 1)


@given(st.integers(1, 200), chances)
def test_pauses_grow_and_never_hurry(tries: int, chance: float) -> None:
    shortest = terms.pause(tries, chance=0)

    assert shortest <= terms.pause(tries, chance=chance) <= shortest * 1.2
    assert terms.pause(tries + 1, chance=0) >= shortest


def test_a_delivery_is_tried_about_a_dozen_times_in_its_day() -> None:
    tries, at = 1, AT
    while not terms.over(AT, at):
        at += terms.pause(tries, chance=0.5)
        tries += 1

    assert 12 <= tries <= 16


@given(st.integers(1, 50), st.timedeltas(timedelta(), timedelta(days=400)))
def test_a_receiver_is_left_alone_as_long_as_it_asks_but_not_for_ever(
    many: int, asked: timedelta
) -> None:
    for wait in (terms.pause(many, chance=0, asked=asked), terms.rest(many, asked=asked)):
        assert min(asked, terms.PAUSES[-1]) <= wait <= terms.PAUSES[-1]


def test_a_rest_grows_to_a_quarter_of_an_hour() -> None:
    assert [terms.rest(n).total_seconds() for n in (1, 2, 3, 9, 500)] == [5, 10, 20, 900, 900]


def test_only_an_answer_of_the_second_hundred_is_a_success() -> None:
    found = {status for status in range(100, 600) if terms.succeeded(status)}

    assert found == set(range(200, 300))
    assert not terms.succeeded(None)
