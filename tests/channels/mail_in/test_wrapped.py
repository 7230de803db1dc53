"""Signed and encrypted mail from its arrival to what became of it."""

import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import check_output
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.casework.conftest import HOUR, START
from tests.channels.mail_in.mails import mail
from tests.channels.smime.people import (
    OFFICE,
    Person,
    authority,
    encrypted,
    entity,
    mailed,
    person,
    rsa_key,
    signed,
)

from pasokh.casework.complaints.models import Attachment, Message
from pasokh.casework.correspondence.certificates import actions as certificates
from pasokh.casework.correspondence.certificates.models import MailCertificate
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.intake.mailroom import actions, queries
from pasokh.casework.intake.mailroom.actions import clerks
from pasokh.casework.intake.mailroom.labels import REASONS, SIGNATURES
from pasokh.casework.intake.mailroom.models import Mail, Mailbox
from pasokh.channels.mail_in import pipeline
from pasokh.kernel import files
from pasokh.kernel.ledger.models import Entry

pytestmark = pytest.mark.django_db

Post = Callable[..., Mail]


@pytest.fixture
def root(settings: Any, tmp_path: Path) -> Person:
    """An authority that the operator trusts."""
    root = authority()
    settings.MAIL_AUTHORITIES = tmp_path / "authorities.pem"
    settings.MAIL_AUTHORITIES.write_bytes(root.pem)
    return root


@pytest.fixture
def maryam(root: Person) -> Person:
    return person(by=root, key=rsa_key(1))


@pytest.fixture
def office(root: Person) -> Person:
    return person(OFFICE, by=root, name="Khaneh Office", key=rsa_key(2))


@pytest.mark.clause("10002:7.2")
def test_a_signed_mail_becomes_a_complaint_and_its_signature_is_no_file_of_theirs(
    post: Post, maryam: Person, tmp_path: Path
) -> None:
    photo = ("fridge.png", b"\x89PNG fridge")
    sorted_ = post(content=mailed(signed(tmp_path, maryam, entity(files=[photo]))))

    assert (sorted_.disposition, sorted_.facts) == (
        "complaint",
        {
            "checked": "signed",
            "signature": "valid",
            "signer": "Maryam Ahmadi · maryam@example.org",
            "issuer": "Khaneh Root",
        },
    )
    case: Any = sorted_.complaint
    assert case.narrative.strip() == "Fridge\n\nیخچال خراب است."
    kept = Attachment.objects.filter(complaint=case).order_by("inside")
    assert [(one.name, one.inside) for one in kept] == [
        ("fridge.png", False),
        ("message.eml", True),
    ]
    assert b"smime.p7s" in files.open(sorted_.digest).read()
    (fact,) = Entry.objects.filter(subject=case.subject, event="complaint.mail_signed")
    assert (fact.facts, fact.actor) == ({"found": "valid"}, "clock:sort-mail")


def test_a_valid_signature_of_the_senders_own_verifies_them_and_no_other_does(
    post: Post, maryam: Person, mailbox: Mailbox, shop: SimpleNamespace, tmp_path: Path
) -> None:
    case: Any = post(words="The fridge is broken.").complaint
    actions.change_mailbox(mailbox.pk, trusted="mx.khaneh.example", by=shop.zahra, at=START)
    letter = Letter.objects.get(complaint=case)
    thread = {"In_Reply_To": f"<{letter.message_id}@khaneh.example>"}

    def answer(who: Person, words: str, **more: str) -> Mail:
        body = signed(tmp_path, who, entity(words))
        told = {"Message_ID": f"<{words[0]}@example.org>", **thread, **more}
        return post(START + HOUR, content=mailed(body, **told))

    eve = person("eve@example.org", by=maryam_by(maryam), name="Eve", key=rsa_key(3))
    alone = person(key=rsa_key(1))
    disowned = "mx.khaneh.example; dmarc=fail header.from=example.org"
    answers = [
        answer(maryam, "Hello from Maryam"),
        answer(eve, "Trust me"),
        answer(alone, "Me too"),
        answer(maryam, "Forwarded", Authentication_Results=disowned),
    ]
    assert [(one.disposition, one.reason, one.facts["signature"]) for one in answers] == [
        ("answer", "by-thread", "valid"),
        ("held", "sender-unverified", "another"),
        ("held", "sender-unverified", "untrusted"),
        ("held", "sender-disowned", "valid"),
    ]
    heard = Message.objects.get(complaint=case)
    (fact,) = Entry.objects.filter(subject=case.subject, event="complaint.mail_signed")
    assert fact.facts == {"message": heard.pk, "found": "valid"}
    assert {one.facts["signature"] for one in answers} <= set(SIGNATURES)


def maryam_by(maryam: Person) -> Person:
    """Whoever vouches for Maryam."""
    return Person(maryam.chain[0], rsa_key(21), ())


def test_without_authorities_nobody_says_what_a_signature_proves(
    post: Post, maryam: Person, settings: Any, tmp_path: Path
) -> None:
    body = mailed(signed(tmp_path, maryam, entity()))
    settings.MAIL_AUTHORITIES = None
    assert post(content=body).facts["signature"] == "unjudged"
    settings.MAIL_AUTHORITIES = tmp_path / "nowhere.pem"
    again = body.replace(b"<s1@", b"<s2@")
    assert post(content=again).facts["signature"] == "unjudged"


