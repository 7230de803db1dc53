"""Drafts: nothing typed is lost, nothing is readable, nothing stays."""

from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.test import TestCase
from tests.casework.conftest import START

from pasokh.casework.complaints.matter import Matter
from pasokh.casework.complaints.models import Attachment, Complaint
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake.drafts import actions, queries
from pasokh.casework.intake.drafts.models import Draft, Knocks, StagedFile
from pasokh.casework.intake.incoming import Incoming, Who
from pasokh.directory.people.ways import Way
from pasokh.kernel import files
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused

NEW = Actor(Kind.COMPLAINANT, "new")
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
HOME = "203.0.113.7"


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path / "files"


def begin(**answers: str) -> str:
    return actions.begin(answers or {"narrative": "یخچال"}, address=HOME, at=START)


def opened(token: str, at: datetime = START) -> queries.Opened:
    found = queries.opened(token, at)
    assert found
    return found


def add(token: str, name: str = "bill.txt", content: bytes = b"bill") -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        actions.add_file(token, name, [content], at=START)


def incoming(narrative: str = "یخچال") -> Incoming:
    return Incoming(
        channel="web",
        language="fa",
        matter=Matter(narrative),
        received_at=START,
        who=Who("مریم", "fa", reached=((Way.EMAIL, "maryam@example.org"),)),
    )


def file(token: str, at: datetime = START) -> Any:
    with TestCase.captureOnCommitCallbacks(execute=True):
        return actions.file(token, incoming(), by=NEW, at=at)


def stored() -> list[Path]:
    root = Path(settings.FILES)
    return [path for path in root.rglob("*") if path.is_file()] if root.exists() else []


@pytest.mark.django_db
def test_a_draft_gives_back_exactly_what_was_written() -> None:
    token = begin(narrative="  a\n\tb ‌ ")
    actions.keep(token, {"narrative": "  c\n"}, at=START)

    assert opened(token).answers == {"narrative": "  c\n"}


@pytest.mark.django_db
def test_nothing_of_a_draft_can_be_read_in_the_database_or_on_the_disk() -> None:
    token = begin(narrative="secret words")
    add(token, "secret name.txt", b"secret content")
    draft = Draft.objects.get()
    row = b"".join(map(bytes, (draft.sealed, draft.token_hash, draft.address)))

    assert b"secret" not in row
    assert token.encode() not in row
    assert HOME.encode() not in row
    assert [b"secret" in path.read_bytes() for path in stored()] == [False]


@pytest.mark.django_db
def test_a_draft_ends_after_a_day_and_its_files_with_it() -> None:
    token = begin()
    add(token)
    end = START + actions.KEPT

    assert queries.opened(token, end - SECOND)
    assert queries.opened(token, end) is None
    with TestCase.captureOnCommitCallbacks(execute=True):
        actions.purge_drafts(end - SECOND)
    assert len(stored()) == 1
    with TestCase.captureOnCommitCallbacks(execute=True):
        actions.purge_drafts(end)
    assert (Draft.objects.count(), StagedFile.objects.count(), stored()) == (0, 0, [])


@pytest.mark.django_db
def test_whoever_asks_for_it_is_forgotten_at_once() -> None:
    token = begin()
    add(token)
    with TestCase.captureOnCommitCallbacks(execute=True):
        actions.forget(token)

    assert (queries.opened(token, START), stored()) == (None, [])


@pytest.mark.django_db
def test_a_draft_that_is_gone_says_so() -> None:
    with pytest.raises(Refused, match="draft-gone"):
        actions.keep("no such token", {}, at=START)


