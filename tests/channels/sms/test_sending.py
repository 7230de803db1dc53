"""Texts out against a stand-in of every wire format, and what the answers mean."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.casework.conftest import DAY, HOUR, START
from tests.channels.sms.conftest import KEY
from tests.channels.sms.gateways import FORMATS, Gateway

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints.milestones import Milestone
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence.delivery import LetterKind, LetterState
from pasokh.casework.correspondence.models import Letter, Telling
from pasokh.casework.intake.links.models import MailedLink
from pasokh.casework.texting import queries
from pasokh.casework.texting.models import Gateway as Row
from pasokh.casework.texting.models import Text
from pasokh.casework.texting.states import TextState
from pasokh.channels import web_out
from pasokh.channels.mail_out import keep_texts
from pasokh.channels.sms import trial, wire
from pasokh.channels.sms.sending import send_texts
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.models import Entry

NOW = START + HOUR
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.django_db
Through = Callable[..., None]
Mobile = Callable[..., Complaint]


def acknowledgement(case: Complaint, shop: Any) -> Letter:
    return written(case, LetterKind.ACKNOWLEDGEMENT, shop)


def written(case: Complaint, kind: LetterKind, shop: Any, at: Any = START) -> Letter:
    letter = complaints.write(case.ref, kind=kind, facts={}, by=shop.reza, at=at)
    keep_texts(at + MINUTE)
    return letter


def state(letter: Letter) -> tuple[str, str]:
    """How the newest text of a letter stands, and the letter."""
    letter.refresh_from_db()
    return Text.objects.filter(letter=letter).latest("pk").state, letter.state


@pytest.mark.clause("10002:7.4")
@pytest.mark.parametrize("name", FORMATS)
def test_each_wire_format_takes_a_text_refuses_it_and_tells_what_became_of_it(
    name: str, box: Gateway, through: Through, mobile: Mobile, shop: Any
) -> None:
    through(name)
    case = mobile()
    letter, form = acknowledgement(case, shop), FORMATS[name]
    box.script = [form.unpaid, form.later]

    send_texts(NOW)
    assert state(letter) == ("queued", "queued")
    assert queries.figures(NOW).trouble
    send_texts(NOW + MINUTE)
    assert state(letter) == ("queued", "queued")
    assert Text.objects.get().attempts == 1
    send_texts(NOW + 3 * MINUTE)

    assert state(letter) == ("handed_over", "handed_over")
    sent = box.texts[-1]
    assert sent.to.lstrip("+").removeprefix("98").lstrip("0") == "9123456789"
    assert sent.sender == "30001234"
    assert sent.text == (
        f"فروشگاه خانه: شکایت شما با شمارهٔ {case.ref} ثبت شد و رسیدگی می‌شود.\n"
        "پیگیری: https://p.example/fa/follow/"
    )
    assert (Text.objects.get().segments, queries.figures(NOW).trouble) == (2, "")

    case.refresh_from_db()
    assert not case.done(Milestone.ACKNOWLEDGED)
    if wire.templates()[name].ask:
        box.state = form.arrived
        send_texts(NOW + HOUR)
    else:
        text = Text.objects.get()
        found = wire.reported(wire.templates()[name], form.report("0A01", form.arrived))
        assert found
        wire_settled(text, found, NOW + HOUR)
    case.refresh_from_db()
    assert state(letter) == ("delivered", "handed_over")
    assert case.done(Milestone.ACKNOWLEDGED)
    assert Telling.objects.get().proof["number"] == KEY

    other = acknowledgement(mobile(number="09121111111"), shop)
    box.script = [form.refused]
    send_texts(NOW + 2 * HOUR)
    assert state(other) == ("failed", "failed")
    assert [text.letter_id for text in queries.lost(limit=9, among=Complaint.objects.all())] == [
        other.pk
    ]
    assert trial.balance() != ""


def wire_settled(text: Text, found: wire.Outcome, at: Any) -> None:
    from pasokh.channels.sms.reports import settle  # noqa: PLC0415  apps not loaded

    assert settle(text.pk, found, at=at)


@pytest.mark.parametrize(
    ("said", "state_after"),
    [
        ((200, b"<html>it works</html>"), "uncertain"),
        ((200, b""), "uncertain"),
        ((200, {"return": {"status": 200}, "entries": []}), "uncertain"),
        ((200, b"[" * 5000), "uncertain"),
        ((502, b"bad gateway"), "uncertain"),
        ((302, b""), "queued"),
        ((503, b"later"), "queued"),
        ((404, b"nothing here"), "failed"),
        ((200, b"x" * 70_000), "uncertain"),
        ("cut", "uncertain"),
    ],
)
def test_an_answer_that_says_nothing_is_not_taken_for_yes(
    said: Any, state_after: str, box: Gateway, through: Through, mobile: Mobile, shop: Any
) -> None:
    through()
    letter = acknowledgement(mobile(), shop)
    box.script = [said]
    send_texts(NOW)

    assert state(letter) == (state_after, state_after)


def test_a_gateway_that_does_not_answer_in_time_is_asked_once_more_with_the_same_id(
    box: Gateway,
    through: Through,
    mobile: Mobile,
    shop: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wire, "PATIENCE", 0.3)
    through()
    letter = acknowledgement(mobile(), shop)
    box.script = ["hang"]
    send_texts(NOW)
    assert state(letter) == ("uncertain", "uncertain")

    monkeypatch.setattr(wire, "PATIENCE", 15.0)
    send_texts(NOW + MINUTE)

    first, second = (asked.told["localid"] for asked in box.heard)
    assert first == second
    assert state(letter) == ("handed_over", "handed_over")

    Text.objects.update(ask_at=None)
    box.script = ["cut", "cut"]
    lost = acknowledgement(mobile(number="09122222222"), shop)
    for turn in range(4):
        send_texts(NOW + HOUR + turn * MINUTE)
    assert state(lost) == ("failed", "failed")
    assert len(box.heard) == 4


def test_a_gateway_that_cannot_be_reached_costs_no_attempt_and_other_networks_are_refused(
    box: Gateway, through: Through, mobile: Mobile, shop: Any, settings: Any
) -> None:
    settings.OUTGOING_NETWORKS = ()
    through()
    letter = acknowledgement(mobile(), shop)
    send_texts(NOW)

    assert state(letter) == ("queued", "queued")
    assert (Text.objects.get().attempts, Text.objects.get().try_at) == (0, NOW + MINUTE)
    assert Row.objects.get().trouble == "target-inside"
    assert box.heard == []
    with pytest.raises(Refused, match="text-not-taken"):
        trial.send("09123456789", language="fa", at=NOW)
    with pytest.raises(web_out.TargetRefused):
        web_out.send("GET", box.base)


def test_a_number_that_nobody_confirmed_is_asked_and_told_nothing_until_it_is(
    box: Gateway, through: Through, mobile: Mobile, shop: Any
) -> None:
    from pasokh.casework.intake.links import actions as links  # noqa: PLC0415  apps not loaded

    through()
    case = mobile(confirmed=False)
    letter = acknowledgement(case, shop)
    send_texts(NOW)
    (sent,) = box.texts
    assert case.ref not in sent.text
    token = sent.text.split("/confirm/")[1].split("/")[0]
    assert (Text.objects.get().form, token in Text.objects.get().words) == ("notice", False)
    box.state = "10"
    send_texts(NOW + HOUR)
    assert state(letter) == ("delivered", "handed_over")
    assert not Telling.objects.exists()

    links.confirm(token, at=NOW + 2 * HOUR)
    send_texts(NOW + 2 * HOUR)
    send_texts(NOW + 3 * HOUR)

    case.refresh_from_db()
    assert case.ref in box.texts[-1].text
    assert case.done(Milestone.ACKNOWLEDGED)
    assert MailedLink.objects.get().used_at == NOW + 2 * HOUR


@pytest.mark.clause("10002:7.8")
@pytest.mark.parametrize("serves", [False, True])
def test_a_decision_is_told_by_its_page_or_by_a_notice_where_the_office_holds_that_to_serve(
    serves: bool, box: Gateway, through: Through, mobile: Mobile, shop: Any, acts: Any
) -> None:
    from tests.casework.correspondence.correspondents import (  # noqa: PLC0415  apps not loaded
        decided,
    )

    through(notice_tells=serves)
    case = mobile()
    decided(case, acts, "fa", START + HOUR)
    letter = written(case, LetterKind.DECISION, shop, START + 2 * HOUR)
    box.state = "10"
    send_texts(START + 3 * HOUR)
    send_texts(START + 4 * HOUR)
    case.refresh_from_db()
    assert state(letter)[0] == "delivered"
    assert case.done(Milestone.COMMUNICATED) is serves
    assert "یخچال" not in "".join(sent.text for sent in box.texts)

    outcome = wire.Outcome("8792343", "", "returned", "11")
    wire_settled(Text.objects.filter(letter=letter).get(), outcome, START + 5 * HOUR)

    case.refresh_from_db()
    assert state(letter) == ("returned", "returned")
    assert case.state == "decided"
    assert not case.done(Milestone.COMMUNICATED)
    told = list(Entry.objects.filter(subject=case.subject).values_list("event", flat=True))
    assert told[-1] == ("complaint.undelivered" if serves else "complaint.letter_returned")


def test_the_limits_of_a_number_and_of_an_hour_hold_and_what_waits_goes_later(
    box: Gateway, through: Through, mobile: Mobile, shop: Any
) -> None:
    through(per_number=2, per_hour=3)
    one, other = mobile(), mobile(number="09121111111")
    for case in (one, one, one, other, other):
        acknowledgement(case, shop)
    send_texts(NOW)
    assert [sent.to for sent in box.texts].count("09123456789") == 2
    assert len(box.texts) == 3

    send_texts(NOW + HOUR + MINUTE)
    assert len(box.texts) == 4
    send_texts(NOW + DAY + HOUR)
    assert [sent.to for sent in box.texts].count("09123456789") == 3


def test_a_letter_that_went_another_way_meanwhile_is_not_texted(
    box: Gateway, through: Through, mobile: Mobile, shop: Any
) -> None:
    through(per_hour=0)
    letter = acknowledgement(mobile(), shop)
    send_texts(NOW)
    Letter.objects.update(state=LetterState.HANDED_OVER)
    Row.objects.update(per_hour=9)
    send_texts(NOW + MINUTE)

    assert state(letter) == (TextState.CANCELLED, LetterState.HANDED_OVER)
    assert box.heard == []


def test_whoever_gave_the_number_stops_the_texts_and_the_letters_say_so(
    box: Gateway, through: Through, mobile: Mobile, shop: Any
) -> None:
    through(per_hour=0)
    case = mobile()
    letter = acknowledgement(case, shop)
    send_texts(NOW)
    assert complaints.stop_all_texts(KEY, at=NOW) == (case.ref,)
    Row.objects.update(per_hour=9)
    send_texts(NOW + MINUTE)

    assert state(letter) == ("cancelled", "shown_only")
    assert letter.failure == "the person asked for no more texts"
    assert written(case, LetterKind.PROGRESS, shop, NOW).state == "shown_only"
    assert box.heard == []
    agreed = ["complaint.texts_agreed", "complaint.texts_stopped"]
    events = Entry.objects.filter(subject=case.subject, event__contains="texts")
    assert list(events.order_by("number").values_list("event", flat=True)) == agreed

    assert complaints.want_all_texts(KEY, at=NOW + MINUTE) == (case.ref,)
    assert written(case, LetterKind.PROGRESS, shop, NOW + 2 * MINUTE).state == "queued"


def test_a_demonstration_writes_texts_into_its_folder_and_speaks_to_nobody(
    box: Gateway, through: Through, mobile: Mobile, shop: Any, settings: Any, tmp_path: Path
) -> None:
    settings.DEMO, settings.MAIL_FOLDER = True, tmp_path
    through()
    case = mobile()
    letter = acknowledgement(case, shop)

    send_texts(NOW)
    assert state(letter) == ("handed_over", "handed_over")
    send_texts(NOW + 2 * MINUTE)

    assert state(letter) == ("delivered", "handed_over")
    (written_down,) = tmp_path.glob("text-*.txt")
    assert written_down.read_text("utf-8").startswith(f"{KEY}\n\n")
    assert case.ref in written_down.read_text("utf-8")
    assert box.heard == []
