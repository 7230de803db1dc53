"""What a program may be allowed, and how long its secrets live. Pure."""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

from pasokh.directory.organisation.roles import TABLE

#: Rights that only somebody with a face can hold: to own a file, to be told, to give a code away,
#: to answer for a sheet or for what was closed elsewhere, to look at a letter of somebody else's.
_OF_PEOPLE = frozenset(
    {
        "complaint.handle",
        "complaint.review_independently",
        "complaint.be_warned",
        "complaint.replace_code",
        "complaint.record_history",
        "complaint.import",
        "complaint.approve",
    }
)
#: Everything a program may be granted, with its meaning, in the order of the table of rights.
GRANTABLE: dict[str, str] = {
    grant.right: grant.meaning
    for grant in TABLE
    if grant.right.startswith("complaint.") and grant.right not in _OF_PEOPLE
}

#: How long a token that was got for another one is good, and how long an answer is remembered.
ACCESS_LASTS, ANSWER_KEPT = timedelta(hours=1), timedelta(hours=24)
#: For how long two tokens may stand beside each other at most while a program changes over.
LONGEST_OVERLAP = timedelta(days=30)
#: Calls in a minute: what a new program may make, and the bounds of what it can be given.
USUAL_RATE, LEAST_RATE, MOST_RATE = 600, 1, 100_000
#: Access tokens of one program at a time: a client that asks for one with each call is mended.
MOST_ACCESS = 1000


class Purpose(StrEnum):
    """What a token is for: `key` is kept by the program, `access` was got for one, for an hour."""

    KEY = "key"
    ACCESS = "access"


def unknown(rights: Iterable[str]) -> list[str]:
    """Those rights that no program can hold, sorted."""
    return sorted(set(rights) - set(GRANTABLE))
