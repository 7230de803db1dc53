"""What each refusal of this context says to a reader, and what they can do."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "pack-unknown": _(
        "There is no policy pack called %(pack)s. Nothing was changed; choose one of the packs "
        "in the list."
    ),
    "parameter-unknown": _("The pack %(pack)s has no number called %(name)s. Nothing was changed."),
    "parameter-not-a-number": _(
        "The value for %(name)s must be a whole number. Nothing was changed."
    ),
    "parameter-out-of-bounds": _(
        "%(name)s must lie between %(least)s and %(most)s; %(value)s was not saved."
    ),
}
