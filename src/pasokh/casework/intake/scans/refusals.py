"""Why a scanned letter could not be filed, by itself or by a person."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "scan-kind": _(
        "“%(name)s” is no scan: it must be a PDF, or a JPEG, PNG or TIFF picture. It was not "
        "taken; the other files were."
    ),
    "scan-known": _(
        "“%(name)s” was handed in before, so it was not taken a second time. Look in the list "
        "and among those filed lately."
    ),
    "scan-settled": _(
        "Somebody has filed this scan or set it aside meanwhile. Nothing was changed; look among "
        "those filed lately."
    ),
    "no-such-scan": _("There is no such scan among those that you may see."),
    "scan-has-no-sheet": _("No reference sheet was found on it."),
    "scan-unreadable": _("Its pages could not be read: the file is damaged, locked or too large."),
    "scan-too-long": _("It has more pages than are looked through, so it is filed by hand."),
    "scan-sheet-unused": _(
        "It lay under a blank reference sheet. File it; what comes under the same sheet later "
        "then files itself there."
    ),
    "scan-by-nobody": _(
        "Whoever handed it in may not act any more, so it was not filed by itself."
    ),
}
