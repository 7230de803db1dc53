"""Why a draft or one of its files was refused."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "draft-gone": _(
        "What you were writing is no longer kept here: drafts are deleted after a day. If you "
        "still have the page open, send it once more."
    ),
    "files-too-many": _(
        "At most %(most)s files can be sent at once; “%(name)s” was not kept. Everything else "
        "was. You can send more files later on the page where you follow your complaint."
    ),
    "files-no-room": _(
        "We cannot take more files at the moment, so “%(name)s” was not kept. Your text was, and "
        "can be sent now. Send the file later on the page where you follow your complaint."
    ),
    "file-empty": _("The file “%(name)s” is empty, so it was not kept. Everything else was."),
    "file-is-a-program": _(
        "“%(name)s” is a program, which we cannot open safely, so it was not kept. Everything "
        "else was. A picture of the screen, a letter or a bill is welcome."
    ),
    "file-too-big": _(
        "“%(name)s” is larger than %(most)s megabytes and was not kept. Everything else was. "
        "Send a smaller one, or tell us and we will find another way."
    ),
}
