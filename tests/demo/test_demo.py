"""`pasokh demo` and `bin/serve --demo`, as somebody who tries Pasokh meets them."""

import json
import signal
import subprocess
from http.client import HTTPConnection
from pathlib import Path
from typing import LiteralString

import pytest
from tests.config.conftest import until

from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.complaints.terms import Closing
from pasokh.demo import house

from .conftest import MANY, Made

pytestmark = pytest.mark.serial

SEEN = """
from pasokh.casework.complaints import queries
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel.clock import now
for one in organisation.colleagues(now()):
    if one.signs_in:
        actor = organisation.actor_for_staff(one.id, now())
        print(one.number, queries.visible_to(actor).count())
"""


def page(made: Made, path: str) -> str:
    connection = HTTPConnection("127.0.0.1", made.place.port, timeout=60)
    connection.request("GET", f"/{path}")
    answer = connection.getresponse()
    assert answer.status == 200
    return answer.read().decode()


def test_the_command_tells_the_accounts_and_files_to_try(whole: Made) -> None:
    assert whole.told
    assert (whole.told.returncode, whole.told.stderr.count("could not go on")) == (0, 0)
    said = whole.told.stdout
    assert [one.email for one in house.accounts() if one.email not in said] == []
    assert house.PASSWORD in said
    assert f"Letters are written to {whole.place.environ['PASOKH_DATA']}/demo-mail." in said


def test_it_is_a_year_of_complaints_in_both_languages_and_every_state(whole: Made) -> None:
    counted = whole.rows("SELECT language, count(*) FROM casework_complaint GROUP BY 1 ORDER BY 1")
    many = dict(counted)
    assert sum(many.values()) >= MANY
    assert 0.55 < many["fa"] / sum(many.values()) < 0.8

    states = {state for (state,) in whole.rows("SELECT DISTINCT state FROM casework_complaint")}
    assert states == set(State)
    closings = {by for (by,) in whole.rows("SELECT DISTINCT closing FROM casework_complaint")}
    assert closings == {"", *Closing}


@pytest.mark.parametrize(
    "event",
    [
        *("significant_told", "significant_read", "settled", "referred", "referral_ended"),
        *("review_opened", "withdrawn", "reopened", "set_aside", "declined", "undelivered"),
        *("corrected", "assigned", "contact_logged", "promise_kept", "cause_traced", "extended"),
        *("held", "resumed", "rated", "noticed", "remedy_fulfilled", "message_sent"),
        *("message_heard", "asked", "noted", "deadline_near", "deadline_passed", "reconsidered"),
        *("progress_reported", "colleague_named", "evidence_gathered"),
        *("joined", "split", "independence_waived"),
    ],
)
def test_everything_that_can_happen_has_happened(whole: Made, event: str) -> None:
    query = "SELECT count(*) > 0 FROM ledger_entry WHERE event = %s"

    assert whole.rows(query, f"complaint.{event}") == [(True,)]


def test_two_files_of_one_matter_stand_together_and_each_goes_its_own_way(whole: Made) -> None:
    joined = whole.rows(
        """
        SELECT one.complainant_id IS DISTINCT FROM other.complainant_id OR one.anonymous,
            one.narrative <> other.narrative, one.product_id = other.product_id,
            one.state NOT IN ('received', 'assessed'), other.state NOT IN ('received', 'assessed')
        FROM casework_link link JOIN casework_complaint one ON one.id = link.complaint_id
        JOIN casework_complaint other ON other.id = link.other_id WHERE link.why = 'joined'
        """
    )

    assert len(joined) == 2
    assert set(joined) == {(True,) * 5}


def test_a_second_matter_goes_on_in_a_file_of_its_own_that_its_person_can_open(whole: Made) -> None:
    parted = whole.rows(
        """
        SELECT issue.number, issue.text = other.narrative,
            right(first.narrative, length(issue.text)) = issue.text,
            first.complainant_id = other.complainant_id,
            EXISTS (SELECT FROM casework_accesscode WHERE complaint_id = other.id)
        FROM casework_issue issue JOIN casework_complaint first ON first.id = issue.complaint_id
        JOIN casework_complaint other ON other.id = issue.moved_to_id
        """
    )

    assert len(parted) == 2
    assert set(parted) == {(2, True, True, True, True)}


