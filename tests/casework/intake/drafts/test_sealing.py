import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.casework.intake.drafts import sealing
from pasokh.kernel import codes

TOKEN = codes.new_token()
MEGABYTE = 1 << 20


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_was_sealed_comes_back_as_it_was(text: str) -> None:
    sealed = sealing.seal(TOKEN, {"narrative": text})

    assert sealing.unseal(TOKEN, sealed) == {"narrative": text}
    assert text.encode() not in sealed or len(text) < 4


def test_another_token_opens_nothing() -> None:
    with pytest.raises(sealing.BrokenError):
        sealing.unseal(codes.new_token(), sealing.seal(TOKEN, {"a": "b"}))


@pytest.mark.parametrize("sealed", [b"", b"short", b"x" * 40])
def test_what_was_never_sealed_is_broken(sealed: bytes) -> None:
    with pytest.raises(sealing.BrokenError):
        sealing.unseal(TOKEN, sealed)


@given(st.lists(st.integers(0, 3), max_size=4), st.integers(-20, 20))
def test_a_file_comes_back_however_it_was_cut(cuts: list[int], more: int) -> None:
    whole = bytes(range(256)) * (len(cuts) * 2048) + b"x" * max(more, 0)
    chunks = [whole[at : at + 300_000] for at in range(0, len(whole), 300_000)]
    sealed = b"".join(sealing.seal_file(TOKEN, chunks))

    assert b"".join(sealing.unseal_file(TOKEN, [sealed])) == whole


@pytest.mark.parametrize("size", [0, 1, MEGABYTE - 1, MEGABYTE, MEGABYTE + 1, 2 * MEGABYTE])
def test_the_edges_of_parts_are_no_edges_of_files(size: int) -> None:
    sealed = b"".join(sealing.seal_file(TOKEN, [b"y" * size]))

    assert b"".join(sealing.unseal_file(TOKEN, [sealed[:7], sealed[7:]])) == b"y" * size


def test_a_file_cut_short_changed_or_reordered_is_broken() -> None:
    sealed = b"".join(sealing.seal_file(TOKEN, [b"a" * MEGABYTE, b"b" * MEGABYTE, b"c"]))
    part = MEGABYTE + 16
    head, first, second, last = (
        sealed[:12],
        sealed[12 : 12 + part],
        sealed[12 + part : 12 + 2 * part],
        sealed[12 + 2 * part :],
    )
    wrong = [head, head + first + second, head + second + first + last, sealed[:-1], sealed + b"x"]

    for each in wrong:
        with pytest.raises(sealing.BrokenError):
            b"".join(sealing.unseal_file(TOKEN, [each]))
