"""Wrappings that were made to break their reader: what is read is bounded, nothing is raised."""

import base64
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from tests.channels.smime.people import MARYAM, Person, encrypted, entity, mailed, signed

from pasokh.casework.intake.mailroom.terms import Signature
from pasokh.channels.mail_in import reading
from pasokh.channels.smime import ber, checking, cms
from pasokh.channels.smime.ber import Broken
from pasokh.channels.smime.opening import Key


def check(wrapped: bytes, root: Person) -> Signature:
    return checking.check(
        wrapped, b"x", sender=MARYAM, authorities=[root.certificate], at=datetime.now(UTC)
    ).state


def as_mail(wrapped: bytes) -> bytes:
    return mailed(
        b"Content-Type: application/pkcs7-mime; name=smime.p7m\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(wrapped)
    )


@pytest.mark.parametrize(
    "wrapped",
    [
        b"",
        b"0",
        b"\x30\x80",
        b"\x30\x80" * 100_000,
        b"\x30\x84\xff\xff\xff\xff",
        b"\x30\x88" + b"\xff" * 8,
        b"\x1f\x81\x81\x81\x00",
        b"\x24\x80" * 10_000 + b"\0\0" * 10_000,
        b"\x30\x80" + b"\x04\x00" * 300_000 + b"\0\0",
        b"\x30\x83\x09\x27\xc0" + b"\x06\x01\x80" * 200_000,
        b"\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02",
        b"\x30\x0f\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x02\x30\x00",
    ],
)
def test_what_is_no_wrapping_is_told_and_the_mail_is_read(wrapped: bytes, root: Person) -> None:
    with pytest.raises(Broken):
        cms.read(wrapped)
    assert check(wrapped, root) == Signature.UNREADABLE
    assert reading.read(as_mail(wrapped)).faults == ("wrapping-broken",)


def test_octets_in_octets_end_somewhere() -> None:
    deep = b"\x04\x01x"
    for _each in range(100):
        deep = b"\x24" + _length(len(deep)) + deep
    with pytest.raises(Broken):
        ber.read(deep).octets()


def _length(many: int) -> bytes:
    if many < 128:
        return bytes([many])
    size = (many.bit_length() + 7) // 8
    return bytes([128 + size]) + many.to_bytes(size, "big")


def _put(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return bytes([tag]) + _length(len(content)) + content


def test_ten_thousand_certificates_are_not_looked_at(
    tmp_path: Path, root: Person, maryam: Person
) -> None:
    mail = reading.read(mailed(signed(tmp_path, maryam, entity())))
    assert mail.signed is not None
    one = root.certificate.public_bytes(Encoding.DER)
    signed_data = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
    data = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"
    many = _put(
        0x30,
        signed_data,
        _put(
            0xA0,
            _put(
                0x30,
                b"\x02\x01\x01",
                b"\x31\x00",
                _put(0x30, data),
                _put(0xA0, one * 10_000),
                _put(0x31, *[_signature()] * 10_000),
            ),
        ),
    )
    found = cms.read(many)
    assert isinstance(found, cms.Signed)
    assert (len(found.certificates), len(found.signatures)) == (cms.CERTIFICATES, cms.SIGNATURES)
    assert check(many, root) == Signature.UNREADABLE


def _signature() -> bytes:
    method = _put(0x30, b"\x06\x03\x2a\x03\x04")
    whose = _put(0x30, _put(0x30), b"\x02\x01\x01")
    return _put(0x30, b"\x02\x01\x01", whose, method, method, b"\x04\x01x")


def test_any_bytes_changed_in_a_wrapping_raise_nothing(
    tmp_path: Path, root: Person, maryam: Person, office: Person
) -> None:
    """Each result is one of those that are known, whatever was changed or cut off."""
    chance = random.Random(7)
    keys = [Key(office.certificate, office.key)]
    whole = [
        reading.read(mailed(signed(tmp_path, maryam, entity()))).signed.wrapped,  # type: ignore[union-attr]
        reading.read(mailed(encrypted(tmp_path, office, entity(), "-aes256"))).files[0].content,
    ]
    for number in range(600):
        wrapped = bytearray(whole[number % 2])
        for _each in range(chance.randint(1, 4)):
            wrapped[chance.randrange(len(wrapped))] = chance.randrange(256)
        if chance.random() < 0.2:
            del wrapped[chance.randrange(len(wrapped)) :]
        assert check(bytes(wrapped), root) in Signature
        read = reading.read(as_mail(bytes(wrapped)), keys=lambda: keys)
        assert "unreadable" not in read.faults
