"""What was complained of, as plain values that doors make and the core files. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from pasokh.casework.complaints.terms import Complainant, Outcome


@dataclass(frozen=True)
class File:
    """A stored file: where its bytes are (sha256 in hex), and what is said of it.

    What is `inside` is not shown to the complainant.
    """

    digest: str
    name: str
    kind: str
    size: int
    inside: bool = False


@dataclass(frozen=True)
class NewIssue:
    """One thing complained of, as first understood; its category may come later."""

    text: str
    category: int | None = None


def told(issues: Iterable[NewIssue]) -> str:
    """The narrative of a complaint that was taken down matter by matter."""
    return "\n\n".join(issue.text for issue in issues)


@dataclass(frozen=True)
class Matter:
    """What was complained of. Only the narrative is compulsory; the rest may come later."""

    narrative: str
    remedy_wanted: str = ""
    incident_on: date | None = None
    product_id: int | None = None
    product_model: str = ""
    serial_number: str = ""
    purchase_place: str = ""
    purchased_on: date | None = None
    guarantee: str = ""
    order_number: str = ""


@dataclass(frozen=True)
class Filing:
    """Everything the core needs to begin a file; people are already registered.

    `called` are their names, and `reached` their numbers and addresses, for the search; None has
    them read. `remarks` is what else was known of it, kept with what was said.
    """

    matter: Matter
    channel: str
    language: str
    unit: int
    complainant_kind: Complainant = Complainant.CUSTOMER
    anonymous: bool = False
    confidential: bool = False
    complainant: int | None = None
    representative: int | None = None
    source_id: str | None = None
    issues: tuple[NewIssue, ...] = ()
    files: tuple[File, ...] = ()
    complained_about: tuple[int, ...] = ()
    called: tuple[str, ...] | None = None
    reached: tuple[str, ...] = ()
    remarks: str = ""


@dataclass(frozen=True)
class Ended:
    """How a complaint ended that was handled elsewhere; no `outcome` where nobody knows it."""

    at: datetime
    outcome: Outcome | None = None
    answer: str = ""
