"""What a page elsewhere may fill in: signed for one entrance, for a day at most, few answers."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from pasokh.casework.intake.entrances import given
from pasokh.casework.intake.entrances.given import NotGivenError

AT = datetime(2026, 5, 4, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
KEY, CODE = given.new_key(), "abcdefgh23"
ANSWERS = {"order_number": "A-17", "name": "مریم"}


def refused(text: str, at: datetime = AT, code: str = CODE, key: str = KEY) -> bool:
    with pytest.raises(NotGivenError) as why:
        given.read(code, key, text, at=at)
    return why.value.old


@drawn(st.dictionaries(st.sampled_from(sorted(given.FIELDS)), st.text(max_size=60)))
def test_what_was_signed_is_read(answers: dict[str, str]) -> None:
    signed = given.sign(CODE, KEY, answers, until=AT + HOUR)

    assert given.read(CODE, KEY, signed, at=AT) == answers


def test_the_documented_recipe_is_the_one() -> None:
    payload = base64.urlsafe_b64encode(
        json.dumps({"order_number": "A-17", "exp": int((AT + HOUR).timestamp())}).encode()
    ).rstrip(b"=")
    mac = hmac.new(KEY.encode(), b"pasokh-form." + CODE.encode() + b"." + payload, hashlib.sha256)
    signed = payload + b"." + base64.urlsafe_b64encode(mac.digest()).rstrip(b"=")

    assert given.read(CODE, KEY, signed.decode(), at=AT) == {"order_number": "A-17"}


def test_it_is_good_for_its_time_its_entrance_and_its_key() -> None:
    signed = given.sign(CODE, KEY, ANSWERS, until=AT + HOUR)

    assert refused(signed, AT + HOUR)
    assert not refused(signed, code="another")
    assert not refused(signed, key=given.new_key())
    assert not refused(given.sign(CODE, KEY, ANSWERS, until=AT + 25 * HOUR))


@pytest.mark.parametrize(
    "answers",
    [
        {"narrative": "They are thieves"},
        {"order_number": 17},
        {"order_number": "x" * 301},
        {"exp": True},
        {"exp": "tomorrow"},
    ],
)
def test_no_more_than_a_few_short_answers_are_taken(answers: dict[str, Any]) -> None:
    said = {"exp": int((AT + HOUR).timestamp()), **answers}
    payload = given._base64(json.dumps(said).encode())

    assert not refused(f"{payload}.{given._base64(given._mac(CODE, KEY, payload))}")


@drawn(st.one_of(st.text(max_size=80), st.binary(max_size=60).map(lambda b: b.hex() + "." + "AA")))
def test_any_other_text_is_refused(text: str) -> None:
    assert not refused(text)


@pytest.mark.parametrize("body", [b"[]", b"{", b"17", b"\xff", b"[" * 4000, b'{"exp":1e999}'])
def test_what_is_signed_and_still_no_answers_is_refused(body: bytes) -> None:
    payload = given._base64(body)

    assert not refused(f"{payload}.{given._base64(given._mac(CODE, KEY, payload))}")
