from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from tests.kernel.ledger.conftest import NOON

from pasokh.kernel.ledger import log, note

SIGNER = note.Signer("pasokh/0a", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
HEAD = note.Head("pasokh/0a", 3, log.leaf_hash(b"x"))

# The example that the authors of the format publish with it.
PUBLISHED = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKv"
    "qfqdngotpRZb6KE6RyyBwJnAM=\n"
)
PUBLISHED_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


def test_the_published_example_verifies() -> None:
    public = b64decode(PUBLISHED_KEY.rsplit("+", 1)[1])[1:]
    key = note.Key("PeterNeumann", public)

    assert key.text == PUBLISHED_KEY
    assert key.verify(PUBLISHED).startswith("If you think")


def test_a_checkpoint_is_origin_size_and_root_and_reads_back() -> None:
    signed = SIGNER.sign(HEAD.text)

    assert signed.split("\n")[:2] == ["pasokh/0a", "3"]
    assert note.head(SIGNER.key.verify(signed)) == HEAD


def test_lines_after_the_root_are_extensions() -> None:
    assert note.head(HEAD.text + "something more\n") == HEAD


@given(st.integers(0, 10**6), st.integers(1, 255))
def test_no_byte_of_a_note_can_be_altered(place: int, change: int) -> None:
    data = bytearray(SIGNER.sign(HEAD.text).encode())
    data[place % len(data)] ^= change

    with pytest.raises(ValueError):  # noqa: PT011  BadNote, or not even UTF-8
        SIGNER.key.verify(data.decode())


def test_the_signatures_of_others_are_passed_over() -> None:
    witness = note.Signer("witness", Ed25519PrivateKey.generate())
    line = witness.sign(HEAD.text).rsplit("\n\n")[1]

    assert SIGNER.key.verify(SIGNER.sign(HEAD.text) + line) == HEAD.text
    with pytest.raises(note.BadNote, match="not signed by this key"):
        SIGNER.key.verify(witness.sign(HEAD.text))


@pytest.mark.parametrize(
    "text",
    ["", "x", "x\n", "x\n\n", "x\n\nno dash\n", "x\n\n— name not-base64!\n", "x\n\n— a YQ==\n\n"],
)
def test_what_is_not_a_note_is_refused(text: str) -> None:
    with pytest.raises(note.BadNote):
        note.split(text)


@pytest.mark.parametrize(
    "text", ["", "o\n", "o\n03\nYQ==\n", "o\n-1\nYQ==\n", "o\n3\nYQ==\n", "o\n3\n!\n", "\n3\n\n"]
)
def test_what_is_not_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(note.BadNote):
        note.head(text)


def test_the_fingerprint_begins_with_the_key_id() -> None:
    groups = SIGNER.key.fingerprint.split("-")

    assert [len(group) for group in groups] == [4] * 8
    assert "".join(groups[:2]) == SIGNER.key.id.hex()


def test_a_promise_and_a_manifest_cannot_pass_for_a_checkpoint() -> None:
    leaf = log.leaf_hash(b"x")
    for text in (note.promise("o", leaf, NOON), note.manifest("o", "unit:1", 1, leaf, NOON)):
        with pytest.raises(note.BadNote):
            note.head(text)
