"""A file as a line of a list: whatever somebody wrote stays a text."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import translation
from tests.desk.conftest import NOW

from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.complaints.queries import Line
from pasokh.desk.templatetags.lines import Row, rows
from pasokh.kernel.fields import Bilingual

EVIL = "<script>\"'&"
PLAIN = Line(
    id=1,
    ref="P-000001-3",
    words=EVIL,
    who=EVIL,
    anonymous=False,
    language="en",
    state=State.RECEIVED,
    stage=2,
    priority=1,
    safety=True,
    unit=Bilingual(fa=EVIL, en=EVIL),
    handler=Bilingual(fa=EVIL, en=EVIL),
    category=Bilingual(fa=EVIL, en=EVIL),
    channel="web",
    received_at=NOW,
    due_at=NOW + timedelta(hours=1),
    clock="acknowledge",
    held=False,
)


def row(line: Line, language: str = "en") -> Row:
    with translation.override(language):
        (drawn,) = rows([line])
        return drawn


def test_no_text_of_a_file_becomes_markup() -> None:
    drawn = row(PLAIN)

    for cell in (drawn.about, drawn.due, drawn.held_by, drawn.place, drawn.received):
        assert "<script" not in cell
    assert drawn.about.count("&lt;script&gt;") == 2
    assert drawn.held_by.count("&lt;script&gt;") == 2
    assert not hasattr(drawn.words, "__html__")  # the template escapes it


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (PLAIN, "today"),
        (replace(PLAIN, due_at=NOW - timedelta(days=2)), "2 days late"),
        (replace(PLAIN, clock="verdict"), "today"),
        (replace(PLAIN, clock="verdict", due_at=NOW - timedelta(days=2)), "ended on "),
        (replace(PLAIN, due_at=None, held=True, clock=""), "On hold"),
        (replace(PLAIN, due_at=None, clock=""), "Nothing"),
    ],
)
def test_a_line_says_what_is_due(line: Line, said: str) -> None:
    assert said in row(line).due


def test_a_line_says_who_has_it_and_where_it_lies() -> None:
    drawn = row(replace(PLAIN, handler=None, anonymous=True, safety=False), "fa")

    assert drawn.url == "/fa/desk/complaints/P-000001-3/"
    assert "هنوز هیچ‌کس" in drawn.held_by
    assert "ناشناس" in drawn.about
    assert "۲" in drawn.place
    assert "badge" not in drawn.place
