"""`pasokh serve`: everything on one machine, and nothing left behind.

This process imports no Django: it is small, and lives on whatever happens to the others.
"""

import argparse
import json
import os
import signal
import socket
import time
from collections.abc import Callable

from pasokh.config import environment, installation, supervise, web
from pasokh.config.embedded import Server
from pasokh.config.environment import Environment
from pasokh.config.messages import Unable, _, disk_trouble, say, warn
from pasokh.config.supervise import WORKER_GRACE, Part, Pauses, Signals, Stopped

#: Seconds between two looks at whether everything runs.
TICK = 0.5
#: Seconds after which the operator is told that not everything answers yet.
PATIENCE = 30.0

#: Hosts that mean every address of the machine, with the one to reach it by from here.
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  not to listen


def arguments(parser: argparse.ArgumentParser) -> None:
    web.listening(parser)
    parser.add_argument(
        "--demo",
        action="store_true",
        help=_("show a demonstration; made first where the database is empty"),
    )


def run(options: argparse.Namespace) -> int:
    surroundings = environment.read()
    signals = Signals()
    address = f"http://{_bracketed(options.host)}:{options.port}"
    if options.host not in EVERYWHERE:
        os.environ.setdefault("PASOKH_ADDRESS", address)  # the children's letters carry links
    with installation.held(surroundings.data, f"{address}/"):
        web.require_port(options.host, options.port)
        return Serving(surroundings, options, address, signals).run()


class Serving:
    """One run of `pasokh serve`."""

    def __init__(
        self,
        surroundings: Environment,
        options: argparse.Namespace,
        address: str,
        signals: Signals,
    ) -> None:
        self.options = options
        self.address = surroundings.address or address
        self.signals = signals
        self.server = None if surroundings.database_url else Server(surroundings)
        self.parts = [
            Part(
                "web",
                ("--host", options.host, "--port", str(options.port)),
                title=_("The web server"),
                grace=supervise.WEB_GRACE + 2,
            ),
            Part("worker", (), title=_("The worker"), grace=WORKER_GRACE + 2),
        ]
        if surroundings.mail_listener:
            title = _("The mail listener")
            self.parts.append(Part("mail-listener", (), title=title, grace=WORKER_GRACE + 2))
        self.revival = Pauses()
        self.revived = 0.0
        self.setup: str | None = None
        self.lines: list[str] = []
        self.announced = False
        self.late_at: float | None = None

    def run(self) -> int:
        if os.geteuid() == 0:
            say(
                _(
                    "Pasokh runs as root; of its parts only the database does not. "
                    "An ordinary user is safer."
                )
            )
        code = 0
        try:
            if self.server:
                self.server.start(self.signals.pause)
            code = self._migrate()
            if code == 0:
                self.late_at = time.monotonic() + PATIENCE
                supervise.keep(self.parts, self._tick, self.signals)
        except Stopped:
            say(_("Stopping. (Ctrl-C again stops at once.)"))
        finally:
            self._stop()
        return code

    def _migrate(self) -> int:
        """Bring the tables up to date. The child has told the operator what went wrong."""
        demo = self.options.demo
        name, more = ("demo", ("--again",)) if demo else ("migrate", ())
        code, printed = supervise.result(name, ("--json", *more), self.signals)
        if code == 0:
            told = json.loads(printed)
            self.setup, self.lines = told["setup"], told.get("lines", [])
        return code

    def _tick(self) -> float:
        if self.server and not self.server.alive() and not self._revive(self.server):
            return -TICK
        if self.announced:
            return TICK
        if health(self.options.host, self.options.port) == 200:
            self.announced = True
            self._announce()
        elif self.late_at and time.monotonic() > self.late_at:
            self.late_at = None
            self._excuse()
        return TICK / 5

    def _revive(self, server: Server) -> bool:
        """Start a database that ended. Growing pauses, for a full disk stays full for a while."""
        now = time.monotonic()
        if now < self.revival.due:
            return False
        warn(_("The database ended; it is being started again."))
        try:
            server.start(self.signals.pause)
        except (Unable, OSError) as error:
            warn(str(disk_trouble(error, "") or error if isinstance(error, OSError) else error))
            self.revival.failed(self.revived, time.monotonic())
            return False
        self.revived = time.monotonic()
        for part in self.parts:
            part.pauses = Pauses()
        return True

    def _announce(self) -> None:
        say(_("Pasokh is running: %(address)s/ (Ctrl-C stops it.)") % {"address": self.address})
        if self.setup:
            say(
                _("To make the first administrator, open %(link)s within 24 hours.")
                % {"link": f"{self.address}{self.setup}"}
            )
        for line in self.lines:
            say(line)

    def _excuse(self) -> None:
        warn(
            _(
                "Pasokh was started at %(address)s/, but not every part answers yet. "
                "The lines above say why; %(address)s/healthz says which."
            )
            % {"address": self.address}
        )

    def _stop(self) -> None:
        self.signals.stopping()
        for part in self.parts:
            part.stop(self.signals)
        if not self.server:
            return
        firm = self.signals.firm
        self.server.stop(signal.SIGQUIT if firm else signal.SIGINT, self._insist(self.server, firm))

    def _insist(self, server: Server, firm: bool) -> Callable[[float], None]:
        """Wait for the database; a second Ctrl-C meanwhile stops it at once."""

        def wait(seconds: float) -> None:
            nonlocal firm
            if self.signals.firm and not firm:
                firm = True
                os.kill(server.pid, signal.SIGQUIT)
            self.signals.pause(seconds)

        return wait


def health(host: str, port: int) -> int:
    """The status that `/healthz` answers with; 0 when nothing answers."""
    near = EVERYWHERE.get(host, host)
    try:
        with socket.create_connection((near, port), timeout=2) as connection:
            connection.sendall(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")
            answer = connection.recv(64).split()
        return int(answer[1])
    except (OSError, IndexError, ValueError):
        return 0


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