@pytest.mark.django_db
def test_a_file_can_be_chosen_and_let_go() -> None:
    token = begin()
    add(token, "../رسید.pdf", b"%PDF-1.7 bill")
    (staged,) = opened(token).files

    assert (staged.name, staged.kind, staged.size) == ("رسید.pdf", "application/pdf", 13)
    with TestCase.captureOnCommitCallbacks(execute=True):
        for digest in ("no digest", "\0", staged.digest, staged.digest):
            actions.remove_file(token, digest, at=START)
    assert (opened(token).files, stored()) == ((), [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "file-empty"), (b"MZ\x90", "file-is-a-program"), (b"x" * 101, "file-too-big")],
)
def test_a_file_that_is_refused_leaves_the_text_and_nothing_else(
    content: bytes, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "LARGEST", 100)
    token = begin(narrative="متن")

    with pytest.raises(Refused, match=code):
        actions.add_file(token, "a.txt", [content], at=START)
    assert opened(token) == queries.Opened({"narrative": "متن"}, ())
    assert stored() == []


@pytest.mark.django_db
def test_ten_files_are_taken_and_no_eleventh() -> None:
    token = begin()
    for number in range(actions.MOST_FILES):
        add(token, f"{number}.txt")

    with pytest.raises(Refused, match="files-too-many"):
        actions.add_file(token, "more.txt", [b"more"], at=START)
    assert len(opened(token).files) == actions.MOST_FILES


@pytest.mark.django_db
@pytest.mark.parametrize("limit", ["PER_ADDRESS", "IN_TOTAL"])
def test_without_room_files_are_refused_and_texts_are_not(
    limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "LARGEST", 100)
    monkeypatch.setattr(actions, limit, 150)
    token = begin()
    add(token, content=b"x" * 60)

    with pytest.raises(Refused, match="files-no-room"):
        actions.add_file(token, "more.txt", [b"x"], at=START)
    actions.keep(token, {"narrative": "متن دیگر"}, at=START)
    assert opened(token).answers == {"narrative": "متن دیگر"}


@pytest.mark.django_db
def test_one_address_does_not_use_up_the_room_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "LARGEST", 100)
    monkeypatch.setattr(actions, "PER_ADDRESS", 150)
    add(begin(), content=b"x" * 60)
    other = actions.begin({}, address="198.51.100.1", at=START)
    add(other, content=b"y" * 60)

    assert len(opened(other).files) == 1


@pytest.mark.django_db
@pytest.mark.clause("10002:7.2")
def test_filing_twice_gives_one_complaint_and_the_same_receipt(shop: SimpleNamespace) -> None:
    token = begin()
    add(token, "رسید.txt", "رسید".encode())
    first = file(token)
    again = file(token, START + SECOND)

    assert (again.ref, again.code) == (first.ref, first.code)
    assert Complaint.objects.count() == 1
    (kept,) = Attachment.objects.all()
    assert (kept.name, kept.kind, kept.size) == ("رسید.txt", "text/plain", 8)
    with files.open(kept.digest) as content:
        assert content.read().decode() == "رسید"
    assert len(stored()) == 1  # the encrypted copy went


@pytest.mark.django_db
def test_the_code_can_be_read_for_an_hour_and_what_was_said_not_at_all(
    shop: SimpleNamespace,
) -> None:
    token = begin()
    receipt = file(token)
    end = START + actions.SHOWN

    found = opened(token, end - SECOND)
    assert (found.ref, found.code, found.answers) == (receipt.ref, receipt.code, {})
    assert intake.complainant(receipt.ref, receipt.code).id == receipt.ref
    assert queries.opened(token, end) is None


@pytest.mark.django_db
def test_what_another_window_added_before_filing_is_filed_too(shop: SimpleNamespace) -> None:
    token = begin()
    read = opened(token)
    add(token)

    receipt = actions.file(token, incoming(), opened=read, by=NEW, at=START)

    case = Complaint.objects.get()
    assert (receipt.ref, receipt.again) == (case.ref, False)
    assert [one.name for one in Attachment.objects.filter(complaint=case)] == ["bill.txt"]


def test_a_draft_filed_meanwhile_stays_filed(shop: SimpleNamespace) -> None:
    token = begin()
    receipt = file(token)
    actions.keep(token, {"narrative": "دیگر"}, at=START)

    assert opened(token).ref == receipt.ref
    with pytest.raises(Refused, match="draft-gone"):
        actions.add_file(token, "a.txt", [b"a"], at=START)


