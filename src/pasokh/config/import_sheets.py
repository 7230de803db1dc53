"""`pasokh import`: complaints from spreadsheets, as from the page, without waiting for a worker."""

import argparse
import time
from pathlib import Path
from typing import Any

from pasokh.config import colleagues, database, environment
from pasokh.config.messages import _, say, warn


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="+", type=Path, metavar=_("FILE"), help=_("CSV, XLSX or ODS; also CSV.gz")
    )
    parser.add_argument(
        "--by",
        required=True,
        metavar=_("NUMBER"),
        help=_("the staff number of the colleague who imports, with their rights"),
    )
    parser.add_argument(
        "--history",
        action="store_true",
        help=_("complaints that ended elsewhere: no letters, no deadlines"),
    )
    parser.add_argument(
        "--letters",
        action="store_true",
        help=_("write an acknowledgement to everybody who is still waiting"),
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=_("say what would become of it, and file nothing")
    )


def run(options: argparse.Namespace) -> int:
    database.require(environment.read())
    import django  # noqa: PLC0415  Django-free path

    django.setup()
    by = colleagues.acting(options.by)
    return max([_imported(path, by, options) for path in options.files])


def _imported(path: Path, by: Any, options: argparse.Namespace) -> int:
    """Take one file through; 1 where anything of it was refused, or it was not read at all."""
    from pasokh.casework.intake.imports import actions, queries  # noqa: PLC0415  apps not loaded
    from pasokh.casework.intake.imports.states import (  # noqa: PLC0415  apps not loaded
        Mode,
        State,
    )
    from pasokh.channels.sheets import importing  # noqa: PLC0415  apps not loaded
    from pasokh.config import messages  # noqa: PLC0415  apps not loaded
    from pasokh.kernel import clock  # noqa: PLC0415  Django-free path

    language = messages.language()
    sheet = importing.uploaded(path.name, path, language=language, by=by, at=clock.now())
    importing.look(sheet.pk)
    sheet = queries.import_for(by, sheet.pk)
    if sheet.state == State.READY and not options.dry_run:
        mode = Mode.HISTORY if options.history else Mode.RECEIVE
        actions.start(sheet.pk, mode=mode, letters=options.letters, by=by, at=clock.now())
        importing.run(sheet.pk)
        sheet = queries.import_for(by, sheet.pk)
        # A worker may have taken it up first: then it is watched.
        while sheet.state == State.RUNNING and clock.now() - sheet.moved_at < actions.GONE:
            time.sleep(1)
            sheet = queries.import_for(by, sheet.pk)
    _tell(path, sheet, language)
    if options.dry_run:
        actions.forget(sheet.pk, by=by, at=clock.now())
    return int(sheet.state not in (State.READY, State.DONE) or sheet.refused > 0)


def _tell(path: Path, sheet: Any, language: str) -> None:
    """Say what became of a file, and every row that was refused with its reason."""
    from django.utils.translation import override  # noqa: PLC0415  Django-free path

    from pasokh.casework.intake.imports import queries  # noqa: PLC0415  apps not loaded
    from pasokh.kernel.errors import Refused  # noqa: PLC0415  Django-free path
    from pasokh.ui.sentences import sentence  # noqa: PLC0415  apps not loaded

    with override(language):
        if sheet.failure:
            why = Refused(sheet.failure["code"], **sheet.failure["facts"])
            warn(f"{path}: {sentence(why)}")
        for number, code, facts in queries.reasons(sheet):
            warn(f"{path}:{number}: {sentence(Refused(code, **facts))}")
    told = {
        "file": path,
        "rows": sheet.rows,
        "filed": sheet.filed,
        "seen": sheet.seen or sheet.found.get("seen", 0),
        "refused": sheet.refused,
    }
    say(
        _("%(file)s: %(rows)s rows, %(filed)s filed, %(seen)s known before, %(refused)s refused.")
        % told
    )
