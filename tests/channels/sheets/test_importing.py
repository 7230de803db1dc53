"""A sheet becomes files: shown before, filed once, and what is refused comes back with reasons."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from tests.channels.sheets.conftest import HEADINGS, LINES

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints.lifecycle import State as Lies
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.terms import Reopening
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.deadlines.models import Clock
from pasokh.casework.intake.imports import actions, queries
from pasokh.casework.intake.imports.columns import Means, Reading
from pasokh.casework.intake.imports.models import Import, ImportRow
from pasokh.casework.intake.imports.states import Fate, Mode, State
from pasokh.casework.intake.models import AccessCode
from pasokh.channels.sheets import importing
from pasokh.directory.organisation.models import RoleAssignment
from pasokh.kernel import clock, files
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.models import Entry

pytestmark = pytest.mark.django_db

Hand = Callable[..., Import]


def reasons(sheet: Import) -> dict[int, str]:
    return {row.number: row.code for row in queries.refused_rows(sheet)}


def events(sheet: Import) -> list[str]:
    found = Entry.objects.filter(subject=sheet.subject).order_by("number")
    return list(found.values_list("event", flat=True))


@pytest.mark.clause("10002:7.2")
def test_a_sheet_is_shown_before_anything_is_filed(hand_in: Hand) -> None:
    sheet = hand_in()
    first = sheet.found["shown"][0]

    assert (sheet.state, sheet.rows, sheet.refused) == (State.READY, 6, 3)
    assert reasons(sheet) == {4: "row-date-unread", 5: "row-says-nothing", 7: "row-cut-off"}
    assert (first["number"], first["who"], first["outcome"]) == (2, "رضا امینی", "upheld")
    assert first["received"].startswith("2025-12-22")
    assert not Complaint.objects.exists()
    assert Reading.read(sheet.reading).means[:3] == (Means.ID, Means.RECEIVED, Means.NARRATIVE)

    with files.open(sheet.refused_digest) as file:
        lines = file.read().decode("utf-8-sig").splitlines()
    assert lines[0] == f"{HEADINGS},Reason"
    assert lines[3] == (
        "A6,1404/10/6,بریده,,,,,,,,The row ends after 3 of 10 columns: it seems cut off."
    )


@pytest.mark.clause("10002:8.2")
def test_what_ended_elsewhere_is_history_and_what_goes_on_is_received(
    hand_in: Hand, file_all: Callable[..., Import], shop: SimpleNamespace
) -> None:
    sheet = file_all(hand_in())
    done, open_ = Complaint.objects.order_by("received_at")
    fates = dict(ImportRow.objects.values_list("number", "fate"))
    first = Entry.objects.get(subject=done.subject, event="complaint.history_recorded")

    assert (sheet.state, sheet.filed, sheet.seen, sheet.refused) == (State.DONE, 2, 1, 3)
    assert {number for number, fate in fates.items() if fate == Fate.SEEN} == {6}
    assert (done.state, done.closing, done.outcome) == (Lies.CLOSED, "elsewhere", "upheld")
    assert done.closed_at.date().isoformat() == "2025-12-29"
    assert (open_.state, open_.anonymous) == (Lies.RECEIVED, True)
    assert done.complainant.name == "رضا امینی"
    assert (first.facts["outcome"], first.private["remarks"]) == ("upheld", "استان: تهران")
    assert not Letter.objects.exists()
    assert not AccessCode.objects.exists()
    assert not Clock.objects.filter(complaint=done).exists()
    assert events(sheet) == ["import.started", "import.ended"]

    at = clock.now()
    again = complaints.reopen(done.ref, why=Reopening.NEW_FACT, reason="تازه", by=shop.omid, at=at)
    assert again.state == Lies.RECEIVED
    assert Clock.objects.filter(complaint=done).exists()


def test_to_be_handled_every_row_is_received_on_its_own_date_and_told_only_if_asked(
    hand_in: Hand, file_all: Callable[..., Import]
) -> None:
    file_all(hand_in(), Mode.RECEIVE, letters=True)
    first = Complaint.objects.order_by("received_at")[0]
    entry = Entry.objects.get(subject=first.subject, event="complaint.received")

    assert set(Complaint.objects.values_list("state", flat=True)) == {Lies.RECEIVED}
    assert entry.private["remarks"] == "استان: تهران\nنتیجه: وارد\nتاریخ پاسخ: 1404/10/9"
    assert Letter.objects.count() == 1  # the other one tells an ending
    assert Clock.objects.filter(complaint=first).exists()


def test_the_same_rows_are_known_in_any_file_of_their_layout(
    hand_in: Hand, file_all: Callable[..., Import]
) -> None:
    file_all(hand_in())
    more = "A7,1404/10/7,تازه,خرابی,,,,,,"
    other = hand_in("\n".join((HEADINGS, LINES[1], more)), "دیگر.csv")

    assert other.found["seen"] == 1
    other = file_all(other)
    assert (other.filed, other.seen) == (1, 1)
    assert Complaint.objects.count() == 3


def test_a_stopped_worker_goes_on_where_it_was_and_files_nothing_twice(
    hand_in: Hand,
    file_all: Callable[..., Import],
    shop: SimpleNamespace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = [f"B{n},1404/10/1,متن {n},,,,,,," for n in range(10)]
    sheet = hand_in("\n".join((HEADINGS, *lines)))
    monkeypatch.setattr(importing, "BATCH", 3)
    monkeypatch.setattr(importing._batches, "__defaults__", (3,))
    taken, real = [], actions.take_rows

    def killed(*args: Any, **told: Any) -> bool:
        if len(taken) == 2:
            raise KeyboardInterrupt
        taken.append(args)
        return real(*args, **told)

    monkeypatch.setattr(actions, "take_rows", killed)
    with pytest.raises(KeyboardInterrupt):
        file_all(sheet)
    monkeypatch.setattr(actions, "take_rows", real)
    half = queries.import_for(shop.parvin, sheet.pk)
    assert (half.state, half.place, half.filed) == (State.RUNNING, 7, 6)

    at = clock.now()
    with pytest.raises(Refused, match="import-at-work"):
        actions.resume(sheet.pk, by=shop.parvin, at=at)
    actions.stop(sheet.pk, by=shop.parvin, at=at)
    assert file_all(half).filed == 6
    actions.resume(sheet.pk, by=shop.parvin, at=at)
    assert not actions.take_rows(sheet.pk, [], after=4, by=shop.parvin, at=at)
    whole = file_all(half)

    assert (whole.state, whole.filed, whole.refused) == (State.DONE, 10, 0)
    assert Complaint.objects.count() == 10
    assert events(whole) == ["import.started", "import.stopped", "import.resumed", "import.ended"]


def test_a_row_that_the_verbs_refuse_takes_no_other_with_it(
    hand_in: Hand, file_all: Callable[..., Import], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"C{n},1404/10/1,متن {n},,نام {n},0912000{n:04},,,," for n in range(4)]
    sheet = hand_in("\n".join((HEADINGS, *lines)))
    real = importing.take

    def hostile(row: Any, same: Any) -> Any:
        one = real(row, same)
        if row.number == 3:
            object.__setattr__(one.incoming, "language", "xxx")  # no such column value
        return one

    monkeypatch.setattr(importing, "take", hostile)
    sheet = file_all(sheet)

    assert (sheet.state, sheet.filed, sheet.refused) == (State.DONE, 3, 1)
    assert reasons(sheet) == {3: "row-not-storable"}


def test_an_importer_who_lost_the_right_files_no_further_row(
    hand_in: Hand, file_all: Callable[..., Import], shop: SimpleNamespace
) -> None:
    sheet = hand_in()
    actions.start(sheet.pk, mode=Mode.HISTORY, letters=False, by=shop.parvin, at=clock.now())
    RoleAssignment.objects.filter(staff=shop.staff["parvin"]).update(
        valid_until=clock.now() - timedelta(minutes=1)
    )
    importing.run(sheet.pk)
    sheet = Import.objects.get(pk=sheet.pk)

    assert (sheet.state, sheet.failure["code"]) == (State.STOPPED, "importer-gone")
    assert not Complaint.objects.exists()


def test_an_order_of_dates_that_nobody_can_tell_is_asked_for(
    hand_in: Hand, shop: SimpleNamespace
) -> None:
    sheet = hand_in("date,text\n03/04/2015,cold\n")
    with pytest.raises(Refused, match="order-not-known"):
        actions.start(sheet.pk, mode=Mode.RECEIVE, letters=False, by=shop.parvin, at=clock.now())

    told = {**sheet.reading, "order": "mdy"}
    actions.read_as(sheet.pk, Reading.read(told), by=shop.parvin, at=clock.now())
    importing.look(sheet.pk)
    sheet = queries.import_for(shop.parvin, sheet.pk)
    assert sheet.found["shown"][0]["received"].startswith("2015-03-04")

    other = hand_in("date,text\n05/06/2015,warm\n")
    assert other.found["shown"][0]["received"].startswith("2015-05-06")


def test_what_cannot_be_read_says_why_and_is_forgotten_with_its_bytes(
    hand_in: Hand, shop: SimpleNamespace, django_capture_on_commit_callbacks: Any
) -> None:
    sheet = hand_in("%PDF-1.7\0\0\0\0")
    assert (sheet.state, sheet.failure["code"]) == (State.FAILED, "sheet-not-known")

    with django_capture_on_commit_callbacks(execute=True):
        actions.forget(sheet.pk, by=shop.parvin, at=clock.now())
    assert not files.verify(sheet.digest)
    with pytest.raises(Refused, match="no-such-import"):
        queries.import_for(shop.parvin, sheet.pk)


def test_nobody_reads_or_moves_the_import_of_another(hand_in: Hand, shop: SimpleNamespace) -> None:
    sheet = hand_in()

    with pytest.raises(Refused, match="no-such-import"):
        queries.import_for(shop.sara, sheet.pk)
    with pytest.raises(Refused, match="no-such-import"):
        actions.start(sheet.pk, mode=Mode.RECEIVE, letters=False, by=shop.sara, at=clock.now())
    with pytest.raises(Refused, match="not-authorised"):
        importing.uploaded("x.csv", __file__, language="en", by=shop.reza, at=clock.now())


@pytest.mark.parametrize(
    ("sample", "language"),
    [
        ("TA-001 ۱۴۰۵/۰۲/۳۰ یخچال سرد نمی‌کند HM-40217730", "fa"),
        ("KH-7 2026-05-01 The oven of خانم کریمی does not heat", "en"),
        ("", "en"),
    ],
)
def test_the_language_is_that_of_most_words(sample: str, language: str) -> None:
    assert importing.spoken(sample) == language
