"""Which PostgreSQL Django talks to: the one named by `DATABASE_URL`, or our own embedded one."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

from pasokh.config.environment import Environment


def settings(environment: Environment) -> dict[str, Any]:
    """Django's settings for the database; a URL in libpq's own form, so every libpq option works."""
    url = environment.database_url or "postgresql:///pasokh"
    given = conninfo_to_dict(url)
    own = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{name: given.pop(key, "") or "" for key, name in own.items()},
        "OPTIONS": {**given, "pool": False},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
