"""Mails of ours as they are signed and encrypted, whatever stands in their headers and files."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.channels.smime.people import OFFICE, Person, openssl

from pasokh.casework.correspondence.certificates.queries import Held
from pasokh.casework.correspondence.composed import Composed, Office, Paragraph
from pasokh.casework.intake.mailroom.terms import Signature
from pasokh.channels.mail import Answerable, Enclosed, mail
from pasokh.channels.mail_in import reading
from pasokh.channels.smime import checking, making
from pasokh.channels.smime.opening import Key

NOW = datetime.now(UTC)
PHOTO = Enclosed("عکس یخچال.png", b"\x89PNG" * 500)
LETTER = Composed(
    kind="message",
    language="fa",
    reference="P-000001-3",
    dated="۲ آذر ۱۴۰۵",
    subject="پاسخ به شکایت شما دربارهٔ یخچالی که از روز نخست خراب بود و هنوز هم خراب است",
    salutation="با سلام",
    blocks=(Paragraph("شمارهٔ سفارش را برایمان بنویسید. " * 40),),
    valediction="",
    signature=("پروین کاظمی",),
    office=Office(name="فروشگاه خانه"),
)


@pytest.mark.parametrize("to", ["maryam@example.org", "مریم@example.org"])
def test_headers_stay_and_what_is_said_is_signed_to_the_byte(
    tmp_path: Path, root: Person, office: Person, maryam: Person, to: str
) -> None:
    answerable = Answerable("shekayat+P-000001-3.ab@khaneh.example", ["a@b.example"])
    message = mail(
        LETTER,
        to=to,
        mailbox=OFFICE,
        message_id="x.1",
        at=NOW,
        answerable=answerable,
        enclosed=[PHOTO],
    )
    by = Held((office.pem + root.pem).decode(), office.key_pem.decode())
    signed = making.signed(message, by)
    raw = signed.as_bytes()
    for name in ("From", "To", "Reply-To", "In-Reply-To", "Subject", "Date", "Message-ID"):
        assert str(signed[name]) == str(message[name])
    assert raw.count(b"\n") == raw.count(b"\r\n")

    trusted = tmp_path / "root.pem"
    trusted.write_bytes(root.pem)
    assert b"multipart/mixed" in openssl("cms", "-verify", "-CAfile", str(trusted), put=raw)
    sealed = making.encrypted(signed, maryam.certificate).as_bytes()
    assert b"Content-Type: multipart/signed" not in sealed
    for one in (raw, sealed):
        found = reading.read(one, keys=lambda: [Key(maryam.certificate, maryam.key)])
        assert found.subject == LETTER.subject
        assert [(each.name, each.content) for each in found.files] == [
            (PHOTO.name, PHOTO.content),
        ]
        assert "شمارهٔ سفارش" in found.text
        assert found.signed is not None
        assert found.signed.whole
        finding = checking.check(
            found.signed.wrapped,
            found.signed.beside,
            sender=OFFICE,
            authorities=[root.certificate],
            at=NOW,
        )
        assert finding.state == Signature.VALID
