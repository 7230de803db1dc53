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
}
