"""What a server says later of a letter it took: the clock runs again, somebody is told."""

from datetime import UTC, datetime
from functools import partial

import pytest
from django.utils.translation import override
from tests.casework.acts import Acts
from tests.casework.conftest import DAY, HOUR, START, told
from tests.casework.correspondence.correspondents import complain, written
from tests.channels.postbox import Postbox

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.actions.bouncing import BY
from pasokh.casework.complaints.lifecycle import State, Step
from pasokh.casework.complaints.milestones import Milestone
from pasokh.casework.complaints.queries import outbox
from pasokh.casework.complaints.queries.fenced import fenced
from pasokh.casework.complaints.queries.lines import lines
from pasokh.casework.complaints.queries.timeline import timeline
from pasokh.casework.correspondence.delivery import LetterKind, LetterState
from pasokh.casework.correspondence.models import Letter, Telling
from pasokh.casework.correspondence.telling import Way as Told
from pasokh.casework.deadlines.models import Clock
from pasokh.channels.mail_out import send_letters
from pasokh.directory.people import actions as people
from pasokh.directory.people import queries as people_queries
from pasokh.directory.people.ways import Way
from pasokh.kernel.errors import Refused

NOW = START + DAY
TO = "maryam@example.org"
SAID = "550 5.1.1 no such mailbox"

pytestmark = pytest.mark.django_db


def bounce(letter: Letter, **changes: object) -> str | None:
    told = {"recipient": TO, "permanent": True, "said": SAID, "happened_at": NOW + HOUR}
    sign = str(changes.pop("message_id", f"<{letter.message_id}@khaneh.example>"))
    return actions.bounced(sign, **{**told, **changes}, by=BY, at=NOW + HOUR)  # type: ignore[arg-type]


def sent(kind: LetterKind, acts: Acts, **changes: object) -> Letter:
    letter = written(kind, "en", acts, **changes)
    send_letters(NOW)
    return after(letter)


def after(letter: Letter) -> Letter:
    letter.refresh_from_db()
    letter.complaint.refresh_from_db()
    return letter


def test_the_story_of_the_file_says_in_words_why_a_letter_came_back(
    box: Postbox, acts: Acts
) -> None:
    known, strange = sent(LetterKind.ACKNOWLEDGEMENT, acts), sent(LetterKind.DECISION, acts)

    bounce(known)
    bounce(strange, said="They moved to Mars")

    with override("en"):
        said = [timeline(one.complaint, masked=False)[-1].texts for one in (known, strange)]
    assert said == [("There is no such mailbox.",), ("They moved to Mars",)]


@pytest.mark.clause("10002:7.4")
def test_a_letter_that_never_arrived_starts_the_clock_again_and_is_a_task(
    box: Postbox, acts: Acts
) -> None:
    letter = sent(LetterKind.ACKNOWLEDGEMENT, acts)
    assert letter.complaint.done(Milestone.ACKNOWLEDGED)

    assert bounce(letter) == letter.complaint.ref
    assert bounce(letter) == letter.complaint.ref  # told twice

    assert (after(letter).state, letter.failure) == (LetterState.RETURNED, SAID)
    assert not letter.complaint.done(Milestone.ACKNOWLEDGED)
    assert Clock.objects.filter(
        complaint=letter.complaint, name="acknowledge", state="running"
    ).exists()
    assert told(letter.complaint).count("complaint.acknowledgement_undelivered") == 1
    assert Telling.objects.get().undone_at == NOW + HOUR
    assert [one.id for one in outbox.post(acts.shop.reza).troubled] == [letter.pk]
    assert outbox.lost(acts.shop.reza) == 1
    assert letter.to is not None
    assert letter.to.failing_since == NOW + HOUR


@pytest.mark.clause("10002:7.8")
def test_a_decision_that_bounced_was_never_communicated(box: Postbox, acts: Acts) -> None:
    letter = sent(LetterKind.DECISION, acts)
    assert letter.complaint.state == State.COMMUNICATED

    bounce(letter, recipient="")

    assert after(letter).complaint.state == State.DECIDED


def test_what_is_not_final_or_is_about_somebody_else_is_only_noted(
    box: Postbox, acts: Acts
) -> None:
    letter = sent(LetterKind.ACKNOWLEDGEMENT, acts)

    bounce(letter, permanent=False, said="452 mailbox full")
    assert (after(letter).state, letter.failure) == (LetterState.HANDED_OVER, "452 mailbox full")
    bounce(letter, recipient="forwarded@elsewhere.example", said="550 " + "x" * 900)
    assert (after(letter).state, len(letter.failure)) == (LetterState.HANDED_OVER, 200)
    assert letter.complaint.done(Milestone.ACKNOWLEDGED)
    assert letter.to is not None
    assert letter.to.failing_since is None


def test_a_notice_that_bounced_undoes_nothing_for_it_told_nothing(box: Postbox, acts: Acts) -> None:
    letter = sent(LetterKind.ACKNOWLEDGEMENT, acts, confirmed=False)

    bounce(letter)

    assert after(letter).state == LetterState.RETURNED
    assert told(letter.complaint)[-1] == "complaint.letter_returned"


def test_a_bounce_of_an_earlier_sending_leaves_the_letter_alone(box: Postbox, acts: Acts) -> None:
    letter = sent(LetterKind.ACKNOWLEDGEMENT, acts, confirmed=False)
    notice = letter.message_id
    assert letter.to is not None
    actions.confirm_contact(letter.complaint.ref, point=letter.to.pk, by=acts.shop.reza, at=NOW)
    send_letters(NOW)

    bounce(letter, message_id=notice)

    assert after(letter).state == LetterState.HANDED_OVER
    assert letter.complaint.done(Milestone.ACKNOWLEDGED)


