"""Every kind of letter in both languages, from the verb that writes it to the words in it."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from tests.casework.acts import Acts
from tests.casework.conftest import DAY, START, complainant
from tests.casework.correspondence.correspondents import (
    WORDS,
    complain,
    describe_office,
    written,
)

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.models import Waiver
from pasokh.casework.complaints.queries import letters
from pasokh.casework.complaints.queries.gathering import Gathering
from pasokh.casework.complaints.terms import Closing, Decline, Finding, NotAComplaint, Outcome
from pasokh.casework.correspondence import actions as correspondence
from pasokh.casework.correspondence import composed, texts
from pasokh.casework.correspondence.composed import Composed, Heading, Issues, Points, Quote, Small
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.fields import EDITABLE
from pasokh.casework.correspondence.letters import unconfirmed
from pasokh.casework.correspondence.rendering import html, text
from pasokh.casework.remedies.models import Remedy
from pasokh.directory.organisation.models import Organisation
from pasokh.kernel.errors import Refused

LANGUAGES = ("fa", "en")
PAGE = "https://pasokh.example/{}/follow/"
FENCES = str.maketrans("", "", "\u2066\u2067\u2068\u2069\u200e\u200f")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(shop: Any) -> Any:
    describe_office()
    with override_settings(PUBLIC_ADDRESS="https://pasokh.example"):
        yield


def plain(letter: Composed) -> str:
    """The letter as text, without the marks that only steer directions."""
    return text(letter).translate(FENCES)


@pytest.mark.clause("10002:7.3")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", LetterKind)
def test_every_letter_is_whole_in_its_readers_language(
    kind: LetterKind, language: str, acts: Acts
) -> None:
    row = written(kind, language, acts)
    letter = letters.compose(row)
    said = plain(letter)

    assert (letter.kind, letter.language) == (str(kind), language)
    assert letter.direction == {"fa": "rtl", "en": "ltr"}[language]
    assert row.complaint.ref in letter.subject
    assert WORDS[language].name in letter.salutation
    assert re.findall(r"%\(|\{|\}|None|  +\S*$", said) == []
    assert [each for each in said.split("\n\n") if not each.strip()] == []
    # Who has lost the code is not led to the page that asks for it.
    assert (PAGE.format(language) in said) == (kind is not LetterKind.NEW_CODE)
    assert {"fa": "۰۲۱-۸۸۱۲۳۴۵۶", "en": "021-88123456"}[language] in said
    assert composed.load(composed.dump(letter)) == letter
    assert len(composed.digest(letter)) == 64


@pytest.mark.parametrize("kind", LetterKind)
def test_a_persian_letter_has_persian_digits_and_jalali_days(kind: LetterKind, acts: Acts) -> None:
    row = written(kind, "fa", acts)
    letter = letters.compose(row)
    ours = plain(letter)
    for latin in (row.complaint.ref, PAGE.format("fa"), "124"):  # the shop's body is called so
        ours = ours.replace(latin, "")

    assert "۱۴۰۵" in letter.dated
    assert re.findall(r"[0-9]|20[0-9]{2}|[كي]", ours) == []


@pytest.mark.parametrize("kind", LetterKind)
def test_an_english_letter_has_no_persian_in_it(kind: LetterKind, acts: Acts) -> None:
    acts_words = {"دلایل", "پرسش است", "تعویض شد"}  # what the acts of the tests write in Persian
    letter = letters.compose(written(kind, "en", acts))
    said = plain(letter)
    for each in acts_words:
        said = said.replace(each, "")

    assert re.findall(r"[\u0600-\u06ff]+", said) == []
    assert "2026" in letter.dated


@pytest.mark.clause("10002:7.4")
def test_the_acknowledgement_says_what_was_understood_who_has_it_and_by_when(acts: Acts) -> None:
    letter = letters.compose(written(LetterKind.ACKNOWLEDGEMENT, "en", acts))
    said = plain(letter)

    assert "Your complaint reached us on Monday 4 May 2026" in said
    assert [
        each.text for block in letter.blocks if isinstance(block, Issues) for each in block.items
    ] == [
        "The fridge does not cool",
        "The delivery came late",
    ]
    assert Quote("Exchange the fridge.") in letter.blocks
    assert "Your complaint is with tehran." in said
    assert "We will decide by Monday 1 June 2026" in said
    (working,) = [block for block in letter.blocks if isinstance(block, Small)]
    assert any("counted" in line for line in working.lines)


@pytest.mark.clause("10002:7.8")
def test_the_decision_tells_findings_reasons_remedies_and_what_can_be_done(acts: Acts) -> None:
    letter = letters.compose(written(LetterKind.DECISION, "en", acts))
    said = plain(letter)
    (issues,) = [block for block in letter.blocks if isinstance(block, Issues)]

    assert [(each.number, each.finding, each.reasons) for each in issues.items] == [
        ("1", "You are right", WORDS["en"].reasons),
        ("2", "We could not agree with you on this", WORDS["en"].reasons),
    ]
    assert "Your complaint is upheld in part." in said
    assert "1,250,000 IRR: by Monday 11 May 2026" in said
    assert (
        "If you agree with the decision, tell us so on the tracking page by Monday 18 May 2026."
        in said
    )
    assert re.search(r"ask for a review by \w+ \d+ \w+ 2026", said)
    assert "telephone" not in said.split("Where else")[0]
    assert "124" in said


def test_a_remedy_names_its_issue_and_no_foreign_word_turns_its_line(acts: Acts) -> None:
    row = written(LetterKind.DECISION, "fa", acts)
    second = row.complaint.issues.get(number=2)
    Remedy.objects.filter(complaint=row.complaint, amount__isnull=False).update(issue=second)

    points = [block.items for block in letters.compose(row).blocks if isinstance(block, Points)]

    # The shop's kind of remedy has a Latin name; the rest of each line is Persian.
    assert points[0] == (
        "\u2068remedy\u2069 – یخچال را عوض کنید: تا دوشنبه ۲۱ اردیبهشت ۱۴۰۵",
        "\u2068remedy\u2069 – ۱٬۲۵۰٬۰۰۰ ریال (موضوع \u2068۲\u2069): تا دوشنبه ۲۱ اردیبهشت ۱۴۰۵",
    )


def test_the_last_stage_offers_no_further_review(acts: Acts) -> None:
    row = written(LetterKind.DECISION, "en", acts)
    row.complaint.stage = row.stage = 2
    gathered = Gathering(row)

    assert gathered._decision().further_stage is False
    assert gathered.pack.stages == 2


@pytest.mark.clause("10002:4.7")
@pytest.mark.parametrize(
    ("leave", "said"), [(False, "Somebody else has looked"), (True, "nobody was left for this")]
)
def test_a_decision_on_review_says_who_looked_again(acts: Acts, leave: bool, said: str) -> None:
    row = written(LetterKind.DECISION, "en", acts)
    decision = row.complaint.decisions.get()
    row.complaint.decisions.update(stage=2)
    if leave:
        Waiver.objects.create(
            complaint=row.complaint,
            stage=2,
            staff=decision.decided_by,
            reason="Nobody else is there.",
            given_at=START,
        )
    row.stage = 2

    assert said in plain(letters.compose(row))


@pytest.mark.clause("10002:7.9")
def test_the_notice_names_its_date_and_says_what_silence_does_not_mean(acts: Acts) -> None:
    letter = letters.compose(written(LetterKind.NOTICE, "fa", acts))
    said = plain(letter)
    found = re.search(
        r"اگر تا (.+?) پاسخی ندهید، پرونده بسته می‌شود\. "
        r"این به معنی پذیرش تصمیم از طرف شما نیست و تا (.+?) می‌توانید بخواهید دوباره باز شود\.",
        said,
    )

    assert found
    assert all(re.fullmatch(r"\S+ [۰-۹]+ \S+ ۱۴۰۵", day) for day in found.groups())
    assert found[1] != found[2]


def test_an_anonymous_person_is_told_until_when_the_decision_stands(file: Any, acts: Acts) -> None:
    case = file()
    shop = acts.shop
    from_decision = START + DAY
    actions.correct(
        case.ref, field="language", value="en", reason="they wrote English", by=shop.nima, at=START
    )
    for step in ("assess", "investigate", "decide", "communicate"):
        by = shop.sara if step == "assess" else shop.reza
        acts.take(Step(step), case, by, from_decision)
    row = actions.write(
        case.ref, kind=LetterKind.NOTICE, facts={}, by=shop.reza, at=from_decision + DAY
    )

    letter = letters.compose(row)
    assert letter.salutation == "Hello,"
    assert "The decision stands on the tracking page until" in plain(letter)


def test_settled_on_the_spot_can_be_objected_to_by_a_date(acts: Acts) -> None:
    said = plain(letters.compose(written(LetterKind.SETTLED, "en", acts)))

    assert re.search(r"If this is not right, tell us by \w+ \d+ \w+ 2026", said)


def test_setting_aside_gives_its_reason_from_the_record(acts: Acts) -> None:
    letter = letters.compose(written(LetterKind.SET_ASIDE, "fa", acts))

    assert Quote("پرسش است") in letter.blocks
    assert "یک پرسش است" in plain(letter)


def test_a_kept_text_stands_whatever_becomes_of_the_file(acts: Acts) -> None:
    row = written(LetterKind.ACKNOWLEDGEMENT, "en", acts)
    before = letters.compose(row)
    correspondence.keep(row.pk, before)
    row.refresh_from_db()
    Organisation.objects.update(telephone="", mailbox="")

    assert letters.compose(row) == before


@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_takes_as_many_statements_for_thirty_issues_as_for_one(
    kind: LetterKind, acts: Acts
) -> None:
    letters.compose(written(kind, "fa", acts))  # what the set-up holds is read once
    counts = []
    for issues in (1, 30):
        row = written(kind, "fa", acts, issues=issues)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            letters.compose(row)
        counts.append(len(seen))

    assert counts[0] == counts[1]
    assert counts[0] <= 4


def test_nobody_reads_a_letter_of_a_file_they_may_not_see(acts: Acts) -> None:
    row = written(LetterKind.ACKNOWLEDGEMENT, "en", acts)
    other = complain(acts.shop, "en")
    ref = row.complaint.ref

    assert letters.letter_for(complainant(row.complaint), ref, row.pk) == letters.compose(row)
    for by, asked in ((acts.shop.shirin, ref), (complainant(other), ref)):
        with pytest.raises(Refused, match="no-such-complaint"):
            letters.letter_for(by, asked, row.pk)
    with pytest.raises(Refused, match="no-such-letter"):
        letters.letter_for(complainant(other), other.ref, row.pk)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_to_an_unconfirmed_address_tells_nothing_of_the_file(
    language: str, acts: Acts
) -> None:
    letter = letters.compose(written(LetterKind.DECISION, language, acts))
    notice = unconfirmed(letter, PAGE.format(language))
    said = plain(notice) + html(notice)
    words = WORDS[language]

    secrets = [words.name, words.reasons, words.narrative, *words.issues, letter.reference]
    assert [each for each in secrets if each in said] == []
    assert PAGE.format(language) in said


def test_the_words_of_both_languages_have_the_same_names_and_placeholders() -> None:
    marks = {
        language: {
            name: sorted(re.findall(r"%\((\w+)\)s", sentence))
            for name, sentence in texts.sentences(language).items()
        }
        for language in LANGUAGES
    }

    assert marks["fa"] == marks["en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_that_a_letter_may_turn_on_has_its_words(language: str) -> None:
    tables = {
        "finding": Finding,
        "outcome": Outcome,
        "declined": Decline,
        "kind": NotAComplaint,
        "term": Closing,
    }
    said = texts.sentences(language)

    for table, codes in tables.items():
        have = {name.split(".")[1] for name in said if name.startswith(f"{table}.")}
        assert have == {str(code) for code in codes}
    assert {kind for kind in LetterKind if f"{kind}.subject" in said} == set(LetterKind) - {
        *EDITABLE
    }


def test_headings_and_points_are_never_empty(acts: Acts) -> None:
    for kind in LetterKind:
        letter = letters.compose(written(kind, "fa", acts))
        blocks = letter.blocks
        assert all(block.text.strip() for block in blocks if isinstance(block, Heading | Quote))
        assert all(
            all(block.items) and block.items for block in blocks if isinstance(block, Points)
        )
