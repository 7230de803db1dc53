import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.casework.correspondence import reply_address
from pasokh.kernel import refs

KEY, OTHER = bytes(32), bytes([1]) * 32
BOX = "complaints@example.org"
REF = refs.make(42)


@given(st.integers(1, 10**12))
def test_a_reply_address_names_its_file_and_no_other(number: int) -> None:
    ref = refs.make(number)
    assert reply_address.read(reply_address.made(BOX, ref, KEY), KEY) == ref


def test_a_server_that_changes_the_case_of_letters_loses_nothing() -> None:
    assert reply_address.read(reply_address.made(BOX, REF, KEY).upper(), KEY) == REF


@pytest.mark.parametrize(
    "address",
    [
        BOX,
        "",
        "@",
        "complaints+@example.org",
        f"complaints+{REF.lower()}@example.org",
        f"complaints+{REF.lower()}.aaaaaaaaaaaaaaaa@example.org",
        reply_address.made(BOX, REF, OTHER),
        reply_address.made(BOX, REF, KEY).replace("p-000042", "p-000043"),
        "complaints+" + "9" * 10_000 + ".x@example.org",
        "complaints+p-000042-7.ش@example.org",
    ],
)
def test_what_nobody_here_made_is_no_reply_address(address: str) -> None:
    assert reply_address.read(address, KEY) is None


@pytest.mark.parametrize("separator", ["-", "=", "_"])
def test_a_server_may_cut_an_address_at_another_sign(separator: str) -> None:
    made = reply_address.made(BOX, REF, KEY, separator)
    assert made.startswith(f"complaints{separator}p-")
    assert reply_address.read(made, KEY) == REF


def test_without_a_sign_to_cut_at_there_is_only_the_mailbox() -> None:
    assert reply_address.made(BOX, REF, KEY, "") == BOX


def test_a_mailbox_whose_name_leaves_no_room_stays_as_it_is() -> None:
    long = "complaints-about-" + "x" * 40 + "@example.org"
    assert reply_address.made(long, REF, KEY) == long
