"""The texts that stand, their versions, the prepared replies, and what waits for a second look."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from pasokh.casework.correspondence import fields, grammar, kinds, own
from pasokh.casework.correspondence.grammar import Fault, Text
from pasokh.casework.correspondence.wording.models import AddedKind, Reply, SecondLook, Wording
from pasokh.kernel.configuration import kept
from pasokh.kernel.errors import Refused
from pasokh.kernel.fields import Bilingual

LANGUAGES = ("fa", "en")


@dataclass(frozen=True)
class Standing:
    """A text of the organisation's that stands: its version's id, what it says, its faults.

    A text has faults when it names what this version of the product does not know any more.
    """

    id: int
    text: Text
    faults: tuple[Fault, ...]


@kept
def standing(kind: str, language: str) -> Standing | None:
    """The text with which letters of a kind are made; None for our own."""
    row = current(kind, language)
    if row is None:
        return None
    text, faults = grammar.read(row.subject, row.body, fields.names(kind))
    return Standing(row.pk, text, faults)


def current(kind: str, language: str) -> Wording | None:
    """The version that stands of a kind in a language."""
    rows = Wording.objects.filter(kind=kind, language=spoken(language), reply=None, ended_at=None)
    return rows.first()


def versions(kind: str, language: str) -> list[Wording]:
    """Every version of a text, the newest first."""
    rows = Wording.objects.filter(kind=kind, language=language, reply=None)
    return list(rows.order_by("-number"))


@dataclass(frozen=True)
class Version:
    """A version of a text without its words; `by` is an actor's code."""

    kind: str
    language: str
    number: int
    made_at: datetime
    by: str
    stands: bool


@kept
def known() -> Mapping[int, Version]:
    """All versions of the texts of letters, by id."""
    rows = Wording.objects.filter(reply=None).order_by("pk").defer("subject", "body")
    return {
        row.pk: Version(
            row.kind, row.language, row.number, row.made_at, row.by, row.ended_at is None
        )
        for row in rows
    }


def stand() -> Mapping[tuple[str, str], Wording]:
    """The versions that stand, by kind and language."""
    rows = Wording.objects.filter(reply=None, ended_at=None)
    return {(row.kind, row.language): row for row in rows}


def typed(kind: str, language: str) -> tuple[str, str, int]:
    """Subject and body to go on from, and the number of the version that stands (0: our own).

    A kind that was added begins with its name and our text of a message.
    """
    if row := current(kind, language):
        return row.subject, row.body, row.number
    said = own.written(kinds.root(kind), language)
    subject = added()[kind].name.in_(language) if kinds.is_added(kind) else said.subject
    return subject, said.body, 0


@dataclass(frozen=True)
class Added:
    """A kind of letter that the organisation added; `spoken` are the languages it has a text in."""

    id: int
    code: str
    name: Bilingual
    purpose: Bilingual
    retired: bool
    spoken: frozenset[str]


@kept
def added() -> Mapping[str, Added]:
    """The kinds of letters that were added, retired ones, too, by their codes."""
    texts = Wording.objects.filter(reply=None, ended_at=None).values_list("kind", "language")
    spoken: dict[str, set[str]] = {}
    for kind, language in texts:
        spoken.setdefault(kind, set()).add(language)
    rows = {kinds.code(row.pk): row for row in AddedKind.objects.order_by("pk")}
    return {
        code: Added(
            *(row.pk, code, row.name, row.purpose, row.retired_at is not None),
            spoken=frozenset(spoken.get(code, ())),
        )
        for code, row in rows.items()
    }


def offered(language: str) -> list[Added]:
    """The added kinds in which one can write in a language."""
    return [one for one in added().values() if not one.retired and spoken(language) in one.spoken]


def replies() -> list[Reply]:
    """The prepared replies that are in use, each with its category."""
    return list(
        Reply.objects.filter(ended_at=None).select_related("category").order_by("kind", "pk")
    )


def reply(pk: int) -> tuple[Reply, dict[str, Wording]]:
    """A prepared reply and the words that stand, by language; refused when it is not in use."""
    row = Reply.objects.filter(pk=pk, ended_at=None).first()
    if row is None:
        raise Refused("no-such-reply")
    return row, {one.language: one for one in row.wordings.filter(ended_at=None)}


def prepared(kind: str, language: str, categories: Collection[int]) -> list[Wording]:
    """The prepared replies for a letter by hand, those of its categories first."""
    rows = Wording.objects.filter(
        Q(reply__category=None) | Q(reply__category__in=categories),
        kind=kind,
        language=spoken(language),
        ended_at=None,
        reply__ended_at=None,
        reply__isnull=False,
    )
    return list(
        rows.select_related("reply").order_by(F("reply__category").asc(nulls_last=True), "reply")
    )


@kept
def second_looks() -> Mapping[str, tuple[int | None, str]]:
    """The kinds of letters that may have to wait for approval: above which amount, if any."""
    return {row.kind: (row.above, row.currency) for row in SecondLook.objects.all()}


def spoken(language: str) -> str:
    """The language of the two in which there are texts."""
    return "fa" if language.startswith("fa") else "en"
