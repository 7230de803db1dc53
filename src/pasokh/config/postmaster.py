"""What `postmaster.pid` says, and whether it is true.

PostgreSQL believes a leftover file when any process of its own account now has that number, as
happens in containers, where numbers repeat. We hold the data folder's lock, so we look closer.
"""

import contextlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Postmaster:
    pid: int
    socket: str
    ready: bool


def read(cluster: Path) -> Postmaster | None:
    """Read the file; None while there is none or it is still being written."""
    try:
        lines = (cluster / "postmaster.pid").read_text("utf-8").splitlines()
        return Postmaster(
            pid=int(lines[0]),
            socket=lines[4].strip(),
            ready=len(lines) > 7 and lines[7].strip() == "ready",
        )
    except (FileNotFoundError, IndexError, ValueError):
        return None


def is_running(pid: int, cluster: Path) -> bool:
    """Whether this process is the server of this cluster, and not another with its number."""
    if pid <= 0:
        return False
    if sys.platform == "linux":
        try:
            return os.path.samefile(f"/proc/{pid}/cwd", cluster)
        except OSError:
            return False
    said = subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return str(cluster) in said


def forget_stranger(cluster: Path, socket: Path) -> None:
    """Remove lock files whose process is not this cluster's server."""
    for lock in (cluster / "postmaster.pid", socket / ".s.PGSQL.5432.lock"):
        with contextlib.suppress(FileNotFoundError, IndexError, ValueError):
            if not is_running(int(lock.read_text("utf-8").splitlines()[0]), cluster):
                lock.unlink()
