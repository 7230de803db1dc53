"""The grammar of packs: a TOML document becomes a `Pack`, or is refused with every fault named.

Pure. `docs/deadlines.md` describes the grammar for authors.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from types import MappingProxyType
from typing import Any

from pasokh.policy.regimes.pack import (
    APPROVED,
    CLOCKS,
    CONTENTS,
    LETTERS,
    MILESTONES,
    PERIODS,
    ClockRule,
    ClosingTerms,
    DayZero,
    EndOfDay,
    ExtensionRule,
    HoldCategory,
    Length,
    Only,
    OutOfHours,
    Owner,
    Pack,
    Parameter,
    Roll,
    Source,
    Unit,
)
from pasokh.policy.regimes.table import Table

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[a-z]+([_-][a-z0-9]+)*")
_KINDS = ("standard", "law", "code")
_DAY_KEYS = ("day_zero", "out_of_hours", "cutoff", "ends")


class PackFaults(ValueError):  # noqa: N818  it is a list of faults
    """Why a document is not a pack: one sentence for each fault."""

    def __init__(self, name: str, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{name}: {fault}" for fault in faults))


@dataclass
class _Reading:
    """What one reading has met: the parameters there are, and those that were used."""

    parameters: dict[str, Parameter]
    stages: int
    used: set[str] = field(default_factory=set)


def read(document: Mapping[str, Any], *, name: str, digest: str) -> Pack:
    """Make a pack of a parsed TOML document; `name` is what faults call it.

    Raises `PackFaults` with every fault found, not only the first.
    """
    faults: list[str] = []
    pack = _pack(Table(document, "", faults), digest)
    if faults:
        raise PackFaults(name, faults)
    return pack


def _pack(table: Table, digest: str) -> Pack:
    valid_from = table.day("valid_from")
    valid_until = table.day("valid_until") if table.has("valid_until") else None
    if valid_until and valid_until < valid_from:
        table.fault("valid_until", "lies before valid_from")
    stages = table.table("stages")
    parameters = _parameters(table)
    reading = _Reading(parameters, stages.number("count", least=1))
    pack = Pack(
        id=_id(table),
        version=table.text("version"),
        title=MappingProxyType(table.bilingual("title")),
        source=_source(table.table("source")),
        valid_from=valid_from,
        valid_until=valid_until,
        stages=reading.stages,
        different_person=stages.truth("different_person", True),
        parameters=MappingProxyType(parameters),
        clocks=_clocks(table, reading),
        periods=_periods(table, reading),
        closing=_closing(table.table("closing")),
        letters=_letters(table.table("letters")),
        approval=_approval(table),
        closed_steps=_steps(table),
        digest=digest,
        values=MappingProxyType({p.name: p.default for p in parameters.values()}),
    )
    stages.finish()
    for unused in parameters.keys() - reading.used:
        table.fault("parameters", f"{unused} is used by no clock and no period")
    table.finish()
    return pack


def _id(table: Table) -> str:
    found = table.text("id")
    if found and not _ID.fullmatch(found):
        table.fault("id", f"must be small letters and digits joined by hyphens, not {found!r}")
    return found


def _source(table: Table) -> Source:
    kind = table.text("kind")
    if kind not in _KINDS:
        table.fault("kind", f"must be one of {', '.join(_KINDS)}, not {kind!r}")
    name = MappingProxyType(table.bilingual("name"))
    source = Source(kind, name, table.text("edition"), table.text("address", ""))
    table.finish()
    return source


def _parameters(table: Table) -> dict[str, Parameter]:
    found: dict[str, Parameter] = {}
    for item in table.tables("parameters"):
        parameter = _parameter(item)
        if parameter.name in found:
            item.fault("name", f"{parameter.name} is declared twice")
        found[parameter.name] = parameter
    return found


def _parameter(table: Table) -> Parameter:
    parameter = Parameter(
        name=table.text("name"),
        default=table.number("default", least=1),
        least=table.number("min", least=1),
        most=table.number("max", least=1),
        unit=table.choice("unit", Unit),
        label=MappingProxyType(table.bilingual("label")),
        clause=table.text("clause", ""),
    )
    if not parameter.least <= parameter.default <= parameter.most:
        table.fault("default", "must lie between min and max")
    table.finish()
    return parameter


def _clocks(table: Table, reading: _Reading) -> tuple[ClockRule, ...]:
    clocks: list[ClockRule] = []
    for item in table.tables("clocks"):
        clock = _rule(item, item.one_of("name", CLOCKS), reading)
        if any(_same_stage(clock, other) for other in clocks):
            item.fault("name", f"{clock.name} is set twice for the same stage")
        clocks.append(clock)
    if not clocks:
        table.fault("clocks", "are missing; a pack has at least one clock")
    return tuple(clocks)


def _same_stage(clock: ClockRule, other: ClockRule) -> bool:
    if clock.name != other.name:
        return False
    return not clock.stages or not other.stages or bool({*clock.stages} & {*other.stages})


def _periods(table: Table, reading: _Reading) -> Mapping[str, ClockRule]:
    inner = table.table("periods")
    found = {name: _rule(inner.table(name), name, reading) for name in PERIODS if inner.has(name)}
    inner.finish()
    return MappingProxyType(found)


def _rule(table: Table, name: str, reading: _Reading) -> ClockRule:
    length = _length(table, "length", reading)
    rule = ClockRule(
        name=name,
        length=length,
        starts=table.names("starts", MILESTONES, required=True),
        satisfied_by=table.names("satisfied_by", MILESTONES),
        stages=_stages(table, reading),
        day_zero=table.choice("day_zero", DayZero, DayZero.EXCLUDED),
        out_of_hours=table.choice("out_of_hours", OutOfHours, OutOfHours.SAME_DAY),
        cutoff=_cutoff(table),
        ends=table.choice("ends", EndOfDay, EndOfDay.CLOSE),
        roll=table.choice("roll", Roll, Roll.SAME if length.unit.of_hours else Roll.NEXT),
        repeats=table.truth("repeats", False),
        owner=table.choice("owner", Owner, Owner.ORGANISATION),
        only=table.choice("only", Only) if table.has("only") else None,
        warn=_length(table, "warn", reading) if table.has("warn") else None,
        pauses=tuple(HoldCategory(c) for c in table.names("pauses", HoldCategory)),
        extension=_extension(table.optional("extension"), length, reading),
        clause=table.text("clause", ""),
    )
    _check(table, rule)
    table.finish()
    return rule


def _check(table: Table, rule: ClockRule) -> None:
    """Fault what is well-formed and makes no sense together."""
    if rule.warn and rule.warn.unit is Unit.MONTHS:
        table.fault("warn", "cannot be counted in months")
    if rule.length.unit.of_hours:
        for key in table.given(_DAY_KEYS):
            table.fault(key, "has no meaning for a clock counted in hours")
    if rule.repeats and not rule.satisfied_by:
        table.fault("repeats", "needs satisfied_by, or the clock never ends")


def _length(table: Table, key: str, reading: _Reading) -> Length:
    """`length = "acknowledge_days"` or `length = { amount = 5, unit = "working-days" }`."""
    if isinstance(table.peek(key), str):
        name = table.one_of(key, reading.parameters or ("a declared parameter",))
        reading.used.add(name)
        parameter = reading.parameters.get(name)
        return Length(parameter.default, parameter.unit, name) if parameter else _ONE_DAY
    inner = table.table(key)
    length = Length(inner.number("amount", least=1), inner.choice("unit", Unit))
    inner.finish()
    return length


_ONE_DAY = Length(1, Unit.WORKING_DAYS)


def _stages(table: Table, reading: _Reading) -> tuple[int, ...]:
    found = tuple(table.take("stages", list, "a list of numbers", []))
    for stage in found:
        if type(stage) is not int or not 1 <= stage <= reading.stages:
            table.fault("stages", f"{stage!r} is not one of the stages 1 to {reading.stages}")
    return found


def _cutoff(table: Table) -> time | EndOfDay | None:
    found = table.text("cutoff", "")
    if found in ("", EndOfDay.CLOSE):
        return EndOfDay.CLOSE if found else None
    try:
        return time.fromisoformat(found)
    except ValueError:
        table.fault("cutoff", f'must be "close" or a time such as "16:00", not {found!r}')
        return None


def _extension(table: Table | None, length: Length, reading: _Reading) -> ExtensionRule | None:
    if table is None:
        return None
    rule = ExtensionRule(
        most=_length(table, "most", reading),
        times=table.number("times", 1, least=1),
        reason=table.truth("reason", True),
        notice=table.truth("notice", True),
        agreement=table.truth("agreement", False),
        before_due=table.truth("before_due", True),
        right=table.text("right", ""),
    )
    if rule.most.unit.of_hours != length.unit.of_hours:
        table.fault("most", "must be counted in hours if the clock is, and in days if it is not")
    table.finish()
    return rule


def _closing(table: Table) -> ClosingTerms:
    terms = ClosingTerms(
        dated_remedies_suffice=table.one_of("remedies", ("done", "dated")) == "dated",
        second_attempt=table.truth("second_attempt", True),
    )
    table.finish()
    return terms


def _letters(table: Table) -> Mapping[str, tuple[str, ...]]:
    found = {kind: table.names(kind, CONTENTS) for kind in LETTERS if table.has(kind)}
    table.finish()
    return MappingProxyType(found)


def _approval(table: Table) -> tuple[str, ...]:
    inner = table.optional("approval")
    if inner is None:
        return ()
    found = inner.names("letters", APPROVED, required=True)
    inner.finish()
    return found


def _codes(table: Table, key: str) -> tuple[str, ...]:
    found = table.take(key, list, "a list of codes")
    for code in found:
        if not isinstance(code, str) or not _CODE.fullmatch(code):
            table.fault(key, f"{code!r} is not a code in small letters")
    return tuple(found)


def _steps(table: Table) -> tuple[str, ...]:
    inner = table.optional("lifecycle")
    if inner is None:
        return ()
    found = _codes(inner, "closed_steps")
    inner.finish()
    return found
