"""On what it was measured."""

import os
import platform
from pathlib import Path

from tests.bench.servers import Place

_SETTINGS = ("server_version", "shared_buffers", "fsync", "synchronous_commit", "max_wal_size")


def described(place: Place) -> dict[str, str | int | float]:
    """Processor, memory, load before the run, Python, and the database with what governs speed."""
    with place.connected() as server:
        said = {name: server.execute(f"SHOW {name}").fetchone() for name in _SETTINGS}
    return {
        "processor": _line("/proc/cpuinfo", "model name"),
        "cores": os.cpu_count() or 0,
        "memory": _line("/proc/meminfo", "MemTotal"),
        "load_before": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "database": "embedded" if place.own else "DATABASE_URL",
        **{name: value[0] for name, value in said.items() if value},
    }


def _line(path: str, name: str) -> str:
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except OSError:
        return "?"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "?")
