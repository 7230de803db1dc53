"""Letters leave signed with the office's certificate, and encrypted to whoever has one."""

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import pkcs7
from tests.casework.acts import Acts
from tests.casework.conftest import DAY, START
from tests.casework.correspondence.correspondents import written
from tests.channels.mail_in.conftest import mailbox, post
from tests.channels.postbox import Postbox
from tests.channels.smime.people import (
    OFFICE,
    Person,
    authority,
    entity,
    mailed,
    openssl,
    person,
    rsa_key,
    signed,
)

from pasokh.casework.correspondence.certificates import actions
from pasokh.casework.correspondence.certificates.models import MailCertificate
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.signing import actions as signing
from pasokh.channels import trial
from pasokh.channels.mail_out import send_letters
from pasokh.kernel import files

__all__ = ["mailbox", "post"]

NOW = START + DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(settings: Any, tmp_path: Path) -> Person:
    root = authority()
    settings.MAIL_AUTHORITIES = tmp_path / "authorities.pem"
    settings.MAIL_AUTHORITIES.write_bytes(root.pem)
    return root


@pytest.fixture
def give(acts: Acts, root: Person) -> Callable[..., MailCertificate]:
    def take_over(**more: Any) -> MailCertificate:
        own = person(OFFICE, by=root, name="Khaneh Office", key=rsa_key(2), **more)
        content, by = own.pkcs12("passphrase"), acts.shop.zahra
        return actions.give_certificate(content, passphrase="passphrase", by=by, at=START)

    return take_over


def verified(raw: bytes, settings: Any, ok: bool = True) -> bytes:
    """What stands in a signed mail, as openssl reads and checks it."""
    trusted = ["-CAfile", str(settings.MAIL_AUTHORITIES)]
    return openssl("smime", "-verify", *trusted, put=raw, ok=ok)


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_letter_bears_a_signature_that_others_find_valid(
    box: Postbox, acts: Acts, give: Callable[..., MailCertificate], settings: Any, language: str
) -> None:
    give()
    key = signing.make_key("khaneh.example", by=acts.shop.zahra, at=START)
    signing.use_key(key.pk, by=acts.shop.zahra, at=START)
    written(LetterKind.MESSAGE, language, acts)
    send_letters(NOW)

    raw = box.mails[0][2]
    (letter,) = box.letters
    said = message_from_bytes(verified(raw, settings), policy=default)
    assert (letter.get_content_type(), said.get_content_type()) == (
        "multipart/signed",
        "multipart/alternative",
    )
    plain: Any = said.get_body(("plain",))  # type: ignore[attr-defined]
    assert {"fa": "شمارهٔ سفارش", "en": "the order number"}[language] in plain.get_content()
    assert letter["Subject"]
    assert letter["Message-ID"]
    assert verified(raw.replace(b"\r\n\r\n", b"\r\n\r\nx", 3), settings, ok=False) is not None

    _name, text = key.record
    assert raw.startswith(b"DKIM-Signature")
    assert dkim.verify(raw, dnsfunc=lambda asked, timeout=5: text.encode())


def test_a_certificate_that_ended_or_is_somebody_elses_signs_nothing_and_the_letter_leaves(
    box: Postbox, acts: Acts, give: Callable[..., MailCertificate]
) -> None:
    row = give()
    for change in ({"ends": NOW - DAY}, {"addresses": ["other@khaneh.example"]}, {"sealed": b"x"}):
        MailCertificate.objects.filter(pk=row.pk).update(**change)
        written(LetterKind.MESSAGE, "en", acts)
        send_letters(NOW)
        assert box.letters[-1].get_content_type() == "multipart/alternative"
        MailCertificate.objects.filter(pk=row.pk).update(
            ends=row.ends, addresses=row.addresses, sealed=row.sealed
        )
    assert len(box.mails) == 3


def test_the_newest_that_is_valid_signs_and_a_retired_one_no_more(
    box: Postbox, acts: Acts, give: Callable[..., MailCertificate]
) -> None:
    former, newest = give(), give()
    for row in (newest, former):
        written(LetterKind.MESSAGE, "en", acts)
        send_letters(NOW)
        signature = openssl("smime", "-pk7out", put=box.mails[-1][2])
        certificates = pkcs7.load_pem_pkcs7_certificates(signature)
        assert row.fingerprint in [one.fingerprint(SHA256()).hex() for one in certificates]
        actions.retire_certificate(row.pk, by=acts.shop.zahra, at=NOW)
    assert {bytes(one.sealed) for one in MailCertificate.objects.all()} == {b""}


def test_letters_are_encrypted_to_whoever_signed_a_mail_if_that_is_wanted(
    box: Postbox,
    acts: Acts,
    post: Callable[..., Any],
    root: Person,
    give: Callable[..., MailCertificate],
    settings: Any,
    tmp_path: Path,
) -> None:
    give()
    maryam = person(by=root, key=rsa_key(1))
    sorted_ = post(content=mailed(signed(tmp_path, maryam, entity())))
    certificate, key = maryam.files(tmp_path)

    def sent() -> bytes:
        written(LetterKind.MESSAGE, "en", acts)
        send_letters(NOW)
        return box.mails[-1][2]

    assert b"multipart/signed" in sent()
    actions.encrypt(by=acts.shop.zahra, at=NOW)
    raw = sent()
    assert b"multipart/signed" not in raw
    opened = openssl("smime", "-decrypt", "-recip", certificate, "-inkey", key, put=raw)
    assert b"multipart/alternative" in verified(opened, settings)

    settings.MAIL_AUTHORITIES.write_bytes(authority("Somebody Else").pem)
    assert b"multipart/signed" in sent()
    settings.MAIL_AUTHORITIES.write_bytes(root.pem)
    actions.encrypt_no_more(by=acts.shop.zahra, at=NOW)
    assert b"multipart/signed" in sent()

    actions.encrypt(by=acts.shop.zahra, at=NOW)
    files.discard(sorted_.digest)
    assert b"multipart/signed" in sent()


def test_a_notice_is_signed_and_never_encrypted(
    box: Postbox,
    acts: Acts,
    post: Callable[..., Any],
    root: Person,
    give: Callable[..., MailCertificate],
    tmp_path: Path,
) -> None:
    give()
    actions.encrypt(by=acts.shop.zahra, at=START)
    maryam = person(by=root, key=rsa_key(1))
    post(content=mailed(signed(tmp_path, maryam, entity())))
    send_letters(NOW + timedelta(minutes=1))

    (letter,) = box.letters
    assert letter["To"] == "maryam@example.org"
    assert letter.get_content_type() == "multipart/signed"


def test_the_letter_to_try_it_is_signed_too(
    box: Postbox, acts: Acts, give: Callable[..., MailCertificate], settings: Any
) -> None:
    give()
    trial.send("zahra@khaneh.example", language="fa", at=NOW)
    assert b"multipart/alternative" in verified(box.mails[0][2], settings)
