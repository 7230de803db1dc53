"""What the contexts of this app say to people, and what they say of people."""

import ast
import re
from pathlib import Path
from types import ModuleType
from typing import Any, get_type_hints

import pytest
from django.apps import apps
from django.utils.translation import override

import pasokh.directory.organisation as organisation
import pasokh.directory.people as people
import pasokh.policy.taxonomy as taxonomy
from pasokh.directory.organisation import events as organisation_events
from pasokh.directory.organisation import hours
from pasokh.directory.organisation import privacy as organisation_privacy
from pasokh.directory.organisation import refusals as organisation_refusals
from pasokh.directory.people import events as people_events
from pasokh.directory.people import privacy as people_privacy
from pasokh.directory.people import refusals as people_refusals
from pasokh.kernel import events
from pasokh.policy.taxonomy import events as taxonomy_events
from pasokh.policy.taxonomy import refusals as taxonomy_refusals

CONTEXTS = [
    (organisation, organisation_refusals),
    (people, people_refusals),
    (taxonomy, taxonomy_refusals),
]
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def raised(context: ModuleType) -> dict[str, set[str]]:
    """Every code a context refuses with, and the facts that always come with it."""
    found: dict[str, set[str]] = {}
    for path in Path(context.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id in ("Refused", "unless_taken") and node.args:
                facts = {str(word.arg) for word in node.keywords}
                for code in ast.walk(node.args[0]):
                    if isinstance(code, ast.Constant) and isinstance(code.value, str):
                        found[code.value] = found.get(code.value, facts) & facts
    return found


@pytest.mark.parametrize(("context", "refusals"), CONTEXTS)
def test_each_refusal_has_its_sentence_and_each_sentence_its_refusal(
    context: ModuleType, refusals: Any
) -> None:
    codes = set(raised(context))
    if context is organisation:
        codes |= {"hours-run-backwards", "hours-overlap"}  # handed on from `hours.refusal`

    assert sorted(codes) == sorted(refusals.SENTENCES)


@pytest.mark.parametrize(("context", "refusals"), CONTEXTS)
def test_a_sentence_names_only_facts_that_come_with_its_refusal(
    context: ModuleType, refusals: Any
) -> None:
    facts = raised(context)

    with override("en"):
        wrong = {
            code: names
            for code, sentence in refusals.SENTENCES.items()
            if (names := set(PLACEHOLDER.findall(str(sentence))) - facts.get(code, set()))
        }
    assert wrong == {}


def test_hours_are_refused_with_codes_that_have_sentences() -> None:
    source = Path(str(hours.__file__)).read_text("utf-8")

    assert set(re.findall(r'return "([a-z-]+)"', source)) == {
        "hours-run-backwards",
        "hours-overlap",
    }


@pytest.mark.parametrize("module", [organisation_events, people_events, taxonomy_events])
def test_the_sentence_of_an_event_names_only_its_own_facts(module: ModuleType) -> None:
    declared = [one for one in events.known().values() if one.__module__ == module.__name__]

    with override("en"):
        wrong = {
            one.__name__: names
            for one in declared
            if (names := set(PLACEHOLDER.findall(str(one.sentence))) - set(get_type_hints(one)))
        }
    assert declared
    assert wrong == {}


@pytest.mark.parametrize("privacy", [organisation_privacy, people_privacy])
def test_what_is_declared_personal_exists(privacy: Any) -> None:
    for personal in privacy.PERSONAL:
        app, model, field = personal.field.split(".")
        assert apps.get_model(app, model)._meta.get_field(field).name == field


def test_every_text_of_a_person_is_declared_personal() -> None:
    declared = {personal.field for personal in people_privacy.PERSONAL}
    codes = {"kind", "confirmed_how"}
    texts = {
        f"directory.{name}.{field.name}"
        for name in ("Person", "ContactPoint", "Mandate")
        for field in apps.get_model("directory", name)._meta.concrete_fields
        if field.get_internal_type() in {"TextField", "CharField", "JSONField"}
        and field.name not in codes
    }

    assert texts - declared == set()
