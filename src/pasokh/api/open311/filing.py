"""Requests as they are filed: what GeoReport says, put as the one intake takes it in."""

import secrets
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pasokh.api import calls
from pasokh.api.calls import Call
from pasokh.api.open311 import asked, services
from pasokh.api.open311.asked import Answers, Request
from pasokh.api.open311.parameters import Pairs
from pasokh.casework.complaints.matter import Matter
from pasokh.casework.complaints.queries.filed import source_id
from pasokh.casework.complaints.queries.gathering import tracking_page
from pasokh.casework.complaints.terms import OPEN311
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake.incoming import Incoming, Receipt, Who
from pasokh.casework.intake.labels import MATTER
from pasokh.directory.people.ways import Way
from pasokh.kernel.clock import now

#: What is kept as it was told, because a complaint has no field for it: nothing of it is fetched.
_REMARKED = (
    *("lat", "long", "address_string", "address_id", "media_url", "device_id", "account_id"),
)


def file(call: Call, pairs: Pairs) -> list[dict[str, str]]:
    """File a request, once for each `client_reference`."""
    request, answers = asked.filing(pairs)
    at = now()
    with calls.whole(call):
        incoming = _incoming(call, request, answers, at)
        receipt = intake.receive_within(incoming, by=call.actor, at=at)
    return [_told_at_once(receipt)]


def _told_at_once(receipt: Receipt) -> dict[str, str]:
    """The reference, and with it what the person needs to follow it; the code is told once."""
    told = {"service_request_id": receipt.ref}
    if receipt.code is None:
        return told
    notice = _("With the reference and the tracking code it can be followed and answered.")
    page = tracking_page(get_language() or "fa")
    return {
        **told,
        "service_notice": f"{notice} {page}".strip(),
        "tracking_code": receipt.code,
    }


def _incoming(call: Call, request: Request, answers: Answers, at: datetime) -> Incoming:
    service = services.service(request.service_code)
    language = request.language or get_language() or "fa"
    who = _who(request, answers, language)
    told = answers.model_dump()
    matter = {name: told[name] for name in MATTER}
    if not request.description.strip() and service.category:
        matter["narrative"] = service.name  # what was chosen says what is wrong
    else:
        matter["narrative"] = request.description
    own = request.client_reference or secrets.token_urlsafe()
    return Incoming(
        channel=OPEN311,
        language=language,
        matter=Matter(**matter),
        received_at=at,
        who=who,
        on_behalf_of=_concerned(answers, language),
        complainant_kind=answers.complainant_kind,
        source_id=source_id(call.actor, own),
        unit=call.caller.unit,
        category=service.category,
        remarks=_remarks(request, answers, named=who is not None),
    )


def _who(request: Request, answers: Answers, language: str) -> Who | None:
    reached = tuple(
        (way, value)
        for way, value in ((Way.EMAIL, request.email), (Way.PHONE, request.phone))
        if value.strip()
    )
    parts = [part for part in (request.first_name, request.last_name) if part.strip()]
    if not parts and not reached:
        return None
    needs = tuple(map(str, answers.needs))
    name = " ".join(parts) or reached[0][1]
    return Who(name, language, reached=reached, needs=needs, needs_note=answers.needs_note)


def _concerned(answers: Answers, language: str) -> Who | None:
    name, contact = answers.on_behalf_of, answers.behalf_contact
    if not name.strip() and not contact.strip():
        return None
    way = Way.EMAIL if "@" in contact else Way.PHONE
    return Who(
        name if name.strip() else contact,
        language,
        reached=((way, contact),) if contact.strip() else (),
    )


def _remarks(request: Request, answers: Answers, *, named: bool) -> str:
    told: dict[str, Any] = {name: getattr(request, name) for name in _REMARKED}
    if not named:  # nobody is there to whom these could belong
        told |= {"needs": ", ".join(answers.needs), "needs_note": answers.needs_note}
    return "\n".join(f"{name}: {value}" for name, value in told.items() if value)
