import re

import pytest

from pasokh.policy.taxonomy import seeds
from pasokh.policy.taxonomy.actions import CODE
from pasokh.policy.taxonomy.kinds import Kind

PERSIAN = re.compile("[آ-ی]")
STRANGE = re.compile("[يكةٱ0-9]")  # Arabic letters and Latin digits in a Persian text


def codes(kind: Kind) -> list[str]:
    return [seed["code"] for seed in seeds.terms(kind)]


@pytest.mark.clause("10002:Annex E")
def test_there_are_35_kinds_of_problem_and_18_of_remedy() -> None:
    assert len(codes(Kind.CATEGORY)) == 35
    assert len(codes(Kind.REMEDY)) == 18
    assert codes(Kind.CATEGORY)[-1] == codes(Kind.REMEDY)[-1] == "other"


@pytest.mark.clause("10002:Annex E")
def test_the_channels_are_those_of_the_follow_up_form_and_what_came_after_it() -> None:
    form = ["web", "phone", "counter", "letter", "email"]
    later = ["api", "open311", "sms", "messenger", "voicemail"]

    assert codes(Kind.CHANNEL) == [*form, *later, "other"]


def test_an_organisation_names_its_own_products() -> None:
    assert seeds.terms(Kind.PRODUCT) == ()


@pytest.mark.clause("10002:8.2")
def test_causes_stand_in_a_tree_of_two_levels_parents_first() -> None:
    seen: set[str] = set()
    for seed in seeds.terms(Kind.CAUSE):
        assert seed.get("parent") is None or seed["parent"] in seen
        seen.add(seed["code"])
    tops = [seed["code"] for seed in seeds.terms(Kind.CAUSE) if "parent" not in seed]
    leaves = [seed for seed in seeds.terms(Kind.CAUSE) if "parent" in seed]

    assert tops == [
        *("people", "process", "product", "supplier"),
        *("information", "system", "environment", "not_found"),
    ]
    assert {seed["parent"] for seed in leaves} == set(tops) - {"not_found"}
    assert 25 <= len(leaves) <= 30


@pytest.mark.parametrize("kind", [Kind.CATEGORY, Kind.REMEDY, Kind.CHANNEL, Kind.CAUSE])
def test_each_term_has_a_good_code_and_a_name_in_both_languages(kind: Kind) -> None:
    assert len(set(codes(kind))) == len(codes(kind))
    for seed in seeds.terms(kind):
        assert CODE.fullmatch(seed["code"])
        assert PERSIAN.search(seed["fa"])
        assert not STRANGE.search(seed["fa"])
        assert seed["en"].isascii()


@pytest.mark.clause("10003:5")
def test_each_outside_body_says_what_for_and_was_verified_or_is_marked() -> None:
    bodies = seeds.outside_bodies()

    assert len({body["code"] for body in bodies}) == len(bodies)
    for body in bodies:
        assert CODE.fullmatch(body["code"])
        assert body.get("doubtful", False) or body["verified_on"]
        for name in {"name", "what_for", "time_limit", "note"} & set(body):
            assert PERSIAN.search(body[name]["fa"])
            assert not STRANGE.search(body[name]["fa"])
            assert body[name]["en"].strip()


def test_what_was_not_confirmed_is_marked_as_doubtful() -> None:
    doubtful = {body["code"] for body in seeds.outside_bodies() if body.get("doubtful")}

    assert doubtful == {
        *("consumer_association", "taazirat", "vehicle_board"),
        *("samad_111", "inspection_136"),
    }
