"""Why a file is neither shown nor sent."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "file-infected": _(
        "Harmful software was found in this file, so it is kept apart and nobody can open it. "
        "Everything else that was sent is kept and is being handled. Please send what it holds "
        "in another way, for example as a photograph."
    ),
    "file-removed": _(
        "Harmful software was found in this file, so it was deleted. Everything else that was "
        "sent is kept. Please send what it held in another way, for example as a photograph."
    ),
    "file-waits-for-check": _(
        "This file is kept, and opens once it has been checked for harmful software. Come back "
        "in a few minutes."
    ),
    "file-being-prepared": _(
        "This file is being made ready to be opened. Come back in a minute; nothing is lost."
    ),
    "file-not-readable": _(
        "This file could not be checked for harmful software, so it is kept apart until a "
        "colleague has looked at it."
    ),
    "not-in-quarantine": _(
        "This file does not lie in quarantine any more: somebody has released or deleted it. "
        "Nothing was changed."
    ),
}
