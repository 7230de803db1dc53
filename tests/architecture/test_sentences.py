"""Refusals, events and jobs: each code, fact and name has its other half."""

import ast
import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from django.utils.translation import override

from pasokh.kernel import events

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")


def modules(trees: Mapping[str, ast.Module], *names: str) -> Iterator[Any]:
    """Import every module of the product that has one of these file names."""
    for path in trees:
        if path.rsplit("/", 1)[-1] in names:
            yield importlib.import_module(path.removesuffix(".py").replace("/", "."))


def raised(tree: ast.Module) -> dict[str, set[str] | None]:
    """Codes of `Refused("code", …)` with the facts given; None where facts cannot be known."""
    found: dict[str, set[str] | None] = {}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Refused"):
            continue
        for code in _constants(node.args[0]) if node.args else []:
            names = {keyword.arg for keyword in node.keywords}
            known = None if None in names else {name for name in names if name}
            before = found.get(code, known)
            found[code] = None if known is None or before is None else before & known
    return found


def returned(tree: ast.Module) -> set[str]:
    """Codes that the functions of a `rules.py` return."""
    return {
        code
        for node in ast.walk(tree)
        if isinstance(node, ast.Return) and node.value
        for code in _constants(node.value)
        if CODE.fullmatch(code)
    }


def _constants(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return _constants(node.body) + _constants(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def test_the_linter_reads_codes_and_the_facts_that_are_always_given() -> None:
    tree = ast.parse(
        'raise Refused("too-late", by=1, at=2)\nraise errors.Refused("too-late", by=1)\n'
        'raise Refused("so" if a else "so-not", **facts)\nraise Refused(reason, a=1)\n'
    )

    assert raised(tree) == {"too-late": {"by"}, "so": None, "so-not": None}


def test_the_linter_reads_the_codes_that_rules_return() -> None:
    tree = ast.parse('def r():\n    if a: return "not-yours"\n    return None if b else "too-late"')

    assert returned(tree) == {"not-yours", "too-late"}


@pytest.fixture(scope="module")
def sentences(trees: Mapping[str, ast.Module]) -> dict[str, str]:
    together: dict[str, str] = {}
    for module in modules(trees, "refusals.py"):
        with override("en"):
            said = {code: str(sentence) for code, sentence in module.SENTENCES.items()}
        other = {code for code in set(said) & set(together) if said[code] != together[code]}
        assert not other, f"{module.__name__} says otherwise than another context: {other}"
        together |= said
    return together


@pytest.fixture(scope="module")
def codes(trees: Mapping[str, ast.Module]) -> dict[str, set[str] | None]:
    together: dict[str, set[str] | None] = {}
    for path, tree in trees.items():
        for code, facts in raised(tree).items():
            before = together.get(code, facts)
            together[code] = None if facts is None or before is None else before & facts
        if path.endswith("/rules.py"):
            together |= {code: None for code in returned(tree) if code not in together}
    return together


def test_every_refusal_has_a_sentence(
    codes: Mapping[str, object], sentences: Mapping[str, object]
) -> None:
    assert sorted(set(codes) - set(sentences)) == []


def test_a_sentence_names_only_facts_that_are_given(
    codes: Mapping[str, set[str] | None], sentences: Mapping[str, str]
) -> None:
    wrong = {
        code: sorted(missing)
        for code, facts in codes.items()
        if facts is not None
        and (missing := set(PLACEHOLDER.findall(sentences.get(code, ""))) - facts)
    }

    assert wrong == {}


@pytest.fixture(scope="module")
def known(trees: Mapping[str, ast.Module]) -> dict[tuple[str, int], type]:
    list(modules(trees, "events.py"))
    return {
        key: declared
        for key, declared in events.known().items()
        if declared.__module__.startswith("pasokh.")
    }


def permitted(hint: Any) -> bool:
    """Whether a fact of this type is an id, a code, a number or an instant, or several."""
    origin, inner = get_origin(hint), [each for each in get_args(hint) if each is not ...]
    if origin in (Union, UnionType, tuple, list):
        return all(permitted(each) for each in inner if each is not NoneType)
    if origin in (dict, Mapping):
        return inner[0] is str and all(permitted(each) for each in inner)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return issubclass(hint, str | int)
    return hint in (str, int, bool, datetime, date, object)


def test_the_linter_permits_plain_facts_alone() -> None:
    good = [str, int | None, tuple[str, ...], Mapping[str, int], tuple[tuple[int, str], ...]]

    assert [permitted(hint) for hint in good] == [True] * len(good)
    assert [permitted(hint) for hint in [float, bytes, set[str], Any, dict[int, str]]] == [
        False
    ] * 5


def test_every_event_is_made_of_facts(known: Mapping[tuple[str, int], type]) -> None:
    wrong = [
        f"{name}: {field}"
        for (name, _), declared in known.items()
        for field, hint in get_type_hints(declared).items()
        if field in {each.name for each in fields(declared)} and not permitted(hint)
    ]

    assert wrong == []


def test_the_sentence_of_an_event_names_its_own_fields(
    known: Mapping[tuple[str, int], Any],
) -> None:
    with override("en"):
        wrong = [
            name
            for (name, _), declared in known.items()
            if not set(PLACEHOLDER.findall(str(declared.sentence)))
            <= {field.name for field in fields(declared)}
        ]

    assert wrong == []


def test_an_event_is_named_after_its_subject(known: Mapping[tuple[str, int], type]) -> None:
    wrong = [name for name, _ in known if not re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", name)]

    assert wrong == []
