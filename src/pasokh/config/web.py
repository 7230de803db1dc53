"""`pasokh web`: the web server."""

import argparse
import os
import socket

from pasokh.config import environment, leash
from pasokh.config.messages import Unable, _
from pasokh.config.supervise import WEB_GRACE

#: Python computes one request at a time in a process, so two keep two cores busy; what they have
#: loaded they share. Each thread costs a database session (about 3 MB): while one waits for the
#: database, another computes.
WORKERS, THREADS = min(2, os.cpu_count() or 1), 2


def arguments(parser: argparse.ArgumentParser) -> None:
    listening(parser)
    parser.add_argument(
        "--workers",
        type=int,
        default=WORKERS,
        metavar="N",
        help=_("web processes; one for each processor core is most (default: %(default)s)"),
    )
    parser.add_argument("--parent", type=int, help=argparse.SUPPRESS)


def listening(parser: argparse.ArgumentParser) -> None:
    """The options that `serve` and `web` share."""
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        metavar=_("ADDRESS"),
        help=_("address to listen on; 0.0.0.0 for all of this machine (default: %(default)s)"),
    )
    parser.add_argument(
        "--port",
        type=_port,
        default=8000,
        metavar="N",
        help=_("port to listen on (default: %(default)s)"),
    )


def run(options: argparse.Namespace) -> int:
    if options.parent:
        leash.hold(options.parent)
    require_port(options.host, options.port)
    if not options.parent:
        _require_tables()
    from granian.constants import HTTPModes, Interfaces  # noqa: PLC0415  slow import
    from granian.log import LogLevels  # noqa: PLC0415  slow import
    from granian.server import Server  # noqa: PLC0415  slow import

    from pasokh.config import wsgi  # noqa: PLC0415  slow import

    wsgi.load()
    Server(
        wsgi.__name__,
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=options.workers,
        blocking_threads=threads(options.workers),
        respawn_failed_workers=options.workers > 1,
        workers_kill_timeout=WEB_GRACE,
        log_dictconfig=_LOGGING,
        log_level=LogLevels.warning,
    ).serve(target_loader=wsgi.begin, wrap_loader=False)
    return 0


def threads(workers: int) -> int:
    """Threads of each process: four in all at least, so one long request does not hold up all."""
    return max(THREADS, 4 // workers)


def _require_tables() -> None:
    """Under `serve` they were brought up to date a moment ago; alone nobody looked yet."""
    from pasokh.config import tables  # noqa: PLC0415  slow import

    tables.require_fit(environment.read())


def require_port(host: str, port: int) -> None:
    """Raise Unable when nothing may listen there. (The server itself would share the port.)"""
    try:
        family, kind, proto, _name, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, proto) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except PermissionError:
        raise Unable(
            _("This account may not listen on port %(port)s. Choose one above 1023 with --port.")
            % {"port": port}
        ) from None
    except socket.gaierror:
        raise Unable(
            _("“%(host)s” is not an address of this machine. Correct --host.") % {"host": host}
        ) from None
    except OSError:
        raise Unable(
            _(
                "Port %(port)s of %(host)s is taken by another program. "
                "Stop that program, or choose another port with --port."
            )
            % {"host": host, "port": port}
        ) from None


def _port(text: str) -> int:
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(_("a port is a number from 1 to 65535"))


_LOGGING = {
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "access": {"class": "logging.NullHandler"},
    },
}
