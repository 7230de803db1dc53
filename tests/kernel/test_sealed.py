"""Secrets sealed at rest: opened here, for their use and their owner, and nowhere else."""

import pytest
from django.test import override_settings

from pasokh.kernel import sealed

SECRET = "گذرواژهٔ صندوق 1"


def test_a_secret_is_read_back_and_never_looks_the_same_twice() -> None:
    one, other = (sealed.seal("mailbox", "7", SECRET) for _ in range(2))

    assert sealed.unseal("mailbox", "7", one) == SECRET
    assert sealed.unseal("mailbox", "7", memoryview(other)) == SECRET
    assert one != other
    assert SECRET.encode() not in one


@pytest.mark.parametrize(("use", "owner"), [("mailbox", "8"), ("webhook", "7")])
def test_it_opens_for_no_other_use_and_no_other_owner(use: str, owner: str) -> None:
    with pytest.raises(sealed.BrokenError):
        sealed.unseal(use, owner, sealed.seal("mailbox", "7", SECRET))


def test_it_opens_under_no_other_key_and_not_when_it_was_changed() -> None:
    made = sealed.seal("mailbox", "7", SECRET)
    with override_settings(SECRET_KEY="another" * 9), pytest.raises(sealed.BrokenError):
        sealed.unseal("mailbox", "7", made)
    for bad in (b"", made[:11], made[:-1], made[:-1] + bytes([made[-1] ^ 1])):
        with pytest.raises(sealed.BrokenError):
            sealed.unseal("mailbox", "7", bad)
