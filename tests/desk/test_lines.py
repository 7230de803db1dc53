"""A file as a line of a list: whatever somebody wrote stays a text."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import translation
from tests.desk.conftest import NOW

from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.complaints.queries import Line
from pasokh.desk.templatetags.lines import rows
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
    lost=False,
)


def row(line: Line, language: str = "en") -> dict[str, str]:
    """The cells of a line: the first as `th`, any other by its label."""
    with translation.override(language):
        drawn = rows([line])
    (head,) = re.findall(r"(?s)<th [^>]*>(.*?)</th>", drawn)
    return {"th": head, **dict(re.findall(r'(?s)<td[^>]* data-label="([^"]*)">(.*?)</td>', drawn))}


def test_no_text_of_a_file_becomes_markup() -> None:
    drawn = row(PLAIN)

    assert list(drawn) == ["th", "What is due", "Who has it", "Where it lies", "Received"]
    assert not [cell for cell in drawn.values() if "<script" in cell]
    assert drawn["th"].count("&lt;script&gt;") == 3
    assert drawn["Who has it"].count("&lt;script&gt;") == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (PLAIN, "today"),
        (replace(PLAIN, lost=True), "A letter did not arrive"),
        (replace(PLAIN, due_at=NOW - timedelta(days=2)), "2 days late"),
        (replace(PLAIN, clock="verdict"), "today"),
        (replace(PLAIN, clock="verdict", due_at=NOW - timedelta(days=2)), "ended on "),
        (replace(PLAIN, due_at=None, held=True, clock=""), "On hold"),
        (replace(PLAIN, due_at=None, clock=""), "Nothing"),
    ],
)
def test_a_line_says_what_is_due(line: Line, said: str) -> None:
    assert said in row(line)["What is due"]


def test_a_line_says_who_has_it_and_where_it_lies() -> None:
    drawn = row(replace(PLAIN, handler=None, anonymous=True, safety=False), "fa")

    about, _due, held_by, place, _received = drawn.values()
    assert 'href="/fa/desk/complaints/P-000001-3/"' in about
    assert "هنوز هیچ‌کس" in held_by
    assert "ناشناس" in about
    assert "۲" in place
    assert "badge" not in place
