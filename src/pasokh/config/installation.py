"""The data folder: made once, held by one `pasokh serve` at a time."""

import contextlib
import fcntl
import json
import os
import pwd
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pasokh.config.messages import Unable, _, disk_trouble

MARK = "pasokh.lock"
#: There while a backup is being restored.
UNFINISHED = "restore.unfinished"
_OURS = frozenset({MARK, "secrets"})
STRANGERS_ALLOWED = frozenset({"lost+found"})


@contextlib.contextmanager
def held(data: Path, address: str) -> Iterator[None]:
    """Hold the data folder, made when there is none, until the block ends.

    Raises Unable when it cannot be used, or names the process that holds it already.
    """
    try:
        _make(data)
        with open(data / MARK, "a+", encoding="utf-8", opener=_private) as file:
            _take(file, data)
            file.truncate(0)
            json.dump({"pid": os.getpid(), "address": address}, file)
            file.flush()
            yield
    except OSError as error:
        raise disk_trouble(error, data) or error from error


def is_held(data: Path) -> bool:
    """Whether a `pasokh serve` runs on this data folder now."""
    try:
        with open(data / MARK, encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other processes that ask for the same folder waiting until the block ends."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _make(data: Path) -> None:
    if not data.exists():
        data.mkdir(parents=True)
        # Root's database runs under another account, which must find its own folder inside.
        data.chmod(0o711 if os.geteuid() == 0 else 0o700)
        return
    names = {name for name in os.listdir(data) if not name.startswith(".")} - STRANGERS_ALLOWED
    if UNFINISHED in names:
        raise Unable(
            _(
                "A backup is being restored in %(path)s, or that was interrupted. If no restore "
                "runs, empty that folder, and the database if it is your own, and restore again."
            )
            % {"path": data}
        )
    if names and not names & _OURS:
        raise Unable(
            _(
                "%(path)s holds files that Pasokh did not make. "
                "Choose an empty or a new folder with PASOKH_DATA."
            )
            % {"path": data}
        )
    _owned(data)


def _owned(data: Path) -> None:
    """Root must not take over what belongs to a user: files of two owners work for neither."""
    owner = data.stat().st_uid
    if os.geteuid() == 0 and owner != 0:
        raise Unable(
            _(
                "%(path)s belongs to the user %(owner)s, but Pasokh was started as root. "
                "Start it as %(owner)s, or choose another folder with PASOKH_DATA."
            )
            % {"path": data, "owner": _name(owner)}
        )


def _take(file: IO[str], data: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = {"pid": "?", "address": "?"}
        with contextlib.suppress(ValueError):
            holder |= json.load(file)
        raise Unable(
            _(
                "Pasokh is already running on %(path)s (process %(pid)s, %(address)s). "
                "Open that address, or stop it first, or choose another folder with PASOKH_DATA."
            )
            % {"path": data, **holder}
        ) from None


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_CREAT, 0o600)
