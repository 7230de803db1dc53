"""Set-up: certificates for mail are taken over, encrypting is switched, one is retired."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.test import Client
from tests.channels.smime.people import OFFICE, authority, person, rsa_key
from tests.desk.conftest import NOW
from tests.desk.test_settings_steps import SET_UP, faults

from pasokh.casework.correspondence.certificates.models import MailCertificate
from pasokh.casework.correspondence.certificates.terms import LARGEST
from pasokh.config import check, environment
from pasokh.directory.organisation.models import Organisation

pytestmark = pytest.mark.django_db

PAGE = SET_UP + "certificates/"


@pytest.fixture
def browser(at_desk: Callable[[str], Client]) -> Client:
    browser = at_desk("zahra")
    Organisation.objects.update(mailbox=OFFICE)
    return browser


def give(browser: Client, content: bytes) -> Any:
    file = SimpleUploadedFile("office.p12", content)
    return browser.post(PAGE, {"act": "give", "file": file, "passphrase": "words"})


def test_a_certificate_is_taken_over_switched_and_retired(browser: Client) -> None:
    assert "letters leave unsigned" in browser.get(PAGE).content.decode()
    office = person(OFFICE, by=authority(), name="Khaneh Office", key=rsa_key(2))
    assert give(browser, office.pkcs12("words")).status_code == 302

    page = browser.get(PAGE).content.decode()
    assert "Signs letters, and opens mail" in page
    assert "PRIVATE" not in page
    assert browser.post(PAGE, {"act": "encrypt"}).status_code == 302
    assert MailCertificate.objects.get().encrypts
    assert browser.post(PAGE, {"act": "encrypt"}).status_code == 404
    assert browser.post(PAGE, {"act": "open"}).status_code == 302
    assert not MailCertificate.objects.get().encrypts

    row = MailCertificate.objects.get()
    assert browser.post(PAGE, {"act": "retire", "certificate": row.pk}).status_code == 302
    assert "letters leave unsigned" in browser.get(PAGE).content.decode()


def test_what_is_wrong_with_a_file_is_said_in_a_sentence(browser: Client) -> None:
    office = person(OFFICE, by=authority(), key=rsa_key(2))
    assert "could not be opened" in faults(give(browser, office.pkcs12("other words")))
    assert "could not be opened" in faults(give(browser, b"nothing of the kind"))
    assert "Choose a file." in faults(browser.post(PAGE, {"act": "give", "passphrase": "words"}))
    assert not MailCertificate.objects.exists()


def test_of_a_file_that_is_too_large_no_more_is_read_than_tells_so(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, read = [], UploadedFile.read
    monkeypatch.setattr(
        UploadedFile, "read", property(lambda file: _noting(file.file.read, asked)), raising=True
    )
    assert "too large to be a certificate" in faults(give(browser, b"x" * (LARGEST + 2)))
    assert asked == [-1, LARGEST + 1]  # the browser's, and ours
    monkeypatch.setattr(UploadedFile, "read", read)
    assert "could not be opened" in faults(give(browser, b"x" * LARGEST))


def _noting(read: Callable[..., bytes], asked: list[int]) -> Callable[..., bytes]:
    def noted(size: int = -1) -> bytes:
        asked.append(size)
        return read(size)

    return noted


def test_each_certificate_says_what_it_does(browser: Client) -> None:
    root = authority()
    for address, key in ((OFFICE, 2), ("other@khaneh.example", 3)):
        give(browser, person(address, by=root, key=rsa_key(key)).pkcs12("words"))
    page = browser.get(PAGE).content.decode()
    assert "Signs letters, and opens mail" in page
    assert "it does not name the office’s mailbox" in page

    MailCertificate.objects.update(ends=NOW - timedelta(days=1))
    page = browser.get(PAGE).content.decode()
    assert "so they leave unsigned" in page
    assert "still opens mail" in page
    assert "so they leave unsigned" in browser.get(SET_UP).content.decode()
    MailCertificate.objects.update(ends=NOW + timedelta(days=5))
    assert "from then on they leave unsigned" in browser.get(PAGE).content.decode()
    told = [said for right, said in check.examine(environment.read()) if not right]
    assert "The certificate that signs letters ends soon or has ended. Take over a new one." in told


def test_who_is_trusted_is_shown(browser: Client, settings: Any, tmp_path: Path) -> None:
    settings.MAIL_AUTHORITIES = tmp_path / "authorities.pem"
    settings.MAIL_AUTHORITIES.write_bytes(authority("Root of Somebody").pem)
    page = browser.get(PAGE).content.decode()
    assert "Trusted certificate authorities" in page
    assert "Root of Somebody" in page
