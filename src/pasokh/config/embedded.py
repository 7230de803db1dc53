"""Pasokh's own PostgreSQL: made at the first start, adopted when it is still running.

No TCP: a socket in a private folder, and a password. The folder `home` holds `cluster` (the
data) and `log`; where it lies stands in `database.json` of the data folder, because root's
cluster may have to lie elsewhere (see `engine`).
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pasokh.config import engine, postmaster, secrets
from pasokh.config.environment import Environment
from pasokh.config.messages import Unable, _, full_disk, read_only_disk, say

ROLE = NAME = "pasokh"
PASSWORD = "database.password"  # noqa: S105  the name of a file
PLACE = "database.json"
LARGEST_LOG = 5_000_000
#: Seconds to wait for what a killed server left behind (its children see that it is gone).
PATIENCE = 10.0

#: Small, since a whole office fits in it and the web server wants the memory more; quiet about
#: what people wrote: no statements, no values of rows in the log.
OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "50",
    "shared_buffers": "32MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "1GB",
    "max_wal_size": "512MB",
    "random_page_cost": "1.1",
    "max_worker_processes": "4",
    "max_logical_replication_workers": "0",
    "autovacuum_max_workers": "2",
    "jit": "off",
    "huge_pages": "off",
    "password_encryption": "scram-sha-256",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "TimeZone": "UTC",
    "log_timezone": "UTC",
}
#: What only newer versions know.
SINCE = {18: {"io_method": "sync"}}
#: For a server whose data nobody will miss.
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

Wait = Callable[[float], None]


@dataclass(frozen=True)
class Address:
    """How to reach the server, in libpq's words."""

    host: str
    user: str = ROLE
    dbname: str = NAME
    password: str = field(default="", repr=False)

    @property
    def dsn(self) -> str:
        return f"host='{self.host}' user={self.user} dbname={self.dbname} password={self.password}"


def address(environment: Environment) -> Address | None:
    """Where the server of this data folder listens; None before it was first started."""
    try:
        place = json.loads((environment.data / PLACE).read_text("utf-8"))
        password = (environment.secrets / PASSWORD).read_text("ascii")
    except FileNotFoundError:
        return None
    return Address(host=place["socket"], password=password)


