"""What the surroundings say, read once. Knows neither Django nor the database."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path


@dataclass(frozen=True)
class Environment:
    """The settings an operator may give; `docs/operations.md` explains each."""

    data: Path
    database_url: str | None

    @property
    def secrets(self) -> Path:
        return self.data / "secrets"

    @property
    def files(self) -> Path:
        return self.data / "files"


def read(environ: Mapping[str, str] = os.environ) -> Environment:
    return Environment(
        data=Path(environ.get("PASOKH_DATA") or default_data()).expanduser().absolute(),
        database_url=environ.get("DATABASE_URL") or None,
    )


def default_data() -> Path:
    """`/var/lib/pasokh` for root, otherwise the user's own data folder."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/pasokh")
    return user_data_path("pasokh")
