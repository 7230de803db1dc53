"""Where an import stands, how its rows are filed, and what became of each. Pure."""

from enum import StrEnum


class State(StrEnum):
    """What happens with a sheet now."""

    LOOKING = "looking"
    READY = "ready"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"
    FAILED = "failed"


class Mode(StrEnum):
    """How rows become files: to be handled here, or as history where they ended elsewhere."""

    RECEIVE = "receive"
    HISTORY = "history"


class Fate(StrEnum):
    """What became of a row."""

    FILED = "filed"
    SEEN = "seen"
    REFUSED = "refused"


#: States in which a job is at work, or should be.
AT_WORK = frozenset({State.LOOKING, State.RUNNING})
#: States before anything was filed: columns may be corrected, and all may be forgotten.
BEFORE = frozenset({State.LOOKING, State.READY, State.FAILED})
