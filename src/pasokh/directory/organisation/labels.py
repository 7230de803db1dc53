"""Where a holiday comes from: as what is on offer is kept, and as its reader is told."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

#: The countries whose holidays are on offer, and their parts.
PLACES: dict[str, Promise] = {
    "IR": _("Iran"),
    "GB-ENG": _("England"),
    "GB-WLS": _("Wales"),
    "GB-SCT": _("Scotland"),
    "GB-NIR": _("Northern Ireland"),
}

_ESTIMATED = " (estimated)"
_OFFERED = re.compile(rf"holidays \S+, ([A-Z-]+)({re.escape(_ESTIMATED)})?")


def kept_source(edition: str, place: str, *, estimated: bool) -> str:
    """The source of a holiday on offer: from which edition of the library, of which place."""
    return f"holidays {edition}, {place}" + _ESTIMATED * estimated


def said_source(source: str) -> str:
    """A source in the reader's language, and whether the date is an estimate.

    What somebody wrote themselves, as for a closure, is told in their own words.
    """
    found = _OFFERED.fullmatch(source)
    if found is None or found[1] not in PLACES:
        return source
    place = {"place": PLACES[found[1]]}
    if found[2]:
        return gettext("Calendar of %(place)s, estimated date") % place
    return gettext("Calendar of %(place)s") % place
