"""What is set up is read once and kept in the process until somebody changes it.

A mark stands in the database. A trigger on every table of set-up replaces it within the
transaction that changes a row, whoever writes. What is kept is good for one mark, so every process
sees a change as soon as it is committed, and the one that makes it at once. What a kept function
returns is shared by threads: values, or rows that nobody changes. See `docs/decisions/0008`.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar, cast

from django.db import connection

F = TypeVar("F", bound=Callable[..., Any])
Kept = dict[Hashable, Any]

#: The mark, for a statement that reads it along and tells it by `seen`.
MARK = "(SELECT mark FROM configuration_mark)"

#: Where a block writes down the mark it goes by; and what is kept, with the mark it is good for.
_block: ContextVar[list[object] | None] = ContextVar("block", default=None)
_kept: tuple[object, Kept] = (None, {})


def kept(read: F) -> F:
    """Keep what a function of hashable arguments reads of the set-up."""

    @wraps(read)
    def once(*args: Hashable) -> Any:
        with held() as seen:
            known, key = _good_for(_mark(seen)), (read, args)
            if key not in known:
                known[key] = read(*args)
            return known[key]

    return cast(F, once)


@contextmanager
def held() -> Iterator[list[object]]:
    """Look for the mark once in this block, when it is needed: for whoever only reads."""
    seen = _block.get()
    if seen is not None:
        yield seen
        return
    seen = []
    token = _block.set(seen)
    try:
        yield seen
    finally:
        _block.reset(token)


def seen(mark: object) -> None:
    """Go by the mark that a statement of this block read along, unless one is known already."""
    known = _block.get()
    if known == [] and mark is not None:
        known.append(mark)


def _mark(seen: list[object]) -> object:
    if not seen:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {MARK}")
            (found,) = cursor.fetchone()
        seen.append(object() if found is None else found)  # without a mark nothing is kept
    return seen[0]


def _good_for(mark: object) -> Kept:
    global _kept  # noqa: PLW0603  one memory for the process
    now, known = _kept
    if now != mark:
        known = {}
        _kept = (mark, known)
    return known
