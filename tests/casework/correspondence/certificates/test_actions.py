"""Certificates with their keys are taken over, kept sealed, and retired."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import ExtendedKeyUsageOID
from tests.casework.conftest import START, shop
from tests.channels.smime.people import OFFICE, Person, authority, elliptic, person, rsa_key

from pasokh.casework.correspondence.certificates import actions, queries
from pasokh.casework.correspondence.certificates.models import MailCertificate
from pasokh.casework.correspondence.certificates.refusals import SENTENCES
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.models import Entry

__all__ = ["shop"]

pytestmark = pytest.mark.django_db

PASSPHRASE = "three small words"


@pytest.fixture(scope="module")
def office() -> Person:
    return person(OFFICE, by=authority(), name="Khaneh Office", key=rsa_key(2))


def give(content: bytes, by: Any, passphrase: str = PASSPHRASE) -> MailCertificate:
    return actions.give_certificate(content, passphrase=passphrase, by=by, at=START)


def locked(one: Person) -> bytes:
    form = serialization.PrivateFormat.PKCS8
    secret = serialization.BestAvailableEncryption(PASSPHRASE.encode())
    return bytes(one.key.private_bytes(serialization.Encoding.PEM, form, secret))


@pytest.mark.parametrize("form", ["pkcs12", "pem", "locked pem"])
def test_a_file_with_certificate_and_key_is_taken_over_and_the_key_sealed(
    shop: SimpleNamespace, office: Person, form: str
) -> None:
    content = {
        "pkcs12": office.pkcs12(PASSPHRASE),
        "pem": office.pem + office.key_pem,
        "locked pem": locked(office) + office.pem,
    }[form]
    row = give(content, shop.zahra)

    assert (row.name, row.issuer) == (f"Khaneh Office · {OFFICE}", "Khaneh Root")
    assert (row.addresses, row.encrypts) == ([OFFICE], False)
    assert b"PRIVATE" not in bytes(row.sealed)
    assert "PRIVATE" not in row.chain
    held, encrypts = queries.outgoing(OFFICE.upper(), START)
    assert held is not None
    assert ("PRIVATE KEY" in held.key, "PRIVATE" in repr(held), encrypts) == (True, False, False)
    said = str(list(Entry.objects.values_list("canonical", flat=True)))
    assert "PRIVATE" not in said
    assert row.fingerprint in said


def test_what_cannot_sign_or_open_mail_is_refused_with_what_is_wrong(
    shop: SimpleNamespace, office: Person
) -> None:
    other = person("other@khaneh.example", key=rsa_key(3))
    server = person(OFFICE, key=rsa_key(2), purpose=ExtendedKeyUsageOID.SERVER_AUTH)
    now = datetime.now(UTC)
    begun = person(OFFICE, key=rsa_key(2), began=now, ended=now + timedelta(days=3))
    cases = {
        "certificate-unreadable": [
            b"",
            b"no certificate",
            b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE "
            b"KEY-----\n",
            person(OFFICE, key=rsa_key(2)).pkcs12("another passphrase"),
        ],
        "certificate-too-large": [b"x" * 300_000],
        "certificate-without-key": [office.pem, other.pem + office.key_pem],
        "certificate-key-kind": [
            person(OFFICE, key=elliptic()).pkcs12(PASSPHRASE),
            person(OFFICE, key=rsa_key(6, 1024)).pkcs12(PASSPHRASE),
        ],
        "certificate-not-for-mail": [
            server.pkcs12(PASSPHRASE),
            authority().pem + authority().key_pem,
        ],
        "certificate-ended": [begun.pkcs12(PASSPHRASE)],
    }
    for code, contents in cases.items():
        assert code in SENTENCES
        for content in contents:
            with pytest.raises(Refused, match=code):
                give(content, shop.zahra)
    assert not MailCertificate.objects.exists()


def test_it_is_given_once_and_only_by_who_sets_up(shop: SimpleNamespace, office: Person) -> None:
    with pytest.raises(Refused, match="not-authorised"):
        give(office.pkcs12(PASSPHRASE), shop.reza)
    row = give(office.pkcs12(PASSPHRASE), shop.zahra)
    with pytest.raises(Refused, match="certificate-there"):
        give(office.pem + office.key_pem, shop.zahra)
    for verb in (actions.encrypt, actions.encrypt_no_more):
        with pytest.raises(Refused, match="not-authorised"):
            verb(by=shop.reza, at=START)
    with pytest.raises(Refused, match="not-authorised"):
        actions.retire_certificate(row.pk, by=shop.reza, at=START)


def test_the_switch_holds_for_all_and_goes_with_the_last(
    shop: SimpleNamespace, office: Person
) -> None:
    with pytest.raises(Refused, match="no-such-certificate"):
        actions.encrypt(by=shop.zahra, at=START)
    first = give(office.pkcs12(PASSPHRASE), shop.zahra)
    actions.encrypt(by=shop.zahra, at=START)
    actions.encrypt(by=shop.zahra, at=START)
    again = give(person(OFFICE, key=rsa_key(4)).pkcs12(PASSPHRASE), shop.zahra)
    actions.retire_certificate(first.pk, by=shop.zahra, at=START)
    assert queries.outgoing(OFFICE, START)[1]
    assert bytes(MailCertificate.objects.get(pk=first.pk).sealed) == b""
    actions.encrypt_no_more(by=shop.zahra, at=START)
    assert not queries.outgoing(OFFICE, START)[1]
    told = list(Entry.objects.filter(event__startswith="mail_certificate.").order_by("pk"))
    assert [one.event.partition(".")[2] for one in told] == [
        *("given", "encrypting", "given", "retired", "not_encrypting"),
    ]
    assert {one.subject for one in told} == {first.subject, again.subject}
    with pytest.raises(Refused, match="no-such-certificate"):
        actions.retire_certificate(first.pk, by=shop.zahra, at=START)


def test_one_that_ends_soon_is_told_unless_another_takes_its_place(
    shop: SimpleNamespace, office: Person
) -> None:
    ends = START + timedelta(days=40)
    soon = person(OFFICE, key=rsa_key(2), ended=ends)
    row = give(soon.pkcs12(PASSPHRASE), shop.zahra)
    assert queries.ending(OFFICE, START) is None
    assert queries.ending(OFFICE, ends - timedelta(days=29)) == row
    assert queries.ending(OFFICE, ends + timedelta(days=1)) == row
    assert queries.ending("other@khaneh.example", ends) is None
    give(office.pkcs12(PASSPHRASE), shop.zahra)
    assert queries.ending(OFFICE, ends) is None
