"""Letters that came back."""

from typing import Any

import pytest

from pasokh.casework.intake.mailroom.terms import Disposition
from pasokh.channels.mail_in.known import Known, OurLetter
from pasokh.channels.mail_in.reading import read
from pasokh.channels.mail_in.rules.bounce import judge

LETTER = OurLetter(7, "P-000042-7", "maryam@example.org", "letter-7@shop.example")
REPORT = """Return-Path: <>
From: MAILER-DAEMON@mx.example.net
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

I am sorry to inform you.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; %(to)s
Action: %(action)s
Status: %(status)s
Diagnostic-Code: smtp; %(said)s

--b
Content-Type: text/rfc822-headers

Message-ID: <letter-7@shop.example>
Subject: Your complaint
--b--
"""


def judged(known: Known | None = None, **told: str) -> Any:
    given = {"to": "maryam@example.org", "action": "failed", "status": "5.1.1", "said": "550 no"}
    mail = read((REPORT % (given | told)).encode())
    return judge(mail, known or Known(letters={"letter-7@shop.example": LETTER}))


def test_a_report_names_the_recipient_for_good_and_the_letter() -> None:
    verdict = judged()

    assert verdict.disposition is Disposition.BOUNCE
    assert verdict.facts == {
        "permanent": True,
        "recipient": "maryam@example.org",
        "why": "5.1.1",
        "letter": 7,
        "ref": "P-000042-7",
        "sign": "letter-7@shop.example",
    }


@pytest.mark.parametrize(
    ("action", "status", "said", "permanent"),
    [
        ("failed", "4.4.7", "expired", False),
        ("delayed", "4.4.1", "", False),
        ("failed", "", "452 4.2.2 mailbox full", False),
        ("failed", "", "550 unknown", True),
    ],
)
def test_for_good_or_for_now(action: str, status: str, said: str, permanent: bool) -> None:
    assert judged(action=action, status=status, said=said).facts["permanent"] is permanent


def test_a_forwarded_address_is_joined_by_the_letter_that_came_back() -> None:
    facts = judged(to="maryam@elsewhere.example").facts

    assert (facts["recipient"], facts["letter"]) == ("maryam@elsewhere.example", 7)


def test_a_bounce_of_nothing_ours_is_one_all_the_same() -> None:
    verdict = judged(known=Known())

    assert (verdict.disposition, verdict.reason) == (Disposition.BOUNCE, "nothing-of-ours")
    assert "letter" not in verdict.facts


def test_of_two_letters_neither_is_meant_when_none_went_there() -> None:
    other = OurLetter(8, "P-000043-5", "reza@example.org")
    both = {"a@shop.example": LETTER, "b@shop.example": other}

    assert "letter" not in judged(known=Known(letters=both), to="nobody@example.org").facts


def test_a_report_of_arrival_is_put_aside() -> None:
    verdict = judged(action="delivered", status="2.0.0")

    assert (verdict.disposition, verdict.facts["letter"]) == (Disposition.AUTOMATIC, 7)


def test_a_server_that_only_quotes_the_reply_is_understood() -> None:
    mail = read(
        b"Return-Path: <>\nFrom: Mail System <no-answer@mx.example.ir>\nSubject: Mail problem\n\n"
        b"Your message did not get through.\n\n<maryam@example.org>: 550 5.1.1 who is that?\n\n"
        b"----\nMessage-ID: <letter-7@shop.example>\n"
    )
    verdict = judge(mail, Known(letters={"letter-7@shop.example": LETTER}))

    assert verdict is not None
    assert verdict.facts == {
        "permanent": True,
        "recipient": "maryam@example.org",
        "why": "5.1.1",
        "letter": 7,
        "ref": "P-000042-7",
        "sign": "letter-7@shop.example",
    }


def test_a_complaint_about_a_delivery_is_none() -> None:
    mail = read(
        b"From: maryam@example.org\nSubject: Delivery failure of my order\n\n"
        b"I paid 550 for it and nothing came. Write to maryam@example.org.\n"
    )

    assert judge(mail, Known()) is None
