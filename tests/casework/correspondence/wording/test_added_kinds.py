"""Kinds of letters that an organisation adds: named, written in, and never more than a message."""

from types import SimpleNamespace
from typing import Any

import pytest
from tests.casework.acts import Acts
from tests.casework.conftest import HOUR, START, acts, shop, terms
from tests.casework.correspondence.correspondents import complain, describe_office
from tests.casework.telling import refused

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.actions.writing import Along
from pasokh.casework.complaints.labels import LETTERS
from pasokh.casework.complaints.milestones import Milestone
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.queries import letters, wording
from pasokh.casework.correspondence import kinds, rendering
from pasokh.casework.correspondence.delivery import LetterKind, LetterState
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.telling import Way
from pasokh.casework.correspondence.wording import actions as texts
from pasokh.casework.correspondence.wording import queries
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.ledger.models import Entry

__all__ = ["acts", "shop", "terms"]

pytestmark = pytest.mark.django_db
VISIT = Bilingual("دعوت به بازدید", "Invitation to a visit")
NOTHING = Bilingual("", "")
BODY = {
    "fa": "پیشنهاد ما:\n\n{پیام}\n\nبا {تلفن} تماس بگیرید.",
    "en": "We propose:\n\n{message}\n\nRing {telephone}.",
}
SUBJECT = {"fa": "بازدید برای {شمارهٔ شکایت}", "en": "A visit for {reference}"}


def added(shop: SimpleNamespace, *languages: str, name: Bilingual = VISIT) -> str:
    """The code of a kind with texts in some languages."""
    row = texts.add_kind(name=name, purpose=NOTHING, by=shop.parvin, at=START)
    code = kinds.code(row.pk)
    for one in languages:
        said = {"subject": SUBJECT[one], "body": BODY[one], "since": 0}
        texts.write(code, one, **said, by=shop.parvin, at=START)
    return code


def written(
    case: Complaint, shop: SimpleNamespace, code: str, text: str = "Monday at ten."
) -> Letter:
    actions.message(case.ref, text=text, along=Along(added=code), by=shop.reza, at=START + HOUR)
    return Letter.objects.filter(complaint=case, kind=LetterKind.MESSAGE).latest("pk")


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_letter_of_an_added_kind_is_made_with_its_text_and_called_by_its_name(
    shop: SimpleNamespace, language: str
) -> None:
    describe_office()
    code = added(shop, "fa", "en")
    case = complain(shop, language)
    letter = written(case, shop, code)

    made = letters.compose(letter)
    assert case.ref in made.subject
    assert made.subject.startswith(SUBJECT[language].partition("{")[0])
    said = rendering.text(made)
    assert "Monday at ten." in said
    assert BODY[language].partition("\n")[0] in said
    assert letter.called == code
    assert LETTERS[letter.called] == VISIT
    fact = Entry.objects.get(event="complaint.message_sent").facts
    assert (fact["letter"], fact["kind"]) == (letter.pk, code)


def test_it_has_no_weight_but_that_of_a_message(shop: SimpleNamespace, acts: Acts) -> None:
    code = added(shop, "en")
    case = complain(shop, "en")
    letter = written(case, shop, code)
    actions.told(
        case.ref,
        letter=letter.pk,
        way=Way.HANDED,
        proof={"signed_by": "Mary Collins"},
        happened_at=START + HOUR,
        by=shop.reza,
        at=START + 2 * HOUR,
    )
    case.refresh_from_db()
    assert not case.done(Milestone.ACKNOWLEDGED)
    assert not case.done(Milestone.COMMUNICATED)
    assert Entry.objects.latest("pk").facts["kind"] == code


def test_a_text_without_the_writers_words_is_refused(shop: SimpleNamespace) -> None:
    code = added(shop)
    for body in ("Come.", "{if reference}\n{message}\n{end}"):
        told: dict[str, Any] = {"subject": "A visit", "body": body, "since": 0}
        refused("wording-without-words", texts.write, code, "en", **told, by=shop.parvin, at=START)
    plain = {"subject": "x", "body": "Hello.", "since": 0}
    for kind in ("message", "request"):
        refused("wording-without-words", texts.write, kind, "en", **plain, by=shop.parvin, at=START)


