"""The packs that come with the product say what their sources say."""

from datetime import date
from hashlib import sha256
from importlib import resources

import pytest

from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.milestones import Milestone
from pasokh.kernel.errors import Refused
from pasokh.policy.regimes import pack, packs
from pasokh.policy.regimes.pack import CLOCKS, Length, Owner, Pack, Unit
from pasokh.policy.regimes.refusals import SENTENCES

WORKING_DAYS = Unit.WORKING_DAYS


def lengths(found: Pack, stage: int) -> dict[str, Length]:
    return {clock.name: clock.length for clock in found.of_stage(stage)}


def test_every_pack_can_be_loaded_and_is_pinned_by_its_digest() -> None:
    folder = resources.files("pasokh.policy.regimes") / "data"

    assert packs.ids() == ("ir-bank-1393", "iso10002-2018", "uk-housing-2024")
    for found in packs.all():
        content = (folder / f"{found.id}.toml").read_bytes()
        assert found.digest == sha256(content).hexdigest()


def test_a_pack_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        packs.load("../secrets")

    assert (refused.value.code, refused.value.facts) == ("pack-unknown", {"pack": "../secrets"})


def test_every_refusal_has_a_sentence_with_its_facts() -> None:
    facts = {"pack": "p", "name": "n", "least": 1, "most": 2, "value": 3}

    assert all(str(sentence) % facts for sentence in SENTENCES.values())


@pytest.mark.clause("10002:7.1")
@pytest.mark.parametrize("found", packs.all(), ids=lambda found: found.id)
def test_each_pack_times_every_step_the_complainant_waits_for(found: Pack) -> None:
    for stage in range(1, found.stages + 1):
        names = {clock.name for clock in found.of_stage(stage)}
        assert {"acknowledge", "assess", "update", "verdict", "silence", "internal"} <= names
        assert names & {"decide", "respond"}
        assert names <= set(CLOCKS)
        assert all(c.owner is Owner.COMPLAINANT or c.satisfied_by for c in found.of_stage(stage))


@pytest.mark.parametrize("found", packs.all(), ids=lambda found: found.id)
def test_each_pack_speaks_both_languages_in_its_own_words(found: Pack) -> None:
    texts = [found.title, found.source.name, *(p.label for p in found.parameters.values())]

    assert all(set(text) == {"en", "fa"} and all(text.values()) for text in texts)
    assert not any("ي" in text["fa"] or "ك" in text["fa"] for text in texts)


@pytest.mark.parametrize("found", packs.all(), ids=lambda found: found.id)
def test_each_pack_prescribes_what_an_acknowledgement_and_a_decision_say(found: Pack) -> None:
    assert {"reference", "due_date", "handler"} <= set(found.letters["acknowledgement"])
    assert {"decision", "reasons", "review", "outside_routes"} <= set(found.letters["decision"])


@pytest.mark.parametrize("found", packs.all(), ids=lambda found: found.id)
def test_packs_name_only_steps_and_milestones_that_exist(found: Pack) -> None:
    assert set(found.closed_steps) <= set(Step)
    assert set(Milestone) | {"incident", "withdrawn"} == set(pack.MILESTONES)


@pytest.mark.clause("10002:6.2")
def test_under_iso_10002_every_number_is_the_organisations() -> None:
    iso = packs.load("iso10002-2018")
    rules = [*iso.clocks, *iso.periods.values()]

    assert all(rule.length.parameter for rule in rules)
    assert {name: length.amount for name, length in lengths(iso, 1).items()} == {
        "acknowledge": 1,
        "assess": 2,
        "update": 10,
        "decide": 20,
        "communicate": 2,
        "verdict": 14,
        "silence": 14,
        "internal": 30,
        "standing": 30,
    }


@pytest.mark.clause("ir-bank-1393:circular")
def test_an_iranian_bank_answers_within_thirty_working_days_of_receipt() -> None:
    clock = packs.load("ir-bank-1393").clock("respond", 1)
    assert clock

    assert clock.length == Length(30, WORKING_DAYS)
    assert (clock.starts, clock.satisfied_by) == (("received",), ("communicated",))
    assert (clock.extension, clock.pauses) == (None, ())


@pytest.mark.clause("uk-housing-2024:6.3")
@pytest.mark.clause("uk-housing-2024:6.4")
@pytest.mark.clause("uk-housing-2024:6.14")
def test_a_landlord_answers_from_the_acknowledgement_with_one_extension_a_stage() -> None:
    housing = packs.load("uk-housing-2024")
    found = {}
    for stage in (1, 2):
        clock = housing.clock("respond", stage)
        assert clock
        assert clock.extension
        found[stage] = (clock.length.amount, clock.starts, clock.extension.most.amount)

    assert found == {1: (10, ("acknowledged",), 10), 2: (20, ("acknowledged",), 20)}
    assert {lengths(housing, stage)["acknowledge"] for stage in (1, 2)} == {Length(5, WORKING_DAYS)}
    assert (housing.stages, housing.different_person) == (2, True)
    assert housing.periods["accept"].length == Length(12, Unit.MONTHS)


def test_a_pack_is_in_force_between_its_dates() -> None:
    housing = packs.load("uk-housing-2024")

    assert housing.in_force(date(2024, 4, 1))
    assert not housing.in_force(date(2024, 3, 31))


def test_a_number_of_the_organisation_reaches_every_clock_that_uses_it() -> None:
    iso = packs.load("iso10002-2018").with_parameters({"decide_days": 30, "extend_days": 5})
    clock = iso.clock("decide", 1)
    assert clock
    assert clock.extension

    assert (clock.length.amount, clock.extension.most.amount) == (30, 5)
    assert iso.values["decide_days"] == 30
    assert packs.load("iso10002-2018").values["decide_days"] == 20


def test_numbers_set_twice_keep_those_set_before() -> None:
    iso = packs.load("iso10002-2018")
    twice = iso.with_parameters({"decide_days": 30}).with_parameters({"assess_days": 3})

    assert twice == iso.with_parameters({"decide_days": 30, "assess_days": 3})
    assert iso.with_parameters({}) is iso


def test_a_period_is_set_like_a_clock() -> None:
    iso = packs.load("iso10002-2018").with_parameters({"reopen_months": 12})

    assert iso.periods["reopen"].length == Length(12, Unit.MONTHS, "reopen_months")


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({"decide_weeks": 3}, "parameter-unknown"),
        ({"decide_days": 0}, "parameter-out-of-bounds"),
        ({"decide_days": 121}, "parameter-out-of-bounds"),
        ({"decide_days": "20"}, "parameter-not-a-number"),
        ({"decide_days": True}, "parameter-not-a-number"),
        ({"decide_days": 20.0}, "parameter-not-a-number"),
    ],
)
def test_a_number_out_of_bounds_is_refused(chosen: dict[str, int], code: str) -> None:
    with pytest.raises(Refused) as refused:
        packs.load("iso10002-2018").with_parameters(chosen)

    assert refused.value.code == code
    assert refused.value.facts["name"] == next(iter(chosen))
