"""When a deadline may be extended."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.casework.deadlines.worlds import rule

from pasokh.casework.deadlines.rules import extension_refusal
from pasokh.policy.regimes.pack import ClockRule, ExtensionRule, Length, Unit

DUE = datetime(2026, 6, 17, 16, tzinfo=UTC)
BEFORE, AFTER = DUE - timedelta(days=1), DUE + timedelta(seconds=1)
LIMIT = ExtensionRule(most=Length(10, Unit.WORKING_DAYS), times=2)
CLOCK = rule(20, extension=LIMIT)


def refusal(
    clock: ClockRule | None = CLOCK,
    *,
    granted: tuple[int, ...] = (),
    amount: int = 5,
    due_at: datetime | None = DUE,
    at: datetime = BEFORE,
) -> str | None:
    return extension_refusal(clock, granted=granted, amount=amount, due_at=due_at, at=at)


def test_an_extension_within_the_limit_is_allowed_up_to_the_last_moment() -> None:
    assert refusal() is None
    assert refusal(at=DUE) is None
    assert refusal(granted=(4,), amount=6) is None


@pytest.mark.clause("10002:7.3")
@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("no-such-clock", {"clock": None}),
        ("extension-not-in-regime", {"clock": rule(20)}),
        ("clock-not-running", {"due_at": None}),
        ("extension-too-late", {"at": AFTER}),
        ("extension-without-length", {"amount": 0}),
        ("extensions-used-up", {"granted": (1, 1)}),
        ("extension-too-long", {"amount": 11}),
        ("extension-too-long", {"granted": (6,), "amount": 5}),
    ],
)
def test_what_is_refused_and_why(code: str, given: dict[str, object]) -> None:
    assert refusal(**given) == code  # type: ignore[arg-type]


def test_a_regime_may_let_a_deadline_be_extended_after_it_passed() -> None:
    clock = replace(CLOCK, extension=replace(LIMIT, before_due=False))

    assert refusal(clock, at=AFTER) is None
