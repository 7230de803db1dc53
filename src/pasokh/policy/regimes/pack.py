"""What a regime prescribes: clocks, stages, closing terms, letters. Frozen values.

Pure. A pack is data, not code: a regulator's rules or a standard's, in our own words, with the
numbers the organisation may set itself as parameters. The pack in force at receipt governs a
complaint to its end.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum
from types import MappingProxyType

from pasokh.kernel.errors import Refused


class Unit(StrEnum):
    """What a length of time is counted in."""

    WORKING_HOURS = "working-hours"
    CLOCK_HOURS = "clock-hours"
    WORKING_DAYS = "working-days"
    CALENDAR_DAYS = "calendar-days"
    WEEKS = "weeks"
    MONTHS = "months"

    @property
    def of_hours(self) -> bool:
        return self in {Unit.WORKING_HOURS, Unit.CLOCK_HOURS}


class DayZero(StrEnum):
    """Whether the day on which a clock starts is itself counted."""

    EXCLUDED = "excluded"
    COUNTED = "counted"


class OutOfHours(StrEnum):
    """What a start on a day that is not worked counts as."""

    SAME_DAY = "same-day"
    NEXT_WORKING_DAY = "next-working-day"


class EndOfDay(StrEnum):
    """When a deadline that is a day ends: at close of business or at midnight."""

    CLOSE = "close"
    MIDNIGHT = "midnight"


class Roll(StrEnum):
    """Where a deadline goes that falls on a day that is not worked."""

    SAME = "same"
    NEXT = "next"
    PREVIOUS = "previous"


class Owner(StrEnum):
    """Whose time a clock measures: a duty of the organisation, or a time the complainant has."""

    ORGANISATION = "organisation"
    COMPLAINANT = "complainant"


class Only(StrEnum):
    """The complaints a clock is for, when it is not for all."""

    NAMED = "named"
    ANONYMOUS = "anonymous"


class HoldCategory(StrEnum):
    """What a complaint may wait for while its clocks are on hold."""

    COMPLAINANT = "complainant"
    OUTSIDE_BODY = "outside_body"
    COURT = "court"
    EXPERT = "expert"
    AGREED = "agreed"
    FORCE_MAJEURE = "force_majeure"


#: The clocks a pack may set; each has a name in both languages in `casework.deadlines`.
CLOCKS = (
    "acknowledge",
    "assess",
    "update",
    "decide",
    "communicate",
    "respond",
    "verdict",
    "silence",
    "internal",
    "standing",
)

#: The periods a pack may set outside the stages; see `Pack.period`.
PERIODS = ("accept", "withdraw_undo", "reopen")

#: What clocks and periods may start from or be satisfied by.
MILESTONES = (
    "incident",
    "received",
    "acknowledged",
    "assessed",
    "investigated",
    "updated",
    "decided",
    "communicated",
    "answered",
    "refused",
    "routes_told",
    "noticed",
    "tried_again",
    "closed",
    "withdrawn",
)

#: The letters whose contents a pack may prescribe.
LETTERS = ("acknowledgement", "progress", "request", "extension", "decision", "notice", "closing")


#: The letters that may have to wait for somebody else's approval: those a person has written.
APPROVED = ("progress", "request", "decision", "notice", "closing", "message")

#: What a pack may prescribe that a letter says; each has a name in both languages in
#: `casework.correspondence.wording`; `contents` there says by what it is said.
CONTENTS = (
    *("reference", "stage", "understood", "handler", "next_step", "due_date", "contact", "state"),
    *("question", "why", "reasons", "findings", "decision", "remedy", "remedy_dates", "answer_by"),
    *("review", "outside_routes", "closing_date", "how_to_answer", "outcome", "reopening"),
)


@dataclass(frozen=True)
class Length:
    """A length of time; `parameter` names the parameter that set the amount, if one did."""

    amount: int
    unit: Unit
    parameter: str | None = None


@dataclass(frozen=True)
class Parameter:
    """A number the organisation sets, within bounds; `label` is written in both languages."""

    name: str
    default: int
    least: int
    most: int
    unit: Unit
    label: Mapping[str, str]
    clause: str = ""


@dataclass(frozen=True)
class ExtensionRule:
    """Whether, how far and under what conditions a clock may be extended.

    `most` is the limit of all extensions of one stage together. `right` is the grant of
    whoever may approve one; empty when whoever handles the file may.
    """

    most: Length
    times: int = 1
    reason: bool = True
    notice: bool = True
    agreement: bool = False
    before_due: bool = True
    right: str = ""


@dataclass(frozen=True)
class ClockRule:
    """How one deadline is counted.

    `starts` is a preference list of milestones: the first that exists is the start.
    `satisfied_by`: the first of these to happen stops the clock. A clock that `repeats`
    starts anew from each milestone that leads its preference list. `cutoff` is the local time
    from which a start counts as the next day's ("close" for close of business).
    `stages` is empty when the clock runs in every stage; `pauses` are the categories of hold
    that stop it.
    """

    name: str
    length: Length
    starts: tuple[str, ...]
    satisfied_by: tuple[str, ...] = ()
    stages: tuple[int, ...] = ()
    day_zero: DayZero = DayZero.EXCLUDED
    out_of_hours: OutOfHours = OutOfHours.SAME_DAY
    cutoff: "time | EndOfDay | None" = None
    ends: EndOfDay = EndOfDay.CLOSE
    roll: Roll = Roll.NEXT
    repeats: bool = False
    owner: Owner = Owner.ORGANISATION
    only: Only | None = None
    warn: Length | None = None
    pauses: tuple[HoldCategory, ...] = ()
    extension: ExtensionRule | None = None
    clause: str = ""

    def __hash__(self) -> int:
        return hash((self.name, self.stages))  # of few clocks; what is counted is found by it

    def runs_in(self, stage: int) -> bool:
        """Whether this clock belongs to a stage."""
        return not self.stages or stage in self.stages


@dataclass(frozen=True)
class Source:
    """The standard, law or code a pack carries out; `address` is where its text is published."""

    kind: str
    name: Mapping[str, str]
    edition: str
    address: str = ""


@dataclass(frozen=True)
class ClosingTerms:
    """What a regime leaves open in the closing contract."""

    dated_remedies_suffice: bool
    second_attempt: bool


@dataclass(frozen=True)
class Pack:
    """One regime, whole. `digest` is the SHA-256 of the file it was read from, in hex.

    `stages` is how many there are; `different_person` whether each needs someone else.
    `letters` gives for each kind of letter the codes of what it must contain, `approval` the kinds
    that somebody else must approve before they leave. `closed_steps`
    are the steps of the lifecycle this regime does not allow. `values` are the parameters in
    force: the defaults until `with_parameters` has set others.
    """

    id: str
    version: str
    title: Mapping[str, str]
    source: Source
    valid_from: date
    valid_until: date | None
    stages: int
    different_person: bool
    parameters: Mapping[str, Parameter]
    clocks: tuple[ClockRule, ...]
    periods: Mapping[str, ClockRule]
    closing: ClosingTerms
    letters: Mapping[str, tuple[str, ...]]
    approval: tuple[str, ...]
    closed_steps: tuple[str, ...]
    digest: str
    values: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def in_force(self, on: date) -> bool:
        """Whether complaints received on a date fall under this pack."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    def clock(self, name: str, stage: int) -> ClockRule | None:
        """The rule of a clock in a stage, or None when that stage has no such clock."""
        return next((c for c in self.clocks if c.name == name and c.runs_in(stage)), None)

    def of_stage(self, stage: int) -> tuple[ClockRule, ...]:
        """The rules of the clocks that run in a stage, in the pack's order."""
        return tuple(clock for clock in self.clocks if clock.runs_in(stage))

    def with_parameters(self, chosen: Mapping[str, int]) -> "Pack":
        """This pack with numbers set by the organisation; the others keep their present values.

        Refused: `parameter-unknown`, `parameter-not-a-number`, `parameter-out-of-bounds`.
        """
        for name, value in chosen.items():
            self._check(name, value)
        values = {**self.values, **chosen}
        if values == self.values:
            return self
        return replace(
            self,
            values=MappingProxyType(values),
            clocks=tuple(_set(clock, values) for clock in self.clocks),
            periods=MappingProxyType({n: _set(rule, values) for n, rule in self.periods.items()}),
        )

    def _check(self, name: str, value: int) -> None:
        parameter = self.parameters.get(name)
        if parameter is None:
            raise Refused("parameter-unknown", pack=self.id, name=name)
        if type(value) is not int:
            raise Refused("parameter-not-a-number", pack=self.id, name=name)
        if not parameter.least <= value <= parameter.most:
            raise Refused(
                "parameter-out-of-bounds",
                pack=self.id,
                name=name,
                value=value,
                least=parameter.least,
                most=parameter.most,
            )


def _set(rule: ClockRule, values: Mapping[str, int]) -> ClockRule:
    """A rule whose lengths have the values of their parameters."""
    extension = rule.extension
    if extension:
        extension = replace(extension, most=_length(extension.most, values))
    warn = _length(rule.warn, values) if rule.warn else None
    return replace(rule, length=_length(rule.length, values), warn=warn, extension=extension)


def _length(length: Length, values: Mapping[str, int]) -> Length:
    if length.parameter is None:
        return length
    return replace(length, amount=values[length.parameter])
