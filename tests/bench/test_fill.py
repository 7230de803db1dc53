"""What the bench measures on is what Pasokh would have made itself."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.bench import fill, house
from tests.bench.statements import filed
from tests.bench.words import Marks
from tests.fixtures.cloned import Cloned

from pasokh.casework.complaints import queries
from pasokh.casework.complaints.models import Complaint, SearchText
from pasokh.directory.organisation import queries as organisation
from pasokh.directory.organisation.models import Staff
from pasokh.kernel import clock
from pasokh.kernel.actors import Actor
from pasokh.kernel.ledger import sequencer, verify
from pasokh.kernel.ledger.models import Entry

COUNT = 60
#: What one filing may take, whatever is there already; all it writes is one of them.
STATEMENTS = 5


@pytest.fixture
def filled(cloned_database: Cloned, tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path / "files"
    house.build(each=1)
    fill.fill(COUNT, each=1)


def _reviewer() -> Actor:
    return organisation.actor_for_staff(Staff.objects.get(number="mina").pk, clock.now())


def _sequenced() -> None:
    while sequencer.run_once(clock.now()):
        pass


def test_a_filled_database_verifies_and_its_cases_are_found_and_go_on(filled: None) -> None:
    assert Complaint.objects.count() == SearchText.objects.count() == COUNT
    assert set(Counter(Complaint.objects.values_list("state", flat=True))) == {
        pattern.state for pattern in house.patterns(1)
    }
    assert verify.whole_log() == []
    last = Complaint.objects.latest("pk")
    marks = Marks.of(COUNT, last.language)
    for words in (marks.serial, marks.name, marks.phone, last.ref):
        assert [line.ref for line in queries.search(_reviewer(), words).lines][:1] == [last.ref]

    assert filed(Client(SERVER_NAME="localhost")).status_code == 302

    _sequenced()
    assert Complaint.objects.latest("pk").ref == "P-000061-4"
    assert verify.whole_log() == []


def test_a_copy_says_in_the_ledger_what_its_case_says(filled: None) -> None:
    for case in Complaint.objects.select_related("complainant").order_by("-pk")[:20]:
        entries = Entry.objects.filter(subject=case.subject).order_by("number")
        first = entries[0]
        assert first.event == "complaint.received"
        assert first.happened_at == case.received_at
        assert first.private["narrative"] == case.narrative
        known = Entry.objects.get(subject=case.complainant.subject, number=1)
        assert known.private["name"] == case.complainant.name


def test_filing_takes_as_many_statements_however_many_complaints_there_are(filled: None) -> None:
    counts = []
    for _ in range(3):
        with CaptureQueriesContext(connection):
            assert filed(Client(SERVER_NAME="localhost")).status_code == 302
            said = [one["sql"] for one in connection.queries_log]
        counts.append(sum(not sql.startswith(("BEGIN", "COMMIT")) for sql in said))

    assert counts[1] == counts[2] <= STATEMENTS
