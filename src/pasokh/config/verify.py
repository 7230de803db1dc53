"""`pasokh verify`: whether the log is what it was."""

import argparse
from pathlib import Path

from pasokh.config import database, environment
from pasokh.config.messages import _, language, say, warn


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--against",
        type=Path,
        metavar=_("FILE"),
        help=_("a checkpoint or receipt kept outside, which shows whether the log was rewritten"),
    )


def run(options: argparse.Namespace) -> int:
    database.require(environment.read())
    import django  # noqa: PLC0415  Django-free path

    django.setup()
    from django.utils import translation  # noqa: PLC0415  Django-free path

    from pasokh.kernel.ledger import keys, verify  # noqa: PLC0415  apps not loaded

    with translation.override(language()):
        findings = verify.whole_log(options.against)
        for finding in findings:
            warn(str(finding))
    if findings:
        return 1
    say(_("The whole log was checked and nothing in it was altered, removed or added."))
    say(_("It is signed by the key %(fingerprint)s.") % {"fingerprint": keys.fingerprint()})
    if not options.against:
        say(
            _(
                "Only a checkpoint or receipt kept outside can show that the organisation itself "
                "did not write the whole log anew: give one with --against."
            )
        )
    return 0
