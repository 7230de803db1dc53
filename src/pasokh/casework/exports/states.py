"""Where an export stands, and as what it is made. Pure."""

from enum import StrEnum


class State(StrEnum):
    """What happens with an export now."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"
    GONE = "gone"


class Format(StrEnum):
    """As what a list is handed out."""

    XLSX = "xlsx"
    CSV = "csv"
    JSONL = "jsonl"


#: States in which a job is at work, or should be.
AT_WORK = frozenset({State.WAITING, State.MAKING})