def test_where_nobody_independent_was_left_the_reason_was_told(whole: Made) -> None:
    waived = whole.rows(
        """
        SELECT waiver.stage, length(waiver.reason) > 80, waiver.staff_id = first.decided_by_id,
            waiver.staff_id = again.decided_by_id, letter.state
        FROM casework_waiver waiver
        JOIN casework_decision first ON first.complaint_id = waiver.complaint_id AND first.stage = 1
        JOIN casework_decision again ON again.complaint_id = waiver.complaint_id AND again.stage = 2
        JOIN casework_letter letter
        ON letter.complaint_id = waiver.complaint_id AND letter.kind = 'waiver'
        WHERE first.reconsidered_at IS NULL AND again.reconsidered_at IS NULL
        """
    )

    assert len(waived) == 2
    assert set(waived) == {(2, True, True, True, "shown_only")}


def states(whole: Made, table: LiteralString, column: LiteralString = "state") -> dict[str, int]:
    """How many rows of a table there are of each state."""
    query = "SELECT {}, count(*) FROM {} GROUP BY 1"
    return dict(whole.rows(query.format(column, table)))  # type: ignore[arg-type]  our own words


def test_mail_came_in_of_every_disposition_that_people_see(whole: Made) -> None:
    mails = states(whole, "casework_mail", "disposition")

    assert set(mails) == {"complaint", "answer", "held", "bounce", "automatic", "spam"}
    reasons = states(whole, "casework_mail", "reason")
    held = {"not-a-party", "sender-disowned", "nothing-said"}
    assert {reason for reason in held if reason in reasons} == held
    undone = """
        SELECT count(*) > 0 FROM casework_mail mail JOIN casework_letter letter
        ON letter.id = (mail.facts ->> 'letter')::int
        WHERE mail.disposition = 'bounce' AND letter.came_back_at IS NOT NULL
        """
    assert whole.rows(undone) == [(True,)]


def test_letters_by_hand_lie_in_every_stage_of_their_way(whole: Made) -> None:
    drafts, later, back = whole.rows(
        """
        SELECT (SELECT count(*) FROM casework_writing),
            (SELECT count(*) FROM casework_letter WHERE state = 'pending' AND try_at > now()),
            (SELECT count(*) FROM casework_letter WHERE state = 'returned' AND kind = 'message')
        """
    )[0]

    assert (drafts, later, back) == (1, 1, 1)


def test_paper_texts_and_conversations_came_in(whole: Made) -> None:
    assert states(whole, "casework_scan") == {"waiting": 2, "filed": 1}
    channels = states(whole, "casework_complaint", "channel")
    assert {name: channels[name] for name in ("sms", "messenger", "voicemail")} == {
        "sms": 2,
        "messenger": 2,
        "voicemail": 1,
    }
    assert {"delivered", "returned"} <= set(states(whole, "casework_text"))
    assert states(whole, "casework_heard", "stage") == {"done": 26}


def test_authorities_wrote_one_ruled_and_one_waits_near_its_day(whole: Made) -> None:
    letters = whole.rows(
        """
        SELECT inquiry.answered_at IS NOT NULL, referral.ended_at IS NOT NULL,
            EXISTS (SELECT FROM casework_remedy
                WHERE ordered_in_id = referral.id AND done_on IS NULL)
        FROM casework_inquiry inquiry JOIN casework_referral referral
        ON referral.id = inquiry.referral_id ORDER BY inquiry.received_at
        """
    )

    assert letters == [(True, True, True), (False, False, False), (False, False, False)]


