"""Why the kernel refused: what happened, what was kept, what to do."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "file-too-large": _(
        "The file is larger than %(limit)s bytes and was not kept. Everything else you entered "
        "was. Please send a smaller file, or tell us and we will find another way."
    ),
    "no-space": _(
        "We cannot take files at the moment, so this one was not kept. Everything else you "
        "entered was. Please send the file later; your text can be sent now."
    ),
    "folder-not-empty": _(
        "The folder %(folder)s is not empty. Nothing was written; name a new or an empty folder."
    ),
    "nothing-to-export": _(
        "The record says nothing of %(subject)s, so nothing was written. Check the reference."
    ),
    "file-missing": _(
        "The stored file %(digest)s is missing, so nothing was written. Restore it from a backup, "
        "then export again."
    ),
    "file-altered": _(
        "The stored file %(digest)s is not what it was, so nothing was written. Restore it from a "
        "backup, then export again."
    ),
    "ledger-key-damaged": _(
        "The key that signs the record cannot be read, so nothing was signed. Restore it from a "
        "backup; never make a new one for a record that exists."
    ),
    "ledger-key-changed": _(
        "The record was signed with another key than the one kept here, so nothing was added. "
        "Restore the first key from a backup."
    ),
    "target-unreadable": _(
        "This is not the address of a page, so nothing was kept of it. Write it out, such as "
        "https://example.org/receive, and a number only in its usual form."
    ),
    "target-scheme": _("Write an address that begins with https:// (or http://)."),
    "target-secret": _(
        "An address may not hold a user name or a password: addresses are shown and kept in "
        "logs. Write it without, and let the signature or a header prove who asks."
    ),
    "target-inside": _(
        "This address leads to a machine that the public cannot reach, or to a port that is not "
        "the web's, so nothing was sent there. If it is meant, whoever runs the server names its "
        "network in PASOKH_OUTGOING_NETWORKS and starts Pasokh again."
    ),
    "target-of-a-demonstration": _("This is a demonstration: nothing leaves it."),
    "log-not-empty": _(
        "The record already has entries, so it cannot be made a demonstration. Nothing was "
        "changed; use an empty database."
    ),
}
