"""Find a file by what somebody remembers of it. Everything through the fence.

References and telephone numbers are looked up as such; everything else in the folded words. Only
a bounded newest set is ranked, so that a common word costs no more than a rare one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, F, FloatField, Func, Q, QuerySet, Value

from pasokh.casework.complaints.models import Complaint, SearchText
from pasokh.casework.complaints.queries.fence import visible_to
from pasokh.casework.complaints.queries.lines import Line, lines
from pasokh.directory.people import queries as people
from pasokh.directory.people.ways import Way
from pasokh.kernel import refs
from pasokh.kernel.actors import Actor
from pasokh.kernel.text import search_query

#: Newest files that are ranked, and best ones that are shown.
RANKED, SHOWN = 200, 50
#: Matches beyond which a word counts as common.
COMMON = 1000
#: Digits that make a text worth looking up as a telephone number.
_LEAST_DIGITS = 5


@dataclass(frozen=True)
class Found:
    """What a search found; `more` says that there are others that are not shown."""

    text: str
    lines: tuple[Line, ...]
    more: bool


def search(actor: Actor, text: str) -> Found:
    """The files an actor may see that somebody may mean by a text, best first."""
    if not text.strip():
        return Found(text, (), more=False)
    seen = visible_to(actor)
    exact = _exact(seen, text)
    ranked = [pk for pk in _ranked(seen, text) if pk not in set(exact)]
    wanted = [*exact, *ranked][: SHOWN + 1]
    place = {pk: at for at, pk in enumerate(wanted)}
    found = sorted(lines(seen.filter(pk__in=wanted)), key=lambda line: place[line.id])
    return Found(text, tuple(found[:SHOWN]), more=len(wanted) > SHOWN)


def of_persons(actor: Actor, persons: Iterable[int]) -> tuple[Line, ...]:
    """The files of persons, as complainants or representatives, the newest first."""
    ids = list(persons)
    theirs = Q(complainant__in=ids) | Q(representative__in=ids)
    return tuple(lines(visible_to(actor).filter(theirs).order_by("-received_at", "-id")[:SHOWN]))


def with_words(cases: QuerySet[Complaint], text: str) -> QuerySet[Complaint]:
    """Those of the files in which all words of a text occur, or whose reference it is."""
    if ref := refs.read(text):
        return cases.filter(ref=ref)
    query = search_query(text)
    if not query:
        return cases.none()
    return cases.filter(pk__in=_matching(query).values("pk"))


def _exact(seen: QuerySet[Complaint], text: str) -> list[int]:
    ref = refs.read(text)
    wanted = Q(ref=ref) if ref else Q()
    if sum(char.isdecimal() for char in text) >= _LEAST_DIGITS:
        holders = [person.pk for person in people.found_by(Way.PHONE, text)]
        if holders:
            wanted |= Q(complainant__in=holders) | Q(representative__in=holders)
    if not wanted:
        return []
    return list(seen.filter(wanted).order_by("-id").values_list("pk", flat=True)[:SHOWN])


def _ranked(seen: QuerySet[Complaint], text: str) -> list[int]:
    query = search_query(text)
    if not query:
        return []
    some = list(_matching(query).values_list("pk", flat=True)[: COMMON + 1])
    # Few enough: these are all. Otherwise the newest are near at hand, read backwards.
    matching = SearchText.objects.filter(pk__in=some) if len(some) <= COMMON else _matching(query)
    ranked = matching.filter(complaint__in=seen).annotate(rank=_rank(query)).order_by("-pk")
    newest = list(ranked.values_list("pk", "rank")[:RANKED])
    return [pk for pk, _worth in sorted(newest, key=lambda row: (-row[1], -row[0]))]


def _matching(query: str) -> QuerySet[SearchText]:
    return SearchText.objects.annotate(hit=_Matches(F("words"), _tsquery(query))).filter(hit=True)


class _Matches(Func):
    arg_joiner = " @@ "
    template = "(%(expressions)s)"
    output_field: Any = BooleanField()


def _rank(query: str) -> Func:
    return Func(F("words"), _tsquery(query), function="ts_rank", output_field=FloatField())


def _tsquery(query: str) -> Func:
    """A query as our own normaliser wrote it: the database parses and folds nothing more."""
    return Func(Value(query), template="%(expressions)s::tsquery", output_field=SearchQueryField())
