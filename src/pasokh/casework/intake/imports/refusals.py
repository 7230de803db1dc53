"""Why a sheet or a row of it is not imported."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "no-such-import": _("There is no such import of yours. It may have been removed."),
    "import-moved-on": _(
        "The import has moved on since this page was made. Nothing was changed; look at it again."
    ),
    "import-at-work": _("The import is still at work. Wait a moment and look again."),
    "import-broke-off": _(
        "The work broke off unexpectedly. What was filed stays filed; resume, and it goes on with "
        "the next row. If it breaks off again, ask whoever runs the server to look at the log."
    ),
    "importer-gone": _(
        "Whoever started this import may no longer do so. What was filed stays filed."
    ),
    "column-meant-twice": _(
        "Two columns are said to mean the same. Nothing was changed; let one of them be a remark."
    ),
    "no-column-received": _(
        "No column tells when the complaints were received. Say which one does; without it, "
        "nothing can be filed."
    ),
    "no-column-words": _(
        "No column tells what was complained of. Say which one holds the words or the category."
    ),
    "order-not-known": _(
        "%(example)s could be read in two ways. Say under “Columns” whether day or month comes "
        "first."
    ),
    "row-cut-off": _("The row ends after %(cells)s of %(columns)s columns: it seems cut off."),
    "row-too-long": _("The row has %(cells)s cells, but there are %(columns)s columns."),
    "row-cell-too-long": _(
        "A cell is too long. Perhaps a quotation mark was opened and never closed."
    ),
    "row-not-text": _("The row holds signs that are no text."),
    "row-no-date": _("There is no date of receipt."),
    "row-date-unread": _("“%(date)s” under “%(column)s” cannot be read as a date."),
    "row-in-the-future": _("“%(date)s” under “%(column)s” lies in the future."),
    "row-ends-before-receipt": _("“%(date)s” under “%(column)s” lies before the date of receipt."),
    "row-says-nothing": _("The row does not say what was complained of."),
    "row-number-too-long": _("The number of the row is too long to be known again."),
    "row-not-storable": _("The row cannot be stored as it is."),
    "row-no-name": _("There is an address or a number, but no name it belongs to."),
}
