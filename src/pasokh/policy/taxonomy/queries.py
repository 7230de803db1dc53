"""The organisation's lists, in the order in which they are shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from pasokh.kernel.fields import Bilingual
from pasokh.policy.taxonomy.kinds import Kind
from pasokh.policy.taxonomy.models import OutsideBody, Term


@dataclass(frozen=True)
class Listed:
    """A term in its place: `depth` is 0 at the top, `leaf` when no term in use stands under it."""

    id: int
    code: str
    name: Bilingual
    depth: int
    leaf: bool
    retired_at: datetime | None


def terms(kind: Kind) -> list[Listed]:
    """The terms in use of a list, each above those that stand under it."""
    return _in_order(Term.objects.filter(kind=kind, retired_at=None))


def all_terms(kind: Kind) -> list[Listed]:
    """All terms of a list, retired ones too."""
    return _in_order(Term.objects.filter(kind=kind))


def term(kind: Kind, code: str) -> Term | None:
    """The term of a code, in use or retired."""
    return Term.objects.filter(kind=kind, code=code).first()


def outside_bodies() -> list[OutsideBody]:
    """The outside bodies named to complainants."""
    return list(OutsideBody.objects.filter(retired_at=None).order_by("position", "code"))


def all_outside_bodies() -> list[OutsideBody]:
    """All outside bodies, retired ones too."""
    return list(OutsideBody.objects.order_by("position", "code"))


def _in_order(rows: QuerySet[Term]) -> list[Listed]:
    under: dict[int | None, list[Term]] = {}
    for row in rows.order_by("position", "code"):
        under.setdefault(row.parent_id, []).append(row)

    def walk(parent: int | None, depth: int) -> Iterator[Listed]:
        for row in under.get(parent, ()):
            leaf = not any(below.retired_at is None for below in under.get(row.pk, ()))
            yield Listed(row.pk, row.code, row.name, depth, leaf, row.retired_at)
            yield from walk(row.pk, depth + 1)

    return list(walk(None, 0))
