"""Letters at the desk: on paper, numbered, sent again, and those that need somebody's hands."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client, override_settings
from tests.casework.acts import Acts
from tests.casework.conftest import DAY, HOUR, START
from tests.casework.correspondence.correspondents import written
from tests.desk.test_acts import NOW, act

from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.models import Complaint, Reading, Waiver
from pasokh.casework.correspondence import own
from pasokh.casework.correspondence.delivery import LetterKind, LetterState
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.wording import actions as texts
from pasokh.casework.correspondence.wording import queries as wording
from pasokh.channels.mail_out import keep_texts
from pasokh.directory.organisation.models import Organisation, RoleAssignment
from pasokh.directory.people import actions as people
from pasokh.directory.people.ways import Way

pytestmark = pytest.mark.django_db

File = Callable[..., Complaint]
AtDesk = Callable[[str], Client]
DESK = "/en/desk/"


@pytest.fixture
def letter(acts: Acts) -> Letter:
    """A decision letter to somebody with a confirmed mailbox."""
    return written(LetterKind.DECISION, "fa", acts)


def put(letter: Letter, state: LetterState, **changes: Any) -> None:
    Letter.objects.filter(pk=letter.pk).update(state=state, **changes)


def test_a_letter_is_printed_and_that_is_written_down(at_desk: AtDesk, letter: Letter) -> None:
    ref = letter.complaint.ref

    answer = at_desk("reza").get(f"{DESK}complaints/{ref}/letters/{letter.pk}/")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert answer["Cache-Control"] == "no-store"
    assert Reading.objects.get().what == "letter"


def test_a_letter_is_saved_as_a_word_file_and_that_is_written_down(
    at_desk: AtDesk, letter: Letter
) -> None:
    ref, browser = letter.complaint.ref, at_desk("reza")
    address = f"{DESK}complaints/{ref}/letters/{letter.pk}/word/"
    assert address in browser.get(f"{DESK}complaints/{ref}/").content.decode()

    answer = browser.get(address)

    assert answer.content.startswith(b"PK")
    assert answer["Content-Disposition"] == f'attachment; filename="{ref}-{letter.pk}.docx"'
    assert Reading.objects.filter(what="letter").count() == 1
    assert browser.get(address.replace(f"/{letter.pk}/", "/0/")).status_code == 404


def test_a_letter_of_another_file_is_not_there(at_desk: AtDesk, letter: Letter, file: File) -> None:
    browser, other = at_desk("reza"), file()

    assert browser.get(f"{DESK}complaints/{other.ref}/letters/{letter.pk}/").status_code == 404
    assert at_desk("zahra").get(
        f"{DESK}complaints/{letter.complaint.ref}/letters/{letter.pk}/"
    ).status_code in (403, 404)


def test_the_secretariats_number_is_typed_and_stands_on_the_case(
    at_desk: AtDesk, letter: Letter
) -> None:
    browser, case = at_desk("reza"), letter.complaint

    asked = browser.get(f"{DESK}complaints/{case.ref}/number_letter/?letter={letter.pk}")
    act(browser, case, "number_letter", letter=letter.pk, number="۱۴۰۵/د/۱۲۳")

    assert asked.context["form"]["letter"].value() == str(letter.pk)
    letter.refresh_from_db()
    assert letter.secretariat_number == "۱۴۰۵/د/۱۲۳"
    assert "۱۴۰۵/د/۱۲۳" in browser.get(f"{DESK}complaints/{case.ref}/").content.decode()


def test_a_failed_letter_goes_again_to_the_address_known_now(
    at_desk: AtDesk, letter: Letter, shop: SimpleNamespace
) -> None:
    browser, case = at_desk("reza"), letter.complaint
    put(letter, LetterState.FAILED, failure="550 no such user")
    assert case.complainant is not None
    old = letter.to
    new = people.add_contact_point(
        case.complainant.pk, kind=Way.EMAIL, value="b@example.org", preferred=True,
        by=shop.nima, at=START + HOUR,
    )  # fmt: skip

    answer = act(browser, case, "send_letter_again", letter=letter.pk)

    assert answer.status_code == 302
    letter.refresh_from_db()
    assert (letter.state, letter.to) == (LetterState.QUEUED, new)
    assert old != new


def test_without_an_address_it_says_so(at_desk: AtDesk, file: File, acts: Acts) -> None:
    case = file()
    acts.take(Step.MESSAGE, case, acts.shop.reza, START + HOUR)
    Letter.objects.update(state=LetterState.RETURNED)

    answer = act(at_desk("reza"), case, "send_letter_again", letter=Letter.objects.get().pk)

    assert answer.status_code == 409
    assert "No address is known" in answer.content.decode()


@pytest.mark.parametrize(
    ("state", "changes", "said"),
    [
        (LetterState.QUEUED, {}, "No mail server is set, so it waits."),
        (LetterState.SENDING, {}, "on its way to the mail server"),
        (LetterState.UNCERTAIN, {}, "sent once more by itself"),
        (LetterState.HANDED_OVER, {}, "If it comes back, write that down."),
        (LetterState.HANDED_OVER, {"form": "notice"}, "Only a notice with a link went out"),
        (LetterState.FAILED, {"failure": "550 unknown"}, "Check the address"),
        (LetterState.RETURNED, {}, "What it had told no longer counts."),
        (LetterState.SHOWN_ONLY, {"to": None}, "No address is known."),
    ],
)
def test_each_state_of_a_letter_says_what_to_do(
    at_desk: AtDesk, letter: Letter, state: LetterState, changes: dict[str, Any], said: str
) -> None:
    put(letter, state, **changes)

    page = at_desk("reza").get(f"{DESK}complaints/{letter.complaint.ref}/").content.decode()

    assert said in page
    assert changes.get("failure", "") in page


def test_each_letter_says_with_whose_text_it_was_made(
    at_desk: AtDesk, letter: Letter, shop: SimpleNamespace
) -> None:
    case = f"{DESK}complaints/{letter.complaint.ref}/"

    def page(name: str) -> str:
        return at_desk(name).get(case).content.decode()

    def saved(at: datetime, ends: str) -> None:
        ours = own.written("decision", "fa")
        since = wording.typed("decision", "fa")[2]
        told = {"subject": ours.subject, "body": f"{ours.body}\n{ends}", "since": since}
        texts.write("decision", "fa", **told, by=shop.parvin, at=at)

    assert "With our text as of now." in page("reza")
    keep_texts(START + DAY)
    assert "Made with our text." in page("reza")
    saved(START + HOUR, "یکم")
    assert "Made with our text." in page("reza")

    Letter.objects.update(text=None)
    before = "With the organisation&#x27;s own text as of now: version 1 of"
    assert before in page("reza")
    keep_texts(START + DAY)
    saved(START + HOUR, "دوم")
    shown = page("parvin")
    where = f"{DESK}set-up/letters/decision/fa/?version=1#version"
    assert f'own text: <a href="{where}">version 1 of <time' in shown
    assert "saved by <bdi>parvin</bdi></a>" in shown
    assert where not in page("reza")
    told = at_desk("parvin").get(where.partition("#")[0]).content.decode()
    assert told.count('id="version" open') == 1
    assert "Version 1, <time" in told.partition('id="version" open')[2][:80]


def test_the_queue_says_when_no_letter_leaves_and_when_some_failed(
    at_desk: AtDesk, letter: Letter
) -> None:
    browser = at_desk("reza")
    assert "No letter leaves by mail" in browser.get(DESK).content.decode()

    put(letter, LetterState.FAILED)
    assert "1 letter to look after" in browser.get(DESK).content.decode()

    with override_settings(SMTP_URL="smtp://localhost"):
        put(letter, LetterState.QUEUED)
        assert "desk/letters/" not in browser.get(DESK).content.decode()


def test_the_page_of_letters_lists_what_failed_and_what_is_to_be_printed(
    at_desk: AtDesk, letter: Letter
) -> None:
    browser = at_desk("reza")
    put(letter, LetterState.FAILED, failure="550 no such user")
    page = browser.get(f"{DESK}letters/")

    assert [one.id for one in page.context["post"].troubled] == [letter.pk]
    assert "550 no such user" in page.content.decode()
    assert "No mail server is set" in page.content.decode()
    put(letter, LetterState.RETURNED, failure="550 5.1.1 User unknown")
    assert "There is no such mailbox." in browser.get(f"{DESK}letters/").content.decode()

    put(letter, LetterState.QUEUED)
    assert [one.id for one in browser.get(f"{DESK}letters/").context["post"].by_hand] == [letter.pk]
    with override_settings(SMTP_URL="smtp://localhost"):
        assert browser.get(f"{DESK}letters/").context["post"].by_hand == ()


def test_a_letter_told_another_way_is_no_trouble(at_desk: AtDesk, letter: Letter) -> None:
    browser = at_desk("reza")
    put(letter, LetterState.FAILED)
    proof = {"number": "0912", "person": "مریم", "said": "گفتیم", "written_copy_on": "1405/2/15"}

    act(
        browser,
        letter.complaint,
        "told",
        letter=letter.pk,
        way="telephoned",
        happened_at=NOW,
        **proof,
    )

    page = browser.get(f"{DESK}letters/")
    assert page.context["post"].troubled == ()
    case = browser.get(f"{DESK}complaints/{letter.complaint.ref}/").content.decode()
    assert "told another way" in case
    put(letter, LetterState.SHOWN_ONLY, to=None)
    case = browser.get(f"{DESK}complaints/{letter.complaint.ref}/").content.decode()
    assert "No address is known" not in case


def test_nobody_is_shown_letters_of_files_they_may_not_see(
    at_desk: AtDesk, letter: Letter, shop: SimpleNamespace
) -> None:
    put(letter, LetterState.FAILED)

    assert at_desk("shirin").get(f"{DESK}letters/").context["post"].troubled == ()
    assert at_desk("shirin").get(DESK).context["letters_lost"] == 0


def test_an_office_without_a_mailbox_is_told_so(at_desk: AtDesk, shop: SimpleNamespace) -> None:
    browser = at_desk("reza")
    assert "The office has no mailbox" in browser.get(f"{DESK}letters/").content.decode()

    Organisation.objects.update(mailbox="office@example.org")
    assert "The office has no mailbox" not in browser.get(f"{DESK}letters/").content.decode()


@pytest.mark.clause("10002:4.7")
def test_an_exception_to_independence_is_refused_while_somebody_independent_is_there(
    at_desk: AtDesk, file: File, shop: SimpleNamespace
) -> None:
    case = file()

    answer = act(at_desk("omid"), case, "waive", staff=shop.staff["omid"].pk, reason="کسی نیست")

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["staff"])
    assert "reza" in answer.content.decode()
    assert not Waiver.objects.exists()


@pytest.mark.clause("10002:4.7")
def test_where_nobody_is_independent_the_most_senior_is_proposed_told_and_counted(
    at_desk: AtDesk, file: File, shop: SimpleNamespace
) -> None:
    deciding = [staff.pk for name, staff in shop.staff.items() if name in ("reza", "leila", "mina")]
    case = file(complained_about=deciding)
    RoleAssignment.objects.filter(staff=shop.staff["omid"]).update(unit=None)
    from_judging = Complaint.objects.get(pk=case.pk)
    browser = at_desk("omid")
    # He judged the first stage himself, and the others are those complained about.
    _judged_by(from_judging, shop.staff["omid"].pk)

    asked = browser.get(f"{DESK}complaints/{case.ref}/waive/")
    answer = act(browser, case, "waive", staff=shop.staff["omid"].pk, reason="کس دیگری نیست")

    assert asked.context["form"]["staff"].value() == shop.staff["omid"].pk
    assert answer.status_code == 302
    assert Waiver.objects.get().staff_id == shop.staff["omid"].pk
    assert Letter.objects.get(complaint=case, kind="waiver").facts == {
        "staff": shop.staff["omid"].pk
    }
    again = browser.get(f"{DESK}complaints/{case.ref}/waive/").content.decode()
    assert "allowed in the last twelve months: 1." in again


def _judged_by(case: Complaint, staff: int) -> None:
    case.decisions.create(
        stage=1, outcome="not_upheld", reasons="دلیل", decided_by_id=staff, decided_at=START
    )
    Complaint.objects.filter(pk=case.pk).update(stage=2)


def test_a_letter_that_came_back_is_said_on_the_case_with_what_to_do(
    at_desk: AtDesk, letter: Letter
) -> None:
    page = f"{DESK}complaints/{letter.complaint.ref}/"
    assert "A letter did not arrive" not in at_desk("reza").get(page).content.decode()
    put(letter, LetterState.RETURNED, failure="550 5.1.1 no such mailbox")

    shown = at_desk("reza").get(page).content.decode()
    assert "A letter did not arrive" in shown
    assert "There is no such mailbox." in shown
    assert f"{page}send_letter_again/?letter={letter.pk}" in shown
    only_reads = at_desk("ali").get(page).content.decode()
    assert "A letter did not arrive" in only_reads
    assert "send_letter_again/?" not in only_reads
