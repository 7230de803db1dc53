"""`pasokh export-case`: one case as a folder that an outsider can check."""

import argparse
from pathlib import Path

from pasokh.config import database, environment, messages
from pasokh.config.messages import _, say, warn

LANGUAGES = ("fa", "en")


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
    missing = export.left_out(ref)
    count = bundle.write(
        options.output,
        subject=f"complaint:{ref}",
        files=export.files_of(ref),
        timeline=export.story,
        texts={f"left-out.{one}.txt": _listed(missing, one) for one in LANGUAGES if missing},
        at=clock.now(),
    )
    say(
        _("%(folder)s holds the case (entries of the log: %(count)s).")
        % {"folder": options.output, "count": count}
    )
    if missing:
        warn(_listed(missing, messages.language()).strip())
    say(
        _("To check it anywhere: python3 -I %(folder)s/verify.py --key %(fingerprint)s")
        % {"folder": options.output, "fingerprint": keys.fingerprint()}
    )
    return 0


def _listed(missing: dict[str, str], language: str) -> str:
    """The files that did not leave with the case, each with the reason, in a language."""
    from django.utils.translation import gettext, override  # noqa: PLC0415  Django-free path

    from pasokh.kernel.errors import Refused  # noqa: PLC0415  Django-free path
    from pasokh.ui.sentences import sentence  # noqa: PLC0415  apps not loaded

    with override(language):
        head = gettext("These files belong to the case and were left out:")
        lines = [f"{digest}  {sentence(Refused(code))}" for digest, code in missing.items()]
    return "\n".join([head, *lines]) + "\n"
