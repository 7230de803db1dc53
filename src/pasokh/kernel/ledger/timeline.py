"""A subject's history as plain text, from its entries alone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, override

from pasokh.kernel import dates
from pasokh.kernel.ledger.models import Entry


def plain(entries: Sequence[Entry], language: str) -> str:
    """Return each entry's time, sentence, actor and texts, in the language and its calendar."""
    with override(language):
        return "\n".join(line for entry in entries for line in _lines(entry, language)) + "\n"


def _lines(entry: Entry, language: str) -> Iterator[str]:
    at = dates.as_datetime(entry.happened_at, language, timezone.get_current_timezone())
    yield f"{dates.numerals(entry.number, language)}. {at}"
    yield f"   {entry.sentence}"
    yield "   " + gettext("By: %(actor)s") % {"actor": entry.actor}
    if entry.private is not None:
        for name, text in _texts(entry.private, ""):
            yield f"   {name}: " + text.replace("\n", "\n      ")
    elif entry.seal:
        yield "   " + gettext("The texts of this entry have been erased.")
    yield ""


def _texts(value: Any, name: str) -> Iterator[tuple[str, str]]:
    match value:
        case Mapping():
            for key, item in value.items():
                yield from _texts(item, f"{name}.{key}" if name else str(key))
        case list():
            for number, item in enumerate(value, 1):
                yield from _texts(item, f"{name}.{number}")
        case None:
            return
        case _:
            yield name, str(value)
