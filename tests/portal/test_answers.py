"""What the complainant answers: once each, with a sentence when it is too late."""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.portal.steps import followed, page, text

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.actions.judging import Found
from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.complaints.models import Complaint, Rating
from pasokh.casework.complaints.terms import Finding, Verdict
from pasokh.kernel import clock
from pasokh.kernel.ledger.models import Entry

LANGUAGES = pytest.mark.parametrize("language", ["fa", "en"])


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
@pytest.mark.clause("10002:7.9")
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


@pytest.mark.clause("10002:7.9")
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


@LANGUAGES
@pytest.mark.clause("10002:7.9")
def test_the_page_before_withdrawing_names_the_day_that_the_page_after_it_names(
    browser: Client, still: None, language: str
) -> None:
    case = followed(browser, language)
    Complaint.objects.update(regime_parameters={"withdraw_undo_days": 9})
    before = text(browser.get(f"/{language}/follow/complaint/withdraw/"))
    answer(browser, case, "withdraw")
    after = page(browser, language)
    named = re.compile(r"<time [^>]+>[^<]+</time>")
    undone = browser.get(f"/{language}/follow/complaint/").context["back_until"]

    assert undone - clock.now() > timedelta(days=8)
    said = [each for each in named.findall(after) if undone.isoformat()[:10] in each]
    assert said
    assert said[0] in named.findall(before)


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


@pytest.fixture
def twofold(decided: Callable[..., Complaint], portal: SimpleNamespace) -> Complaint:
    """A decided complaint of two issues."""
    found = [Found(number, Finding.NOT_UPHELD, "چون") for number in (1, 2)]
    return decided(second="فاکتور هم اشتباه است.", findings=found)


@pytest.mark.clause("10002:7.9")
@pytest.mark.parametrize("name", ["review", "outside", "let-be"])
def test_they_say_of_which_answers_they_do_not_accept(
    browser: Client, twofold: Complaint, name: str
) -> None:
    page(browser)
    asked = text(browser.get("/en/follow/complaint/refuse/"))
    assert asked.count('type="checkbox"') == 2
    assert "فاکتور هم اشتباه است." in asked
    answer(browser, twofold, name, refused=["2"])

    given = Entry.objects.get(subject=twofold.subject, event="complaint.verdict_given")
    said = [{"issue": 1, "verdict": "accepted"}, {"issue": 2, "verdict": "not_accepted"}]
    assert (given.facts["verdict"], given.facts["issues"]) == ("not_accepted", said)
    there = page(browser)
    assert there.count("You accept this.") == there.count("You do not accept this.") == 1


def test_none_chosen_is_the_whole_and_what_is_not_there_is_refused(
    browser: Client, twofold: Complaint
) -> None:
    page(browser)
    again = answer(browser, twofold, "let-be", refused=["3"], reason="Because.")
    assert "Choose from what stands here." in text(again)
    assert "Because." in text(again)
    twofold.refresh_from_db()
    assert twofold.verdict == ""
    answer(browser, twofold, "let-be")
    given = Entry.objects.get(subject=twofold.subject, event="complaint.verdict_given")
    assert (given.facts["verdict"], given.facts["issues"]) == ("not_accepted", [])
    assert "You do not accept this." not in page(browser)


def test_a_decision_of_one_issue_asks_of_no_parts(
    browser: Client, decided: Callable[..., Complaint]
) -> None:
    case = decided()
    page(browser)
    assert 'type="checkbox"' not in text(browser.get("/en/follow/complaint/refuse/"))
    answer(browser, case, "outside", refused=["1"])
    given = Entry.objects.get(subject=case.subject, event="complaint.verdict_given")
    assert given.facts["issues"] == []