def test_a_clock_that_goes_wrong_elsewhere_does_not_stop_a_bounce(box: Postbox, acts: Acts) -> None:
    letter = sent(LetterKind.ACKNOWLEDGEMENT, acts)

    bounce(letter, happened_at=START - 99 * DAY)

    assert after(letter).came_back_at == NOW


def test_what_is_no_letter_of_ours_is_nobodys(box: Postbox, acts: Acts) -> None:
    assert bounce(complained(acts), message_id="<strange@elsewhere.example>") is None


def test_a_letter_still_being_sent_is_asked_about_later(box: Postbox, acts: Acts) -> None:
    letter = sent(LetterKind.ACKNOWLEDGEMENT, acts)
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.SENDING)
    with pytest.raises(Refused, match="letter-still-sending"):
        bounce(letter)


def complained(acts: Acts) -> Letter:
    return written(LetterKind.ACKNOWLEDGEMENT, "en", acts)


def test_letters_go_another_way_while_one_fails_until_it_works_again(
    box: Postbox, acts: Acts
) -> None:
    case = complain(acts.shop, "en")
    assert case.complainant is not None
    (mailbox,) = case.complainant.contact_points.all()
    by, at = acts.shop.reza, NOW
    post = people.add_contact_point(
        case.complainant.pk, kind=Way.POST, value="12 Oak Street", by=by, at=at
    )
    box_of = partial(people_queries.letter_box, texts=False)

    people.doubt_contact_point(mailbox.pk, by=by, at=at)
    assert box_of(case.complainant.pk) == post.pk
    people.trust_contact_point(mailbox.pk, by=by, at=at)
    assert box_of(case.complainant.pk) == mailbox.pk


def test_a_letter_taken_once_more_clears_the_mark(box: Postbox, acts: Acts) -> None:
    letter = sent(LetterKind.ACKNOWLEDGEMENT, acts)
    bounce(letter)
    later = NOW + 2 * HOUR
    actions.send_letter_again(letter.complaint.ref, letter=letter.pk, by=acts.shop.reza, at=later)
    send_letters(later)

    assert after(letter).state == LetterState.HANDED_OVER
    assert letter.complaint.done(Milestone.ACKNOWLEDGED)
    assert letter.to is not None
    assert letter.to.failing_since is None


def answer(acts: Acts) -> Letter:
    """A message to somebody whose complaint was acknowledged, sent."""
    case = sent(LetterKind.ACKNOWLEDGEMENT, acts).complaint
    acts.take(Step.ASSESS, case, acts.shop.sara, NOW)
    actions.message(case.ref, text="one word more", by=acts.shop.reza, at=NOW)
    send_letters(NOW + HOUR)
    return after(Letter.objects.get(complaint=case, kind=LetterKind.MESSAGE))


def due(letter: Letter) -> str:
    """What is due next of a letter's file."""
    return after(letter).complaint.due_clock


@pytest.mark.clause("10002:7.8")
def test_a_letter_that_reached_nobody_stands_in_the_queue_until_somebody_saw_to_it(
    box: Postbox, acts: Acts
) -> None:
    letter = answer(acts)
    case, by = letter.complaint, acts.shop.reza
    before = due(letter)
    bounce(letter)

    assert due(letter) == "letter"
    assert letter.complaint.due_at == datetime(2026, 5, 6, 20, 29, 59, 999999, UTC)
    actions.message(case.ref, text="once more", by=by, at=NOW + HOUR)
    assert (due(letter), outbox.lost(by), outbox.post(by).troubled) == (before, 0, ())

    (again,) = Letter.objects.filter(complaint=case, pk__gt=letter.pk)
    send_letters(NOW + HOUR)
    bounce(again)
    assert (due(letter), outbox.lost(by)) == ("letter", 2)
    (line,) = lines(fenced(by))
    assert line.lost
    proof = {"handed_over_to": "post office 17"}
    told_on = {"happened_at": NOW + 2 * HOUR, "by": by, "at": NOW + 2 * HOUR}
    actions.told(case.ref, letter=again.pk, way=Told.SENT, proof=proof, **told_on)
    assert (due(letter), outbox.lost(by)) == (before, 0)
    (line,) = lines(fenced(by))
    assert not line.lost


def test_a_letter_that_a_server_never_takes_is_due_as_well(box: Postbox, acts: Acts) -> None:
    case = sent(LetterKind.ACKNOWLEDGEMENT, acts).complaint
    acts.take(Step.ASSESS, case, acts.shop.sara, NOW)
    box.refuse[TO] = SAID
    actions.message(case.ref, text="no", by=acts.shop.reza, at=NOW)
    send_letters(NOW + HOUR)

    letter = Letter.objects.get(kind=LetterKind.MESSAGE)
    assert (letter.state, due(letter)) == (LetterState.FAILED, "letter")


def test_what_somebody_called_unwanted_is_noted_and_a_strangers_address_is_left_alone(
    box: Postbox, acts: Acts
) -> None:
    theirs, strange = (
        sent(LetterKind.ACKNOWLEDGEMENT, acts, address=to, confirmed=known)
        for to, known in ((TO, True), ("who@example.org", False))
    )
    for letter in (theirs, strange, strange):
        sign = f"<{letter.message_id}@khaneh.example>"
        assert actions.unwanted(sign, kind="abuse", by=BY, at=NOW + HOUR) == letter.complaint.ref
        assert after(letter).failure == "feedback-abuse"

    assert theirs.to is not None
    assert theirs.to.refused_at is None
    assert told(strange.complaint).count("complaint.contact_stopped") == 1
    assert strange.to is not None
    assert strange.to.refused_at == NOW + HOUR
    assert actions.unwanted("<strange@elsewhere.example>", kind="abuse", by=BY, at=NOW) is None
