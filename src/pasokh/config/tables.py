"""Whether the tables are those of this version: neither older nor newer. Knows no Django.

A migration's name stands in the database from the moment it is applied. One that this version
does not bring along was made by a newer one, whose tables it would read wrongly.
"""

from collections.abc import Set
from pathlib import Path
from typing import Any

import psycopg

from pasokh.config import database
from pasokh.config.environment import Environment
from pasokh.config.messages import Unable, _

#: An app and the name of one of its migrations.
Change = tuple[str, str]

SOURCE = Path(__file__).resolve().parent.parent


def known() -> frozenset[Change]:
    """The changes to our own tables that this version brings along."""
    return frozenset(
        (path.parent.parent.name, path.stem) for path in SOURCE.glob("*/migrations/[0-9]*.py")
    )


def applied(connection: psycopg.Connection[Any]) -> frozenset[Change]:
    """The changes that a database has seen, those of the libraries included."""
    if not exists(connection, "django_migrations"):
        return frozenset()
    rows = connection.execute("SELECT app, name FROM django_migrations").fetchall()
    return frozenset((app, name) for app, name in rows)


def exists(connection: psycopg.Connection[Any], table: str) -> bool:
    found = connection.execute("SELECT to_regclass(%s)", [table]).fetchone()
    return bool(found and found[0])


def require_known(changes: Set[Change]) -> None:
    """Raise Unable when a newer version made these changes."""
    ours = known()
    apps = {app for app, _name in ours}
    newer = sorted(each for each in changes - ours if each[0] in apps)
    if newer:
        raise Unable(
            _(
                "The data was written by a newer version of Pasokh: this one does not know "
                "“%(change)s”. Nothing was changed. Install the newer version again, or restore "
                "the backup made before the upgrade."
            )
            % {"change": " ".join(newer[-1])}
        )


def require_fit(environment: Environment) -> None:
    """Raise Unable unless the tables are exactly this version's.

    A database that does not answer is let be: whoever asks goes on trying.
    """
    try:
        with database.connect(environment) as connection:
            found = applied(connection)
    except psycopg.Error:
        return
    require_known(found)
    if missing := known() - found:
        raise Unable(
            _("Changes to the tables are missing (%(count)s). Run “pasokh migrate”.")
            % {"count": len(missing)}
        )
