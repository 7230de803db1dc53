import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from pasokh.kernel.ledger.verifier import curve


@how(max_examples=40, deadline=None)
@given(st.binary(max_size=64), st.integers(0, 511))
def test_signatures_are_judged_as_by_another_implementation(text: bytes, bit: int) -> None:
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public, signature = private.public_key().public_bytes_raw(), private.sign(text)
    flipped = bytearray(signature)
    flipped[bit // 8] ^= 1 << bit % 8

    assert curve.signed(public, signature, text)
    assert not curve.signed(public, bytes(flipped), text)
    assert not curve.signed(public, signature, text + b"x")


def test_a_signature_has_one_form() -> None:
    """S + L would verify too where the range of S is not checked."""
    private = Ed25519PrivateKey.generate()
    public, signature = private.public_key().public_bytes_raw(), private.sign(b"x")
    scalar = int.from_bytes(signature[32:], "little") + curve.ORDER
    twin = signature[:32] + scalar.to_bytes(32, "little")

    assert not curve.signed(public, twin, b"x")
    assert not curve.signed(public, signature + b"\0", b"x")


@pytest.mark.parametrize(
    "public",
    [
        (1).to_bytes(32, "little"),
        bytes(32),
        (curve.P - 1).to_bytes(32, "little"),
        (curve.P + 1).to_bytes(32, "little"),
        (1 | 1 << 255).to_bytes(32, "little"),
        b"\xff" * 32,
        b"short",
    ],
)
def test_a_key_that_would_pass_anything_is_refused(public: bytes) -> None:
    neutral = (1).to_bytes(32, "little") + bytes(32)

    assert not curve.signed(public, neutral, b"x")
