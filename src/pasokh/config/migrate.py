"""`pasokh migrate`: bring the tables up to date."""

import argparse
import json
from collections.abc import Set
from contextlib import AbstractContextManager, nullcontext

from pasokh.config import database, environment, leash, tables
from pasokh.config.messages import _, language, say

#: Held while tables change, so that several machines may start together.
LOCK = int.from_bytes(b"pskh-mig")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json",
        action="store_true",
        help=_("print the result as JSON, for programs"),
    )
    parser.add_argument("--parent", type=int, help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    if options.parent:
        leash.hold(options.parent)
    surroundings = environment.read()
    database.require(surroundings)
    import django  # noqa: PLC0415  Django-free path

    django.setup()
    from django.db import DatabaseError  # noqa: PLC0415  Django-free path

    try:
        with beside(options.parent):
            applied = apply()
            complete()
        link = setup_link()
    except DatabaseError as error:
        if not is_operators_matter(error):
            raise
        raise database.trouble(error, surroundings) from error
    if options.json:
        say(json.dumps({"applied": applied, "setup": link}))
        return 0
    if applied:
        say(_("The tables are up to date (changes made: %(count)s).") % {"count": applied})
    else:
        say(_("The tables are up to date."))
    if link:
        say(
            _("To make the first administrator, open %(link)s within 24 hours.")
            % {"link": f"{surroundings.address or ''}{link}"}
        )
    return 0


def build(changes: Set[tuple[str, str]]) -> None:
    """Make the tables of an empty database as these migrations leave them, and no newer."""
    from django.core.management import call_command  # noqa: PLC0415  Django-free path

    from pasokh.config.executor import Executor  # noqa: PLC0415  Django-free path

    executor = Executor()
    nodes = executor.loader.graph.node_map
    there = {key for key in changes if key in nodes}
    executor.migrate(
        sorted(
            key
            for key in there
            if not any(
                child.key in there and child.key[0] == key[0] for child in nodes[key].children
            )
        )
    )
    call_command("createcachetable", verbosity=0)


def apply() -> int:
    """Apply what is missing and return how many that was. Raises Unable where tables are newer."""
    from django.core.management import call_command  # noqa: PLC0415  Django-free path
    from django.db import connection  # noqa: PLC0415  Django-free path
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415  Django-free path

    from pasokh.config.executor import Executor  # noqa: PLC0415  Django-free path

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        tables.require_known(set(MigrationRecorder(connection).applied_migrations()))
        executor = Executor()
        if missing := executor.missing():
            executor.finish()
            call_command("createcachetable", verbosity=0)
    finally:
        connection.close()
    return missing


def beside(parent: int | None) -> AbstractContextManager[None]:
    """What the web server will need is made meanwhile, where one starts right afterwards."""
    from pasokh.config import static  # noqa: PLC0415  Django-free path

    return static.meanwhile() if parent else nullcontext()


def complete() -> None:
    """Put into the organisation's lists what a newer version names; what is theirs stays so."""
    from pasokh.kernel import clock  # noqa: PLC0415  Django-free path
    from pasokh.policy.taxonomy import actions  # noqa: PLC0415  apps not loaded

    actions.plant_newer(at=clock.now())


def pending() -> int:
    """The number of migrations that have not been applied."""
    from pasokh.config.executor import Executor  # noqa: PLC0415  Django-free path

    return Executor().missing()


def setup_link() -> str | None:
    """The path of a fresh one-time link while there is no administrator, otherwise None."""
    from pasokh.directory.organisation import actions  # noqa: PLC0415  apps not loaded
    from pasokh.kernel import clock  # noqa: PLC0415  Django-free path

    token = actions.open_setup(at=clock.now())
    return f"/{language()}/setup/{token}/" if token else None


def is_operators_matter(error: BaseException) -> bool:
    """Whether the server, not a migration of ours, is at fault (by SQLSTATE class)."""
    state = getattr(error, "sqlstate", getattr(error.__cause__, "sqlstate", None))
    return state is None or state[:2] in {"08", "25", "28", "53", "57", "58"} or state == "42501"
