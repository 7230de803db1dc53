"""`pasokh restore`: a backup into an empty data folder and an empty database.

Everything is checked before anything is written. The tables are made as they were when the backup
was taken, filled in one transaction, and only then brought up to date; so a backup of an older
version is restored by a newer one. What fails leaves the place as empty as it was.
"""

import argparse
import contextlib
import json
import re
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from pasokh.config import backup, database, embedded, environment, installation, migrate, tables
from pasokh.config.environment import Environment
from pasokh.config.messages import Unable, _, language, say, warn
from pasokh.config.tables import Change

#: References that may have been given after the backup was made.
LATER = 1000
REFERENCES = "complaint_number"
_POINTING = """
SELECT a.relname, b.relname FROM pg_constraint c
JOIN pg_class a ON a.oid = c.conrelid JOIN pg_class b ON b.oid = c.confrelid
WHERE c.contype = 'f' AND NOT c.condeferrable AND a.oid <> b.oid
AND a.relnamespace = current_schema()::regnamespace
"""
_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")


@dataclass(frozen=True)
class Backup:
    """A backup that was found whole."""

    folder: Path
    made_at: str
    changes: frozenset[Change]
    tables: dict[str, list[str]]
    sequences: dict[str, int | None]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", type=Path, metavar=_("FOLDER"), help=_("what “pasokh backup” wrote")
    )
    parser.add_argument(
        "--skip",
        type=int,
        default=LATER,
        metavar="N",
        help=_(
            "references not to be given again, because complaints filed after the backup may "
            "have them; 0 when nothing was filed after it (default: %(default)s)"
        ),
    )


def run(options: argparse.Namespace) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    surroundings = environment.read()
    found = read(options.folder)
    with _place(surroundings):
        database.require(surroundings)
        _copy(found, surroundings)
        _fill(found, surroundings, max(options.skip, 0))
        findings = _verify(found)
    say(
        _(
            "The backup of %(time)s is restored in %(path)s. "
            "Never let the old installation run beside this one: both would sign with one key."
        )
        % {"time": found.made_at, "path": surroundings.data}
    )
    for finding in findings:
        warn(finding)
    return 1 if findings else 0


def read(folder: Path) -> Backup:
    """Check every byte of a backup. Raises Unable, naming what is wrong with it."""
    try:
        sums = (folder / backup.SUMS).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise Unable(
            _(
                "%(path)s is not a whole backup: the list %(list)s that is written last is not "
                "there or cannot be read. Nothing was restored."
            )
            % {"path": folder, "list": backup.SUMS}
        ) from None
    listed = {match[2]: match[1] for match in map(_LINE.fullmatch, sums.splitlines()) if match}
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != backup.SUMS
    }
    for name in sorted(there | set(listed)):
        if name not in there or backup.digest(folder / name) != listed.get(name):
            raise _damaged(folder / name)
    return _about(folder)


def _about(folder: Path) -> Backup:
    try:
        about = json.loads((folder / backup.ABOUT).read_text("utf-8"))
        found = Backup(
            folder=folder,
            made_at=about["made_at"],
            changes=frozenset((app, name) for app, name in about["migrations"]),
            tables=about["tables"],
            sequences=about["sequences"],
        )
        known = about["form"] == backup.FORM
    except (OSError, ValueError, KeyError, TypeError):
        raise _damaged(folder / backup.ABOUT) from None
    if not known:
        raise _damaged(folder / backup.ABOUT)
    tables.require_known(found.changes)
    return found


def _damaged(path: Path) -> Unable:
    return Unable(
        _(
            "The backup is damaged: %(path)s is missing, or not what was written. "
            "Nothing was restored. Take another copy of the backup, or an older one."
        )
        % {"path": path}
    )


@contextlib.contextmanager
def _place(surroundings: Environment) -> Iterator[None]:
    """An empty data folder with a database that answers; empty again when the block fails."""
    data = surroundings.data
    _require_empty(data)
    with installation.held(data, "pasokh restore"):
        server = None if surroundings.database_url else embedded.Server(surroundings)
        try:
            (data / installation.UNFINISHED).touch()
            if server:
                server.start()
            else:
                _require_no_tables(surroundings)
            yield
            (data / installation.UNFINISHED).unlink()
        except BaseException:
            _stop(server)
            _empty(data, server)
            raise
        _stop(server)


