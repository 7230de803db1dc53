"""What every door makes of what came in: the same frozen value, whatever the channel. Pure."""

from dataclasses import dataclass
from datetime import datetime

from pasokh.casework.complaints.matter import File, Matter, NewIssue
from pasokh.casework.complaints.terms import Complainant
from pasokh.directory.people.terms import Kind
from pasokh.directory.people.ways import Way


@dataclass(frozen=True)
class Who:
    """A person as they gave themselves: a name, a language, needs, and ways to reach them.

    `reached` pairs a way with its value as given; the first is the preferred one. `needs` are
    codes of `directory.people.terms.Need`.
    """

    name: str
    language: str
    kind: Kind = Kind.INDIVIDUAL
    reached: tuple[tuple[Way, str], ...] = ()
    needs: tuple[str, ...] = ()
    needs_note: str = ""


@dataclass(frozen=True)
class Incoming:
    """One complaint as it came in through some door.

    `source_id` is the channel's own id of the message, by which a second arrival is known.
    `who` is None for an anonymous person. `on_behalf_of` names the person concerned when `who`
    speaks for somebody else. `issues` are what the matter was parted into by whoever took it down;
    without them it is one, of the category given. `complained_about` are colleagues' ids, known to
    staff only.
    `originals` are texts, by the name of their field, that cannot be stored as text: the bytes in
    which they came. `remarks` is what else was known of it where it came from.
    """

    channel: str
    language: str
    matter: Matter
    received_at: datetime
    who: Who | None
    on_behalf_of: Who | None = None
    complainant_kind: Complainant = Complainant.CUSTOMER
    confidential: bool = False
    source_id: str | None = None
    unit: int | None = None
    category: int | None = None
    issues: tuple[NewIssue, ...] = ()
    files: tuple[File, ...] = ()
    originals: tuple[tuple[str, bytes], ...] = ()
    complained_about: tuple[int, ...] = ()
    remarks: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the person takes away. `code` is clear text, shown once and stored nowhere.

    `again` says that this message had already been received: nothing was filed a second time,
    and there is no code to show.
    """

    ref: str
    code: str | None
    again: bool = False
