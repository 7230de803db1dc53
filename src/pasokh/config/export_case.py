"""`pasokh export-case`: one case as a folder that an outsider can check."""

import argparse
from pathlib import Path

from pasokh.config import database, environment
from pasokh.config.messages import _, say


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("reference", metavar=_("REFERENCE"), help=_("the complaint's reference"))
    parser.add_argument(
        "--output",
        type=Path,
        required=True,
        metavar=_("FOLDER"),
        help=_("a new or an empty folder to write into"),
    )


def run(options: argparse.Namespace) -> int:
    database.require(environment.read())
    import django  # noqa: PLC0415  Django-free path

    django.setup()
    from pasokh.casework.complaints.queries import export  # noqa: PLC0415  apps not loaded
    from pasokh.kernel import clock, refs  # noqa: PLC0415  Django-free path
    from pasokh.kernel.ledger import bundle, keys  # noqa: PLC0415  apps not loaded

    ref = refs.read(options.reference) or options.reference
    count = bundle.write(
        options.output,
        subject=f"complaint:{ref}",
        files=export.files_of(ref),
        timeline=export.story,
        at=clock.now(),
    )
    say(
        _("%(folder)s holds the case (entries of the log: %(count)s).")
        % {"folder": options.output, "count": count}
    )
    say(
        _("To check it anywhere: python3 -I %(folder)s/verify.py --key %(fingerprint)s")
        % {"folder": options.output, "fingerprint": keys.fingerprint()}
    )
    return 0
