"""The line in our letters above which an answer is to be written, known again. Pure."""

import re

#: The first words of a letter by mail that may be answered, by language.
ABOVE = {
    "fa": "##- لطفاً پاسخ خود را بالای این خط بنویسید -##",
    "en": "##- Please write your answer above this line -##",
}

#: Mail programs indent the line, and wrap it: its ends are what stays.
_LINE = re.compile(r"^[ \t\u200b-\u200f\u2066-\u2069]{0,20}##-\s?\S")


def above(language: str) -> str:
    """The line in a letter's language: Persian for `fa`, English for anything else."""
    return ABOVE["fa" if language.startswith("fa") else "en"]


def is_marker(line: str) -> bool:
    """Whether a line of a mail is this line, in whatever language."""
    return _LINE.match(line) is not None
