from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.kernel.ledger.conftest import Tell

from pasokh.kernel.ledger import erase, reading
from pasokh.kernel.ledger.models import Entry

pytestmark = pytest.mark.django_db
WORDS = {"text": 'سلام "\\" \u2028 \x7f 😀', "parts": [1, None, {"a": "b"}]}


def asked(*args: Any, **known: Any) -> list[Entry]:
    with CaptureQueriesContext(connection) as queries:
        found = reading.entries(*args, **known)
        for entry in found:
            entry.private  # noqa: B018  it is there already
    assert len(queries) == 1
    return found


def test_the_entries_of_a_subject_come_in_order_with_what_is_sealed(tell: Tell) -> None:
    tell("complaint:P-1", 1)
    tell("complaint:P-2", 9)
    tell("complaint:P-1", 2, private=WORDS)

    found = asked("complaint:P-1")

    assert found == list(Entry.objects.filter(subject="complaint:P-1").order_by("number"))
    assert [entry.facts["count"] for entry in found] == [1, 2]
    assert [entry.private for entry in found] == [None, WORDS]
    assert asked("complaint:P-3") == []


def test_only_the_events_that_were_asked_for_come(tell: Tell) -> None:
    tell("complaint:P-1", 1)

    assert len(asked("complaint:P-1", of=("test.happened", "test.other"))) == 1
    assert asked("complaint:P-1", of=("test.other",)) == []


def test_the_last_of_an_event_is_the_newest(tell: Tell) -> None:
    for count in (1, 2):
        tell("complaint:P-1", count, private={"text": str(count)})

    last = reading.last("complaint:P-1", "test.happened")

    assert last is not None
    assert (last.number, last.private) == (2, {"text": "2"})
    assert reading.last("complaint:P-1", "test.other") is None


def test_what_was_erased_is_gone_and_its_seal_stays(tell: Tell) -> None:
    entry = tell("complaint:P-1", 1, private=WORDS)
    erase.erase([entry.pk])

    (found,) = asked("complaint:P-1")
    assert found.private is None
    assert found.seal
