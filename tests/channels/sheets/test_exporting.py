"""A list as a file: made with the rights of the moment of making, logged, and gone in time."""

import errno
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.casework.acts import letter
from tests.casework.conftest import START, file, named, person, terms

from pasokh.casework.complaints.models import Complaint, Reading
from pasokh.casework.complaints.queries import Filters
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.exports import actions, queries
from pasokh.casework.exports.models import Export
from pasokh.casework.exports.states import Format, State
from pasokh.channels.sheets import exporting, writing
from pasokh.directory.organisation.models import RoleAssignment
from pasokh.kernel import files
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.models import Entry

__all__ = ["file", "named", "person", "terms"]

pytestmark = pytest.mark.django_db

AT = START + timedelta(hours=2)


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path / "files"


def ask(by: Actor, format_: Format = Format.JSONL, language: str = "en", **told: Any) -> Export:
    filters = asdict(Filters(**told))
    return actions.ask(
        "complaints", filters, format=format_, mark=True, language=language, by=by, at=AT
    )


def lines(export: Export) -> list[dict[str, str]]:
    export.refresh_from_db()
    with files.open(export.digest) as opened:
        return [json.loads(line) for line in opened]


def test_a_list_is_made_with_dates_for_people_and_for_programs(
    file: Callable[..., Complaint], named: Complaint, shop: SimpleNamespace
) -> None:
    export = ask(shop.ali, language="fa")
    exporting.make(export.pk)
    (told,) = lines(export)

    assert (export.state, export.done) == (State.READY, 1)
    assert told["reference"] == named.ref
    assert told["complainant"] == "رضا امینی"
    assert (told["received"], told["received_iso"]) == (
        "۱۴۰۵/۰۲/۱۴ ۰۹:۳۰",
        "2026-05-04T09:30:00+03:30",
    )
    assert told["words"] == "یخچال از روز اول خراب بود."
    made = Entry.objects.get(subject=export.subject)
    assert (made.event, made.actor) == ("export.made", shop.ali.code)
    assert made.facts["digest"] == export.digest
    assert Reading.objects.filter(what="export", actor=shop.ali.code).count() == 1


def test_the_fence_is_asked_when_the_file_is_made(
    file: Callable[..., Complaint], shop: SimpleNamespace
) -> None:
    seen = file()
    file(confidential=True)
    about = file(complained_about=(shop.staff["sara"].pk,))
    export = ask(shop.sara, text="یخچال")
    exporting.make(export.pk)
    auditor = ask(shop.ali, state="all")
    exporting.make(auditor.pk)

    assert [one["reference"] for one in lines(export)] == [seen.ref]
    assert len(lines(auditor)) == 3
    assert about.ref in {one["reference"] for one in lines(auditor)}
    made = Entry.objects.get(subject=export.subject)
    assert (made.facts["with_words"], made.private) == (True, {"words": "یخچال"})

    later = ask(shop.sara)
    RoleAssignment.objects.filter(staff=shop.staff["sara"]).update(valid_until=START)
    exporting.make(later.pk)
    later.refresh_from_db()
    assert (later.state, later.failure) == (State.FAILED, "exporter-gone")


def test_every_format_is_made_of_a_long_list_piece_by_piece(
    file: Callable[..., Complaint], shop: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "PIECE", 2)
    for _ in range(5):
        file()
    for format_ in Format:
        export = ask(shop.ali, format_)
        exporting.make(export.pk)
        export.refresh_from_db()
        assert (export.state, export.done, export.rows) == (State.READY, 5, 5)
        assert files.verify(export.digest)


def test_a_full_disk_and_a_removal_end_the_making(
    file: Callable[..., Complaint], shop: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    file()
    full = ask(shop.ali)
    with monkeypatch.context() as patched:

        def no_room(*_told: Any, **_more: Any) -> None:
            raise OSError(errno.ENOSPC, "full")

        patched.setattr(writing, "put_lines", no_room)
        exporting.make(full.pk)
    full.refresh_from_db()
    assert (full.state, full.failure) == (State.FAILED, "no-space")

    removed = ask(shop.ali)
    actions.forget(removed.pk, by=shop.ali, at=AT)
    exporting.make(removed.pk)
    removed.refresh_from_db()
    assert (removed.state, removed.digest) == (State.GONE, "")


def test_only_whoever_asked_fetches_it_and_only_for_some_days(
    file: Callable[..., Complaint],
    shop: SimpleNamespace,
    django_capture_on_commit_callbacks: Any,
) -> None:
    file()
    export = ask(shop.ali)
    exporting.make(export.pk)
    export.refresh_from_db()

    assert queries.to_fetch(shop.ali, export.pk, AT).digest == export.digest
    for who, at in ((shop.omid, AT), (shop.ali, export.expires_at)):
        with pytest.raises(Refused, match="no-such-export"):
            queries.to_fetch(who, export.pk, at)
    with django_capture_on_commit_callbacks(execute=True):
        actions.purge_exports(export.expires_at)
    assert not files.verify(export.digest)
    assert queries.own(shop.ali)[0].state == State.GONE


def test_nobody_keeps_the_worker_busy_alone_and_readers_alone_may_ask(
    file: Callable[..., Complaint], shop: SimpleNamespace
) -> None:
    file()
    for _ in range(actions.MOST):
        ask(shop.ali)
    with pytest.raises(Refused, match="exports-too-many"):
        ask(shop.ali)
    with pytest.raises(Refused, match="not-authorised"):
        ask(shop.zahra)


def test_what_is_due_and_why_a_letter_came_back_are_said_in_words(
    named: Complaint, shop: SimpleNamespace
) -> None:
    said = {
        "letter": ("A letter that did not arrive", "نامه‌ای که نرسید"),
        "promise": ("What we promised", "قولی که دادیم"),
        "remedy": ("A remedy to carry out", "جبرانی که باید انجام شود"),
        "decide": ("Decision", "تصمیم"),
    }
    for code, words in said.items():
        Complaint.objects.update(due_clock=code, due_at=AT)
        for language, word in zip(("en", "fa"), words, strict=True):
            export = ask(shop.ali, language=language)
            exporting.make(export.pk)
            assert [line["what_is_due"] for line in lines(export)] == [word]

    lost = letter(named, LetterKind.SETTLED, START)
    for failure, word in (
        ("5.1.1 unknown user", "There is no such mailbox."),
        ("feedback-abuse", "Somebody there called it unwanted."),
        ("no route to host", "no route to host"),
    ):
        Letter.objects.filter(pk=lost.pk).update(state="returned", failure=failure)
        told = {"format": Format.JSONL, "mark": False, "language": "en", "by": shop.ali, "at": AT}
        export = actions.ask("letters", {}, **told)
        exporting.make(export.pk)
        assert [line["why"] for line in lines(export)] == [word]