def test_an_encrypted_mail_waits_for_the_key_and_is_read_once_it_is_there(
    post: Post, office: Person, maryam: Person, shop: SimpleNamespace, tmp_path: Path
) -> None:
    body = encrypted(tmp_path, office, signed(tmp_path, maryam, entity()), "-aes256")
    held = post(content=mailed(body))
    assert (held.disposition, held.reason, held.words) == ("held", "encrypted-elsewhere", "")
    assert [one["name"] for one in held.files] == ["smime.p7m"]
    original = files.open(held.digest).read()

    given = office.pkcs12("three small words")
    certificates.give_certificate(
        given, passphrase="three small words", by=shop.zahra, at=START + HOUR
    )
    actions.read_again(held.pk, by=shop.nima, at=START + HOUR)
    pipeline.sort_mail(START + HOUR)
    held.refresh_from_db()
    assert (held.disposition, held.facts["signature"]) == ("complaint", "valid")
    case: Any = held.complaint
    assert case.narrative.strip() == "Fridge\n\nیخچال خراب است."
    assert files.open(held.digest).read() == original


def test_mail_that_no_key_opened_is_read_again_by_itself_when_a_key_comes(
    post: Post,
    office: Person,
    root: Person,
    shop: SimpleNamespace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clerks, "AT_ONCE", 1)
    other = person("sales@khaneh.example", by=root, key=rsa_key(3))
    mails = [
        post(content=mailed(encrypted(tmp_path, one, entity(), "-aes256"), Message_ID=f"<{n}@x>"))
        for n, one in enumerate((office, other, office))
    ]
    others = post(content=mail().replace(b"From: ", b"X-From: "))
    assert {one.reason for one in mails} == {"encrypted-elsewhere"}

    given = office.pkcs12("three small words")
    certificates.give_certificate(
        given, passphrase="three small words", by=shop.zahra, at=START + HOUR
    )
    asked = ProcrastinateJob.objects.filter(task_name="read-closed-mail").order_by("pk")
    done = 0
    while (job := asked.filter(pk__gt=done).first()) is not None:
        assert job.args["until"] in (0, others.pk)
        pipeline.read_closed_mail(**job.args, now=START + HOUR)
        done = job.pk
    pipeline.sort_mail(START + HOUR)

    became = [Mail.objects.get(pk=one.pk) for one in (*mails, others)]
    assert [(one.disposition, one.reason) for one in became] == [
        ("complaint", "new-address"),
        ("held", "encrypted-elsewhere"),
        ("complaint", "known-address"),
        ("held", "no-sender"),
    ]
    told = Entry.objects.filter(event="mail.read_again", actor="clock:read-closed-mail")
    assert set(told.values_list("subject", flat=True)) == {one.subject for one in mails}
    assert asked.count() == 4  # one for each mail, and one that found nothing more


def test_the_newest_mail_that_somebody_signed_is_found_without_reading_every_mail(
    post: Post, maryam: Person, tmp_path: Path
) -> None:
    newest = post(content=mailed(signed(tmp_path, maryam, entity())))
    names = [one.column for one in Mail._meta.concrete_fields if not one.primary_key]
    other = {"digest": "md5(n::text)", "sender": "n || sender", "sent_to": "n::text"}
    values = ", ".join(other.get(name, name) for name in names)
    scans = "SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'casework_mail'"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO casework_mail ({', '.join(names)}) "  # noqa: S608  our names
            f"SELECT {values} FROM casework_mail, generate_series(1, 5000) n"
        )
        cursor.execute("ANALYZE casework_mail")
        cursor.execute(scans)
        before = cursor.fetchone()
        # often enough that the statement is planned once for all
        assert {queries.signed_by("Maryam@Example.org") for _ in range(15)} == {newest}
        cursor.execute(scans)
        assert cursor.fetchone() == before


def test_a_key_that_cannot_be_opened_or_was_retired_opens_nothing(
    post: Post, office: Person, shop: SimpleNamespace, tmp_path: Path
) -> None:
    given = office.pkcs12("three small words")
    row = certificates.give_certificate(
        given, passphrase="three small words", by=shop.zahra, at=START
    )
    body = mailed(encrypted(tmp_path, office, entity(), "-aes256"))
    kept = row.sealed
    MailCertificate.objects.update(sealed=b"sealed elsewhere")
    assert post(content=body).reason == "encrypted-elsewhere"
    MailCertificate.objects.update(sealed=kept)
    certificates.retire_certificate(row.pk, by=shop.zahra, at=START)
    assert post(content=body.replace(b"<s1@", b"<s2@")).reason == "encrypted-elsewhere"


@pytest.mark.parametrize(
    "body",
    [
        b'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b\r\n'
        b"\r\n--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\n"
        b"Content-Type: application/octet-stream\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\n"
        b"hQEMA\r\n-----END PGP MESSAGE-----\r\n--b--\r\n",
        b"\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----\r\n",
    ],
)
def test_mail_in_openpgp_is_held_with_a_sentence(post: Post, body: bytes) -> None:
    held = post(content=mailed(body))
    assert (held.disposition, held.reason) == ("held", "encrypted-openpgp")
    assert held.reason in REASONS


def test_nothing_of_it_is_loaded_for_an_ordinary_mail() -> None:
    script = (
        "import sys, django; django.setup()\n"
        "from pasokh.channels.mail_in import reading, wrapped\n"
        "from pasokh.channels import mail_out\n"
        "assert reading.read(sys.stdin.buffer.read()).text.strip()\n"
        "found = [one for one in sys.modules if one.startswith('pasokh.channels.smime')]\n"
        "print(found, 'cryptography.x509.verification' in sys.modules)\n"
    )
    said = check_output([sys.executable, "-P", "-c", script], input=mail(), timeout=60)
    assert said.decode().strip() == "[] False"
