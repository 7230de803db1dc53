"""Requests as they are followed: facts, for the program that filed them."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from pasokh.api.calls import Call
from pasokh.api.open311 import asked, services
from pasokh.api.open311.asked import Listing
from pasokh.api.open311.parameters import Pairs
from pasokh.api.open311.words import STANDING
from pasokh.api.problems import Problem
from pasokh.casework.complaints.lifecycle import ENDED, OPEN
from pasokh.casework.complaints.queries import Key
from pasokh.casework.complaints.queries.filed import Filed, Wanted, filed
from pasokh.kernel import refs
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused

#: The longest time between the first and the last request of a list.
SPAN = timedelta(days=90)
_STATES = {"open": OPEN, "closed": ENDED}


def listed(call: Call, pairs: Pairs) -> tuple[list[dict[str, str]], str]:
    """The requests that a program filed, the newest first, and where the list goes on."""
    told = asked.listing(pairs)
    if told.service_request_id is not None:
        wanted = Wanted(refs={ref for one in told.service_request_id if (ref := refs.read(one))})
    else:
        wanted = _wanted(told, now())
    found = filed(call.actor, wanted, size=told.page_size + 1)
    page = found[: told.page_size]
    more = str(page[-1].key) if len(found) > len(page) else ""
    return [_told(one) for one in page], _next(call, pairs, more, wanted) if more else ""


def _wanted(told: Listing, at: datetime) -> Wanted:
    until = told.end_date or (min(told.start_date + SPAN, at) if told.start_date else at)
    since = told.start_date or until - SPAN
    if not since <= until <= since + SPAN:
        raise Problem("span-too-long", days=SPAN.days)
    states = None if told.status is None else {s for one in told.status for s in _STATES[one]}
    codes = told.service_code
    return Wanted(
        since=since,
        until=until,
        states=states,
        categories=None if codes is None else [one.replace(services.UNSORTED, "") for one in codes],
        after=Key.read(told.after or ""),
    )


def _next(call: Call, pairs: Pairs, more: str, wanted: Wanted) -> str:
    """The next page of a list, for the header `Link`: a key of the program never stands in it."""
    asked_for = {name: said for name, said in pairs if name != "api_key" and said}
    span = {"start_date": wanted.since, "end_date": wanted.until}
    held = {name: at.astimezone(UTC).isoformat() for name, at in span.items() if at}
    return f"{call.path}?{urlencode({**asked_for, **held, 'after': more})}"


def read(call: Call, ref: str) -> list[dict[str, str]]:
    """One request that a program filed."""
    return [_told(_one(call, Wanted(refs={refs.read(ref) or ""})))]


def called(call: Call, own: str) -> list[dict[str, str]]:
    """The reference of what a program filed under an id of its own: GeoReport's token."""
    return [{"service_request_id": _one(call, Wanted(own_id=own)).ref, "token": own}]


def _one(call: Call, wanted: Wanted) -> Filed:
    found = filed(call.actor, wanted, size=1)
    if not found:
        raise Refused("no-such-request")
    return found[0]


def _told(found: Filed) -> dict[str, str]:
    told = {
        "service_request_id": found.ref,
        "status": "open" if found.open else "closed",
        "status_notes": str(STANDING[found.state]),
        "service_name": services.called(found.category),
        "service_code": found.category or services.UNSORTED,
        "agency_responsible": str(found.unit),
        "requested_datetime": _instant(found.received_at),
        "updated_datetime": _instant(found.changed_at),
        "expected_datetime": _instant(found.due_at) if found.due_at else "",
    }
    return {name: said for name, said in told.items() if said}


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
