"""The one clock. Doors and the schedule read it; the domain is told the time by its callers."""

from collections.abc import Callable
from datetime import UTC, datetime

_source: Callable[[], datetime] | None = None


def now() -> datetime:
    """The present instant in UTC; the demonstration's clock while a demonstration is being made."""
    return _source() if _source else datetime.now(UTC)


def inject(source: Callable[[], datetime] | None) -> None:
    """Replace the clock, or give None to return to the real one.

    Only `pasokh demo` may, and only on an empty database: the log's origin then says *demo*.
    """
    global _source  # noqa: PLW0603  one clock, on purpose
    _source = source
