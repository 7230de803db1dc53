"""Refusals as sentences for the person who asked, in the language of their page."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import get_language, gettext

from pasokh.kernel import dates
from pasokh.kernel.errors import Refused
from pasokh.kernel.money import Money
from pasokh.kernel.text import isolate

log = logging.getLogger(__name__)


@contextmanager
def refusals_as_messages(request: HttpRequest) -> Iterator[None]:
    """Turn a refusal inside the block into a message on the page that is shown next."""
    try:
        yield
    except Refused as refused:
        messages.error(request, sentence(refused))


def sentence(refused: Refused) -> str:
    """Return what a refusal says to the reader, with its facts written their way."""
    known = _tables().get(refused.code)
    if known is None:
        log.warning("no sentence for the refusal %s", refused.code)
        return gettext("This cannot be done now. Nothing was changed.")
    return str(known) % _Facts({name: _told(name, fact) for name, fact in refused.facts.items()})


class _Facts(dict[str, str]):
    """A fact that a refusal left out must not cost its reader the sentence."""

    def __missing__(self, name: str) -> str:
        return "…"


def _told(name: str, fact: object) -> str:
    """A fact in the reader's words: one that is codes by what they are called."""
    called = import_string(settings.REFUSED_NAMES).get(name)
    if called is None or not isinstance(fact, tuple):
        return _written(fact)
    between = "، " if (get_language() or "").startswith("fa") else ", "
    return between.join(str(called.get(each, each)) for each in fact)


def _written(fact: object) -> str:
    language, zone = get_language() or "en", timezone.get_current_timezone()
    match fact:
        case datetime():
            return isolate(dates.as_datetime(fact, language, zone))
        case date():
            return isolate(dates.as_date(fact, language, zone))
        case Money():
            return isolate(fact.text(language))
        case int():
            return dates.numerals(fact, language)
        case _:
            return isolate(str(fact))


@cache
def _tables() -> Mapping[str, object]:
    """All sentences there are; which packages have some is not for this package to know."""
    return {
        code: text for table in import_string(settings.REFUSALS) for code, text in table.items()
    }
