"""Find a file by what somebody remembers of it. Everything through the fence.

References and telephone numbers are looked up as such; everything else in the folded words. Only
a bounded newest set is ranked, so that a common word costs no more than a rare one. Who may not see
numbers and addresses in a file does not find it by them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from psycopg.sql import Literal

from pasokh.casework.complaints.lifecycle import OPEN
from pasokh.casework.complaints.queries.fenced import Fenced, fenced
from pasokh.casework.complaints.queries.lines import Line, lines
from pasokh.directory.people import queries as people
from pasokh.directory.people.ways import Way
from pasokh.kernel import refs
from pasokh.kernel.actors import Actor
from pasokh.kernel.text import search_query

#: Newest files that are ranked, and best ones that are shown.
RANKED, SHOWN = 200, 50
#: Other files of the same people that the page of a file names.
OTHERS = 5
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
    seen = fenced(actor)
    exact = _exact(seen, text)
    ranked = [pk for pk in _ranked(seen, text) if pk not in set(exact)]
    wanted = [*exact, *ranked][: SHOWN + 1]
    found = lines(seen, _THESE, wanted, wanted) if wanted else []
    return Found(text, tuple(found[:SHOWN]), more=len(wanted) > SHOWN)


def of_persons(actor: Actor, persons: Iterable[int]) -> tuple[Line, ...]:
    """The files of persons who were found by a number, the newest first."""
    theirs = fenced(actor).with_contacts().where(_THEIRS, *[list(persons)] * 2)
    return tuple(lines(theirs, "ORDER BY received_at DESC, id DESC LIMIT %s", SHOWN))


def of_same_people(actor: Actor, case: int, persons: Iterable[int]) -> tuple[Line, ...]:
    """Other open files of whoever is reached as these persons of a file are, the newest first.

    Only those in which this actor sees by what.
    """
    others = (
        fenced(actor).with_contacts().where(_REACHED_ALIKE, case, list(OPEN), *[list(persons)] * 2)
    )
    return tuple(lines(others, "ORDER BY received_at DESC, id DESC LIMIT %s", OTHERS))


def with_words(files: Fenced, text: str) -> Fenced:
    """Those of the files in which all words of a text occur, or whose reference it is."""
    if ref := refs.read(text):
        return files.where("ref = %s", ref)
    if not (query := search_query(text)):
        return files.where("false")
    words = _said(query)
    whole = _WITH_WORDS.format(words=words, more="")
    if files.contacts is None:
        return files.where(whole)
    told = _WITH_WORDS.format(words=words, more=_TOLD.format(words=words))
    return files.where(f"(unit_id = ANY(%s) AND {whole} OR {told})", sorted(files.contacts))


def _exact(seen: Fenced, text: str) -> list[int]:
    """The files whose reference or whose person's telephone number a text is."""
    ref, holders = refs.read(text), []
    if sum(char.isdecimal() for char in text) >= _LEAST_DIGITS:
        holders = [person.pk for person in people.found_by(Way.PHONE, text)]
    if not ref and not holders:
        return []
    theirs = seen.with_contacts().where(_THEIRS, holders, holders)
    found = [seen.where("ref = %s", ref)] * bool(ref) + [theirs] * bool(holders)
    pks = (pk for wanted in found for (pk,) in wanted.ask(_NEWEST, SHOWN))
    return list(dict.fromkeys(pks))


def _ranked(seen: Fenced, text: str) -> list[int]:
    query = search_query(text)
    if not query:
        return []
    words, more, units = _said(query), "", []
    if seen.contacts is not None:
        more = f"AND (found.unit_id = ANY(%s) OR true {_TOLD.format(words=words)})"
        units = [sorted(seen.contacts)]
    asked = _RANKED.format(words=words, more=more, most=RANKED)
    return [pk for pk, _worth in seen.ask(asked, *units)]


def _said(query: str) -> str:
    """A query as it stands in a statement: each is planned anew, by how common its words are."""
    with connection.cursor() as cursor:
        quoted = Literal(query).as_string(cursor.cursor)
    return f"{quoted}::tsquery".replace("%", "%%")


_ALIKE = """
SELECT other.person_id FROM directory_contactpoint mine
JOIN directory_contactpoint other ON other.key = mine.key AND other.kind = mine.kind
WHERE mine.person_id = ANY(%s) AND mine.refused_at IS NULL AND other.refused_at IS NULL
"""
_REACHED_ALIKE = f"""
id <> %s AND state = ANY(%s) AND id IN (
    SELECT id FROM casework_complaint WHERE complainant_id IN ({_ALIKE})
    UNION SELECT id FROM casework_complaint WHERE representative_id IN ({_ALIKE})
)
"""  # noqa: S608  our words
_THEIRS = "(complainant_id = ANY(%s) OR representative_id = ANY(%s))"
_WITH_WORDS = """
id IN (SELECT told.complaint_id FROM casework_searchtext told WHERE told.words @@ {words} {more})
"""
#: Words that stand elsewhere than in numbers and addresses.
_TOLD = "AND ts_delete(told.words, tsvector_to_array(told.reached)) @@ {words}"
_THESE = "WHERE id = ANY(%s) ORDER BY array_position(%s::bigint[], id)"
_NEWEST = "\nSELECT id FROM found ORDER BY id DESC LIMIT %s"
#: The database knows how common a word is: it reads the newest files backwards, or the index.
_RANKED = """
, newest AS (
    SELECT told.complaint_id AS id, ts_rank(told.words, {words}) AS rank
    FROM casework_searchtext told JOIN found ON found.id = told.complaint_id
    WHERE told.words @@ {words} {more} ORDER BY told.complaint_id DESC LIMIT {most}
)
SELECT id, rank FROM newest ORDER BY rank DESC, id DESC
"""
