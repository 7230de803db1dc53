"""The kinds of entrance, and how long their links work. Pure."""

from datetime import timedelta
from enum import StrEnum


class Kind(StrEnum):
    """By what somebody comes to the form."""

    SITE = "site"  # inside a page of the organisation's own
    PLACE = "place"  # by the code on a poster or a card
    KIOSK = "kiosk"  # at a tablet on the counter


#: A link that pairs a tablet works for so long, once.
PAIRED_WITHIN = timedelta(hours=1)
#: A browser forgets its pairing after so long without a visit.
REMEMBERED = timedelta(days=400)
#: Origins whose pages may hold one form.
MOST_ORIGINS = 20
