from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from pasokh.kernel import events


@pytest.fixture(autouse=True)
def no_events(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_known", {})


def declare(version: int = 1, fields: dict[str, type] | None = None) -> Any:
    made = type("Filed", (), {"__annotations__": fields or {"stage": int}})
    return events.event("test.filed", _("Persian"), version=version)(made)


def test_an_event_is_a_frozen_fact_with_name_version_and_sentence() -> None:
    filed = declare()(stage=2)

    assert (filed.name, filed.version, filed.stage) == ("test.filed", 1, 2)
    with pytest.raises(FrozenInstanceError):
        filed.stage = 3
    with pytest.raises(TypeError):
        declare(version=2)(2)


def test_every_version_stays_known() -> None:
    made = [declare(), declare(version=2)]

    assert events.known() == {("test.filed", 1): made[0], ("test.filed", 2): made[1]}


def test_a_version_is_declared_once() -> None:
    declare()
    with pytest.raises(TypeError, match="declared twice"):
        declare()


@pytest.mark.parametrize("field", ["name", "version", "sentence"])
def test_a_field_may_not_hide_what_every_event_has(field: str) -> None:
    with pytest.raises(TypeError, match=field):
        declare(fields={field: str})


def test_the_facts_are_the_fields() -> None:
    filed = declare(fields={"stage": int, "how": str})

    assert events.facts(filed(stage=2, how="x")) == {"stage": 2, "how": "x"}


def test_a_sentence_is_said_in_the_readers_language() -> None:
    declare()
    with override("en"):
        english = events.sentence("test.filed", 1, {"stage": 1})
    with override("fa"):
        persian = events.sentence("test.filed", 1, {"stage": 1})

    assert (english, persian) == ("Persian", "فارسی")


def test_a_sentence_does_without_what_an_entry_does_not_say() -> None:
    events.event("test.said", "Stage %(stage)s, %(how)s")(type("Said", (), {}))

    assert events.sentence("test.said", 1, {"stage": 2}) == "Stage 2, –"


def test_an_event_nobody_declares_any_more_says_its_name() -> None:
    assert events.sentence("old.event", 7, {}) == "old.event"
