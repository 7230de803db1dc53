from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.casework.assessment.matrix import TABLES, Answers, Line, priority, table_at

pytestmark = pytest.mark.clause("10002:7.5")

MILD = Answers(
    severity=1,
    safety=False,
    complexity=1,
    impact=1,
    immediate_needed=False,
    immediate_possible=False,
    recurrent=False,
)
TABLE = TABLES[0]
answers = st.builds(
    Answers,
    severity=st.integers(1, 5),
    safety=st.booleans(),
    complexity=st.integers(1, 3),
    impact=st.integers(1, 5),
    immediate_needed=st.booleans(),
    immediate_possible=st.booleans(),
    recurrent=st.booleans(),
    vulnerable=st.booleans(),
)


@pytest.mark.parametrize(
    ("changes", "value"),
    [
        ({}, 4),
        ({"severity": 3}, 3),
        ({"severity": 4}, 2),
        ({"severity": 5}, 1),
        ({"impact": 5}, 2),
        ({"immediate_needed": True}, 2),
        ({"safety": True}, 1),
        ({"severity": 3, "vulnerable": True}, 2),
    ],
)
def test_the_heaviest_line_gives_the_priority(changes, value):
    assert priority(replace(MILD, **changes), TABLE).value == value


def test_the_lines_are_printed_with_their_points():
    found = priority(replace(MILD, severity=3, safety=True, vulnerable=True), TABLE)

    assert found.lines == ((Line.SEVERITY, 3), (Line.SAFETY, 5), (Line.VULNERABLE, 1))
    assert found.table == TABLE.version


@given(answers)
def test_danger_is_always_priority_one(given_answers):
    assert priority(replace(given_answers, safety=True), TABLE).value == 1


@given(answers, st.integers(1, 3))
def test_complexity_does_not_change_urgency(given_answers, complexity):
    other = replace(given_answers, complexity=complexity)

    assert priority(other, TABLE).value == priority(given_answers, TABLE).value


@given(answers)
def test_a_worse_answer_never_lowers_the_priority(given_answers):
    worse = replace(given_answers, severity=min(5, given_answers.severity + 1))

    assert priority(worse, TABLE).value <= priority(given_answers, TABLE).value


def test_a_table_is_in_force_on_every_day():
    assert table_at(date(2026, 1, 1)) is TABLE
