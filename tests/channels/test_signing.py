"""Mail that leaves signed can be checked by others, and is signed once."""

import dkim
import pytest
from tests.casework.acts import Acts
from tests.casework.conftest import DAY, START
from tests.casework.correspondence.correspondents import written
from tests.channels.postbox import Postbox

from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.signing import actions, queries
from pasokh.casework.correspondence.signing.models import SigningKey
from pasokh.channels.mail_out import send_letters
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.models import Entry

NOW = START + DAY
DOMAIN = "khaneh.example"

pytestmark = pytest.mark.django_db


def checked(raw: bytes, key: SigningKey) -> bool:
    name, text = key.record

    def told(asked: bytes, timeout: int = 5) -> bytes | None:
        return text.encode() if asked.decode().rstrip(".") == name else None

    return bool(dkim.verify(raw, dnsfunc=told))


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_mail_is_signed_once_the_record_is_published(
    language: str, box: Postbox, acts: Acts
) -> None:
    zahra = acts.shop.zahra
    written(LetterKind.MESSAGE, language, acts)
    key = actions.make_key(DOMAIN, by=zahra, at=START)
    send_letters(NOW)
    assert b"DKIM-Signature" not in box.mails[0][2]

    actions.use_key(key.pk, by=zahra, at=NOW)
    written(LetterKind.MESSAGE, language, acts)
    send_letters(NOW)
    raw = box.mails[1][2]
    assert raw.count(b"DKIM-Signature:") == 1
    assert checked(raw, key)
    assert not checked(raw.replace(b"\r\nSubject: ", b"\r\nSubject: x", 1), key)

    actions.retire_key(key.pk, by=zahra, at=NOW)
    written(LetterKind.MESSAGE, language, acts)
    send_letters(NOW)
    assert b"DKIM-Signature" not in box.mails[2][2]
    assert bytes(SigningKey.objects.get().sealed) == b""


def test_the_private_part_is_sealed_and_nowhere_else(box: Postbox, acts: Acts) -> None:
    key = actions.make_key(DOMAIN, by=acts.shop.zahra, at=START)
    actions.use_key(key.pk, by=acts.shop.zahra, at=START)
    signer = queries.signer(DOMAIN)
    assert signer is not None
    assert "BEGIN RSA PRIVATE KEY" in signer.private
    assert "PRIVATE" not in repr(signer)
    assert b"PRIVATE" not in bytes(key.sealed)
    said = str(list(Entry.objects.values_list("canonical", flat=True)))
    assert key.public not in said
    assert "PRIVATE" not in said


def test_only_who_sets_up_makes_a_key_and_there_is_one(acts: Acts, box: Postbox) -> None:
    with pytest.raises(Refused, match="not-authorised"):
        actions.make_key(DOMAIN, by=acts.shop.reza, at=START)
    actions.make_key(DOMAIN, by=acts.shop.zahra, at=START)
    with pytest.raises(Refused, match="signing-key-there"):
        actions.make_key(DOMAIN, by=acts.shop.zahra, at=START)


def test_a_key_that_cannot_be_opened_stops_no_mail(box: Postbox, acts: Acts) -> None:
    key = actions.make_key(DOMAIN, by=acts.shop.zahra, at=START)
    actions.use_key(key.pk, by=acts.shop.zahra, at=START)
    SigningKey.objects.update(sealed=b"not what was sealed")
    written(LetterKind.MESSAGE, "en", acts)
    send_letters(NOW)

    assert len(box.mails) == 1
    assert b"DKIM-Signature" not in box.mails[0][2]
