"""Mail that openssl encrypted to us, and what is said of mail that does not open."""

import base64
from pathlib import Path

import pytest
from tests.channels.smime.people import Person, encrypted, entity, mailed, signed

from pasokh.channels.mail_in import bodies, reading
from pasokh.channels.mail_in.parsed import Parsed
from pasokh.channels.smime import cms
from pasokh.channels.smime.opening import Closed, Key, opened

PHOTO = ("fridge.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)


def read(mail: bytes, *whose: Person) -> Parsed:
    return reading.read(mail, keys=lambda: [Key(one.certificate, one.key) for one in whose])


@pytest.mark.parametrize(
    ("program", "how"),
    [
        ("smime", ("-aes128",)),
        ("smime", ("-aes256",)),
        ("smime", ("-des3",)),
        ("cms", ("-aes192", "-keyid")),
        ("cms", ("-aes-128-gcm",)),
        ("cms", ("-aes-256-gcm",)),
        ("cms", ("-aes256", "-keyopt", "rsa_padding_mode:oaep")),
        (
            "cms",
            ("-aes256", "-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256"),
        ),
    ],
)
def test_what_openssl_encrypted_to_us_is_opened(
    tmp_path: Path, maryam: Person, office: Person, program: str, how: tuple[str, ...]
) -> None:
    mail = mailed(encrypted(tmp_path, office, entity(files=[PHOTO]), *how, program=program))
    found = read(mail, maryam, office)
    assert (found.text.strip(), found.faults, found.signed) == ("یخچال خراب است.", (), None)
    assert [(one.name, one.content) for one in found.files] == [PHOTO]


@pytest.mark.parametrize("how", [(), ("-nodetach",)])
def test_a_signed_mail_in_an_encrypted_one_is_signed_as_a_whole(
    tmp_path: Path, maryam: Person, office: Person, how: tuple[str, ...]
) -> None:
    inner = signed(tmp_path, maryam, entity(), *how)
    found = read(mailed(encrypted(tmp_path, office, inner, "-aes256")), office)
    assert found.text.strip() == "یخچال خراب است."
    assert found.signed is not None
    assert found.signed.whole


def test_three_wrappings_are_opened_and_more_than_that_too_deep(
    tmp_path: Path, maryam: Person, office: Person
) -> None:
    content = entity()
    for _each in range(3):
        content = encrypted(tmp_path, office, signed(tmp_path, maryam, content), "-aes128")
    assert read(mailed(content), office).text.strip() == "یخچال خراب است."
    for _each in range(bodies.MOST_WRAPPED):
        content = encrypted(tmp_path, office, content, "-aes128")
    assert read(mailed(content), office).faults == ("too-deep",)


def test_without_the_key_it_says_so_and_keeps_the_file(
    tmp_path: Path, maryam: Person, office: Person
) -> None:
    mail = mailed(encrypted(tmp_path, office, entity(), "-aes256"))
    for keys in ((), (maryam,)):
        found = read(mail, *keys)
        assert (found.text, found.faults) == ("", ("encrypted-elsewhere",))
        assert [one.name for one in found.files] == ["smime.p7m"]


@pytest.mark.parametrize(
    ("how", "code"), [("-camellia256", "encrypted-unknown"), ("-aes256", "encrypted-broken")]
)
def test_what_is_not_known_or_was_damaged_is_told_apart(
    tmp_path: Path, office: Person, how: str, code: str
) -> None:
    mail = mailed(encrypted(tmp_path, office, entity(), how, program="cms"))
    if code == "encrypted-broken":
        head, _, body = mail.partition(b"\r\n\r\n")
        wrapped = bytearray(base64.b64decode(body))
        wrapped[-20] ^= 1
        mail = head + b"\r\n\r\n" + base64.encodebytes(wrapped)
    assert read(mail, office).faults == (code,)


def test_a_mark_that_does_not_fit_opens_nothing(tmp_path: Path, office: Person) -> None:
    mail = mailed(encrypted(tmp_path, office, entity(), "-aes-256-gcm", program="cms"))
    wrapped = read(mail).files[0].content
    changed = wrapped[:-1] + bytes([wrapped[-1] ^ 1])
    again = mailed(
        b"Content-Type: application/pkcs7-mime; name=smime.p7m\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(changed)
    )
    assert read(again, office).faults == ("encrypted-broken",)


@pytest.mark.parametrize(
    "params", ["3000", "3002a000", "3004a1023000", "3004a0023000", "30", "0500", "3006a104300205ff"]
)
def test_a_padding_that_is_told_oddly_is_not_known(office: Person, params: str) -> None:
    issuer = office.certificate.issuer.public_bytes()
    whose = cms.Whose(issuer, office.certificate.serial_number)
    oaep = cms.Method("1.2.840.113549.1.1.7", bytes.fromhex(params))
    aes = cms.Method("2.16.840.1.101.3.4.1.2", bytes.fromhex("0410") + bytes(16))
    wrapping = cms.Enveloped((cms.Recipient(whose, oaep, bytes(256)),), aes, bytes(16))
    with pytest.raises(Closed) as closed:
        opened(wrapping, [Key(office.certificate, office.key)])
    assert closed.value.code in ("encrypted-unknown", "encrypted-broken")
