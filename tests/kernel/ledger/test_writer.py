import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.kernel.ledger.conftest import NOON, Happened, Tell

from pasokh.kernel.actors import Actor, Kind, clock
from pasokh.kernel.ledger import log, sequencer, verify, writer
from pasokh.kernel.ledger.models import Entry, Pending, Sealed

pytestmark = pytest.mark.django_db


def test_an_entry_is_written_as_the_documents_say() -> None:
    entry = writer.record(
        Happened(count=3),
        subject="complaint:P-1",
        by=Actor(Kind.STAFF, "12"),
        at=NOON,
        happened_at=NOON - timedelta(days=1),
        private={"text": "سلام"},
    )
    sealed = Sealed.objects.get(entry=entry)

    assert json.loads(entry.canonical) == {
        "actor": "staff:12",
        "event": "test.happened",
        "facts": {"count": 3},
        "happened_at": "2026-03-19T12:00:00.000000Z",
        "id": entry.pk,
        "number": 1,
        "recorded_at": "2026-03-20T12:00:00.000000Z",
        "seal": hashlib.sha256(sealed.salt + '{"text":"سلام"}'.encode()).hexdigest(),
        "subject": "complaint:P-1",
        "version": 1,
    }
    assert entry.canonical == log.canonical(json.loads(entry.canonical))
    assert entry.hash == hashlib.sha256(b"\0" + entry.canonical).digest()
    assert len(sealed.salt) == 32


def test_what_is_returned_is_what_is_stored(tell: Tell) -> None:
    told = tell(private={"text": "x"}, who="someone")
    stored = Entry.objects.get(pk=told.pk)

    for field in Entry._meta.concrete_fields:
        value = getattr(stored, field.attname)
        value = bytes(value) if isinstance(value, memoryview) else value
        assert getattr(told, field.attname) == value
    assert stored.private == {"text": "x"}
    assert stored.sentence == "Happened 1 times, says someone"


def test_a_sentence_does_without_a_fact_that_is_absent(tell: Tell) -> None:
    assert tell().sentence == "Happened 1 times, says –"


def test_each_subject_is_a_chain_of_its_own(tell: Tell) -> None:
    told = [tell(subject) for subject in ("unit:3", "organisation", "unit:3", "unit:3")]
    links = [(entry.number, json.loads(entry.canonical).get("previous")) for entry in told]

    assert links == [
        (1, None),
        (1, None),
        (2, told[0].hash.hex()),
        (3, told[2].hash.hex()),
    ]


def test_every_entry_waits_for_its_place(tell: Tell) -> None:
    told = [tell(), tell("unit:3")]

    assert sorted(Pending.objects.values_list("entry_id", flat=True)) == [e.pk for e in told]


def test_nothing_is_sealed_when_there_is_nothing_to_seal(tell: Tell) -> None:
    assert [tell().seal, tell(private={}).seal] == [None, None]
    assert Sealed.objects.count() == 0


def test_recording_takes_two_statements_whatever_the_length(tell: Tell) -> None:
    for private in (None, {"text": "x" * 100_000}):
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            writer.record(
                Happened(count=1),
                subject="unit:1",
                by=Actor(Kind.CLOCK, "x"),
                at=NOON,
                private=private,
            )
        assert len(queries) == 2


@pytest.mark.parametrize(
    "subject", ["", "Unit:3", "unit:", "unit:3\0", "unit:۳", "a b", "unit:a/b"]
)
def test_what_is_not_a_subject_is_refused(tell: Tell, subject: str) -> None:
    with pytest.raises(ValueError, match="not a subject"):
        tell(subject)


@pytest.mark.parametrize("private", [{"x": 1.5}, {"x": b"bytes"}])
def test_what_json_would_not_hold_exactly_is_not_sealed(tell: Tell, private: Any) -> None:
    with pytest.raises(TypeError):
        tell(private=private)
    assert Entry.objects.count() == 0


def test_any_text_a_person_can_type_is_sealed_exactly(tell: Tell) -> None:
    private = {"text": "ي ك ة\r\n\0\ud800 \u200c é é \U0001f600", "list": ["", None, 3]}

    assert Entry.objects.get(pk=tell(private=private).pk).private == private


def test_an_entry_knows_no_other_pen(tell: Tell) -> None:
    entry = tell()
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()
    with pytest.raises(TypeError):
        Entry.objects.filter(pk=entry.pk).update(number=2)
    with pytest.raises(TypeError):
        Entry.objects.all().delete()
    with pytest.raises(TypeError):
        Entry.objects.create()
    with pytest.raises(TypeError):
        Sealed.objects.bulk_create([])


def test_subjects_get_different_locks() -> None:
    keys = {writer.lock_key(f"complaint:P-{number}") for number in range(1000)}

    assert len(keys) == 1000
    assert all(-(2**63) <= key < 2**63 for key in keys)


def test_what_is_recorded_together_takes_two_statements_and_chains_as_ever(tell: Tell) -> None:
    before = tell("unit:3")
    with (
        transaction.atomic(),
        CaptureQueriesContext(connection) as queries,
        writer.together(),
        writer.together(),  # a verb within a verb
    ):
        subjects = ("unit:4", "unit:3", "unit:4", "organisation")
        told = [tell(subject, private={"text": subject}) for subject in subjects]
        assert Entry.objects.filter(subject="unit:4").count() == 0

    statements = [one for one in queries if "SAVEPOINT" not in one["sql"]]
    assert len(statements) == 3  # the count above is one of them
    assert [entry.number for entry in told] == [1, 2, 2, 1]
    links = [json.loads(entry.canonical).get("previous") for entry in told]
    assert links == [None, before.hash.hex(), told[0].hash.hex(), None]
    assert [entry.pk for entry in told] == sorted(entry.pk for entry in told)
    for entry, subject in zip(told, subjects, strict=True):
        assert Entry.objects.get(pk=entry.pk).private == {"text": subject}
    assert Pending.objects.count() == 5


def test_nothing_is_recorded_together_when_the_verb_is_refused(tell: Tell) -> None:
    with pytest.raises(TypeError), transaction.atomic(), writer.together():
        [tell("unit:3", private=private) for private in ({"x": "text"}, {"x": b"bytes"})]

    assert Entry.objects.count() == 0
    assert tell("unit:3").number == 1


def test_a_subject_that_begins_is_not_looked_for_and_goes_on_as_any_other() -> None:
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        first = writer.record(
            Happened(count=1), subject="complaint:P-9", by=clock("test"), at=NOON, begins=True
        )
        assert "ledger_chains" not in "".join(query["sql"] for query in queries)
        second = writer.record(
            Happened(count=2), subject="complaint:P-9", by=clock("test"), at=NOON
        )

    assert [first.number, second.number] == [1, 2]
    assert json.loads(second.canonical)["previous"] == first.hash.hex()
    sequencer.run_once(NOON)
    assert verify.whole_log() == []


def test_a_subject_cannot_begin_twice() -> None:
    def begin() -> None:
        with transaction.atomic():
            writer.record(
                Happened(count=1), subject="complaint:P-9", by=clock("test"), at=NOON, begins=True
            )

    begin()
    with pytest.raises(IntegrityError):
        begin()
    assert Entry.objects.filter(subject="complaint:P-9").count() == 1
