"""What a mail says, as it is kept once it was read: plain values that fit the tables. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pasokh.casework.complaints.matter import File
from pasokh.casework.intake.mailroom.terms import Disposition


@dataclass(frozen=True)
class Told:
    """Who wrote, and what: `words` are newly written, `rest` is what they quoted.

    `likeness` is equal for copies of one mail. `language` is empty where nobody can tell.
    """

    sender: str = ""
    sender_name: str = ""
    heading: str = ""
    message_id: str = ""
    likeness: str = ""
    language: str = ""
    words: str = ""
    rest: str = ""
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class Sorted:
    """What the rules made of a mail: its disposition, why, and facts; see `Disposition`."""

    disposition: Disposition
    reason: str
    facts: Mapping[str, Any] = field(default_factory=dict)
