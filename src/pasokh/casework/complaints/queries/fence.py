"""The fence: what an actor may see. Every list, page, search and export passes here."""

from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from pasokh.casework.complaints import rules
from pasokh.casework.complaints.actions.bracket import FACTS, facts, with_facts
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.models import ComplainedAbout, Complaint
from pasokh.kernel import rows
from pasokh.kernel.actors import Actor, Kind, Reach
from pasokh.kernel.errors import Refused
from pasokh.kernel.trees import Branch


def visible_to(actor: Actor) -> QuerySet[Complaint]:
    """The complaints an actor may read: the one query behind every way of reading.

    A complainant reads their own file. Anyone else reads where `complaint.read` reaches;
    confidential files only where `complaint.read_confidential` does, or as their handler; and
    never a file about themselves, whatever their rights.
    """
    if actor.kind is Kind.COMPLAINANT:
        return Complaint.objects.filter(ref=actor.id)
    open_files = _open_to(actor)
    if actor.kind is Kind.STAFF:
        # A set, found once: for each file of a list to ask whether it is one of them takes longer.
        about_them = ComplainedAbout.objects.filter(staff=int(actor.id)).values("complaint")
        if open_files:
            open_files |= Q(handler=int(actor.id))
        return Complaint.objects.filter(
            _reached(actor, "complaint.read"), open_files, ~Q(pk__in=about_them)
        )
    return Complaint.objects.filter(_reached(actor, "complaint.read"), open_files)


def complaint_for(actor: Actor, ref: str, *, tree: Branch | None = None) -> Complaint:
    """The file of a reference, as far as this actor may see it, with what a tree hangs on it.

    Refuses with the same words whether it does not exist or may not be seen.
    """
    sql, params = _one_file(tree, *key_of(actor))
    asked = [ref if one == _REF else actor.id if one == OWN else one for one in params]
    found = rows.found(Complaint, sql, asked, more=(*FACTS, _HANGING) if tree else FACTS)
    if not found:
        raise Refused("no-such-complaint", ref=ref)
    if tree:
        tree.grow(found[0], vars(found[0]).pop(_HANGING))
    return found[0]


def key_of(actor: Actor) -> tuple[Kind, str, Reach, Reach]:
    """What the fence looks at of an actor, and nothing else: what it says is kept for this."""
    read, confidential = map(actor.reach, _RIGHTS)
    own = actor.kind is Kind.COMPLAINANT
    return actor.kind, OWN if own else actor.id, read, confidential


def actor_of(kind: Kind, id_: str, *reaches: Reach) -> Actor:
    """An actor with no more than a key says."""
    return Actor(kind, id_, MappingProxyType(dict(zip(_RIGHTS, reaches, strict=True))))


@lru_cache(maxsize=1024)
def _one_file(tree: Branch | None, *key: Any) -> tuple[str, tuple[Any, ...]]:
    """The statement for one file behind the fence, with signs for what is asked and who asks."""
    try:
        one = with_facts(visible_to(actor_of(*key))).filter(ref=_REF)
        if tree:
            one = one.annotate(**{_HANGING: RawSQL(tree.hanging, ())})  # noqa: S611  our names
        return one.query.sql_with_params()
    except EmptyResultSet:
        return "SELECT id FROM casework_complaint WHERE false", ()


_RIGHTS = ("complaint.read", "complaint.read_confidential")
_HANGING = "hanging"
#: Signs that no reference and no id holds.
_REF, OWN = "\0ref", "\0own"


def steps_for(actor: Actor, case: Complaint) -> tuple[Step, ...]:
    """The steps this actor may take now on a file fetched by `complaint_for`: the menu."""
    return rules.open_to(facts(case), actor)


def _open_to(actor: Actor) -> Q:
    """All files where the right reaches everywhere: an empty `Q` must not be joined by *or*."""
    reached = _reached(actor, "complaint.read_confidential")
    return Q(confidential=False) | reached if reached else Q()


def _reached(actor: Actor, right: str) -> Q:
    reach = actor.reach(right)
    return Q() if reach is None else Q(unit_id__in=reach)