def _stop(server: embedded.Server | None) -> None:
    if server:
        server.stop()


def _require_empty(data: Path) -> None:
    if data.is_dir() and not backup.is_empty(data):
        raise Unable(
            _(
                "%(path)s is not empty, and a backup is restored into an empty data folder only. "
                "Name one with PASOKH_DATA, or move that one aside."
            )
            % {"path": data}
        )


def _require_no_tables(surroundings: Environment) -> None:
    """Refuse tables that hold anything; empty ones are what a restore that failed left."""
    with database.connect(surroundings) as connection:
        held = connection.execute(backup.TABLES).fetchall()
        if not held:
            return
        if tables.exists(connection, "ledger_entry"):
            entry = connection.execute("SELECT FROM ledger_entry LIMIT 1").fetchone()
            if entry is None:
                return
        raise Unable(
            _(
                "The database “%(name)s” already holds something. "
                "Create an empty one and point DATABASE_URL to it."
            )
            % {"name": connection.info.dbname}
        )


def _empty(data: Path, server: embedded.Server | None) -> None:
    home = server.place().get("home") if server else None
    if home:
        shutil.rmtree(home, ignore_errors=True)
    backup.empty(data)


def _copy(found: Backup, surroundings: Environment) -> None:
    for name, target in (("files", surroundings.files), ("secrets", surroundings.secrets)):
        source = found.folder / name
        backup.copy((path for path in source.rglob("*") if path.is_file()), source, target)


def _fill(found: Backup, surroundings: Environment, skip: int) -> None:
    """Make the tables as they were, fill them, and bring them up to date."""
    import django  # noqa: PLC0415  Django-free path

    django.setup()
    from django.db import DatabaseError  # noqa: PLC0415  Django-free path

    try:
        migrate.build(found.changes)
        with database.connect(surroundings) as connection:
            with connection.transaction():
                _load(connection, found, skip)
            connection.execute("ANALYZE")
        migrate.apply()
    except (psycopg.Error, DatabaseError) as error:
        if migrate.is_operators_matter(error):
            raise database.trouble(error, surroundings) from error
        if isinstance(error, psycopg.Error):
            raise _damaged(found.folder / "tables") from error
        raise


def _load(connection: psycopg.Connection[Any], found: Backup, skip: int) -> None:
    """Fill the tables as they were: triggers rest, so that nothing follows from a row's return."""
    names = sql.SQL(", ").join(map(sql.Identifier, found.tables))
    _triggers(connection, found, "DISABLE")
    connection.execute(sql.SQL("TRUNCATE {}").format(names))
    for name in _order(connection, found):
        columns = found.tables[name]
        command = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(name), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        source = (found.folder / "tables" / f"{name}.copy").open("rb")
        with source, connection.cursor() as cursor, cursor.copy(command) as copy:
            while chunk := source.read(backup.CHUNK):
                copy.write(chunk)
    connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    _triggers(connection, found, "ENABLE")
    for name, last in found.sequences.items():
        if last is not None:
            place = last + (skip if name == REFERENCES else 0)
            connection.execute("SELECT setval(%s::regclass, %s)", [f'"{name}"', place])


def _order(connection: psycopg.Connection[Any], found: Backup) -> list[str]:
    """The tables, each after those it points to by a constraint that does not wait."""
    rows = connection.execute(_POINTING).fetchall()
    sorter = TopologicalSorter({name: set[str]() for name in found.tables})
    for name, other in rows:
        sorter.add(name, other)
    return [*sorter.static_order()]


def _triggers(connection: psycopg.Connection[Any], found: Backup, what: str) -> None:
    for name in found.tables:
        command = sql.SQL("ALTER TABLE {} {} TRIGGER USER")
        connection.execute(command.format(sql.Identifier(name), sql.SQL(what)))


def _verify(found: Backup) -> list[str]:
    """What the log itself says, also against the checkpoint that came with the backup."""
    from django.utils import translation  # noqa: PLC0415  Django-free path

    from pasokh.kernel.ledger import verify  # noqa: PLC0415  apps not loaded

    checkpoint = found.folder / backup.CHECKPOINT
    with translation.override(language()):
        against = checkpoint if checkpoint.stat().st_size else None
        return [str(finding) for finding in verify.whole_log(against)]
