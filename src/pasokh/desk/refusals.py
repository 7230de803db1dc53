"""What the desk says otherwise of a refusal than the portal does."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "files-too-many-here": _(
        "At most %(most)s files can be sent at once; “%(name)s” was not kept. Everything else "
        "was. Send these first, then add the others on the page of the complaint."
    ),
    "files-no-room-here": _(
        "There is no room for more files at the moment, so “%(name)s” was not kept. Your text "
        "was, and can be sent now. Tell the administrator, and add the file later on the page of "
        "the complaint."
    ),
}
