"""A draft in the hands of a browser: a cookie holds its token, and nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse

from pasokh.casework.intake.drafts import actions, queries
from pasokh.casework.intake.drafts.queries import Opened
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.portal.pages import address
from pasokh.ui import posted
from pasokh.ui.sentences import sentence

#: The answer of a draft that no form has a field for.
AS_IT_CAME = "as_it_came"
#: The field in which a page carries the token of its draft where no cookie may.
CARRIED = "draft"
MOST_FILES, LARGEST = actions.MOST_FILES, actions.LARGEST >> 20


@dataclass(frozen=True)
class Keeper:
    """Keeps what is written on one kind of page, under a cookie of its own."""

    cookie: str

    def token(self, request: HttpRequest) -> str:
        return request.COOKIES.get(self.cookie, "")[:64]

    def opened(self, request: HttpRequest) -> Opened | None:
        """What this browser has written so far."""
        token = self.token(request)
        return queries.opened(token, now()) if token else None

    def sent(
        self, request: HttpRequest, *, free: int, longest: timedelta
    ) -> tuple[Opened | None, timedelta]:
        """What this browser sends to be filed, and how long it waits if it sends very often."""
        if token := self.token(request):
            return actions.send(token, address(request), free=free, longest=longest, at=now())
        return None, timedelta()

    def keep(self, request: HttpRequest, answers: Mapping[str, Any]) -> str:
        """Keep what was just sent, in the draft at hand or in a new one; return its token."""
        found = self.opened(request)
        if found is None or found.ref:
            return actions.begin(answers, address=address(request), at=now())
        actions.keep(self.token(request), answers, at=now())
        return self.token(request)

    def hand_back(self, response: HttpResponse, token: str) -> HttpResponse:
        """Give the browser the token of its draft."""
        response.set_cookie(
            self.cookie,
            token,
            max_age=actions.KEPT,
            httponly=True,
            secure=bool(settings.SESSION_COOKIE_SECURE),
            samesite="Lax",
        )
        return response

    def let_go(self, response: HttpResponse) -> HttpResponse:
        response.delete_cookie(self.cookie, samesite="Lax")
        return response


class Carrier(Keeper):
    """Keeps what is written on pages that set no cookie: each page carries the token itself.

    Inside a page of somebody else's, browsers keep no cookie of ours, and none is needed: the
    token goes from page to page in the body of what is sent, never in an address.
    """

    def token(self, request: HttpRequest) -> str:
        return str(request.POST.get(CARRIED, ""))[:64]


COMPLAINT = Keeper("pasokh-draft")
LETTER = Keeper("pasokh-letter")
CODE = Keeper("pasokh-code")


def answers_of(request: HttpRequest, *, several: Iterable[str] = ()) -> dict[str, Any]:
    """What was sent, field by field; under `AS_IT_CAME` the texts that cannot be stored so."""
    lists, post = set(several), request.POST
    skipped = {"csrfmiddlewaretoken", "step", "remove", "version", "stage", CARRIED, AS_IT_CAME}
    said = {
        name: post.getlist(name) if name in lists else str(post[name])
        for name in post
        if name not in skipped
    }
    came = posted.broken(request)
    return {**said, AS_IT_CAME: came} if came else said


def as_it_came(opened: Opened | None, fields: Iterable[str]) -> dict[str, str]:
    """The texts of a draft that cannot be stored, by the field of a form, as they came."""
    came = opened.answers.get(AS_IT_CAME, {}) if opened else {}
    return {name: came[name] for name in fields if name in came}


def take_in(token: str, request: HttpRequest) -> list[str]:
    """Keep the files that came with a form and drop those let go; return what was refused."""
    problems: list[str] = []
    for digest in request.POST.getlist("remove"):
        actions.remove_file(token, digest, at=now())
    for sent in request.FILES.getlist("files"):
        problems += _added(token, sent)
    return problems


def _added(token: str, sent: UploadedFile) -> list[str]:
    try:
        actions.add_file(token, sent.name or "", sent.chunks(), at=now())
    except Refused as refused:
        return [sentence(refused)]
    return []
