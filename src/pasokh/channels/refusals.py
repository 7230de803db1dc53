"""What each refusal of the ways out says to a reader, and what they can do."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "no-mail-server": _(
        "No mail server is set, so nothing was sent. Whoever runs the server sets one with "
        "PASOKH_SMTP_URL and starts Pasokh again."
    ),
    "no-mailbox": _(
        "The office has no mailbox yet, so nothing was sent. Write it on the page about the "
        "organisation; letters go out in its name."
    ),
    "sheet-not-known": _(
        "This is no spreadsheet that can be read. Save it as CSV, XLSX or ODS and send it again."
    ),
    "sheet-old-or-locked": _(
        "This is a spreadsheet in an old form, or one with a password. Open it, save it as XLSX "
        "without a password, and send it again."
    ),
    "sheet-empty": _("There is nothing in this spreadsheet."),
    "sheet-too-wide": _("The spreadsheet has more than %(most)s columns; that many are not read."),
    "sheet-too-long": _(
        "The spreadsheet has more than %(most)s rows. Part it into several and send each."
    ),
    "sheet-packing-broken": _("The file is damaged; it cannot be unpacked. Send it once more."),
    "sheet-unpacks-too-large": _(
        "The file would unpack to far more than a spreadsheet takes, so it was not read. Send it "
        "as plain CSV, in parts if need be."
    ),
    "sheet-cannot-be-read": _(
        "The spreadsheet could not be read: it is damaged, or far too large. Save it as CSV and "
        "send that."
    ),
    "import-file-gone": _("The file is no longer there. Send it again."),
    "mail-not-taken": _(
        "The mail server did not take the letter; nothing was sent. It said: %(said)s. Have "
        "whoever runs the server compare this with PASOKH_SMTP_URL."
    ),
}
