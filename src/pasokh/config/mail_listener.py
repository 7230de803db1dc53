"""`pasokh mail-listener`: take mail over from a mail server, by LMTP or SMTP."""

import argparse
import asyncio
import signal
from collections.abc import Awaitable, Callable

from pasokh.config import database, environment, garbage, leash, tables
from pasokh.config.messages import Unable, _, say


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--parent", type=int, help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    if options.parent:
        leash.hold(options.parent)
    surroundings = environment.read()
    address = surroundings.mail_listener
    if not address:
        raise Unable(_("PASOKH_MAIL_LISTENER is not set, so there is nowhere to listen."))
    database.require(surroundings)
    tables.require_fit(surroundings)
    import django  # noqa: PLC0415  Django-free path

    django.setup()
    from pasokh.channels.mail_in import lmtp  # noqa: PLC0415  slow import

    garbage.settle()
    try:
        where = lmtp.place(address)
        asyncio.run(_listen(lmtp.listen, where))
    except (ValueError, OSError) as error:
        raise Unable(
            _(
                "PASOKH_MAIL_LISTENER is %(address)s, and nothing can listen there (%(why)s). "
                "Write an address such as lmtp://127.0.0.1:2424 or lmtp:/run/pasokh/lmtp.sock."
            )
            % {"address": address, "why": error}
        ) from error
    return 0


async def _listen(listen: Callable[..., Awaitable[None]], where: object) -> None:
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    await listen(where, stop, _announce)


def _announce(where: str) -> None:
    say(_("Mail is taken over at %(address)s.") % {"address": where})
