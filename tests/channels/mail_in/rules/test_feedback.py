"""Reports that somebody called a letter of ours unwanted."""

from pasokh.casework.intake.mailroom.terms import Disposition
from pasokh.channels.mail_in.known import Known, OurLetter
from pasokh.channels.mail_in.reading import read
from pasokh.channels.mail_in.rules.feedback import judge

REPORT = b"""From: fbl@provider.example
Content-Type: multipart/report; report-type=feedback-report; boundary=b

--b

This is an abuse report.
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: provider/1
Version: 1
Original-Rcpt-To: <maryam@example.org>

--b
Content-Type: message/rfc822

Message-ID: <letter-7@shop.example>
Subject: Your complaint

text
--b--
"""


def test_a_report_is_put_aside_with_the_letter_it_is_about() -> None:
    sign = "letter-7@shop.example"
    letter = OurLetter(7, "P-000042-7", "maryam@example.org", sign)
    mail = read(REPORT)
    verdict = judge(mail, Known(letters={sign: letter}))

    assert verdict is not None
    assert (verdict.disposition, verdict.reason) == (Disposition.AUTOMATIC, "feedback-report")
    told = {"feedback": "abuse", "letter": 7, "ref": "P-000042-7", "sign": sign}
    assert verdict.facts == told
    assert mail.returned == ("letter-7@shop.example",)
    assert judge(read(b"From: a@b.example\n\nI complain"), Known()) is None
