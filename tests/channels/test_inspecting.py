"""What becomes of a file that somebody gave: checked, drawn, kept apart, decided about."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.casework.conftest import HOUR, START, file
from tests.casework.conftest import complainant as themselves
from tests.channels.previews.test_cell import photograph
from tests.channels.scanners import EICAR, FOUND, MOST, Clamd, scanning
from tests.desk.conftest import at_desk, channels

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints.matter import File
from pasokh.casework.complaints.models import Complaint, Reading
from pasokh.casework.complaints.queries import export
from pasokh.casework.complaints.queries.passed import file_given
from pasokh.casework.inspection import actions, queries
from pasokh.casework.inspection.models import Inspection, Picture
from pasokh.casework.inspection.verdicts import Drawn, Settled, Verdict
from pasokh.channels import inspecting
from pasokh.channels.inspecting import inspect, inspect_waiting
from pasokh.channels.previews import cell
from pasokh.kernel import clock, files
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.models import Entry

__all__ = ["at_desk", "channels", "file", "scanning"]

pytestmark = pytest.mark.django_db

BARRED = "not-authorised"
Begin = Callable[..., Complaint]


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.FILES, settings.SCANNER, settings.UNCHECKED_WAITS = tmp_path / "files", "", False
    clock.inject(lambda: START + 2 * HOUR)
    yield
    clock.inject(None)


def stored(content: bytes, name: str = "photo.jpg") -> File:
    return File(files.put([content], len(content)).digest, name, "image/jpeg", len(content))


@pytest.fixture
def given(file: Begin, shop: SimpleNamespace) -> Callable[[bytes], tuple[Complaint, str]]:
    """A complaint with a file of these bytes: the case and the digest."""

    def begin(content: bytes, name: str = "photo.jpg") -> tuple[Complaint, str]:
        case, one = file(files=(stored(content, name),)), Inspection.objects.order_by("pk").last()
        assert one
        return case, one.digest

    return begin


Given = Callable[..., tuple[Complaint, str]]


def at(hours: float = 1) -> datetime:
    return START + hours * HOUR


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def facts(digest: str) -> list[tuple[str, str]]:
    entries = Entry.objects.filter(subject=f"file:{digest}").order_by("number")
    return [(one.event, one.facts.get("verdict", "")) for one in entries]


def test_a_photograph_is_checked_and_drawn_and_the_other_side_gets_the_copy(
    given: Given, scanning: Clamd, settings: Any, at_desk: Callable[[str], Client]
) -> None:
    settings.SCANNER = scanning.url
    case, digest = given(photograph())

    inspect(digest, at())

    how = queries.standing(digest)
    assert (how.verdict, how.drawn, how.kind) == (Verdict.CLEAN, Drawn.MADE, "image/jpeg")
    assert facts(digest) == [("file.inspected", "clean")]
    assert Inspection.objects.get().look_at is None
    desk = at_desk("reza")
    address = f"/en/desk/complaints/{case.ref}/files/{digest}/"
    page = desk.get(address).content.decode()
    copy, original = desk.get(f"{address}save/"), desk.get(f"{address}original/")
    assert "Nothing harmful found" in page
    assert b"telephone" not in b"".join(copy.streaming_content)
    assert b"".join(original.streaming_content) == photograph()
    assert desk.get(f"{address}small/")["Content-Type"] == "image/jpeg"
    assert desk.get(f"{address}pages/1/")["X-Content-Type-Options"] == "nosniff"
    assert [desk.get(f"{address}{end}").status_code for end in ("pages/2/", "sound/")] == [404, 404]
    read = Reading.objects.order_by("pk").values_list("what", flat=True)
    assert list(read) == ["file", "file", "original"]
    attached = case.attachments.get()
    handed = file_given(themselves(case), attached.pk)
    content, name = queries.handed(digest, "photo.jpg", own=handed.own)
    assert (handed.own, name, content.read()) == (True, "photo.jpg", photograph())


def test_what_is_harmful_is_nowhere_to_be_had_until_somebody_decides(
    given: Given, scanning: Clamd, settings: Any, shop: SimpleNamespace, at_desk: Any
) -> None:
    settings.SCANNER = scanning.url
    case, digest = given(EICAR)

    inspect(digest, at())

    how = queries.standing(digest)
    assert (how.verdict, how.closed, how.drawn) == (
        *(Verdict.INFECTED, "file-infected"),
        Drawn.WAITS,
    )
    assert export.files_of(case.ref) == []
    for act in (
        lambda: queries.opened(digest),
        lambda: queries.picture(digest, "small"),
        lambda: queries.handed(digest, "x", own=True),
    ):
        assert refusal(act) == "file-infected"
    desk = at_desk("reza")
    address = f"/en/desk/complaints/{case.ref}/files/{digest}/"
    for end in ("save/", "original/"):
        answer = desk.get(f"{address}{end}")
        assert (answer.status_code, b"Harmful software was found" in answer.content) == (409, True)
    assert "Harmful: kept apart" in desk.get(f"/en/desk/complaints/{case.ref}/").content.decode()
    keeper = at_desk("parvin")
    assert FOUND in keeper.get("/en/desk/set-up/files/").content.decode()
    assert refusal(lambda: actions.release(digest, reason="x", by=shop.reza, at=at(2))) == BARRED
    page = f"/en/desk/set-up/files/{digest}/"
    assert keeper.post(page, {"act": "remove", "reason": " "}).status_code == 200
    assert case.ref in keeper.get(page).content.decode()
    assert keeper.post(page, {"act": "release", "reason": "our own test"}).status_code == 302
    assert queries.opened(digest).read() == EICAR
    assert facts(digest)[-1][0] == "file.released"
    assert (
        refusal(lambda: actions.remove(digest, reason="x", by=shop.parvin, at=at(3)))
        == "not-in-quarantine"
    )


def test_a_deleted_file_says_so_and_given_again_lies_in_quarantine_again(
    given: Given,
    scanning: Clamd,
    settings: Any,
    shop: SimpleNamespace,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.SCANNER = scanning.url
    case, digest = given(EICAR)
    inspect(digest, at())

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove(digest, reason="harmful", by=shop.parvin, at=at(2))

    assert not files.verify(digest)
    assert refusal(lambda: queries.opened(digest)) == "file-removed"
    again = stored(EICAR)
    complaints.hear(
        case.ref,
        text="again",
        files=[again],
        channel="web",
        happened_at=at(3),
        by=themselves(case),
        at=at(3),
    )
    assert refusal(lambda: queries.opened(digest)) == "file-infected"
    assert queries.standing(digest).settled is Settled.NOT


def test_while_no_scanner_answers_a_house_shows_with_a_mark_or_waits(
    given: Given, scanning: Clamd, settings: Any
) -> None:
    settings.SCANNER = "unix:/nowhere/clamd.ctl"
    _case, digest = given(photograph())

    inspect(digest, at())
    lenient = queries.standing(digest)
    settings.UNCHECKED_WAITS = True
    strict = queries.standing(digest)

    assert (lenient.closed, lenient.unchecked, lenient.drawn) == ("", True, Drawn.MADE)
    assert strict.closed == "file-waits-for-check"
    assert refusal(lambda: queries.opened(digest)) == "file-waits-for-check"
    assert queries.to_look_at(at(1), limit=9) == []
    settings.SCANNER = scanning.url
    inspect_waiting(at(2))
    assert queries.standing(digest).open
    assert queries.unchecked() == (0, None)


def test_without_a_scanner_nothing_is_asked_until_there_is_one(
    given: Given, scanning: Clamd, settings: Any
) -> None:
    _case, digest = given(b"a letter", "letter.txt")

    inspect_waiting(at())
    waiting = queries.to_look_at(at(100), limit=9)
    settings.SCANNER = scanning.url
    inspect_waiting(at(101))

    assert waiting == []
    assert queries.standing(digest).verdict is Verdict.CLEAN
    assert queries.standing(digest).drawn is Drawn.NONE


def test_a_file_over_which_the_worker_died_is_given_up(
    given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    _case, digest = given(photograph())

    def die(*_args: Any, **_wanted: Any) -> None:
        raise SystemExit

    monkeypatch.setattr(cell, "draw", die)
    for hours in (1, 2):
        with pytest.raises(SystemExit):
            inspect(digest, at(hours))
    assert queries.standing(digest).drawn is Drawn.WAITS
    inspect(digest, at(3))

    assert queries.standing(digest).drawn is Drawn.FAILED
    assert queries.to_look_at(at(100), limit=9) == []


def test_two_workers_do_not_look_at_one_file(given: Given) -> None:
    _case, digest = given(photograph())

    assert actions.begin(digest, at=at()) is not None
    assert actions.begin(digest, at=at()) is None


def test_a_full_disk_costs_the_pictures_of_now_and_not_the_file(
    given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    _case, digest = given(photograph())

    def full(*_args: Any) -> None:
        raise Refused("no-space")

    with monkeypatch.context() as patch:
        patch.setattr(inspecting.files, "put", full)
        inspect(digest, at())
    before = queries.standing(digest)
    inspect(digest, at(2))

    assert (before.drawn, before.open) == (Drawn.WAITS, True)
    assert queries.standing(digest).drawn is Drawn.MADE
    assert Picture.objects.count() == 3


def test_a_page_in_disguise_is_only_saved(given: Given) -> None:
    _case, digest = given(b"<html><script>alert(1)</script></html>", "holiday.jpg")

    inspect(digest, at())

    how = queries.standing(digest)
    assert (how.drawn, how.shown, how.sound, how.kind) == (Drawn.NONE, 0, "", "text/html")


def test_nobody_but_the_keeper_decides(given: Given, shop: SimpleNamespace) -> None:
    _case, digest = given(EICAR)
    Inspection.objects.update(verdict=Verdict.INFECTED, judged_at=at())

    for actor in (shop.reza, shop.sara, shop.ali, shop.omid):
        for decide in (actions.release, actions.remove):
            assert refusal(partial(decide, digest, reason="x", by=actor, at=at())) == BARRED
    wordless = partial(actions.remove, digest, reason=" ", by=shop.zahra, at=at())
    assert refusal(wordless) == "nothing-said"


def test_a_strict_house_keeps_apart_what_could_not_be_read(
    given: Given, scanning: Clamd, settings: Any, shop: SimpleNamespace
) -> None:
    settings.SCANNER, settings.UNCHECKED_WAITS = scanning.url, True
    _case, digest = given(bytes(2 * MOST), "large.bin")

    inspect(digest, at())

    assert refusal(partial(queries.opened, digest)) == "file-not-readable"
    assert [one.digest for one in queries.quarantine(settled=False, limit=9)] == [digest]
    assert queries.opened_unless_harmful(digest).read(1) == b"\0"
    actions.release(digest, reason="known", by=shop.parvin, at=at(2))
    assert queries.standing(digest).open
    settings.UNCHECKED_WAITS = False
    assert queries.quarantine(settled=False, limit=9) == []
