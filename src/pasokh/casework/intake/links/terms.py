"""What a mailed link is for, and how long it works. Pure."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum


class Purpose(StrEnum):
    """The one thing that a link does."""

    CONFIRM = "confirm"
    NEW_CODE = "new_code"


WORKS_FOR: Mapping[Purpose, timedelta] = {
    Purpose.CONFIRM: timedelta(days=14),
    Purpose.NEW_CODE: timedelta(hours=1),
}

#: Wrong numbers after which the number of a mail opens nothing; its link still does.
MOST_TRIES = 10

#: How long somebody waits who asks for a further mail: nobody's mailbox is to be flooded.
BETWEEN = timedelta(hours=1)
