"""What each refusal of this context says to a reader, and what they can do."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "no-such-clock": _("This complaint has no deadline of that kind in its present stage."),
    "extension-not-in-regime": _(
        "The rules that govern this complaint do not let this deadline be extended."
    ),
    "clock-not-running": _(
        "This deadline is not running, so it cannot be extended. If it is on hold, let it run "
        "on first."
    ),
    "extension-too-late": _(
        "The deadline has already passed, and it could only have been extended before that. "
        "Answer as soon as you can, and tell the complainant why it is late."
    ),
    "extension-without-length": _("Say by how much the deadline is to be extended."),
    "extensions-used-up": _(
        "This deadline has been extended as often as the rules that govern this complaint allow."
    ),
    "extension-too-long": _(
        "All extensions of this deadline together may come to %(most)s at most, in the "
        "deadline's own unit; %(left)s can still be given."
    ),
    "no-such-hold-category": _("Choose from the list what the complaint waits for."),
    "hold-ends-before-it-began": _("A hold cannot end before it began."),
}
