"""References such as `P-000042-7`: said on the telephone, typed from paper, never mistaken.

The last digit is a check digit by Damm's method: it finds every wrong digit and every two
neighbours that changed places.
"""

from pasokh.kernel.text import digits

# Damm's totally anti-symmetric quasigroup of order ten (2004): row = digit so far, column = next.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_MOST_DIGITS = 18  # of a number in a PostgreSQL bigint, with one to spare


def make(number: int) -> str:
    """Return the reference for a number of the sequence (1, 2 …)."""
    if not 0 < number < 10**_MOST_DIGITS:
        raise ValueError(f"no reference for {number}")
    return f"P-{number:06}-{_check(str(number))}"


def read(text: str) -> str | None:
    """Return the reference that somebody wrote, in its one true form; None where it is not one.

    Digits of any script, spaces, dashes and directional marks of any kind, small letters and
    missing zeros are as good; the letter may be left out, the check digit may not.
    """
    if len(text) > 60:
        return None
    said = "".join(char for char in digits(text) if char.isalnum()).upper().removeprefix("P")
    if not (said.isascii() and said.isdigit()):
        return None
    number, check = int(said[:-1] or "0"), int(said[-1])
    if not 0 < number < 10**_MOST_DIGITS or _check(str(number)) != check:
        return None
    return make(number)


def _check(number: str) -> int:
    interim = 0
    for digit in number:
        interim = _DAMM[interim][int(digit)]
    return interim
