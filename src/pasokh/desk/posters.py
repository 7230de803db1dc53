"""Posters and cards with a code that leads to the form, as PDF in either language."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from pasokh.casework.intake.entrances.models import Entrance
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import dates, paper, qr
from pasokh.kernel.text import isolate

#: Each sheet by its name in an address, with its paper.
SHEETS: Mapping[str, str] = {"poster-a4": "a4", "poster-a3": "a3", "card-a6": "a6"}

_SENTENCE = re.compile(r"[^?؟.]+[?؟.]*")


def made(one: Entrance, sheet: str, address: str, language: str) -> bytes:
    """One sheet for one place; `address` is where its code leads."""
    with override(language):
        data = _data(one, address, language)
    return paper.typeset("poster", {**data, "paper": SHEETS[sheet]})


def _data(one: Entrance, address: str, language: str) -> dict[str, Any]:
    own = organisation.organisation()
    telephone = dates.numerals(own.telephone, language) if own and own.telephone else ""
    lines = [_("In Persian or English, with or without your name. It costs nothing.")]
    if telephone:
        told = _("You would rather speak with a person? %(telephone)s")
        lines.append(told % {"telephone": isolate(telephone)})
    title = _("Something went wrong? Tell us.")
    return {
        "language": language,
        "title": title,
        "headline": [line.strip() for line in _SENTENCE.findall(title)],
        "lead": _("Every complaint is read by a person and answered."),
        "how": _("Point the camera of your telephone at this picture"),
        "alt": _("A code that leads to the complaint form"),
        "address": address,
        "squares": [list(row) for row in qr.squares(address)],
        "lines": lines,
        "foot": one.name.in_(language),
        "head": {"name": own.name.in_(language) if own else ""},
    }
