"""`pasokh backup`: all that another machine needs to go on, as one folder.

    backup.json    when, by which tables, how each table's columns are named, where sequences stand
    checkpoint.txt the log's newest checkpoint: worth giving away
    tables/        each table as PostgreSQL's COPY writes it, all of one moment
    files/         attachments, by digest
    secrets/       keys; whoever holds them can sign as this organisation
    SHA256SUMS     what `sha256sum -c` reads; written last: without it a backup is not whole

The tables are read in one snapshot while work goes on, the files after it: a file is never changed
once it is there, so what the tables name is among the files. Plain COPY, not `pg_dump`: it needs no
program beside Python, and goes from any PostgreSQL to any other.
"""

import argparse
import contextlib
import hashlib
import json
import os
import shutil
import signal
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import IsolationLevel, sql

from pasokh.config import database, embedded, environment, installation, migrate, tables
from pasokh.config.environment import Environment
from pasokh.config.installation import STRANGERS_ALLOWED
from pasokh.config.messages import Unable, _, disk_trouble, say, warn

FORM = "pasokh-backup-1"
ABOUT, CHECKPOINT, SUMS = "backup.json", "checkpoint.txt", "SHA256SUMS"
#: Written anew by `migrate`, from what `backup.json` says.
MIGRATIONS = "django_migrations"
CHUNK = 1 << 20

TABLES = """
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
GROUP BY c.relname ORDER BY c.relname
"""
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()"
_CHECKPOINT = "SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1"
_NAMED = """
SELECT digest FROM casework_attachment
EXCEPT SELECT digest FROM casework_inspection WHERE settled = 'removed'
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder",
        type=Path,
        metavar=_("FOLDER"),
        help=_("a new or an empty folder to write into"),
    )


def run(options: argparse.Namespace) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    surroundings = environment.read()
    with reachable(surroundings):
        database.require(surroundings)
        wrong = write(surroundings, options.folder)
    say(
        _(
            "%(folder)s holds a whole backup. It holds the keys too: whoever can read it can read "
            "every complaint and sign as you."
        )
        % {"folder": options.folder}
    )
    for sentence in wrong:
        warn(sentence)
    return 1 if wrong else 0


@contextlib.contextmanager
def reachable(surroundings: Environment) -> Iterator[None]:
    """Let the database answer until the block ends: an embedded one that rests is started."""
    if surroundings.database_url or installation.is_held(surroundings.data):
        yield
        return
    server = embedded.Server(surroundings)
    if not server.place():
        raise Unable(
            _("There is no installation in %(path)s. Name its folder with PASOKH_DATA.")
            % {"path": surroundings.data}
        )
    with installation.held(surroundings.data, "pasokh backup"):
        server.start()
        try:
            yield
        finally:
            server.stop()


def write(surroundings: Environment, folder: Path) -> list[str]:
    """Write a backup and return sentences on what in the installation itself is damaged."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not is_empty(folder):
        raise Unable(_("%(path)s is not empty. Name a new or an empty folder.") % {"path": folder})
    try:
        with _snapshot(surroundings) as connection:
            named = _tables(connection, folder)
        stored = copy(_stored(surroundings.files), surroundings.files, folder / "files")
        copy(_keys(surroundings.secrets), surroundings.secrets, folder / "secrets")
        _sums(folder)
    except BaseException as error:
        empty(folder)
        raise _told(error, surroundings, folder) from error
    return [*_damaged(stored), *_lost(named, stored)]


def is_empty(folder: Path) -> bool:
    return not {path.name for path in folder.iterdir()} - STRANGERS_ALLOWED


def empty(folder: Path) -> None:
    """Remove what was begun in a folder that was empty before."""
    for path in folder.iterdir():
        if path.is_dir() and path.name not in STRANGERS_ALLOWED:
            shutil.rmtree(path, ignore_errors=True)
        elif not path.is_dir():
            path.unlink()


