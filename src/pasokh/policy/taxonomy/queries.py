"""The organisation's lists, in the order in which they are shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from pasokh.kernel.configuration import kept
from pasokh.kernel.fields import Bilingual
from pasokh.policy.taxonomy.kinds import Kind
from pasokh.policy.taxonomy.models import OutsideBody, Term


@dataclass(frozen=True)
class Listed:
    """A term in its place: `depth` is 0 at the top, `leaf` when no term in use stands under it.

    `parent` is the code of the term it stands under.
    """

    id: int
    code: str
    name: Bilingual
    depth: int
    leaf: bool
    retired_at: datetime | None
    parent: str | None = None


def terms(kind: Kind) -> list[Listed]:
    """The terms in use of a list, each above those that stand under it."""
    return list(_in_use(kind))


def all_terms(kind: Kind) -> list[Listed]:
    """All terms of a list, retired ones too."""
    return _in_order(Term.objects.filter(kind=kind))


def term(kind: Kind, code: str) -> Term | None:
    """The term of a code, in use or retired."""
    return Term.objects.filter(kind=kind, code=code).first()


@kept
def names() -> Mapping[int, Bilingual]:
    """What every term is called, in use or retired, by its id."""
    return dict(Term.objects.values_list("pk", "name"))


@kept
def names_of(kind: Kind) -> Mapping[str, Bilingual]:
    """What the terms of a list are called, in use or retired, by their codes."""
    return dict(Term.objects.filter(kind=kind).values_list("code", "name"))


def outside_bodies() -> list[OutsideBody]:
    """The outside bodies named to complainants."""
    return [body for body in _bodies() if body.retired_at is None]


def all_outside_bodies() -> list[OutsideBody]:
    """All outside bodies, retired ones too."""
    return list(_bodies())


@kept
def _in_use(kind: Kind) -> tuple[Listed, ...]:
    return tuple(_in_order(Term.objects.filter(kind=kind, retired_at=None)))


@kept
def _bodies() -> tuple[OutsideBody, ...]:
    return tuple(OutsideBody.objects.order_by("position", "code"))


def _in_order(rows: QuerySet[Term]) -> list[Listed]:
    under: dict[int | None, list[Term]] = {}
    for row in rows.order_by("position", "code"):
        under.setdefault(row.parent_id, []).append(row)

    def walk(above: Term | None, depth: int) -> Iterator[Listed]:
        for row in under.get(above.pk if above else None, ()):
            leaf = not any(below.retired_at is None for below in under.get(row.pk, ()))
            parent = above.code if above else None
            yield Listed(row.pk, row.code, row.name, depth, leaf, row.retired_at, parent)
            yield from walk(row, depth + 1)

    return list(walk(None, 0))