class Server:
    """The embedded server of one data folder. The caller holds the folder's lock."""

    def __init__(self, environment: Environment, *, throw_away: bool = False) -> None:
        self.environment = environment
        self.account = engine.account()
        self.throw_away = throw_away
        self.process: subprocess.Popen[bytes] | None = None
        self.pid = 0
        self.home = self.cluster = Path()

    def start(self, wait: Wait = time.sleep) -> None:
        """Make the cluster if there is none, then adopt the running server or start one.

        `wait` is called with seconds while nothing else is to be done; it may raise.
        """
        self.home = self._home()
        self.cluster = self.home / "cluster"
        if not self.cluster.exists():
            self._initialise()
        if not self._adopt(wait):
            self._launch(wait)

    def alive(self) -> bool:
        if self.process:
            return self.process.poll() is None
        return postmaster.is_running(self.pid, self.cluster)

    def stop(self, how: signal.Signals = signal.SIGINT, wait: Wait = time.sleep) -> None:
        """Stop the server: SIGINT ends sessions and saves; SIGQUIT leaves it to recovery."""
        if not self.pid:
            return
        if self.alive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, how)
            while self.alive():
                wait(0.02)
        self._forget_socket()

    def _home(self) -> Path:
        recorded = self.place().get("home")
        if recorded:
            home = Path(recorded)
            if not (home / "cluster").exists():
                raise Unable(
                    _(
                        "The database of %(data)s should be in %(home)s and is not there. "
                        "Bring it back (from a backup if need be), then start Pasokh again."
                    )
                    % {"data": self.environment.data, "home": home}
                )
            return home
        home = self.environment.data / "database"
        if self.account.other and not engine.enterable(self.environment.data):
            home = self._elsewhere()
        engine.open_folder(home)
        return home

    def _elsewhere(self) -> Path:
        """A folder for the cluster that the account can reach, where the data folder is closed."""
        shared = self.environment.engine
        engine.open_folder(shared)
        if not engine.enterable(shared):
            raise Unable(
                _(
                    "Pasokh was started as root, and the account “nobody”, which runs the "
                    "database, may not enter %(path)s. Start Pasokh as an ordinary user, or "
                    "name a folder that others may enter with PASOKH_ENGINE."
                )
                % {"path": shared}
            )
        home = Path(tempfile.mkdtemp(prefix="cluster-", dir=shared))
        home.chmod(0o711)
        say(
            _("The database lies in %(home)s, since other accounts may not enter %(data)s.")
            % {"home": home, "data": self.environment.data}
        )
        return home

    def place(self) -> dict[str, str]:
        """What was recorded: `home` and `socket`; empty before the first start."""
        try:
            place: dict[str, str] = json.loads((self.environment.data / PLACE).read_text("utf-8"))
        except FileNotFoundError:
            return {}
        return place

    def _record(self, socket: str) -> None:
        draft = self.environment.data / f".{PLACE}"
        draft.write_text(json.dumps({"home": str(self.home), "socket": socket}), "utf-8")
        draft.replace(self.environment.data / PLACE)

    def _socket_folder(self) -> Path:
        """A private folder whose path leaves room for the socket's name."""
        near = self.home / "run"
        if len(os.fsencode(near)) + len("/.s.PGSQL.5432") <= engine.LONGEST_SOCKET:
            near.mkdir(mode=0o700, exist_ok=True)
            self.account.own(near)
            return near
        candidates = (Path(tempfile.gettempdir()), Path("/tmp"))  # noqa: S108  the last resort
        short = [path for path in candidates if len(os.fsencode(path)) < 60]
        folder = Path(tempfile.mkdtemp(prefix="pasokh-", dir=short[0]))
        self.account.own(folder)
        return folder

    def _forget_socket(self) -> None:
        folder = Path(self.place().get("socket") or self.home / "run")
        with contextlib.suppress(OSError):
            folder.rmdir()

    def _initialise(self) -> None:
        """Make the cluster in a draft folder; only a complete one gets its name."""
        bundled = self._engine(None)
        draft = self.home / "cluster.draft"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self.account.own(draft)
        provider = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        self._must(
            bundled.program("initdb"),
            f"--pgdata={draft}",
            "--encoding=UTF8",
            *(provider if bundled.major >= 17 else ()),
            "--locale=C",
            "--username=postgres",
            "--auth=reject",
            "--no-instructions",
            *(("--no-sync",) if self.throw_away else ()),
        )
        # The owner of the cluster gets no password, so nobody signs in as superuser.
        password = secrets.text(self.environment.secrets / PASSWORD)
        self._must(
            bundled.program("postgres"),
            "--single",
            "-c",
            "exit_on_error=on",
            "-c",
            "log_min_error_statement=panic",
            "-D",
            str(draft),
            "postgres",
            text=f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}'\n"
            f"CREATE DATABASE {NAME} OWNER {ROLE}\n",
        )
        draft.rename(self.cluster)

    def _must(self, *command: str, text: str = "") -> None:
        code, said = engine.run(self.account, command, text)
        if code:
            raise self._trouble(said)

    def _engine(self, major: int | None) -> engine.Engine:
        chosen = engine.choose(engine.bundled(), major)
        return engine.lent(chosen, self.environment.engine) if self.account.other else chosen

    def _adopt(self, wait: Wait) -> bool:
        """Take over a server that survived its supervisor; False when none runs."""
        found = postmaster.read(self.cluster)
        while found and postmaster.is_running(found.pid, self.cluster):
            if found.ready:
                self.process, self.pid = None, found.pid
                self._record(found.socket)
                return True
            wait(0.05)
            found = postmaster.read(self.cluster)
        return False

    def _launch(self, wait: Wait) -> None:
        major = int((self.cluster / "PG_VERSION").read_text("ascii"))
        folder = self._socket_folder()
        options = OPTIONS | SINCE.get(major, {}) | (THROW_AWAY if self.throw_away else {})
        options["unix_socket_directories"] = str(folder)
        # Kept outside the cluster, where the account of the server cannot change it.
        rules = self.home / "pg_hba.conf"
        rules.write_text("local all all scram-sha-256\n", "ascii")
        rules.chmod(0o644)
        options["hba_file"] = str(rules)
        command = [self._engine(major).program("postgres"), "-D", str(self.cluster)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        deadline = time.monotonic() + PATIENCE
        while True:
            postmaster.forget_stranger(self.cluster, folder)
            said = self._attempt(command, wait)
            if said is None:
                break
            if "still in use" not in said or time.monotonic() > deadline:
                raise self._trouble(said)
            wait(0.2)
        self._record(str(folder))

    def _attempt(self, command: list[str], wait: Wait) -> str | None:
        """Start the server and wait until it answers; return its last words if it ended."""
        log = self.home / "log"
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            log.replace(self.home / "log.1")
        with open(log, "ab", opener=_private) as file:
            before = file.tell()
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                **self.account.popen,
            )
        self.pid = self.process.pid
        while self.process.poll() is None:
            found = postmaster.read(self.cluster)
            if found and found.pid == self.pid and found.ready:
                return None
            wait(0.02)
        with open(log, "rb") as file:
            file.seek(before)
            return file.read().decode("utf-8", "replace")

    def _trouble(self, said: str) -> Unable:
        where = {"path": str(self.home)}
        if "No space left on device" in said or "Disk quota exceeded" in said:
            return Unable(full_disk() % where)
        if "Read-only file system" in said:
            return Unable(read_only_disk() % where)
        lines = [line for line in said.splitlines() if line.strip()]
        telling = [line for line in lines if "FATAL" in line or "rror" in line] or lines[-1:]
        return Unable(
            _(
                "The embedded database in %(path)s did not start. It said: “%(said)s”. "
                "Mend that, or restore a backup, then start Pasokh again."
            )
            % {**where, "said": " ".join(telling[-1:]).strip() or "–"}
        )


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_CREAT, 0o600)
