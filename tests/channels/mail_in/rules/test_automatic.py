"""What programs write."""

import pytest

from pasokh.casework.intake.mailroom.terms import Disposition
from pasokh.channels.mail_in.known import Known
from pasokh.channels.mail_in.reading import read
from pasokh.channels.mail_in.rules.automatic import judge

HOUSE = Known(domains=frozenset({"shop.example"}), threads=("P-000042-7",))


def reason(head: str, known: Known = HOUSE) -> str | None:
    verdict = judge(read(f"From: a@b.example\n{head}\n\nI am away.".encode()), known)
    assert verdict is None or verdict.disposition is Disposition.AUTOMATIC
    return f"{verdict.reason}: {verdict.facts['sign']}" if verdict else None


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("Auto-Submitted: auto-replied", "automatic-reply: auto-submitted"),
        ("Auto-Submitted: auto-generated; owner=x", "automatic-reply: auto-submitted"),
        ("X-Autoreply: yes", "automatic-reply: private-header"),
        ("Precedence: auto_reply", "automatic-reply: precedence"),
        ("Return-Path: <>", "automatic-reply: null-sender"),
        ("Precedence: bulk", "mailing-list: list-precedence"),
        ("List-Id: <news.other.example>", "mailing-list: list-header"),
        ("Auto-Submitted: no", None),
        ("List-Id: <complaints.shop.example>", None),
        ("Subject: Your vacation offer cheated me", None),
        ("Subject: Re: my complaint", None),
    ],
)
def test_signs_in_the_headers(head: str, told: str | None) -> None:
    assert reason(head) == told


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Your complaint",
        "Re: Out of office",
        "Abwesenheitsnotiz: Beschwerde",
        "Automatische Antwort: Beschwerde",
        "Réponse automatique : votre plainte",
        "Respuesta automática: su queja",
        "پاسخ خودکار: شکایت شما",
        "رد تلقائي: شكواك",
    ],
)
def test_subjects_in_six_languages(subject: str) -> None:
    assert reason(f"Subject: {subject}") == "automatic-reply: subject"


def test_the_file_that_it_answers_is_told() -> None:
    verdict = judge(read(b"From: a@b.example\nAuto-Submitted: auto-replied\n\n"), HOUSE)

    assert verdict is not None
    assert verdict.facts["ref"] == "P-000042-7"


def test_an_empty_envelope_sender_is_a_sign_without_a_header() -> None:
    assert reason("Subject: x", Known(sender="")) == "automatic-reply: null-sender"
