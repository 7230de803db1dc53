"""Secrets kept in the data folder, made at first need, readable by their owner alone."""

import os
import secrets
import tempfile
from pathlib import Path


def text(path: Path) -> str:
    """Return the secret in a file (43 letters, 256 bits), making it when there is none yet.

    Two that start together agree: the file appears whole or not at all, once.
    """
    try:
        return path.read_text("ascii")
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32))
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)
    return path.read_text("ascii")
