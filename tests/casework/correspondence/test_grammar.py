"""Texts of letters: read line by line, each fault named with its place, nothing evaluated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.casework.correspondence import contents, fields, grammar, own
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.grammar import Put, Said, Slot, When
from pasokh.casework.correspondence.wording.labels import CONTENTS, FIELDS
from pasokh.policy.regimes import pack as regime
from pasokh.policy.regimes import packs

DECISION = fields.names("decision")


def faults(body: str, subject: str = "About {reference}") -> list[tuple[str, int]]:
    return [(each.code, each.line) for each in grammar.read(subject, body, DECISION)[1]]


def test_a_text_is_paragraphs_headings_points_parts_and_conditions() -> None:
    body = "Of {received on},\nand more.\n\n# Why\n{reasons}\n- by {answer by}\n"
    body += "{if remedies}\n{remedies}\n{end}"
    text, found = grammar.read("About {reference}", body, DECISION)

    assert found == ()
    assert text.subject == ("About ", Slot("reference"))
    assert text.body == (
        Said("paragraph", ("Of ", Slot("received"), ", and more.")),
        Said("heading", ("Why",)),
        Put("reasons"),
        Said("point", ("by ", Slot("answer_by"))),
        When("remedies", True, (Put("remedies"),)),
    )


def test_a_field_is_known_in_both_languages_however_it_is_typed() -> None:
    for written in ("{شمارهٔ شکایت}", "{شماره شكايت}", "{ Reference }", "{REFERENCE}"):
        text, found = grammar.read(written, "x", DECISION)
        assert (text.subject, found) == ((Slot("reference"),), ())
    text, found = grammar.read("x", "{اگر نه جبران}\nهیچ\n{پایان}", DECISION)
    assert (text.body, found) == ((When("remedies", False, (Said("paragraph", ("هیچ",)),)),), ())


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("a {refrence}", ("wording-unknown-but-near", 1)),
        ("a\nb {quite another thing}", ("wording-unknown", 1)),
        ("a\n\nb {0.__class__}", ("wording-unknown", 3)),
        ("{question}", ("wording-unknown", 1)),  # of another letter
        ("a {reference", ("wording-brace", 1)),
        ("a } b", ("wording-brace", 1)),
        ("a {}", ("wording-brace", 1)),
        ("see {findings} here", ("wording-part-in-line", 1)),
        ("{last stage}", ("wording-only-if", 1)),
        ("say {if remedies} so", ("wording-if-in-line", 1)),
        ("a\n{end}", ("wording-ends-nothing", 2)),
        ("{if remedies}\n{end}\nx", ("wording-nothing-between", 1 + 1)),
        ("{if remedies}\nx", ("wording-not-ended", 1)),
        ("{if remedies}\n{if findings}\nx\n{end}", ("wording-if-in-if", 2)),
        ("{if nobody}\nx\n{end}", ("wording-unknown", 1)),
        ("", ("wording-empty", 0)),
        ("x" * (grammar.MOST_BODY + 1), ("wording-too-long", grammar.MOST_BODY)),
        ("x\n" * grammar.MOST_LINES, ("wording-too-long", grammar.MOST_BODY)),
    ],
)
def test_each_fault_has_its_line(body: str, fault: tuple[str, int]) -> None:
    assert faults(body)[0] == fault


def test_a_subject_is_needed_short_and_holds_no_part() -> None:
    assert faults("x", subject=" ") == [("wording-without-subject", 0)]
    assert faults("x", subject="{findings}") == [("wording-part-in-line", 0)]
    assert faults("x", subject="x" * 201) == [("wording-subject-too-long", 200)]


@given(st.text(alphabet="{}if end#-\nremdsاگرپایان ", max_size=200))
def test_whatever_is_typed_is_read_or_refused(body: str) -> None:
    text, found = grammar.read("x", body, DECISION)

    assert found or all(isinstance(each, Said | Put | When) for each in text.body)


def test_braces_left_in_words_by_hand_are_found_if_they_are_ours() -> None:
    assert grammar.slots("by {received on}, {نام} or {none of ours}", DECISION) == [
        "received",
        "name",
    ]


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("kind", fields.EDITABLE)
@pytest.mark.clause("10002:7.8")
def test_our_own_texts_have_no_faults_and_say_what_every_pack_asks(
    kind: LetterKind, language: str
) -> None:
    text = own.text(kind, language)

    for pack in packs.all():
        assert contents.absent(pack.letters.get(kind, ()), text) == ()


def test_both_languages_say_the_same_fields_in_the_same_order() -> None:
    for kind in fields.EDITABLE:
        in_each = [[code for code, _when in own.text(kind, one).standing()] for one in ("fa", "en")]
        assert sorted(in_each[0]) == sorted(in_each[1])


def test_a_content_counts_only_where_every_letter_would_say_it() -> None:
    def absent(body: str) -> tuple[str, ...]:
        return contents.absent(("remedy", "reasons"), grammar.read("x", body, DECISION)[0])

    assert absent("{reasons}\n{if remedies}\n# So\n{remedies}\n{end}") == ()
    assert absent("{reasons}\n{if last stage}\n{remedies}\n{end}") == ("remedy",)
    assert absent("{if not reasons}\nnone\n{end}\n{remedies}") == ("reasons",)
    assert contents.absent(("contact", "how_to_answer"), grammar.read("x", "y", DECISION)[0]) == ()


def test_every_content_and_field_has_its_name_and_says_itself() -> None:
    assert set(contents.SAID_BY) | contents.ALWAYS == set(CONTENTS) == set(regime.CONTENTS)
    assert set(FIELDS) == set(fields.FIELDS)
    assert {code for codes in contents.SAID_BY.values() for code in codes} <= set(fields.FIELDS)
    assert set(regime.APPROVED) <= set(fields.EDITABLE)


def test_no_two_fields_of_a_letter_are_written_alike() -> None:
    for kind in fields.EDITABLE:
        assert len(fields.names(kind)) == 2 * len(fields.of(kind))
