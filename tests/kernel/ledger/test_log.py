import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.kernel.ledger import log

leaves = st.integers(1, 70).map(lambda size: [b"%d" % number for number in range(size)])


def mth(data: list[bytes]) -> bytes:
    """RFC 9162, 2.1.1, word for word."""
    if not data:
        return hashlib.sha256().digest()
    if len(data) == 1:
        return hashlib.sha256(b"\0" + data[0]).digest()
    k = split(len(data))
    return hashlib.sha256(b"\1" + mth(data[:k]) + mth(data[k:])).digest()


def path(m: int, data: list[bytes]) -> list[bytes]:
    """RFC 9162, 2.1.3.1."""
    if len(data) == 1:
        return []
    k = split(len(data))
    if m < k:
        return [*path(m, data[:k]), mth(data[k:])]
    return [*path(m - k, data[k:]), mth(data[:k])]


def subproof(m: int, data: list[bytes], whole: bool) -> list[bytes]:
    """RFC 9162, 2.1.4.1."""
    if m == len(data):
        return [] if whole else [mth(data)]
    k = split(len(data))
    if m <= k:
        return [*subproof(m, data[:k], whole), mth(data[k:])]
    return [*subproof(m - k, data[k:], False), mth(data[:k])]


def split(n: int) -> int:
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def stored(data: list[bytes]) -> dict[log.Place, bytes]:
    return log.grow(0, {}, [log.leaf_hash(item) for item in data])


def proof(spans: list[log.Span], nodes: dict[log.Place, bytes]) -> list[bytes]:
    return [log.span_hash(span, nodes) for span in spans]


@given(leaves)
def test_the_root_is_that_of_the_rfc(data: list[bytes]) -> None:
    assert log.root(len(data), stored(data)) == mth(data)


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert log.root(0, {}).hex().startswith("e3b0c44298fc1c14")


@given(leaves, st.data())
def test_a_tree_grown_in_steps_equals_one_grown_at_once(data: list[bytes], draw: Any) -> None:
    cut = draw.draw(st.integers(0, len(data)))
    hashes = [log.leaf_hash(item) for item in data]
    first = log.grow(0, {}, hashes[:cut])
    edge = {place: first[place] for place in log.cover(0, cut)}

    assert first | log.grow(cut, edge, hashes[cut:]) == stored(data)


@given(leaves, st.data())
def test_inclusion_proofs_are_those_of_the_rfc_and_prove_it(data: list[bytes], draw: Any) -> None:
    index = draw.draw(st.integers(0, len(data) - 1))
    found = proof(log.inclusion_spans(index, len(data)), stored(data))

    assert found == path(index, data)
    assert log.included(log.leaf_hash(data[index]), index, len(data), found, mth(data))


@given(leaves, st.data())
def test_an_inclusion_proof_proves_nothing_else(data: list[bytes], draw: Any) -> None:
    index = draw.draw(st.integers(0, len(data) - 1))
    other = draw.draw(st.integers(0, len(data)).filter(lambda number: number != index))
    found, leaf = path(index, data), log.leaf_hash(data[index])

    assert not log.included(leaf, other, len(data), found, mth(data))
    assert not log.included(log.leaf_hash(b"lie"), index, len(data), found, mth(data))
    assert not log.included(leaf, index, len(data), [*found, leaf], mth(data))
    for place in range(len(found)):
        altered = [*found[:place], log.leaf_hash(b"lie"), *found[place + 1 :]]
        assert not log.included(leaf, index, len(data), altered, mth(data))
        assert not log.included(leaf, index, len(data), found[:place], mth(data))


@given(leaves, st.data())
def test_consistency_proofs_are_those_of_the_rfc_and_prove_it(data: list[bytes], draw: Any) -> None:
    old, new = draw.draw(st.integers(1, len(data))), len(data)
    found = proof(log.consistency_spans(old, new), stored(data))

    assert found == subproof(old, data, True)
    assert log.consistent(old, new, mth(data[:old]), mth(data), found)


@given(leaves, st.data())
def test_a_consistency_proof_does_not_hide_a_rewrite(data: list[bytes], draw: Any) -> None:
    old = draw.draw(st.integers(1, len(data)))
    place = draw.draw(st.integers(0, old - 1))
    rewritten = [*data[:place], b"lie", *data[place + 1 :]]
    found = subproof(old, rewritten, True)

    assert not log.consistent(old, len(data), mth(data[:old]), mth(rewritten), found)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_leaf_outside_the_tree_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        log.inclusion_spans(index, size)
    assert not log.included(b"", index, size, [], b"")


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3)])
def test_a_tree_does_not_shrink_or_grow_from_nothing(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="cannot grow"):
        log.consistency_spans(old, new)
    assert not log.consistent(old, new, b"", b"", [])


class Colour(StrEnum):
    RED = "red"


def test_canonical_bytes_are_sorted_compact_utf8_without_what_is_absent() -> None:
    value = {
        "when": datetime(2026, 3, 21, 0, 0, tzinfo=timezone(timedelta(hours=3, minutes=30))),
        "day": date(2026, 3, 21),
        "colour": Colour.RED,
        "absent": None,
        "list": ("ب", 2, True),
        "inner": {"b": 1, "a": None},
    }

    assert log.canonical(value).decode() == (
        '{"colour":"red","day":"2026-03-21","inner":{"b":1},"list":["ب",2,true],'
        '"when":"2026-03-20T20:30:00.000000Z"}'
    )


@pytest.mark.parametrize("value", [1.0, float("nan"), b"x", {1, 2}, object(), {1: "x"}])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        log.canonical({"value": value})


@pytest.mark.parametrize("value", [2**53, -(2**53), "\ud800", datetime(2026, 1, 1)])  # noqa: DTZ001
def test_what_a_reader_of_json_could_not_hold_is_refused(value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  also UnicodeEncodeError
        log.canonical({"value": value})


texts = st.text(st.characters(codec=None), max_size=40).filter(
    lambda text: text == text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
)


@given(st.dictionaries(texts, texts | st.none() | st.lists(texts)))
def test_sealed_texts_come_back_exactly(private: dict[str, Any]) -> None:
    assert json.loads(log.sealable(private).decode("utf-8")) == private


def test_nul_and_lone_surrogates_are_sealed_as_escapes() -> None:
    assert log.sealable({"text": "a\0\udc80ي"}) == '{"text":"a\\u0000\\udc80ي"}'.encode()


def test_two_surrogates_in_a_row_mean_the_character_they_stand_for() -> None:
    assert json.loads(log.sealable({"text": "\ud83d\ude00"})) == {"text": "😀"}


def test_the_seal_is_the_hash_of_salt_and_json() -> None:
    assert log.seal(b"salt", b"{}") == hashlib.sha256(b"salt{}").digest()


def test_an_instant_is_utc_with_microseconds() -> None:
    assert log.instant(datetime(905, 1, 2, tzinfo=UTC)) == "0905-01-02T00:00:00.000000Z"