def test_letters_are_in_the_organisations_own_words_and_some_wait_for_a_second_look(
    whole: Made,
) -> None:
    made = whole.rows(
        """
        SELECT wording.kind, wording.language, count(*) > 0 FROM casework_letter letter
        JOIN casework_wording wording ON wording.id = letter.wording_id
        GROUP BY 1, 2 ORDER BY 1, 2
        """
    )
    assert ("acknowledgement", "en", True) in made
    assert ("acknowledgement", "fa", True) in made
    assert whole.rows("SELECT count(*) FROM casework_reply") == [(3,)]
    waits, begun, back, gone = whole.rows(
        """
        SELECT count(*) FILTER (WHERE state = 'approval'),
            count(*) FILTER (WHERE facts ? 'reply'),
            count(*) FILTER (WHERE state = 'cancelled' AND failure <> ''),
            count(*) FILTER (WHERE writer <> '' AND state NOT IN ('approval', 'cancelled'))
        FROM casework_letter WHERE kind = 'message'
        """
    )[0]
    assert (waits >= 2, begun, back, gone) == (True, 1, 1, 2)
    assert whole.rows("SELECT count(*) FROM casework_letter WHERE facts ? 'added'") == [(2,)]


def test_letters_by_post_wait_to_be_printed_and_some_were_posted_together(whole: Made) -> None:
    told = whole.rows(
        """
        SELECT count(*), count(DISTINCT proof ->> 'number'), count(DISTINCT proof ->> 'slips')
        FROM casework_telling WHERE proof ? 'slips'
        """
    )
    assert told == [(3, 3, 1)]
    waiting = """
        SELECT count(*) >= 2 FROM casework_letter letter
        JOIN directory_contactpoint point ON point.id = letter.to_id
        WHERE letter.state = 'queued' AND point.kind = 'post'
        """
    assert whole.rows(waiting) == [(True,)]


def test_a_civic_app_filed_requests(whole: Made) -> None:
    filed = whole.rows(
        """
        SELECT complaint.anonymous, complaint.language FROM casework_complaint complaint
        WHERE complaint.channel = 'open311' ORDER BY complaint.id
        """
    )
    assert filed == [(False, "fa"), (False, "en"), (True, "fa")]


def test_sheets_came_in_and_went_out(whole: Made) -> None:
    assert states(whole, "casework_import") == {"done": 1, "ready": 1}
    assert whole.rows("SELECT filed, refused FROM casework_import WHERE state = 'done'") == [
        (23, 3)
    ]
    assert states(whole, "casework_export") == {"ready": 2}


def test_programs_are_told_and_one_of_them_cannot_be_reached(whole: Made) -> None:
    told = states(whole, "casework_delivery")

    assert told["delivered"] > len(told) > 1
    failed = "SELECT count(*) > 0 FROM casework_delivery WHERE attempts @> %s"
    for trouble in ("status", "unreachable"):
        assert whole.rows(failed, json.dumps([{"trouble": trouble}])) == [(True,)]
    assert states(whole, "casework_entrance", "kind") == {"site": 1, "place": 2, "kiosk": 1}
    assert states(whole, "casework_inspection", "verdict")["infected"] == 1


def test_clocks_of_every_condition_are_running(whole: Made) -> None:
    query = """
        SELECT bool_or(due_at < now()),
               bool_or(due_at BETWEEN now() AND now() + interval '4 days'),
               bool_or(due_at > now() + interval '4 days')
        FROM casework_clock WHERE state = 'running' AND duty
    """

    assert whole.rows(query) == [(True, True, True)]


def test_the_record_is_whole_verifies_and_says_that_it_is_a_demonstration(whole: Made) -> None:
    assert whole.pasokh("verify").returncode == 0
    assert whole.rows("SELECT count(*) FROM ledger_pending") == [(0,)]
    ((note,),) = whole.rows("SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1")
    assert note.startswith("pasokh-demo/")


