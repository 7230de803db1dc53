"""What each refusal of this context says to a reader, and what they can do."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "no-such-person": _("There is no such person. Nothing was saved; search again."),
    "person-without-name": _(
        "A person needs a name. Nothing was saved; write it as the person says it, or record "
        "the complaint as anonymous."
    ),
    "person-kind-unknown": _("A person is an individual or an organisation. Nothing was saved."),
    "language-unknown": _("The language must be Persian or English. Nothing was changed."),
    "need-unknown": _("One of the needs is not in the list. Nothing was saved; choose again."),
    "reason-missing": _(
        "Say why this is corrected. Nothing was changed; the reason is kept with old and new."
    ),
    "no-such-contact-point": _("There is no such way to reach the person. Nothing was changed."),
    "address-invalid": _(
        "%(address)s is not an e-mail address. Nothing was changed; check how it is written."
    ),
    "number-invalid": _(
        "There is no telephone number in this. Nothing was saved; write it with its digits."
    ),
    "contact-point-empty": _("This says nothing about how to reach the person. Nothing was saved."),
    "mandate-for-oneself": _("Nobody needs leave to act for themselves. Nothing was saved."),
    "scope-missing": _("Say in what the representative may act. Nothing was saved."),
    "digest-invalid": _("The paper that shows the leave was not found. Nothing was saved; add it."),
    "ends-before-it-begins": _("The end must come after the beginning. Nothing was changed."),
    "no-such-mandate": _("There is no such leave to act, or it has ended. Nothing was changed."),
}
