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
}
