"""`pasokh mail-in`: take one mail from standard input, as a mail server's pipe gives it."""

import argparse
import os
import sys

from pasokh.config import database, environment
from pasokh.config.messages import Unable, _, language, warn

#: Bring it again, as mail servers read exit codes (sysexits.h).
LATER = 75


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--recipient",
        default=os.environ.get("ORIGINAL_RECIPIENT") or os.environ.get("RECIPIENT") or "",
        metavar=_("ADDRESS"),
        help=_("to whom it was sent; without it, the one mailbox that is set up"),
    )
    parser.add_argument(
        "--sender",
        default=os.environ.get("SENDER"),
        metavar=_("ADDRESS"),
        help=_("the sender on the envelope"),
    )


def run(options: argparse.Namespace) -> int:
    try:
        database.require(environment.read())
    except Unable as unable:
        warn(str(unable))
        return LATER
    import django  # noqa: PLC0415  Django-free path

    django.setup()
    from django.utils import translation  # noqa: PLC0415  Django-free path

    from pasokh.channels.mail_in import pipe  # noqa: PLC0415  apps not loaded
    from pasokh.ui.sentences import sentence  # noqa: PLC0415  apps not loaded

    code, refused = pipe.take(sys.stdin.buffer, sender=options.sender, recipient=options.recipient)
    if refused:
        with translation.override(language()):
            warn(sentence(refused))
    elif code:
        warn(_("The mail could not be kept now. The mail server brings it again."))
    return code
