"""Which PostgreSQL Django talks to, and plain words for what may be wrong with it."""

import re
from typing import Any

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict

from pasokh.config import embedded
from pasokh.config.environment import Environment
from pasokh.config.messages import Unable, _, full_disk

OLDEST = 15
#: Seconds to wait for a server that does not answer.
CONNECT_TIMEOUT = 10
#: How often a session asks a statement before the database keeps its plan.
PREPARED = 3


def parameters(environment: Environment) -> dict[str, Any]:
    """libpq's parameters, by name. Raises Unable when `DATABASE_URL` cannot be read."""
    if environment.database_url:
        try:
            return conninfo_to_dict(environment.database_url)
        except psycopg.ProgrammingError:
            raise Unable(
                _(
                    "DATABASE_URL is not an address of a PostgreSQL database. "
                    "It looks like postgresql://user:password@host:5432/name."
                )
            ) from None
    found = embedded.address(environment) or embedded.Address(
        host=str(environment.data / "database" / "run")
    )
    return {
        "host": found.host,
        "user": found.user,
        "dbname": found.dbname,
        "password": found.password,
    }


def settings(environment: Environment) -> dict[str, Any]:
    """Django's settings for the database; every option of libpq is passed on.

    What a session asks for the `PREPARED`th time is planned once and for all: the database needs
    longer to plan most of our statements than to answer them.
    """
    given = {"connect_timeout": CONNECT_TIMEOUT, **parameters(environment)}
    own = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {
        "ENGINE": "pasokh.kernel.postgresql",
        **{name: given.pop(key, "") or "" for key, name in own.items()},
        "OPTIONS": {
            "application_name": "pasokh",
            "server_side_binding": True,
            "prepare_threshold": PREPARED,
            **given,
        },
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def require(environment: Environment) -> str:
    """Return the server's version when the database is fit for Pasokh; Unable says why not."""
    try:
        with connect(environment) as connection:
            return _fit(connection)
    except psycopg.Error as error:
        raise trouble(error, environment) from error


def connect(environment: Environment) -> psycopg.Connection[Any]:
    """A connection without Django, each statement a transaction of its own."""
    given = {"connect_timeout": CONNECT_TIMEOUT, **parameters(environment)}
    given.pop("client_encoding", None)
    return psycopg.connect(**given, autocommit=True)


def _fit(connection: psycopg.Connection[Any]) -> str:
    version = connection.info.parameter_status("server_version") or "?"
    if connection.info.server_version < OLDEST * 10000:
        raise Unable(
            _(
                "The database server is PostgreSQL %(version)s, and Pasokh needs %(oldest)s or "
                "newer. Upgrade the server, or point DATABASE_URL to a newer one."
            )
            % {"version": version, "oldest": OLDEST}
        )
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise Unable(
            _(
                "The database “%(name)s” keeps text as %(encoding)s, which cannot hold Persian. "
                "Create one with ENCODING 'UTF8' and point DATABASE_URL to it."
            )
            % {"name": connection.info.dbname, "encoding": encoding}
        )
    reported = map(
        connection.info.parameter_status, ("in_hot_standby", "default_transaction_read_only")
    )
    if "on" in reported:
        raise Unable(_read_only())
    may = connection.execute(
        "SELECT coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)"
    ).fetchone()
    if not (may and may[0]):
        raise _no_right(connection.info.user, connection.info.dbname)
    return version


def _no_right(user: str, name: str) -> Unable:
    return Unable(
        _(
            "The database user “%(user)s” may not create tables in “%(name)s”. As its owner run: "
            'GRANT CREATE ON SCHEMA public TO "%(user)s".'
        )
        % {"user": user, "name": name}
    )


def _read_only() -> str:
    return _(
        "The database accepts no changes (it is a standby or read-only). "
        "Point DATABASE_URL to the primary server."
    )


def trouble(error: BaseException, environment: Environment) -> Unable:
    """The sentence for an error of the database, Django's wrapping included."""
    cause = error.__cause__ if isinstance(error.__cause__, psycopg.Error) else error
    where = _where(environment)
    match cause:
        case errors.DiskFull():
            return Unable(full_disk() % {"path": where})
        case errors.ReadOnlySqlTransaction():
            return Unable(_read_only())
        case errors.InsufficientPrivilege():
            given = parameters(environment)
            return _no_right(str(given.get("user", "")), str(given.get("dbname", "")))
    if environment.database_url:
        return Unable(_unreachable(str(cause)) % {"where": where})
    return Unable(
        _(
            "The embedded database of %(data)s is not running. "
            "Start it with “pasokh serve”, or set DATABASE_URL."
        )
        % {"data": environment.data}
    )


def _unreachable(said: str) -> str:
    """libpq says what happened in English prose alone; the kinds an operator meets."""
    if re.search(r"password authentication|no password supplied|role .* does not exist", said):
        return _(
            "The database server at %(where)s refused the user or the password. "
            "Correct them in DATABASE_URL."
        )
    if re.search(r"database .* does not exist", said):
        return _(
            "There is no such database at %(where)s. "
            "Create it with encoding UTF8, or correct the name in DATABASE_URL."
        )
    return _(
        "The database server at %(where)s does not answer. Check that it is running, that "
        "this machine may reach it, and the address in DATABASE_URL."
    )


def _where(environment: Environment) -> str:
    """Host, port and database, for a sentence: never the password."""
    given = parameters(environment)
    host = given.get("host") or given.get("hostaddr") or "localhost"
    port = f":{given['port']}" if given.get("port") else ""
    return f"{host}{port}/{given.get('dbname', '')}"
