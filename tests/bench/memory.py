"""What the whole product holds when nobody uses it."""

import time
from contextlib import suppress
from pathlib import Path

#: Seconds of rest before the look.
REST = 10


def idle(tops: list[int]) -> dict[str, float | int]:
    """The proportional share (PSS) of processes and of all below them, in MiB, after some rest."""
    time.sleep(REST)
    shares = dict.fromkeys(("python", "postgres", "other"), 0)
    found = _below(tops)
    for process in found:
        shares[_kind(process)] += _share(process)
    mebibytes = {f"{name}_mib": round(kib / 1024, 1) for name, kib in shares.items() if kib}
    total = round(sum(shares.values()) / 1024, 1)
    return {"total_mib": total, **mebibytes, "processes": len(found)}


def _below(tops: list[int]) -> list[int]:
    """Processes and their descendants."""
    above = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it may have ended meanwhile
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            above[int(folder.name)] = int(fields[1])
    found = list(tops)
    for process in found:
        found += [child for child, parent in above.items() if parent == process]
    return found


def _kind(process: int) -> str:
    try:
        name = Path(f"/proc/{process}/comm").read_text().strip()
    except OSError:
        return "other"
    return next((kind for kind in ("python", "postgres") if kind in name), "other")


def _share(process: int) -> int:
    """Kibibytes; nothing for a process that has just ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
