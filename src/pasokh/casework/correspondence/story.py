"""What a letter has to tell, already in the reader's words: dates, amounts and names as text. Pure.

Whoever gathers it reads the file; whoever composes it knows only this. An empty text or tuple
means that there is nothing of the kind to tell.
"""

from dataclasses import dataclass, field

from pasokh.casework.correspondence.composed import Office


@dataclass(frozen=True)
class Matter:
    """One issue: its number, the complainant's words or a category, and what was found."""

    number: str
    text: str
    finding: str = ""  # a code of `finding` in the texts
    reasons: str = ""


@dataclass(frozen=True)
class Promised:
    """One remedy: what (kind, description, amount), the day it is due, and the day it was done.

    `issue` is the number of the issue that it answers, where it answers one of several.
    """

    what: tuple[str, ...]
    due: str
    done: str = ""
    issue: str = ""


@dataclass(frozen=True)
class Outside:
    """A body outside the organisation that hears disputes (ISO 10003)."""

    name: str
    what_for: str
    address: str = ""
    telephone: str = ""
    time: str = ""
    note: str = ""
    doubtful: bool = False


@dataclass(frozen=True)
class Days:
    """Days a letter may name, each written out in the reader's calendar."""

    received: str = ""
    decide: str = ""
    update: str = ""
    new: str = ""
    communicated: str = ""
    closed: str = ""
    answer_until: str = ""
    review_until: str = ""
    closes: str = ""
    reopen_until: str = ""
    undo_until: str = ""


@dataclass(frozen=True)
class Decided:
    """The standing decision: its outcome, reasons, remedies, and what may follow it.

    `by_leave` says that whoever decided was not independent and had a written leave (4.7).
    """

    outcome: str = ""
    declined_for: str = ""
    reasons: str = ""
    remedies: tuple[Promised, ...] = ()
    waives_review: bool = False
    further_stage: bool = False
    by_leave: bool = False


@dataclass(frozen=True)
class Story:
    """Everything one letter may tell. `kind` is a `LetterKind`; `page` the tracking page.

    `added` is the code of a kind that the organisation added, whose text the letter is made with.
    `words` are those written for this very letter: a message, a question, a reason.
    """

    kind: str
    language: str
    reference: str
    dated: str
    office: Office
    added: str = ""
    name: str = ""
    signature: tuple[str, ...] = ()
    page: str = ""
    anonymous: bool = False
    stage: int = 1
    stage_of: str = ""  # "1 of 2", where the rules ask that it be said
    state: str = ""
    unit: str = ""
    part_of: str = ""  # the reference of the complaint that this one was a part of
    issues: tuple[Matter, ...] = ()
    wanted: str = ""
    words: str = ""
    enclosed: tuple[str, ...] = ()  # names of the files that go along
    quoted: str = ""  # words that are answered, and the day they came
    quoted_on: str = ""
    copy_of: str | None = None  # of a copy: whose letter it is, possibly nobody's name
    coded: str = ""  # the code this kind turns on: a clock, a term of closing, what it is instead
    person: str = ""
    working: tuple[str, ...] = ()
    days: Days = field(default_factory=Days)
    decision: Decided = field(default_factory=Decided)
    outside: tuple[Outside, ...] = ()
