"""`pasokh texts`: let text messages leave by a gateway, see how they stand, try them, end them."""

import argparse
import getpass
import sys
from collections.abc import Sequence
from typing import Any

from pasokh.config import colleagues, database, environment
from pasokh.config.messages import Unable, _, say


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--gateway",
        metavar=_("GATEWAY"),
        help=_("let texts leave by it; its secrets are asked for, one a line, and never shown"),
    )
    parser.add_argument("--sender", default="", metavar=_("NUMBER"), help=_("from which number"))
    parser.add_argument(
        "--base", default="", metavar=_("ADDRESS"), help=_("where it is, if not at its usual place")
    )
    parser.add_argument(
        "--per-number",
        type=int,
        default=10,
        metavar=_("COUNT"),
        help=_("texts to one number in a day, at most (default: %(default)s)"),
    )
    parser.add_argument(
        "--per-hour",
        type=int,
        default=1000,
        metavar=_("COUNT"),
        help=_("texts to all in an hour, at most (default: %(default)s)"),
    )
    parser.add_argument(
        "--notice-tells",
        action="store_true",
        help=_("let a delivered text count as told for every letter"),
    )
    parser.add_argument("--test", metavar=_("NUMBER"), help=_("send a test text to a number"))
    parser.add_argument("--end", action="store_true", help=_("send no more texts"))
    parser.add_argument(
        "--by",
        metavar=_("NUMBER"),
        help=_("the staff number of the colleague who sets it, with their rights"),
    )


def run(options: argparse.Namespace) -> int:
    database.require(environment.read())
    import django  # noqa: PLC0415  Django-free path

    django.setup()
    if options.end or options.gateway:
        if not options.by:
            raise Unable(_("Say with --by who sets it."))
        by = colleagues.acting(options.by)
        _end(by) if options.end else _set(options, by)
    if options.test:
        _try(options.test)
    _tell()
    return 0


def _set(options: argparse.Namespace, by: Any) -> None:
    from pasokh.casework.texting import actions  # noqa: PLC0415  apps not loaded
    from pasokh.channels.sms.templates import templates  # noqa: PLC0415  apps not loaded
    from pasokh.kernel import clock  # noqa: PLC0415  Django-free path

    known = templates().get(options.gateway)
    if known is None:
        raise Unable(
            _("There is no gateway “%(name)s”. The gateways are: %(gateways)s.")
            % {"name": options.gateway, "gateways": ", ".join(templates())}
        )
    actions.set_gateway(
        known.code,
        credentials=_asked(known.credentials),
        base=options.base,
        sender=options.sender,
        notice_tells=options.notice_tells,
        per_number=options.per_number,
        per_hour=options.per_hour,
        by=by,
        at=clock.now(),
    )


def _asked(names: Sequence[str]) -> dict[str, str]:
    """The secrets of an account, from whoever sits there or from a pipe; nothing keeps the old."""
    if sys.stdin.isatty():
        return {name: getpass.getpass(f"{name}: ") for name in names}
    return {name: sys.stdin.readline().strip() for name in names}


def _end(by: Any) -> None:
    from pasokh.casework.texting import actions  # noqa: PLC0415  apps not loaded
    from pasokh.kernel import clock  # noqa: PLC0415  Django-free path

    actions.end_gateway(by=by, at=clock.now())


def _try(number: str) -> None:
    from pasokh.channels.sms import trial  # noqa: PLC0415  apps not loaded
    from pasokh.config import messages  # noqa: PLC0415  apps not loaded
    from pasokh.kernel import clock  # noqa: PLC0415  Django-free path

    trial.send(number, language=messages.language(), at=clock.now())
    say(_("The gateway took the text."))


def _tell() -> None:
    """Say by which gateway texts leave, and what has become of those of late."""
    from pasokh.casework.texting import queries  # noqa: PLC0415  apps not loaded

    gateway = queries.gateway()
    if gateway is None:
        say(_("No gateway is set, so no texts leave."))
        return
    told = {"gateway": gateway.template, "sender": gateway.sender or "–"}
    say(_("Texts leave by %(gateway)s, from %(sender)s.") % told)
