import re

import pytest

from pasokh.kernel.ledger.verifier import words


def test_every_sentence_is_in_both_languages_with_the_same_facts() -> None:
    for english, persian in words.SENTENCES.values():
        assert sorted(re.findall(r"\{\w+}", english)) == sorted(re.findall(r"\{\w+}", persian))
        assert re.search(r"[\u0600-\u06ff]", persian)
        assert not re.search(r"[كي]", persian)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("entries/000001.json", "entries/000001.json"),
        ("a\nb", r"'a\nb'"),
        ("\x1b[2J", r"'\x1b[2J'"),
        ("\u202etxt.exe", r"'\u202etxt.exe'"),
        ("x" * 200, "x" * 120 + "..."),
    ],
)
def test_the_name_of_a_strangers_file_is_safe_on_a_terminal(name: str, shown: str) -> None:
    assert words.shown(name) == shown


def test_a_finding_is_said_once() -> None:
    report = words.Report()
    for _ in range(3):
        report.found("altered", name="x")

    assert [english for english, _ in report.wrong] == ["Altered: x."]


def test_whatever_a_check_raises_becomes_a_finding() -> None:
    def fails(error: BaseException) -> None:
        raise error

    report = words.Report()
    for number, error in enumerate(
        [ZeroDivisionError(), MemoryError(), RecursionError(), OSError()]
    ):
        assert report.attempt(str(number), fails, error) is None

    assert len(report.wrong) == 4
