"""The receipt: the one page on which the tracking code stands, for one hour."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from pasokh.casework.complaints.queries import papers, tracking
from pasokh.casework.deadlines.queries import ClockOnCase
from pasokh.casework.intake.links import queries as links
from pasokh.kernel import actors
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.clock import now
from pasokh.kernel.ledger import keys
from pasokh.portal.draft import COMPLAINT
from pasokh.portal.pages import Visit, page, show
from pasokh.portal.showing import show_letter
from pasokh.portal.words import NEXT

#: Showing the receipt is what acknowledges a complaint filed here (ISO 10002:2018, 7.4).
SHOWING = actors.clock("receipt page", "complaint.acknowledge")


@page
def receipt(request: Visit) -> HttpResponse:
    """Show reference, code, and what happens next and by when."""
    opened = COMPLAINT.opened(request)
    if opened is None or not opened.ref:
        return redirect("portal:follow")
    person = Actor(Kind.COMPLAINANT, opened.ref)
    acknowledge(person)
    return show(
        request,
        "receipt",
        ref=opened.ref,
        code=opened.code,
        anonymous=tracking.is_anonymous(person),
        next=next_dates(person),
        fingerprint=keys.fingerprint(),
        awaiting=links.awaiting(person, now()) if links.mails() else None,
    )


def next_dates(person: Actor) -> list[tuple[object, object]]:
    """What happens next and by when, the first three."""
    return [_line(clock) for clock in tracking.next_dates(person)[:3]]


def acknowledge(person: Actor) -> None:
    """Record that the acknowledgement was shown, once; a later look changes nothing."""
    letter = tracking.acknowledgement(person)
    if letter is not None:
        show_letter(person, letter.id, by=SHOWING)


@page
def paper(request: Visit) -> HttpResponse:
    """The typeset receipt, with the code in it while it may still be read, and the proof inside."""
    opened = COMPLAINT.opened(request)
    if opened is None or not opened.ref:
        return redirect("portal:follow")
    return paper_for(Actor(Kind.COMPLAINANT, opened.ref), code=opened.code)


def paper_for(person: Actor, *, code: str = "") -> HttpResponse:
    """The receipt as PDF in the reader's language, to be kept."""
    made = papers.receipt_pdf(person, person.id, code=code, language=get_language() or "fa")
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="receipt-{person.id}.pdf"'
    return response


@page
def proof(request: Visit) -> HttpResponse:
    """Hand over what proves the filing to an outsider."""
    opened = COMPLAINT.opened(request)
    if opened is None or not opened.ref:
        return redirect("portal:follow")
    return proof_for(Actor(Kind.COMPLAINANT, opened.ref))


def proof_for(person: Actor) -> HttpResponse:
    """The file `receipt-REF.json`, to be kept."""
    response = HttpResponse(tracking.proof_of_filing(person), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="receipt-{person.id}.json"'
    return response


def _line(clock: ClockOnCase) -> tuple[object, object]:
    return NEXT.get(clock.name, NEXT["decide"]), clock.due_at
