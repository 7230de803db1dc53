from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation
from django.utils.module_loading import import_string

import pasokh
from pasokh.kernel.errors import Refused
from pasokh.kernel.money import Money
from pasokh.ui import sentences

SAMPLES = MappingProxyType(
    {
        "who": "No, %(name)s.",
        "when": "Until %(at)s or %(on)s.",
        "much": "At most %(limit)s, %(count)s times.",
    }
)
TABLES = (SAMPLES,)


@pytest.fixture
def samples(settings: Any) -> Any:
    settings.REFUSALS = f"{__name__}.TABLES"
    sentences._tables.cache_clear()
    yield
    sentences._tables.cache_clear()


def test_every_table_of_refusals_is_in_the_one_lookup(settings: Any) -> None:
    source = Path(pasokh.__file__).parent
    modules = [
        "pasokh." + ".".join(path.relative_to(source).with_suffix("").parts)
        for path in sorted(source.rglob("refusals.py"))
    ]

    listed = [id(table) for table in import_string(settings.REFUSALS)]

    assert sorted(listed) == sorted(id(import_string(f"{name}.SENTENCES")) for name in modules)


def test_a_refusal_becomes_a_sentence_with_its_names_fenced_off(samples: None) -> None:
    assert sentences.sentence(Refused("who", name="مریم")) == "No, \u2068مریم\u2069."


def test_facts_are_written_as_the_reader_writes_them(samples: None) -> None:
    when = datetime(2026, 12, 5, 12, 0, tzinfo=UTC)
    with translation.override("fa"):
        until = sentences.sentence(Refused("when", at=when, on=date(2026, 12, 5)))
        much = sentences.sentence(Refused("much", limit=Money(1_250_000, "IRR"), count=3))

    assert until == (
        "Until \u2068شنبه ۱۴ آذر ۱۴۰۵، ساعت ۱۲:۰۰\u2069 or \u2068شنبه ۱۴ آذر ۱۴۰۵\u2069."
    )
    assert much == "At most \u2068۱٬۲۵۰٬۰۰۰ ریال\u2069, ۳ times."


def test_a_missing_fact_does_not_cost_the_reader_the_sentence(samples: None) -> None:
    assert sentences.sentence(Refused("who")) == "No, …."


def test_a_refusal_without_a_sentence_still_answers(
    samples: None, caplog: pytest.LogCaptureFixture
) -> None:
    with translation.override("en"):
        answer = sentences.sentence(Refused("no-such-code"))

    assert answer == "This cannot be done now. Nothing was changed."
    assert caplog.messages == ["no sentence for the refusal no-such-code"]


def test_a_refusal_inside_the_block_becomes_a_message(samples: None) -> None:
    request = RequestFactory().get("/")
    SessionMiddleware(lambda _: HttpResponse()).process_request(request)
    MessageMiddleware(lambda _: HttpResponse()).process_request(request)

    with sentences.refusals_as_messages(request):
        raise Refused("who", name="Reza")

    assert [(each.level_tag, each.message) for each in get_messages(request)] == [
        ("error", "No, \u2068Reza\u2069.")
    ]


def test_other_errors_pass_through(samples: None) -> None:
    with (
        pytest.raises(ZeroDivisionError),
        sentences.refusals_as_messages(RequestFactory().get("/")),
    ):
        raise ZeroDivisionError
