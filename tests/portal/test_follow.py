"""Following a complaint: who gets in, what they see, what they may answer."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from tests.casework.acts import Acts
from tests.portal.steps import filed, follow, followed, text

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.complaints.models import Complaint, Message, Rating
from pasokh.casework.complaints.terms import Verdict
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Telling
from pasokh.casework.intake import actions as intake
from pasokh.kernel import clock
from pasokh.kernel.ledger.models import Entry
from pasokh.portal import follow as door

LANGUAGES = pytest.mark.parametrize("language", ["fa", "en"])
PAGE = "/{}/follow/complaint/"


def page(browser: Client, language: str = "en") -> str:
    return text(browser.get(PAGE.format(language)))


@pytest.fixture
def decided(browser: Client, acts: Acts, portal: SimpleNamespace) -> Callable[..., Complaint]:
    """A complaint filed in the portal and decided, its letter on its way."""

    def decide(**changes: Any) -> Complaint:
        case = followed(browser)
        at = clock.now()
        acts._assess(case, by=portal.reza, at=at)
        promise = acts.promise(case, at, amount=1_500_000, currency="IRR", description="تعویض")
        given = {"promises": [promise], "reasons": "چون حق با شماست"} | changes
        acts._decide(case, by=portal.reza, at=at, **given)
        actions.write(case.ref, kind=LetterKind.DECISION, facts={}, by=portal.reza, at=clock.now())
        case.refresh_from_db()
        return case

    return decide


@LANGUAGES
def test_reference_and_code_open_the_page_however_they_are_written(
    browser: Client, language: str
) -> None:
    ref, code = filed(browser, language)
    digits = code.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")).replace("-", "")
    ways = [
        code,
        digits,
        " ".join(digits),
        digits.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    ]

    for way in ways:
        visitor = Client()
        assert follow(visitor, ref.lower().replace("-", " "), way, language).status_code == 302
        assert ref in page(visitor, language)


@LANGUAGES
def test_a_wrong_code_never_tells_whether_the_reference_exists(
    browser: Client, language: str
) -> None:
    ref, code = filed(browser, language)
    wrong = "0000-0000-0000-0000"
    attempts = [
        (ref, wrong),
        ("P-999999-9", wrong),
        ("P-000777-0", code),
        ("nonsense", "gibberish"),
    ]
    answers, statements = [], []
    for number, (one, other) in enumerate(attempts):
        with CaptureQueriesContext(connection) as seen:
            visitor = Client(REMOTE_ADDR=f"198.51.100.{number}")
            answer = follow(visitor, one, other, language)
        page = text(answer).replace(one, "REF").replace(other, "CODE")
        answers.append((answer.status_code, re.sub(r'name="csrf[^>]+>', "", page)))
        statements.append([query["sql"].split(" ")[0] for query in seen.captured_queries])

    assert len(set(answers)) == 1
    assert len({tuple(each) for each in statements}) == 1


def test_attempts_are_slowed_and_nobody_is_locked_out(browser: Client, still: None) -> None:
    ref, code = filed(browser)
    thief, wrong = Client(REMOTE_ADDR="198.51.100.1"), "0000-0000-0000-0000"
    for _ in range(door.FREE + 1):
        assert follow(thief, ref, wrong).status_code == 200

    slowed = follow(thief, ref, code)
    assert (slowed.status_code, slowed["Retry-After"]) == (429, "1")
    assert f'value="{ref}"' in text(slowed)
    assert follow(Client(REMOTE_ADDR="198.51.100.2"), ref, code).status_code == 302
    with later(timedelta(seconds=2)):
        assert follow(thief, ref, code).status_code == 302


def test_guesses_at_one_reference_from_many_addresses_are_slowed_too(
    browser: Client, still: None
) -> None:
    ref, _code = filed(browser)
    for number in range(door.FREE + 4):
        visitor = Client(REMOTE_ADDR=f"198.51.100.{number}")
        follow(visitor, ref, "0000-0000-0000-0000")
    another = Client(REMOTE_ADDR="203.0.113.9")
    answers = [follow(another, ref, "0000-0000-0000-0001").status_code for _ in range(3)]

    assert answers == [200, 200, 429]


@contextmanager
def later(by: timedelta) -> Iterator[None]:
    """Let the one clock go ahead for a block."""
    ahead = clock.now() + by
    clock.inject(lambda: ahead)
    yield
    clock.inject(None)


def test_the_page_closes_behind_those_who_are_away_or_leave(browser: Client) -> None:
    followed(browser)
    with later(door.IDLE):
        assert browser.get(PAGE.format("fa")).url == "/fa/follow/"
    ref, code = filed(browser)
    follow(browser, ref, code)
    assert browser.get(PAGE.format("fa")).status_code == 200
    browser.post("/fa/follow/leave/")
    assert browser.get(PAGE.format("fa")).url == "/fa/follow/"


def test_a_replaced_code_closes_the_pages_it_had_opened(
    browser: Client, portal: SimpleNamespace
) -> None:
    case = followed(browser)
    new = intake.replace_code(case.ref, proof="asked", by=portal.parvin, at=clock.now())

    assert browser.get(PAGE.format("fa")).url == "/fa/follow/"
    assert follow(browser, case.ref, new).status_code == 302


def test_the_session_holds_no_code_and_no_name(browser: Client) -> None:
    ref, code = filed(browser, "en")
    follow(browser, ref, code)

    held = dict(browser.session)
    assert set(held["follow"]) == {"ref", "marker", "seen"}
    assert code.replace("-", "") not in str(held).replace("-", "")


@LANGUAGES
@pytest.mark.clause("10002:7.3")
def test_the_page_shows_the_story_and_nothing_internal(
    browser: Client, acts: Acts, portal: SimpleNamespace, language: str
) -> None:
    case = followed(browser)
    at = clock.now()
    acts._assess(case, by=portal.reza, at=at)
    actions.assign(case.ref, staff=portal.staff["reza"].pk, by=portal.sara, at=at)
    actions.note(case.ref, text="INTERNAL-NOTE", by=portal.reza, at=at)
    acts._investigate(case, by=portal.reza, at=at)
    acts._gather(case, by=portal.reza, at=at)
    actions.message(case.ref, text="سلام از ما", by=portal.reza, at=at)
    shown = page(browser, language)

    assert "سلام از ما" in shown
    for hidden in ("INTERNAL-NOTE", "reza", "sara", "بازدید", "تعمیرگاه"):
        assert hidden not in shown


def test_a_letter_and_new_evidence_reach_the_case_once(browser: Client) -> None:
    case = followed(browser)
    send = {"text": "  عکس را\r\n فرستادم ", "step": "send"}
    bill = {"files": SimpleUploadedFile("bill.txt", b"bill")}
    with TestCase.captureOnCommitCallbacks(execute=True):
        for _ in range(2):
            bill["files"].seek(0)
            assert browser.post("/en/follow/complaint/letter/", send | bill).status_code == 302

    (heard,) = Message.objects.filter(complaint=case)
    assert (heard.text, heard.incoming) == ("  عکس را\n فرستادم ", True)
    assert [file.name for file in heard.attachments.all()] == ["bill.txt"]
    assert "bill.txt" in page(browser)


def test_a_letter_that_is_not_sent_yet_keeps_its_words_and_files(browser: Client) -> None:
    followed(browser)
    bill = SimpleUploadedFile("bill.txt", b"bill")
    response = browser.post(
        "/en/follow/complaint/letter/", {"text": " ", "step": "send", "files": bill}
    )

    assert list(response.context["form"].errors) == ["text"]
    assert "bill.txt" in text(browser.get("/en/follow/complaint/letter/"))
    other = followed(browser)
    assert "bill.txt" not in text(browser.get("/en/follow/complaint/letter/"))
    assert Message.objects.filter(complaint=other).count() == 0


@LANGUAGES
@pytest.mark.clause("10002:7.8")
def test_seeing_the_decision_is_one_way_of_being_told(
    browser: Client, decided: Callable[..., Complaint], language: str
) -> None:
    case = decided()
    assert case.state == State.DECIDED
    shown = page(browser, language)
    case.refresh_from_db()

    assert case.state == State.COMMUNICATED
    tellings = Telling.objects.filter(letter__complaint=case, letter__kind="decision")
    assert [(told.way, told.by) for told in tellings] == [("shown", "clock:tracking page")]
    assert [each in shown for each in ("چون حق با شماست", "دلیل", "تعویض")] == [True] * 3
    money = {"fa": "۱٬۵۰۰٬۰۰۰", "en": "1,500,000"}[language]
    assert money in shown
    before = Entry.objects.count()
    page(browser, language)
    assert Entry.objects.count() == before


def test_a_decision_whose_letter_is_not_written_is_not_shown(
    browser: Client, acts: Acts, portal: SimpleNamespace
) -> None:
    case = followed(browser)
    acts._assess(case, by=portal.reza, at=clock.now())
    acts._decide(case, by=portal.reza, at=clock.now(), reasons="هنوز نه")

    assert "هنوز نه" not in page(browser)
    case.refresh_from_db()
    assert case.state == State.DECIDED


def answer(browser: Client, case: Complaint, name: str, **given: Any) -> Any:
    case.refresh_from_db()
    known = {"version": case.version, "stage": case.stage, "reason": ""} | given
    return browser.post(f"/en/follow/complaint/{name}/", known)


@pytest.mark.clause("10002:7.9")
def test_accepting_twice_is_accepting_once(
    browser: Client, decided: Callable[..., Complaint]
) -> None:
    case = decided()
    page(browser)
    case.refresh_from_db()
    known = {"version": case.version, "stage": 1, "reason": "ممنون"}
    for _ in range(2):
        response = browser.post("/en/follow/complaint/accept/", known)
        assert response.url == "/en/follow/complaint/"

    case.refresh_from_db()
    assert case.verdict == Verdict.ACCEPTED
    given = Entry.objects.filter(subject=case.subject, event="complaint.verdict_given")
    assert given.count() == 1
    assert "Thank you" in page(browser)


@LANGUAGES
def test_not_accepting_lays_out_three_ways(
    browser: Client, decided: Callable[..., Complaint], language: str
) -> None:
    decided()
    page(browser)
    response = browser.get(f"/{language}/follow/complaint/refuse/")

    assert [name for name, _ in response.context["choices"]] == ["review", "outside", "let-be"]
    assert "The 124 line" in text(response)


@pytest.mark.clause("10002:7.9")
def test_one_tap_starts_the_review_and_a_second_does_nothing(
    browser: Client, decided: Callable[..., Complaint]
) -> None:
    case = decided()
    page(browser)
    case.refresh_from_db()
    known = {"version": case.version, "stage": 1}
    for _ in range(2):
        browser.post("/en/follow/complaint/review/", known)

    case.refresh_from_db()
    assert (case.stage, case.state) == (2, State.RECEIVED)
    events = list(Entry.objects.filter(subject=case.subject).values_list("event", flat=True))
    assert events.count("complaint.review_opened") == 1
    assert events.count("complaint.verdict_given") == 1
    assert "The first decision" in page(browser)


@pytest.mark.parametrize("name", ["outside", "let-be"])
def test_going_outside_or_leaving_it_keeps_the_way_to_a_review(
    browser: Client, decided: Callable[..., Complaint], name: str
) -> None:
    case = decided()
    page(browser)
    answer(browser, case, name)
    case.refresh_from_db()

    assert case.verdict == Verdict.NOT_ACCEPTED
    assert "/en/follow/complaint/review/" in page(browser)


def test_an_offer_that_ends_the_matter_says_so_before_it_is_accepted(
    browser: Client, decided: Callable[..., Complaint]
) -> None:
    case = decided(waives_review=True)
    page(browser)
    assert "cannot ask for a review" in text(browser.get("/en/follow/complaint/accept/"))
    answer(browser, case, "accept")

    assert "/en/follow/complaint/review/" not in page(browser)


def test_withdrawing_can_be_undone(browser: Client) -> None:
    case = followed(browser)
    assert "Back, change nothing" in text(browser.get("/en/follow/complaint/withdraw/"))
    for _ in range(2):
        answer(browser, case, "withdraw")
    case.refresh_from_db()
    assert case.state == State.WITHDRAWN
    assert "You can do this until" in page(browser)
    for _ in range(2):
        answer(browser, case, "undo")

    case.refresh_from_db()
    assert case.state == State.RECEIVED


def test_an_answer_that_is_not_open_leads_back_with_a_sentence(browser: Client) -> None:
    case = followed(browser)
    assert browser.get("/en/follow/complaint/accept/").url == "/en/follow/complaint/"
    answer(browser, case, "accept")

    assert "cannot be done while the file is where it is now" in page(browser)
    assert browser.get("/en/follow/complaint/nonsense/").status_code == 404


def test_an_answer_to_a_page_that_is_old_is_refused_with_a_sentence(
    browser: Client, decided: Callable[..., Complaint], portal: SimpleNamespace
) -> None:
    case = decided()
    page(browser)
    case.refresh_from_db()
    actions.message(case.ref, text="خبر تازه", by=portal.reza, at=clock.now())
    answer(browser, case, "accept", version=case.version)
    case.refresh_from_db()

    assert case.verdict == ""
    assert "Somebody else changed this file" in page(browser)


@pytest.mark.clause("10002:8.3")
def test_the_two_questions_are_asked_apart_from_the_verdict(
    browser: Client, decided: Callable[..., Complaint]
) -> None:
    case = decided()
    page(browser)
    for _ in range(2):
        browser.post("/en/follow/complaint/rate/", {"handling": "5", "outcome": "2", "comment": ""})
    rating = Rating.objects.get(complaint=case)
    case.refresh_from_db()

    assert (rating.handling, rating.outcome, case.verdict) == (5, 2, "")
    events = Entry.objects.filter(subject=case.subject, event="complaint.rated")
    assert events.count() == 1


def test_an_empty_rating_says_what_to_do(
    browser: Client, decided: Callable[..., Complaint]
) -> None:
    decided()
    page(browser)
    response = browser.post("/en/follow/complaint/rate/", {"comment": ""})

    assert response.status_code == 422
    assert "Answer at least one" in text(response)


def test_nobody_reaches_another_file(browser: Client) -> None:
    first = followed(browser)
    second = followed(browser, narrative="دیگری")

    assert first.ref not in page(browser)
    assert second.ref in page(browser)
    assert Client().post("/en/follow/complaint/withdraw/").url == "/en/follow/"
