"""Real sheets of complaints, imported whole: each row once, as what it was."""

import gzip
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.deadlines.models import Clock
from pasokh.casework.intake.imports import actions, queries
from pasokh.casework.intake.imports.models import Import
from pasokh.casework.intake.imports.states import Mode
from pasokh.channels.sheets import importing
from pasokh.kernel import clock

pytestmark = pytest.mark.django_db

#: Rows of the large file that are filed here; all of them take two minutes.
SOME = 1_500


@pytest.fixture
def room(portal: SimpleNamespace, channels: None) -> SimpleNamespace:
    return portal


def imported(path: Path, room: SimpleNamespace, mode: Mode = Mode.HISTORY) -> Import:
    at = clock.now()
    sheet = importing.uploaded(path.name, path, language="en", by=room.parvin, at=at)
    importing.look(sheet.pk)
    actions.start(sheet.pk, mode=mode, letters=False, by=room.parvin, at=clock.now())
    importing.run(sheet.pk)
    return queries.import_for(room.parvin, sheet.pk)


@pytest.mark.clause("10002:8.2")
def test_the_file_with_every_column_is_filed_whole_but_for_its_broken_line(
    corpus: Path, room: SimpleNamespace
) -> None:
    path = corpus / "complaints" / "cfpb-full-columns-2068.csv"
    sheet = imported(path, room)
    (cut,) = queries.refused_rows(sheet)
    first = Complaint.objects.get(source_id__endswith=":7523056")

    assert (sheet.rows, sheet.filed, sheet.seen, sheet.refused) == (2068, 2067, 0, 1)
    assert (cut.number, cut.code, cut.facts) == (2069, "row-cut-off", {"cells": 2, "columns": 18})
    assert (first.state, first.closing, first.channel) == (State.CLOSED, "elsewhere", "web")
    assert first.received_at.astimezone(UTC) == datetime(2023, 8, 24, 20, 30, tzinfo=UTC)
    assert first.narrative == (
        "Incorrect information on your report: Information belongs to someone else"
    )
    assert Complaint.objects.filter(state=State.RECEIVED).count() == 616
    assert Letter.objects.count() == 0
    assert not Clock.objects.filter(complaint__state=State.CLOSED).exists()

    again = imported(path, room)
    assert (again.filed, again.seen, again.refused) == (0, 2067, 1)
    assert Complaint.objects.count() == 2067


def test_the_older_layout_is_read_month_first_and_packed(
    corpus: Path, room: SimpleNamespace, tmp_path: Path
) -> None:
    whole = gzip.decompress((corpus / "complaints" / "cfpb-structured-28k.csv.gz").read_bytes())
    part = tmp_path / "part.csv.gz"
    part.write_bytes(gzip.compress(b"\n".join(whole.split(b"\n")[: SOME + 1])))
    sheet = imported(part, room)

    assert (sheet.rows, sheet.filed, sheet.refused) == (SOME, SOME, 0)
    assert sheet.form == {
        "kind": "csv",
        "packed": True,
        "encoding": "utf-8",
        "delimiter": ",",
        "order": "mdy",
    }
    assert Complaint.objects.filter(source_id__endswith=":1291006").count() == 1