def test_only_a_kind_in_use_with_a_text_in_the_persons_language_is_taken(
    shop: SimpleNamespace,
) -> None:
    english, case = added(shop, "en"), complain(shop, "fa")
    say = {"text": "x", "by": shop.reza, "at": START + HOUR}
    for code in (english, "own-0", "own-x", "decision", "message"):
        refused("no-such-letter-kind", actions.message, case.ref, along=Along(added=code), **say)
    assert not Letter.objects.filter(complaint=case, kind=LetterKind.MESSAGE).exists()

    number = queries.added()[english].id
    other = complain(shop, "en", address="b@example.org")
    letter = written(other, shop, english)
    texts.retire_kind(number, by=shop.parvin, at=START + HOUR)
    refused("no-such-letter-kind", actions.message, other.ref, along=Along(added=english), **say)
    assert LETTERS[letter.called] == VISIT
    assert "Monday at ten." in rendering.text(letters.compose(letter))
    refused("letter-kind-retired", texts.retire_kind, number, by=shop.parvin, at=START)
    texts.restore_kind(number, by=shop.parvin, at=START + HOUR)
    refused("letter-kind-in-use", texts.restore_kind, number, by=shop.parvin, at=START)
    written(other, shop, english)


def test_names_are_whole_once_and_changed_by_those_who_may(shop: SimpleNamespace) -> None:
    code = added(shop)
    number = queries.added()[code].id
    told: dict[str, Any] = {"purpose": NOTHING, "by": shop.parvin, "at": START}
    for name in (
        VISIT,
        Bilingual("دعوت  به بازديد", "Visit"),
        Bilingual("ب", "INVITATION to a visit"),
    ):
        refused("letter-kind-taken", texts.add_kind, name=name, **told)
    for name in (Bilingual("ب", " "), Bilingual("", "b")):
        refused("letter-kind-unnamed", texts.add_kind, name=name, **told)
    refused("not-authorised", texts.add_kind, name=Bilingual("ب", "b"), **told | {"by": shop.reza})
    refused("no-such-letter-kind", texts.change_kind, number + 1, name=VISIT, **told)

    texts.change_kind(number, name=VISIT, **told)  # nothing is changed, and nothing written
    assert Entry.objects.latest("pk").event == "letter_kind.added"
    texts.change_kind(number, name=Bilingual("قرار", "Appointment"), **told)
    assert Entry.objects.latest("pk").event == "letter_kind.changed"
    assert str(LETTERS[code]) == "Appointment"


def test_it_waits_for_approval_by_itself_and_where_messages_do(shop: SimpleNamespace) -> None:
    code, case = added(shop, "en"), complain(shop, "en")
    texts.set_second_look(code, waits=True, above=None, by=shop.parvin, at=START)
    letter = written(case, shop, code)
    assert (letter.state, letter.writer) == (LetterState.APPROVAL, shop.reza.code)
    actions.approve_letter(case.ref, letter=letter.pk, by=shop.sara, at=START + HOUR)
    actions.message(case.ref, text="plain", by=shop.reza, at=START + HOUR)
    assert Letter.objects.latest("pk").state != LetterState.APPROVAL

    texts.set_second_look(code, waits=False, above=None, by=shop.parvin, at=START)
    texts.set_second_look("message", waits=True, above=None, by=shop.parvin, at=START)
    assert written(case, shop, code).state == LetterState.APPROVAL


def test_a_text_of_it_is_shown_before_it_is_saved(shop: SimpleNamespace) -> None:
    code, case = added(shop, "en"), complain(shop, "en")
    for ref in ("", case.ref):
        made = wording.shown(
            shop.reza, code, "en", text=queries.standing(code, "en").text, ref=ref, at=START
        )
        assert made.letter.subject.startswith("A visit for ")


def test_what_was_kept_back_is_looked_at_at_once_when_its_text_is_mended(
    shop: SimpleNamespace,
) -> None:
    code = added(shop, "en")
    letter = written(complain(shop, "en"), shop, code)
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.LACKING, try_at=START + 9 * HOUR)
    said = {"subject": "A visit", "body": "{message}", "since": 1}
    texts.write(code, "en", **said, by=shop.parvin, at=START + 2 * HOUR)
    letter.refresh_from_db()
    assert letter.try_at == START + 2 * HOUR