def test_nothing_happened_in_the_future_or_out_of_order(whole: Made) -> None:
    late = (
        "SELECT count(*) FROM ledger_entry WHERE recorded_at > now() OR happened_at > recorded_at"
    )
    assert whole.rows(late) == [(0,)]
    back = (
        "SELECT count(*) FROM ledger_entry later JOIN ledger_entry sooner"
        " ON later.subject = sooner.subject AND later.number = sooner.number + 1"
        " WHERE later.recorded_at < sooner.recorded_at"
    )
    assert whole.rows(back) == [(0,)]


def test_nobody_works_while_they_are_away(whole: Made) -> None:
    away = whole.rows(
        """
        SELECT count(DISTINCT absence.id), count(DISTINCT absence.deputy_id),
            count(entry.id) FILTER (WHERE entry.event NOT LIKE %s),
            bool_or(absence.until_at > now())
        FROM directory_absence absence LEFT JOIN ledger_entry entry
        ON entry.actor = 'staff:' || absence.staff_id
        AND entry.recorded_at BETWEEN absence.from_at AND absence.until_at
        """,
        "staff.%",
    )
    assert away == [(4, 2, 0, True)]


def test_colleagues_see_files_and_the_administrator_sees_none(whole: Made) -> None:
    seen = dict(line.split() for line in whole.python(SEEN).splitlines())

    assert len(seen) == len(house.accounts())
    assert seen.pop("1001") == "0"
    assert [number for number, count in seen.items() if count == "0"] == []


def test_mail_was_written_and_says_that_it_was_not_sent(whole: Made) -> None:
    letters = list(Path(whole.place.environ["PASOKH_DATA"], "demo-mail").glob("*.eml"))

    assert len(letters) > 300
    assert all(b"X-Pasokh-Not-Sent" in letter.read_bytes() for letter in letters[:20])


def test_a_second_demonstration_is_refused(whole: Made) -> None:
    again = whole.pasokh("demo")

    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == ("The demonstration is there already; “pasokh serve --demo” shows it.\n")


def test_a_second_start_serves_it_tells_the_accounts_and_says_demonstration(whole: Made) -> None:
    whole.place.serve("--demo")

    until(lambda: "demo-mail" in whole.place.said(), "the accounts")
    assert house.accounts()[0].email in whole.place.said()
    for path, sentence in (
        ("en/", "This is a demonstration"),
        ("fa/", "این نسخهٔ نمایشی است"),
        ("en/desk/sign-in/", "This is a demonstration"),
    ):
        assert sentence in page(whole, path)
    whole.place.started[-1].send_signal(signal.SIGINT)
    assert whole.place.started[-1].wait(60) == 0


@pytest.mark.parametrize(
    ("language", "beginning"),
    [("en", "A demonstration is made in an empty database only"), ("fa", "نسخهٔ نمایشی تنها در")],
)
def test_a_database_with_anything_in_it_is_left_alone(
    bare: Made, language: str, beginning: str
) -> None:
    assert bare.pasokh("migrate").returncode == 0
    before = bare.rows("SELECT count(*) FROM ledger_entry")

    told = bare.pasokh("demo", PASOKH_LANG=language)

    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.startswith(beginning)
    assert bare.rows("SELECT count(*) FROM ledger_entry") == before


def test_one_that_was_killed_while_it_was_made_does_not_pretend_to_be_whole(bare: Made) -> None:
    making = subprocess.Popen(
        [*bare.place.python, "-m", "pasokh.config", "demo", "--complaints", "30"],
        env=bare.place.environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert making.stderr
    until(lambda: "complaints so far" in making.stderr.readline(), "the first month")  # type: ignore[union-attr]
    making.kill()
    making.wait()

    told = bare.pasokh("demo", "--again", "--json")

    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.startswith("The making of this demonstration was interrupted")


def test_a_small_one_is_told_as_json(bare: Made) -> None:
    told = bare.pasokh("demo", "--complaints", "3", "--json")

    assert told.returncode == 0
    said = json.loads(told.stdout)
    assert said["setup"] is None
    assert bare.rows("SELECT count(*) FROM casework_complaint") == [(3,)]
