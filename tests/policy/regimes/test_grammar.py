"""A document that is not a pack is told so in sentences that say where and what instead."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.policy.regimes import packs
from pasokh.policy.regimes.grammar import PackFaults
from pasokh.policy.regimes.pack import EndOfDay, HoldCategory, Pack, Roll, Unit

SMALL = """
id = "small"
version = "1"
valid_from = 2024-04-01
title = { en = "Small", fa = "کوچک" }

[source]
kind = "code"
edition = "1"
name = { en = "A code", fa = "آیین‌نامه" }

[stages]
count = 2

[[parameters]]
name = "days"
default = 5
min = 1
max = 10
unit = "working-days"
label = { en = "Days", fa = "روز" }

[[clocks]]
name = "acknowledge"
length = "days"
starts = ["received"]
satisfied_by = ["acknowledged"]
cutoff = "16:00"
roll = "previous"
pauses = ["court"]

[periods]

[closing]
remedies = "dated"

[letters]
decision = ["reference"]

[lifecycle]
closed_steps = ["settle"]
"""


def read(text: str) -> Pack:
    return packs.parse(text.encode(), name="small.toml")


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(PackFaults) as refused:
        read(text)
    return refused.value.faults


def test_a_small_pack_reads_as_it_is_written() -> None:
    pack = read(SMALL)
    [clock] = pack.clocks

    assert (pack.id, pack.stages, pack.different_person) == ("small", 2, True)
    assert (clock.length.amount, clock.length.parameter) == (5, "days")
    assert (f"{clock.cutoff:%H:%M}", clock.roll) == ("16:00", Roll.PREVIOUS)
    assert clock.pauses == (HoldCategory.COURT,)
    assert (pack.closing.dated_remedies_suffice, pack.closing.second_attempt) == (True, True)
    assert pack.letters == {"decision": ("reference",)}
    assert pack.closed_steps == ("settle",)


def test_a_clock_may_give_its_length_itself_and_run_in_one_stage() -> None:
    own = 'length = { amount = 96, unit = "clock-hours" }\nstages = [2]'
    text = SMALL.replace('length = "days"', own).replace('cutoff = "16:00"\n', "")
    text = text.replace("[[parameters]]", "[[unused]]")
    assert faults(text) == ("unused: is not a key that may stand here",)

    [clock] = read(re.sub(r"\[\[unused]].*?(?=\[\[clocks)", "", text, flags=re.S)).clocks
    assert (clock.length.amount, clock.length.unit) == (96, Unit.CLOCK_HOURS)
    assert (clock.runs_in(1), clock.runs_in(2)) == (False, True)


def test_letters_may_have_to_be_approved() -> None:
    asked = '[approval]\nletters = ["decision"]\n\n[letters]'
    assert read(SMALL).approval == ()
    assert read(SMALL.replace("[letters]", asked)).approval == ("decision",)
    [fault] = faults(SMALL.replace("[letters]", asked.replace("decision", "acknowledgement")))
    assert fault.startswith("approval.letters: must be one of progress, request, decision")


def test_close_of_business_may_be_the_cutoff() -> None:
    [clock] = read(SMALL.replace('cutoff = "16:00"', 'cutoff = "close"')).clocks

    assert clock.cutoff is EndOfDay.CLOSE


@pytest.mark.parametrize(
    ("was", "now", "fault"),
    [
        ('id = "small"', 'id = "Small One"', "id: must be small letters and digits joined"),
        ('version = "1"\n', "", "version: is missing; give a text in quotes"),
        ('version = "1"', "version = 1", "version: must be a text in quotes, not 1"),
        ("2024-04-01", '"2024-04-01"', "valid_from: must be a date such as 2024-04-01, without"),
        ("valid_from", "valid_until = 2020-01-01\nvalid_from", "valid_until: lies before"),
        ('fa = "کوچک"', 'fa = " "', "title.fa: must not be empty"),
        (', fa = "کوچک"', "", "title.fa: is missing"),
        ('kind = "code"', 'kind = "rumour"', "source.kind: must be one of standard, law, code"),
        ("count = 2", "count = 0", "stages.count: must be 1 or more, not 0"),
        ("count = 2", "count = true", "stages.count: must be a whole number, not True"),
        ("default = 5", "default = 11", "parameters[1].default: must lie between min and max"),
        ('unit = "working-days"', 'unit = "days"', "parameters[1].unit: must be one of working-"),
        ('unit = "working-days"\n', "", "parameters[1].unit: is missing; give one of working-"),
        ('name = "acknowledge"', 'name = "acknowlege"', "clocks[1].name: must be one of acknow"),
        ('length = "days"', 'length = "weeks"', "clocks[1].length: must be one of days"),
        ('["received"]', "[]", "clocks[1].starts: must name at least one of"),
        ('["received"]', '["recieved"]', "clocks[1].starts: must be one of incident, received"),
        ('["received"]', '["received", "received"]', "clocks[1].starts: names something twice"),
        ("satisfied_by", "satisfied", "clocks[1].satisfied: is not a key that may stand here; did"),
        ('"16:00"', '"4 pm"', 'clocks[1].cutoff: must be "close" or a time such as "16:00"'),
        ('roll = "previous"', 'roll = "back"', "clocks[1].roll: must be one of same, next, prev"),
        ('["court"]', '["holidays"]', "clocks[1].pauses: must be one of complainant"),
        ('roll = "previous"', "stages = [3]", "clocks[1].stages: 3 is not one of the stages 1 to"),
        ('roll = "previous"', 'warn = { amount = 1, unit = "months" }', "clocks[1].warn: cannot"),
        ('satisfied_by = ["acknowledged"]', "repeats = true", "clocks[1].repeats: needs satisfied"),
        ('remedies = "dated"', 'remedies = "later"', "closing.remedies: must be one of done, dat"),
        ('["reference"]', '["The reference"]', "letters.decision: must be one of reference"),
        ("decision =", "verdict =", "letters.verdict: is not a key that may stand here"),
        ("[periods]", "[period]", "periods: is missing"),
    ],
)
def test_each_fault_names_its_place_and_what_would_be_right(was: str, now: str, fault: str) -> None:
    assert was in SMALL

    assert [told for told in faults(SMALL.replace(was, now, 1)) if told.startswith(fault)]


def test_hours_and_days_are_not_mixed() -> None:
    hours = SMALL.replace('unit = "working-days"', 'unit = "working-hours"')
    extended = '[clocks.extension]\nmost = { amount = 2, unit = "working-days" }\n\n[periods]'

    assert faults(hours.replace("[periods]", extended)) == (
        "clocks[1].extension.most: must be counted in hours if the clock is, and in days if it "
        "is not",
        "clocks[1].cutoff: has no meaning for a clock counted in hours",
    )


def test_a_clock_is_set_once_for_a_stage() -> None:
    [clock] = re.findall(r"\[\[clocks]].*?(?=\[periods)", SMALL, re.S)
    other = clock.replace("[[clocks]]", "[[clocks]]\nstages = [2]")

    assert faults(SMALL.replace(clock, clock + other)) == (
        "clocks[2].name: acknowledge is set twice for the same stage",
    )
    first = clock.replace("[[clocks]]", "[[clocks]]\nstages = [1]")
    assert len(read(SMALL.replace(clock, first + other)).clocks) == 2


def test_a_parameter_that_nothing_uses_or_that_stands_twice_is_a_fault() -> None:
    [parameter] = re.findall(r"\[\[parameters]].*?(?=\[\[clocks)", SMALL, re.S)
    unused = parameter.replace('"days"', '"weeks"')

    assert faults(SMALL.replace(parameter, parameter + unused)) == (
        "parameters: weeks is used by no clock and no period",
    )
    assert faults(SMALL.replace(parameter, parameter + parameter)) == (
        "parameters[2].name: days is declared twice",
    )


def test_every_fault_is_told_at_once() -> None:
    broken = SMALL.replace('version = "1"\n', "").replace('roll = "previous"', 'roll = "back"')

    assert len(faults(broken.replace("count = 2", "count = 0"))) == 3


def test_a_pack_without_clocks_is_none() -> None:
    [clock] = re.findall(r"\[\[clocks]].*?(?=\[periods)", SMALL, re.S)

    assert "clocks: are missing; a pack has at least one clock" in faults(SMALL.replace(clock, ""))


def test_what_is_not_toml_or_not_utf_8_is_said_in_a_sentence() -> None:
    assert "is not TOML" in faults("id = ")[0]
    with pytest.raises(PackFaults, match=r"small\.toml: is not UTF-8 at byte 0"):
        packs.parse(b"\xff", name="small.toml")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
keys = st.sampled_from(
    [*("id", "title", "source", "stages", "parameters", "clocks", "periods", "closing", "letters")]
)


@given(st.dictionaries(keys, values))
def test_no_document_whatever_does_anything_but_be_refused(document: dict[str, object]) -> None:
    with pytest.raises(PackFaults):
        packs.grammar.read(document, name="any", digest="")
