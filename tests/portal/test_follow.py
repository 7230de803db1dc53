"""Following a complaint: who gets in, what they see, what they may answer."""

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from tests.casework.acts import Acts
from tests.portal.steps import PAGE, filed, follow, followed, page, text

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.complaints.milestones import Milestone
from pasokh.casework.complaints.models import Complaint, Message
from pasokh.casework.correspondence import actions as letters
from pasokh.casework.correspondence.composed import (
    Composed,
    Facts,
    Heading,
    Issue,
    Issues,
    Office,
    Paragraph,
    Points,
    Quote,
    Small,
)
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Telling
from pasokh.casework.intake import actions as intake
from pasokh.kernel import clock
from pasokh.kernel.ledger.models import Entry
from pasokh.portal import follow as door

LANGUAGES = pytest.mark.parametrize("language", ["fa", "en"])


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


@pytest.mark.clause("10002:7.3")
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


def test_nobody_reaches_another_file(browser: Client) -> None:
    first = followed(browser)
    second = followed(browser, narrative="دیگری")

    assert first.ref not in page(browser)
    assert second.ref in page(browser)
    assert Client().post("/en/follow/complaint/withdraw/").url == "/en/follow/"


@LANGUAGES
def test_our_letters_stand_on_the_page_as_they_were_kept_and_count_as_told(
    browser: Client, portal: SimpleNamespace, language: str
) -> None:
    case = followed(browser)
    letter = actions.write(
        case.ref, kind=LetterKind.PROGRESS, facts={}, by=portal.reza, at=clock.now()
    )
    assert "هنوز منتظر قطعه‌ایم" not in page(browser, language)
    letters.keep(letter.pk, composed())
    shown = page(browser, language)

    for said in ("خبر تازه", "هنوز منتظر قطعه‌ایم", "مهلت", "نقل &lt;b&gt;", "یک به یک"):
        assert said in shown
    tellings = Telling.objects.filter(letter=letter)
    assert [told.way for told in tellings] == ["shown"]
    case.refresh_from_db()
    assert case.done(Milestone.UPDATED)


def composed() -> Composed:
    """A letter with one of each kind of block."""
    return Composed(
        kind="progress",
        language="fa",
        reference="P-000042-7",
        dated="شنبه",
        subject="خبر تازه",
        salutation="سلام",
        blocks=(
            Paragraph("هنوز منتظر قطعه‌ایم"),
            Heading("مهلت"),
            Facts((("تصمیم", "فردا"),)),
            Points(("یک به یک",)),
            Quote("نقل <b>"),
            Issues((Issue("1", "یخچال", "درست", "چون"),)),
            Small("چطور شمردیم", ("یک روز",)),
        ),
        valediction="با احترام",
        signature=("مدیر",),
        office=Office("خانه"),
    )


@LANGUAGES
def test_the_page_says_how_its_dates_are_counted_in_the_readers_calendar(
    browser: Client, language: str
) -> None:
    followed(browser)
    response = browser.get(PAGE.format(language))
    counted = response.context["workings"]
    clocks = response.context["file"].clocks
    running = [clock.due_at for clock in clocks if clock.duty and clock.stopped_at is None]

    assert [one.due for one in counted] == running
    assert all(line in html.unescape(text(response)) for one in counted for line in one.lines)
    years = {"fa": "۱۴۰", "en": "20"}[language]
    assert all(any(years in line for line in one.lines) for one in counted)


def test_a_withdrawn_complaint_promises_no_word_any_more(browser: Client) -> None:
    followed(browser)
    browser.post("/en/follow/complaint/withdraw/", {"reason": ""})
    response = browser.get(PAGE.format("en"))

    assert (response.context["due"], response.context["workings"]) == (None, [])
    assert "You hear from us by" not in text(response)
    assert "Undo the withdrawal" in text(response)
    browser.post("/en/follow/complaint/undo/", {"reason": ""})
    assert "You hear from us by" in page(browser)


def test_a_date_that_has_passed_is_owned_up_to_and_not_promised(browser: Client) -> None:
    ref, code = filed(browser)
    with later(timedelta(days=30)):
        follow(browser, ref, code)
        said = page(browser)

    assert "We are late, and we are sorry." in said
    assert "You hear from us by" not in said