def _told(error: BaseException, surroundings: Environment, folder: Path) -> BaseException:
    """What an operator can mend, as a sentence; anything else as it is."""
    if isinstance(error, psycopg.Error) and migrate.is_operators_matter(error):
        return database.trouble(error, surroundings)
    if isinstance(error, OSError):
        return disk_trouble(error, folder) or error
    return error


@contextlib.contextmanager
def _snapshot(surroundings: Environment) -> Iterator[psycopg.Connection[Any]]:
    """One snapshot of the database, while no migration runs."""
    with database.connect(surroundings) as connection:
        connection.execute("SELECT pg_advisory_lock_shared(%s)", [migrate.LOCK])
        connection.autocommit = False
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        yield connection


def _tables(connection: psycopg.Connection[Any], folder: Path) -> set[str]:
    """Write every table, and return the digests of the files that they name."""
    changes = tables.applied(connection)
    if not changes:
        raise Unable(_("The database holds no tables of Pasokh, so there is nothing to back up."))
    columns = {
        name: names for name, names in connection.execute(TABLES).fetchall() if name != MIGRATIONS
    }
    _make(folder / "tables")
    for name, names in columns.items():
        _table(connection, name, names, folder / "tables" / f"{name}.copy")
    last = connection.execute(_CHECKPOINT).fetchone()
    _write(folder / CHECKPOINT, [last[0].encode() if last else b""])
    about = {
        "form": FORM,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "migrations": sorted(changes),
        "tables": columns,
        # Read last: a sequence stands outside every snapshot, and must not fall behind its rows.
        "sequences": dict(connection.execute(_SEQUENCES).fetchall()),
    }
    _write(folder / ABOUT, [json.dumps(about, ensure_ascii=False, indent=1).encode()])
    return {digest for (digest,) in connection.execute(_NAMED)}


def _table(connection: psycopg.Connection[Any], name: str, columns: list[str], path: Path) -> None:
    command = sql.SQL("COPY {} ({}) TO STDOUT").format(
        sql.Identifier(name), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        _write(path, map(bytes, copy))


def copy(paths: Iterable[Path], source: Path, target: Path) -> dict[str, str]:
    """Copy files of one folder into another; return the SHA-256 of each by its place in it.

    One that goes meanwhile belonged to a draft, and is let go.
    """
    _make(target)
    copied = {}
    for path in paths:
        place = path.relative_to(source)
        with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
            for folder in reversed(place.parents[:-1]):
                _make(target / folder)
            copied[place.as_posix()] = _write(target / place, _chunks(file))
    return copied


def _stored(files: Path) -> list[Path]:
    """The attachments, without those that are only arriving."""
    return sorted(files.glob("??/??/*"))


def _keys(secrets: Path) -> list[Path]:
    """The keys that belong to the data; the embedded database's password belongs to its cluster."""
    kept = (path for path in secrets.glob("*") if not path.name.startswith("."))
    return sorted(path for path in kept if path.name != embedded.PASSWORD)


def _damaged(stored: dict[str, str]) -> Iterator[str]:
    for place, found in stored.items():
        if not place.endswith(found):
            yield _("The file %(place)s is damaged, and is in the backup as it is.") % {
                "place": f"files/{place}"
            }


def _lost(named: set[str], stored: dict[str, str]) -> Iterator[str]:
    for name in sorted(named - {Path(place).name for place in stored}):
        yield _("The content of the attachment %(digest)s is missing.") % {"digest": name}


def _sums(folder: Path) -> None:
    lines = [
        f"{digest(path)}  {path.relative_to(folder)}\n".encode()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    _write(folder / SUMS, lines)


def digest(path: Path) -> str:
    """The SHA-256 of a file as it stands on the disk."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _make(folder: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def _write(path: Path, chunks: Iterable[bytes]) -> str:
    """Write a file for its owner alone, safe on the disk, and return its SHA-256."""
    found = hashlib.sha256()
    with open(path, "xb", opener=_private) as file:
        for chunk in chunks:
            found.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return found.hexdigest()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
