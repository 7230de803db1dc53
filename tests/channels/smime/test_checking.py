"""Signatures that openssl made, and what is found of them when anything about them is different."""

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID
from tests.channels.smime.people import (
    MARYAM,
    Person,
    authority,
    elliptic,
    entity,
    mailed,
    person,
    rsa_key,
    signed,
)

from pasokh.casework.intake.mailroom.terms import Signature
from pasokh.channels.mail_in import reading
from pasokh.channels.mail_in.parsed import Parsed
from pasokh.channels.smime import checking
from pasokh.channels.smime.checking import Finding

PHOTO = ("fridge.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)


def found(mail: bytes, *trusted: Person, sender: str = MARYAM, at: Any = None) -> Finding:
    """What is found of the signature of a whole mail."""
    signature = reading.read(mail).signed
    assert signature is not None
    assert signature.whole
    return checking.check(
        signature.wrapped,
        signature.beside,
        sender=sender,
        authorities=[one.certificate for one in trusted],
        at=at or datetime.now(UTC),
    )


def said(mail: Parsed) -> tuple[str, list[str], tuple[str, ...]]:
    return mail.text.strip(), [one.name for one in mail.files], mail.faults


@pytest.mark.parametrize("program", ["smime", "cms"])
@pytest.mark.parametrize("how", [(), ("-nodetach",), ("-nodetach", "-stream")])
def test_what_openssl_signed_is_read_and_found_valid(
    tmp_path: Path, root: Person, maryam: Person, program: str, how: tuple[str, ...]
) -> None:
    mail = mailed(signed(tmp_path, maryam, entity(files=[PHOTO]), *how, program=program))

    read = reading.read(mail)
    assert said(read) == ("یخچال خراب است.", ["fridge.png"], ())
    assert read.files[0].content == PHOTO[1]
    finding = found(mail, root)
    assert (finding.state, finding.signer, finding.issuer) == (
        Signature.VALID,
        "Maryam Ahmadi · maryam@example.org",
        "Khaneh Root",
    )


@pytest.mark.parametrize(
    ("key", "how"),
    [
        (elliptic, ()),
        (lambda: rsa_key(1), ("-keyopt", "rsa_padding_mode:pss")),
        (lambda: rsa_key(1), ("-md", "sha384")),
        (lambda: rsa_key(1), ("-md", "sha512", "-keyid")),
    ],
)
def test_other_keys_and_methods_of_today_are_known(
    tmp_path: Path, root: Person, key: Any, how: tuple[str, ...]
) -> None:
    who = person(by=root, key=key())
    assert found(mailed(signed(tmp_path, who, entity(), *how, program="cms")), root).state == (
        Signature.VALID
    )


def test_lines_that_a_server_ended_otherwise_change_nothing(
    tmp_path: Path, root: Person, maryam: Person
) -> None:
    mail = mailed(signed(tmp_path, maryam, entity("First line\nSecond line")))
    assert found(mail.replace(b"\r\n", b"\n"), root).state == Signature.VALID


def test_one_changed_letter_is_found(tmp_path: Path, root: Person, maryam: Person) -> None:
    mail = mailed(signed(tmp_path, maryam, entity("We owe you 100 euros.")))
    changed = mail.replace(b"100 euros", b"900 euros")
    assert changed != mail
    assert found(changed, root).state == Signature.CHANGED


def test_a_signature_that_was_tampered_with_is_found(
    tmp_path: Path, root: Person, maryam: Person
) -> None:
    mail = mailed(signed(tmp_path, maryam, entity()))
    signature = reading.read(mail).signed
    assert signature is not None
    for place in (-1, -40, -200):
        wrapped = bytearray(signature.wrapped)
        wrapped[place] ^= 1
        finding = checking.check(
            bytes(wrapped),
            signature.beside,
            sender=MARYAM,
            authorities=[root.certificate],
            at=datetime.now(UTC),
        )
        assert finding.state == Signature.CHANGED


def test_only_those_whom_the_operator_put_in_may_vouch(
    tmp_path: Path, root: Person, maryam: Person
) -> None:
    mail = mailed(signed(tmp_path, maryam, entity()))
    assert found(mail, authority("Somebody Else")).state == Signature.UNTRUSTED
    assert found(mail).state == Signature.UNJUDGED

    alone = person(key=rsa_key(1))
    assert found(mailed(signed(tmp_path, alone, entity())), root).state == Signature.UNTRUSTED


def test_an_authority_between_is_taken_from_the_mail_and_must_be_one(
    tmp_path: Path, root: Person, maryam: Person
) -> None:
    between = person(by=root, name="Branch", vouches=True, key=rsa_key(4))
    theirs = person(by=between, key=rsa_key(1))
    assert found(mailed(signed(tmp_path, theirs, entity())), root).state == Signature.VALID

    posing = person("eve@example.org", by=root, name="Eve", key=rsa_key(5))
    forged = person(by=posing, key=rsa_key(1))
    assert found(mailed(signed(tmp_path, forged, entity())), root).state == Signature.UNTRUSTED


def test_a_certificate_counts_on_the_day_on_which_the_mail_came_in(
    tmp_path: Path, root: Person
) -> None:
    now = datetime.now(UTC)
    former = person(by=root, key=rsa_key(1), ended=now - timedelta(days=2))
    mail = mailed(signed(tmp_path, former, entity()))
    assert found(mail, root).state == Signature.EXPIRED
    assert found(mail, root, at=now - timedelta(days=3)).state == Signature.VALID


def test_what_was_signed_long_before_may_have_been_sent_on(
    tmp_path: Path, root: Person, maryam: Person
) -> None:
    mail = mailed(signed(tmp_path, maryam, entity()))
    now = datetime.now(UTC)
    assert found(mail, root, at=now + timedelta(days=6)).state == Signature.VALID
    assert found(mail, root, at=now + timedelta(days=8)).state == Signature.STALE


def test_a_signature_of_somebody_else_is_told_apart(
    tmp_path: Path, root: Person, maryam: Person
) -> None:
    mail = mailed(signed(tmp_path, maryam, entity()), sender="boss@example.org")
    finding = found(mail, root, sender="boss@example.org")
    assert (finding.state, finding.signer) == (
        Signature.ANOTHER,
        "Maryam Ahmadi · maryam@example.org",
    )
    assert found(mail, root, sender="Maryam@Example.ORG").state == Signature.VALID


def test_what_is_for_something_else_or_too_weak_proves_nothing(
    tmp_path: Path, root: Person, maryam: Person
) -> None:
    server = person(by=root, key=rsa_key(1), purpose=ExtendedKeyUsageOID.SERVER_AUTH)
    assert found(mailed(signed(tmp_path, server, entity())), root).state == Signature.UNTRUSTED

    weak = person(by=root, key=rsa_key(6, 1024))
    assert found(mailed(signed(tmp_path, weak, entity())), root).state == Signature.WEAK
    old = mailed(signed(tmp_path, maryam, entity(), "-md", "sha1"))
    assert found(old, root).state == Signature.WEAK
    bare = mailed(signed(tmp_path, maryam, entity(), "-noattr"))
    assert found(bare, root).state == Signature.WEAK


def test_a_signature_without_its_certificate_cannot_be_read(
    tmp_path: Path, root: Person, maryam: Person
) -> None:
    mail = mailed(signed(tmp_path, maryam, entity(), "-nocerts"))
    assert found(mail, root).state == Signature.UNREADABLE


def test_a_signature_over_a_part_is_not_one_over_the_mail(tmp_path: Path, maryam: Person) -> None:
    inner = signed(tmp_path, maryam, entity())
    body = (
        b'Content-Type: multipart/mixed; boundary="out"\r\n\r\n--out\r\n\r\nI am not signed.\r\n'
        b"--out\r\n" + inner + b"\r\n--out--\r\n"
    )
    read = reading.read(mailed(body))
    assert read.signed is not None
    assert not read.signed.whole
    assert "smime.p7s" not in [one.name for one in read.files]

    more = mailed(signed(tmp_path, maryam, entity()))
    mark = more.partition(b'boundary="')[2].partition(b'"')[0]
    behind = more.replace(
        b"--" + mark + b"--", b"--" + mark + b"\r\n\r\nMore.\r\n--" + mark + b"--"
    )
    read = reading.read(behind)
    assert "More." in read.text
    assert read.signed is not None
    assert not read.signed.whole


def test_a_document_that_somebody_signed_stays_a_file(tmp_path: Path, maryam: Person) -> None:
    wrapped = signed(tmp_path, maryam, b"%PDF-1.7", "-nodetach", "-outform", "DER")
    body = (
        b'Content-Type: application/pkcs7-mime; name="invoice.pdf.p7m"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(wrapped)
    )
    read = reading.read(mailed(body))
    assert ([one.name for one in read.files], read.signed) == (["invoice.pdf.p7m"], None)
