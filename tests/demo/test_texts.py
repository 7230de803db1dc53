"""The texts from which the demonstration is made: whole in both languages, and nothing unfilled."""

import string
from datetime import date
from itertools import product
from random import Random

import pytest

from pasokh.demo import house, people
from pasokh.demo.data import Data, plots, read
from pasokh.demo.story import Bought, Story
from pasokh.policy.taxonomy import seeds
from pasokh.policy.taxonomy.kinds import Kind

TEXTS = ("said", "want", "plan", "found", "upheld", "partly", "rejected", "offer", "done")
TODAY = date(2026, 5, 4)


def story(plot: Data, language: str, channel: str, seed: int = 1) -> Story:
    rng = Random(seed)
    good = next(good for good in read("goods")["good"] if good["kind"] in plot["goods"])
    shop = next(unit for unit in read("house")["unit"] if unit["code"] == "shiraz")
    bought = Bought(good["kind"], good, good["models"][0], "KS1", "HM-1", shop, date(2026, 2, 1))
    return Story(rng, plot, people.invent(rng, language), bought, channel, TODAY)


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for each in value for text in strings(each)] if isinstance(value, list) else []


@pytest.mark.parametrize("plot", plots(), ids=lambda plot: plot["code"])
def test_every_plot_is_told_whole_in_both_languages(plot: Data) -> None:
    for language in ("fa", "en"):
        assert [name for name in TEXTS if not strings(plot[language].get(name))] == []
    kinds = {good["kind"] for good in read("goods")["good"]}
    assert set(plot["goods"]) <= kinds


@pytest.mark.parametrize(
    ("kind", "name"),
    [(Kind.CATEGORY, "category"), (Kind.CAUSE, "cause"), (Kind.REMEDY, "remedy")],
)
def test_every_plot_is_coded_in_the_lists_there_are(kind: Kind, name: str) -> None:
    known = {term["code"] for term in seeds.terms(kind)}

    assert sorted({plot[name] for plot in plots()} - known) == []


def test_every_place_and_colleague_of_a_plot_is_there() -> None:
    units = {unit["code"] for unit in read("house")["unit"]} | {"shop"}
    staff = {one["key"] for one in read("house")["staff"]}

    assert sorted({plot["unit"] for plot in plots()} - units) == []
    named = {one for plot in plots() for one in plot.get("about", ())}
    acting = {plot[who] for plot in plots() for who in ("handler", "judge") if who in plot}
    assert sorted((named | acting) - staff) == []


def test_what_seldom_happens_has_its_turn_and_is_never_drawn() -> None:
    turns = [plot["turn"] for plot in plots() if plot.get("weight") == 0]

    assert len(turns) == len(set(turns)) == 3


def test_a_second_matter_is_told_by_the_same_person_of_the_same_purchase() -> None:
    told = story(next(plot for plot in plots() if "apart" in plot), "fa", "phone")

    assert told.second
    assert told.second.plot["code"] == "my_number"
    assert (told.second.person, told.second.bought) == (told.person, told.bought)
    assert told.second.words("said") not in told.narrative()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_text_is_filled_by_the_facts_of_its_story(language: str) -> None:
    for plot in plots():
        told = story(plot, language, "web")
        texts = [text for name in TEXTS for text in strings(plot[language][name])]
        phrases = [text for found in read("phrases")[language].values() for text in strings(found)]
        assert [told.say(text) for text in texts + phrases if "{" in told.say(text)] == []


def test_both_languages_have_the_same_phrases() -> None:
    assert read("phrases")["fa"].keys() == read("phrases")["en"].keys()


def test_the_same_seed_tells_the_same_story_and_another_one_another() -> None:
    (plot, *_) = plots()
    told = [story(plot, "fa", "web", seed).narrative() for seed in (1, 1, 2)]

    assert told[0] == told[1] != told[2]


def test_a_story_is_written_with_the_letters_and_digits_of_its_language() -> None:
    for plot, channel in product(plots(), ("phone", "counter")):
        persian, english = (story(plot, each, channel).narrative() for each in ("fa", "en"))
        assert not set("يكة٤٥٦") & set(persian)
        assert all(char.isascii() or char in "–“”’" for char in english), english


def test_nobody_in_it_is_real() -> None:
    rng = Random(7)
    made = [people.invent(rng, language) for language in ("fa", "en") for _ in range(100)]

    hosts = {person.email.partition("@")[2] for person in made}
    reserved = ("example.com", "example.org", "example.net")
    assert [host for host in hosts if not host.endswith((*reserved, ".example"))] == []
    assert house.MAIL_DOMAIN.endswith(".example")


def test_only_the_facts_of_a_story_stand_between_braces() -> None:
    known = set(story(plots()[0], "en", "web")._slots)
    asked = {
        name
        for plot in plots()
        for language in ("fa", "en")
        for text in strings(list(plot[language].values()))
        for _, name, _, _ in string.Formatter().parse(text)
        if name
    }

    assert sorted(asked - known) == []
