"""The operations of `verbs.VERBS`: one address, one typed body, one answer for each."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from inspect import signature
from typing import Any

from django.http import HttpRequest, HttpResponse

from pasokh.api import calls
from pasokh.api.calls import Call, called
from pasokh.api.problems import Problem
from pasokh.api.v1 import bodies, seen
from pasokh.api.v1.base import operation
from pasokh.api.v1.values import Said, Told
from pasokh.api.v1.verbs import VERBS, Verb
from pasokh.casework.complaints import actions, queries
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.queries import CasePage
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused


class Done(Told):
    """What a step left: where the file lies now, and the id of what was written by it.

    `state` and `version` are null when the file is no longer the program's to see. `other` is the
    reference of a file that began by it.
    """

    reference: str
    state: str | None
    stage: int | None
    version: int | None
    id: int | None = None
    other: str | None = None


def _operation(verb: Verb) -> None:
    body = bodies.body_of(verb.name, verb.do, verb.optional or {})

    def with_body(request: HttpRequest, response: HttpResponse, ref: str, body: Any) -> Done:
        return _take(verb, request, response, ref, body)

    def without(request: HttpRequest, response: HttpResponse, ref: str) -> Done:
        return _take(verb, request, response, ref, None)

    view: Callable[..., Done] = with_body if body else without
    view.__annotations__ |= {"ref": seen.Ref} | ({"body": body} if body else {})
    summary, _rest, more = (verb.do.__doc__ or "").partition("\n\n")
    operation(
        "POST",
        f"complaints/{{ref}}/{verb.name.replace('_', '-')}",
        {200: Done},
        name=verb.name,
        tag="steps",
        right=f"complaint.read and complaint.{verb.steps[0]}",
        summary=" ".join(summary.split()),
        description=" ".join(more.split()),
        verb=True,
        extra={"x-steps": [str(step) for step in verb.steps], "x-if-match": not verb.adds},
    )(view)


def _take(
    verb: Verb, request: HttpRequest, response: HttpResponse, ref: str, body: Said | None
) -> Done:
    call = called(request)
    at = now()
    page = queries.case_page(call.actor, seen.ref(ref), at=at)
    with calls.whole(call), _unchanged(page, call, verb):
        written = _does(verb, page, bodies.said(body, at), call, at)
        return _done(page, written, call, response)


def _does(verb: Verb, page: CasePage, said: dict[str, Any], call: Call, at: datetime) -> Any:
    first = next(iter(signature(verb.do).parameters))
    return verb.do(page if first == "page" else page.ref, **said, by=call.actor, at=at)


def _unchanged(page: CasePage, call: Call, verb: Verb) -> Any:
    """Let the verb run only on the version that the caller saw; who only adds words need not say.

    Who was overtaken is told how the file stands now.
    """
    sent = call.headers.get("If-Match", "").strip()
    if not sent and not verb.adds:
        raise Problem("version-missing")
    if sent in ("", "*"):
        return nullcontext()
    if seen.etag(page.case) not in [one.strip() for one in sent.split(",")]:
        raise Problem("changed-meanwhile", ref=page.ref, now=seen.standing(page.case))
    return actions.unchanged(page.ref, version=page.case.version)


def _done(page: CasePage, written: Any, call: Call, response: HttpResponse) -> Done:
    other = written.ref if isinstance(written, Complaint) and written.ref != page.ref else None
    id_ = written.pk if written is not None and not isinstance(written, Complaint) else None
    try:
        case = queries.complaint_for(call.actor, page.ref)
    except Refused:  # it went to a unit that this program does not reach
        return Done(reference=page.ref, state=None, stage=None, version=None, id=id_, other=other)
    response["ETag"] = seen.etag(case)
    return Done(**seen.standing(case), id=id_, other=other)


for _verb in VERBS:
    _operation(_verb)