@pytest.mark.django_db
def test_filing_that_fails_keeps_the_draft(shop: SimpleNamespace) -> None:
    token = begin()
    add(token)
    with pytest.raises(Refused, match="nothing-said"):
        actions.file(token, incoming(" "), by=NEW, at=START)

    assert len(opened(token).files) == 1
    assert Complaint.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.clause("10002:7.4")
def test_what_is_received_has_its_acknowledgement_in_the_outbox(shop: SimpleNamespace) -> None:
    ref = file(begin()).ref
    (letter,) = Letter.objects.filter(complaint__ref=ref)

    assert (letter.kind, letter.state, letter.language) == ("acknowledgement", "queued", "fa")


@pytest.mark.django_db
def test_knocks_slow_a_door_and_never_lock_it() -> None:
    def wait(at: datetime) -> timedelta:
        return queries.pause("code", HOME, at, free=3, longest=timedelta(seconds=8))

    waits = []
    for _ in range(8):
        actions.knock("code", HOME, at=START)
        waits.append(wait(START).total_seconds())

    assert waits == [0, 0, 0, 1, 2, 4, 8, 8]
    assert wait(START + timedelta(seconds=5)) == timedelta(seconds=3)
    assert wait(START + timedelta(seconds=8)) == timedelta()
    assert queries.pause("code", "elsewhere", START, free=3, longest=HOUR) == timedelta()
    assert queries.pause("file", HOME, START, free=3, longest=HOUR) == timedelta()


@pytest.mark.django_db
def test_whoever_comes_often_waits_and_is_not_counted_meanwhile() -> None:
    def come(at: datetime) -> float:
        longest = timedelta(seconds=8)
        return actions.admit("file", HOME, free=3, longest=longest, at=at).total_seconds()

    assert [come(START) for _ in range(6)] == [0, 0, 0, 0, 1, 1]
    assert queries.knocked("file", HOME, START) == 4
    assert come(START + SECOND) == 0
    assert come(START + SECOND) == 2
    assert come(START + HOUR) == 0
    assert queries.knocked("file", HOME, START + HOUR) == 1


@pytest.mark.django_db
def test_who_sends_a_draft_is_counted_and_waits_and_where_there_is_none_nobody_is() -> None:
    def sent(token: str, at: datetime = START) -> tuple[bool, float]:
        longest = timedelta(seconds=8)
        opened, wait = actions.send(token, HOME, free=2, longest=longest, at=at)
        return opened is not None and bool(opened.answers), wait.total_seconds()

    assert sent("nothing") == (False, 0)
    assert queries.knocked("file", HOME, START) == 0
    token = begin()
    assert [sent(token) for _ in range(4)] == [(True, 0), (True, 0), (True, 0), (True, 1)]
    assert queries.knocked("file", HOME, START) == 3
    assert sent(token, START + SECOND) == (True, 0)
    assert sent(token, START + HOUR) == (True, 0)
    assert sent(token, START + actions.KEPT) == (False, 0)
    assert queries.knocked("file", HOME, START + HOUR) == 1


@pytest.mark.django_db
def test_what_was_filed_is_opened_again_and_not_counted(shop: SimpleNamespace) -> None:
    token = begin()
    receipt = file(token)
    opened, wait = actions.send(token, HOME, free=0, longest=HOUR, at=START)

    assert opened is not None
    assert (opened.ref, opened.code, wait) == (receipt.ref, receipt.code, timedelta())
    assert queries.knocked("file", HOME, START) == 0


@pytest.mark.django_db
def test_a_row_of_knocks_is_over_after_a_quiet_quarter_of_an_hour() -> None:
    for _ in range(5):
        actions.knock("code", HOME, at=START)
    later = START + queries.FORGOTTEN
    assert (queries.knocked("code", HOME, START), queries.knocked("code", HOME, later)) == (5, 0)

    actions.knock("code", HOME, at=later)
    assert queries.knocked("code", HOME, later) == 1
    actions.purge_drafts(later + queries.FORGOTTEN)
    assert Knocks.objects.count() == 0
