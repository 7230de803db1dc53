"""The organisation's own texts: written, versioned, used, kept back where they lack something."""

from types import SimpleNamespace
from typing import Any

import pytest
from tests.casework.acts import Acts
from tests.casework.conftest import DAY, HOUR, START, acts, shop, terms
from tests.casework.correspondence.correspondents import complain, decided, describe_office, written
from tests.casework.telling import refused

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.queries import letters, tracking, wording
from pasokh.casework.correspondence import composed, fields, own
from pasokh.casework.correspondence.delivery import LetterKind, LetterState
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.wording import actions as texts
from pasokh.casework.correspondence.wording import queries
from pasokh.casework.correspondence.wording.models import Wording
from pasokh.channels.mail_out import keep_texts
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.ledger.models import Entry

__all__ = ["acts", "shop", "terms"]

pytestmark = pytest.mark.django_db
BODY = own.written("progress", "en").body


def write(shop: SimpleNamespace, body: str, since: int = 0, **changes: Any) -> Wording:
    told = {"subject": "News of {reference}", "body": body, "since": since} | changes
    kind = told.pop("kind", "progress")
    return texts.write(kind, "en", **told, by=shop.parvin, at=START)


@pytest.mark.clause("10002:7.3")
def test_letters_are_made_with_the_text_that_stands_and_name_its_version(
    shop: SimpleNamespace, acts: Acts
) -> None:
    first = write(shop, BODY + "\nYours, {organisation}.")
    row = written(LetterKind.PROGRESS, "en", acts)
    keep_texts(START + DAY)
    row.refresh_from_db()
    kept = composed.load(row.text)
    assert (row.wording_id, kept.subject) == (first.pk, f"News of {row.complaint.ref}")

    second = write(shop, BODY + "\nOther words.", since=1)
    assert (second.number, queries.current("progress", "en")) == (2, second)
    assert [one.number for one in queries.versions("progress", "en")] == [2, 1]
    assert letters.compose(row) == kept  # what was kept stands
    assert "Other words." in str(letters.compose(written(LetterKind.PROGRESS, "en", acts)))
    assert "Other words." not in str(letters.compose(written(LetterKind.PROGRESS, "fa", acts)))

    texts.end("progress", "en", by=shop.parvin, at=START)
    assert queries.typed("progress", "en")[2] == 0
    assert "Other words." not in str(letters.compose(written(LetterKind.PROGRESS, "en", acts)))
    told = Entry.objects.filter(event__startswith="wording.").order_by("number")
    assert [(one.event, one.facts["number"]) for one in told] == [
        ("wording.written", 1),
        ("wording.written", 2),
        ("wording.ended", 2),
    ]


def test_a_text_is_refused_with_its_fault_and_nothing_is_saved(shop: SimpleNamespace) -> None:
    found = refused("wording-unknown-but-near", write, shop, BODY + "\n{refrence}")
    assert found.facts["near"] == "reference"
    missing = refused("wording-lacks", write, shop, "Nothing much about {reference}.")
    assert missing.facts["lacks"] == ("content.state", "content.next_step", "content.due_date")
    write(shop, BODY)
    refused("wording-changed-meanwhile", write, shop, BODY, since=0)
    refused("no-such-wording", write, shop, BODY, kind="new_code")
    refused("not-authorised", texts.end, "progress", "en", by=shop.sara, at=START)
    texts.end("progress", "en", by=shop.zahra, at=START)
    refused("wording-is-our-own", texts.end, "progress", "en", by=shop.zahra, at=START)
    assert Wording.objects.count() == 1


@pytest.mark.clause("10002:7.8")
def test_a_letter_by_a_verb_is_refused_while_it_would_lack_what_the_rules_ask_for(
    shop: SimpleNamespace, acts: Acts
) -> None:
    body = own.written("decision", "en").body + "\nIt was told on {why not examined}."
    write(shop, body, kind="decision")
    case = complain(shop, "en")
    decided(case, acts, "en", START + HOUR)
    known = {"kind": LetterKind.DECISION, "facts": {}, "by": shop.reza, "at": START + 2 * HOUR}

    found = refused("letter-lacks", actions.write, case.ref, **known)
    assert found.facts["lacks"] == ("field.declined",)
    assert Letter.objects.filter(kind="decision").count() == 0

    texts.end("decision", "en", by=shop.parvin, at=START)
    assert actions.write(case.ref, **known).state == LetterState.QUEUED


def test_a_letter_that_came_by_itself_stands_nowhere_until_it_is_mended(
    shop: SimpleNamespace, acts: Acts
) -> None:
    body = own.written("waiver", "en").body
    row = written(LetterKind.WAIVER, "en", acts)
    late = START + 3 * DAY
    Wording.objects.create(  # as an older version of the product may have left it
        kind="waiver",
        language="en",
        number=1,
        subject="x",
        body="{gone}",
        by="staff:1",
        made_at=START,
    )
    keep_texts(late)
    row.refresh_from_db()
    assert (row.state, row.lacks, row.text) == (LetterState.LACKING, ["text"], None)
    assert row.pk not in [one.pk for one in tracking._letters(row.complaint)]
    told = {"way": "telephoned", "proof": {}, "happened_at": late, "by": shop.reza, "at": late}
    refused("letter-kept-back", actions.told, row.complaint.ref, letter=row.pk, **told)

    texts.write("waiver", "en", subject="x", body=body, since=1, by=shop.parvin, at=late)
    keep_texts(late)
    row.refresh_from_db()
    assert (row.state, row.lacks) == (LetterState.QUEUED, [])
    assert row.text["subject"] == "x"


@pytest.mark.parametrize("kind", fields.EDITABLE)
@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_text_can_be_tried_with_an_invented_file(
    kind: LetterKind, language: str, shop: SimpleNamespace
) -> None:
    describe_office()
    made = wording.shown(shop.parvin, kind, language, text=None, ref="", at=START)

    assert made.lacks == ()
    assert made.letter.office.name in {"Khaneh Stores", "فروشگاه خانه"}


def test_a_text_can_be_tried_with_a_file_that_one_may_see(
    shop: SimpleNamespace, acts: Acts
) -> None:
    case = complain(shop, "en")
    made = wording.shown(shop.parvin, "decision", "en", text=None, ref=case.ref, at=START + HOUR)

    assert "field.outcome" in made.lacks  # nothing is decided yet
    assert "content.reasons" in made.lacks
    refused(
        "no-such-complaint",
        *(wording.shown, shop.zahra, "decision", "en"),
        text=None,
        ref=case.ref,
        at=START,
    )


def test_a_reply_called_otherwise_or_withdrawn_in_a_language_is_told_in_the_ledger(
    shop: SimpleNamespace,
) -> None:
    def told(name: str, **words: str) -> texts.Prepared:
        return texts.Prepared(Bilingual("دیرکرد", name), None, words)

    def last() -> Entry:
        return Entry.objects.filter(subject="organisation").latest("number")

    row = texts.add_reply("message", told("Late", fa="دیر", en="Late."), by=shop.parvin, at=START)
    texts.change_reply(row.pk, told("Late", fa="دیر", en="Late."), by=shop.parvin, at=START)
    assert last().event == "reply.written"  # nothing was changed

    texts.change_reply(row.pk, told("Late parts", fa="دیر"), by=shop.parvin, at=START)
    assert last().event == "reply.changed"
    assert last().facts == {"reply": row.pk, "withdrawn": ["en"]}
