"""Why something that came in was refused."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "code-does-not-open": _(
        "This reference and code do not belong together. Check both; the code has sixteen digits."
    ),
    "anonymous-code-not-replaced": _(
        "The code of an anonymous complaint cannot be replaced, because nobody can show that "
        "the complaint is theirs."
    ),
    "link-does-nothing": _(
        "This link opens nothing now. Each link works once and for a limited time. If you have "
        "used it already, all is done; otherwise have a new one mailed to you."
    ),
    "number-does-not-match": _(
        "This is not the number in our mail, or too many were tried. Nothing was changed. Look "
        "for the newest mail, open the link in it, or have a new mail sent."
    ),
    "nothing-to-confirm": _("There is no address left to confirm. Nothing was changed."),
    "mailed-lately": _(
        "A mail went to this address within the last hour. Look among the unwanted mail, too; "
        "after an hour you can have it sent once more."
    ),
}
