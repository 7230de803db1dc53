"""The fence: what an actor may see. Every list, page, search and export passes here."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from pasokh.casework.complaints import rules
from pasokh.casework.complaints.actions.bracket import facts, with_facts
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.models import ComplainedAbout, Complaint
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused


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
        about_them = ComplainedAbout.objects.filter(complaint=OuterRef("pk"), staff=int(actor.id))
        if open_files:
            open_files |= Q(handler=int(actor.id))
        return Complaint.objects.filter(
            _reached(actor, "complaint.read"), open_files, ~Exists(about_them)
        )
    return Complaint.objects.filter(_reached(actor, "complaint.read"), open_files)


def complaint_for(actor: Actor, ref: str) -> Complaint:
    """The file of a reference, as far as this actor may see it.

    Refuses with the same words whether it does not exist or may not be seen.
    """
    found = with_facts(visible_to(actor)).filter(ref=ref).first()
    if found is None:
        raise Refused("no-such-complaint", ref=ref)
    case: Complaint = found
    return case


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
