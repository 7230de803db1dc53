"""Whether a file may be shown or sent: every verdict with every decision, in either house."""

from datetime import UTC, datetime, timedelta

import pytest

from pasokh.casework.inspection.verdicts import Settled, Standing, Verdict, closed, next_try

AT = datetime(2026, 5, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("verdict", "lenient", "strict"),
    [
        (Verdict.UNCHECKED, "", "file-waits-for-check"),
        (Verdict.CLEAN, "", ""),
        (Verdict.INFECTED, "file-infected", "file-infected"),
        (Verdict.UNREADABLE, "", "file-not-readable"),
    ],
)
def test_each_verdict_opens_or_closes_a_file(verdict: Verdict, lenient: str, strict: str) -> None:
    assert closed(verdict, Settled.NOT, strict=False) == lenient
    assert closed(verdict, Settled.NOT, strict=True) == strict
    assert closed(verdict, Settled.RELEASED, strict=True) == ""
    assert closed(verdict, Settled.REMOVED, strict=False) == "file-removed"


def test_a_scanner_that_is_silent_is_asked_less_and_less_often() -> None:
    pauses = [(next_try(tries, AT) - AT) // timedelta(minutes=1) for tries in range(1, 9)]

    assert pauses == [1, 2, 5, 15, 30, 60, 60, 60]


def test_only_recordings_known_to_be_such_are_played() -> None:
    kinds = ("audio/mpeg", "application/ogg", "text/html", "image/svg+xml", "")

    assert [Standing("", kind=kind).sound for kind in kinds] == [
        *("audio/mpeg", "audio/ogg"),
        *("", "", ""),
    ]
