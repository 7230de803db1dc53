"""Parameters as they come: in an address, or in the form that a program sends. Light to load."""

from urllib.parse import parse_qsl

from django.http import HttpRequest

from pasokh.api import calls
from pasokh.api.oauth import FORM
from pasokh.api.problems import Problem

#: Fields of a form at most.
MOST_FIELDS = 200
Pairs = list[tuple[str, str]]


def of(request: HttpRequest) -> Pairs:
    """The parameters of a request, to the letter: of a POST those in its body."""
    if request.method == "POST":
        return _posted(request)
    return [(name, str(said)) for name, said in request.GET.items()]


def _posted(request: HttpRequest) -> Pairs:
    if request.content_type != FORM:
        raise Problem("media-type-unknown", wanted=FORM)
    try:
        form = request.body.decode()
        return parse_qsl(form, True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Problem("form-unreadable") from None


def key(request: HttpRequest, pairs: Pairs) -> str:
    """The token of a program: in the header, or as GeoReport has it."""
    told = dict(pairs)
    return calls.bearer(request) or told.get("api_key") or str(request.GET.get("api_key", ""))


def check_jurisdiction(request: HttpRequest, pairs: Pairs) -> None:
    """Refuse another jurisdiction than the one there is; it need not be named."""
    told = dict(pairs).get("jurisdiction_id") or str(request.GET.get("jurisdiction_id", ""))
    if told and told.lower() != jurisdiction(request):
        raise Problem("no-such-jurisdiction", known=jurisdiction(request))


def jurisdiction(request: HttpRequest) -> str:
    """What the one jurisdiction is called: the name of the site."""
    return request.get_host().partition(":")[0].lower()
