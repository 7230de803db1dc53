"""Conversations as a table: every state, both languages, and whatever people write instead."""

import pytest

from pasokh.casework.intake.conversations import steps
from pasokh.casework.intake.conversations.steps import MOVES, Act, At, Said, Talk
from pasokh.casework.intake.conversations.words import sentences

PHOTO = {"id": "F1", "name": "photo.jpg", "size": 900}


def talked(*said: str, talk: Talk | None = None) -> tuple[Talk, list[tuple[str, ...]], list[str]]:
    """Say one thing after another; what was answered, and which deeds followed."""
    talk, answers, acts = talk or Talk(), [], []
    for text in said:
        found = steps.turn(talk, text, (), open_ref="")
        talk = found.talk
        answers.append(found.answers)
        acts += [found.act] if found.act else []
    return talk, answers, acts


@pytest.mark.clause("10002:7.2")
@pytest.mark.parametrize(
    ("said", "language"),
    [
        (("شکایت", "یخچال از روز اول خراب بود", "تعویض", "مریم رضایی", "۱"), "fa"),
        (("complaint", "The fridge never worked", "exchange it", "Mary", "yes"), "en"),
    ],
)
def test_a_complaint_is_asked_for_one_question_at_a_time(
    said: tuple[str, ...], language: str
) -> None:
    talk, answers, acts = talked(*said)

    assert answers == [("ask.story",), ("ask.wanted",), ("ask.name",), ("ask.check",), ()]
    assert acts == [Act.FILE]
    assert (talk.language, talk.story, talk.wanted, talk.name, talk.anonymous) == (
        *(language, said[1], said[2], said[3], False),
    )


def test_nobody_has_to_say_who_they_are_or_what_they_want() -> None:
    talk, _, acts = talked("شکایت", "مأمور فروش بی‌ادب بود", "هیچ", "بی‌نام", "بله")

    assert acts == [Act.FILE]
    assert (talk.wanted, talk.name, talk.anonymous) == ("", "", True)


def test_every_state_is_left_by_giving_up_and_understands_help() -> None:
    for at in At:
        talk = Talk(at=at, story="x" * 20)
        left = steps.turn(talk, "انصراف", (), open_ref="").talk
        helped = steps.turn(talk, "/help", (), open_ref="")
        assert left.at is At.IDLE
        assert left.story == ("x" * 20 if at is At.IDLE else "")
        assert helped.talk == talk
        assert helped.answers
    assert MOVES.reachable(At.IDLE) == frozenset(At)


def test_pictures_may_come_first_and_a_story_in_pieces() -> None:
    talk = steps.turn(Talk(at=At.STORY), "", (PHOTO,), open_ref="").talk
    assert (talk.at, talk.files) == (At.STORY, (PHOTO,))
    assert steps.turn(talk, "خراب", (), open_ref="").answers == ("more",)
    talk, answers, _ = talked("خراب", "یخچال کار نمی‌کند", talk=talk)
    assert (talk.story, answers[-1]) == ("خراب\nیخچال کار نمی‌کند", ("ask.wanted",))


@pytest.mark.parametrize(
    ("text", "act", "ref", "words"),
    [
        ("پیگیری P-000042-7", Act.STATUS, "P-000042-7", ""),
        ("status p 42 7", Act.STATUS, "P-000042-7", ""),
        ("پیگیری", Act.STATUS, "", ""),
        ("P-000042-7", Act.STATUS, "P-000042-7", ""),
        ("P-000042-7 شمارهٔ سفارش ۱۲ است", Act.ADD, "P-000042-7", "شمارهٔ سفارش ۱۲ است"),
        ("کد P-000042-7", Act.CODE, "P-000042-7", ""),
        ("P-000042-1 wrong digit", None, "", ""),
        ("1234 is the order number", None, "", ""),
        ("؟؟؟", None, "", ""),
    ],
)
def test_a_reference_asks_or_adds(text: str, act: Act | None, ref: str, words: str) -> None:
    found = steps.turn(Talk(), text, (), open_ref="")

    assert (found.act, found.ref, found.words) == (act, ref, words)
    assert bool(found.answers) is (act is None)


def test_plain_words_answer_the_one_open_question() -> None:
    found = steps.turn(Talk(), "شمارهٔ سفارش ۱۲ است", (PHOTO,), open_ref="P-000042-7")

    assert (found.act, found.ref, found.talk.files) == (Act.ADD, "P-000042-7", (PHOTO,))


def test_the_language_follows_the_script_until_one_is_chosen() -> None:
    assert steps.turn(Talk(), "what is this", (), open_ref="").talk.language == "en"
    assert steps.turn(Talk(language="en"), "این چیست", (), open_ref="").talk.language == "fa"
    chosen = steps.turn(Talk(), "English", (), open_ref="").talk
    assert (chosen.language, chosen.chosen) == ("en", True)
    assert steps.turn(chosen, "این چیست", (), open_ref="").talk.language == "en"


@pytest.mark.parametrize("text", ["1", "2", "yes", "-", "شکایت", "x" * 30_000, "\u202e\u2066"])
@pytest.mark.parametrize("at", At)
def test_whatever_is_written_is_answered_or_done(at: At, text: str) -> None:
    found = steps.turn(Talk(at=at, story="x" * 20), text, (), open_ref="")

    assert found.answers or found.act
    assert len(found.talk.story) <= steps.LONGEST


def test_both_languages_say_the_same_and_all_that_can_be_answered() -> None:
    assert sorted(sentences("fa")) == sorted(sentences("en"))
    assert {f"ask.{at}" for at in At} <= set(sentences("fa"))
    assert all(Said(name) for name in Said)
