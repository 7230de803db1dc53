"""What a form sent, to the letter: bytes that are no text are neither lost nor replaced unseen.

Django reads forms with a replacement sign for each byte that is no UTF-8, and then nobody can
tell what came. In a view that is to keep words `to_the_letter`, `request.POST` holds what can be
stored and shown (`kernel.text.visible`), and `broken` gives what came instead, where that differs
in more than line ends.
"""

import codecs
import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from pasokh.kernel.text import GONE, original, visible
from pasokh.ui.errors import forged

P = ParamSpec("P")
View = Callable[Concatenate[Any, P], HttpResponseBase]

#: The field in which a form sent back carries what it could not store.
CARRIED = "as-it-came"

_UTF_8 = "pasokh_utf_8"


def _decoded(data: Any, errors: str = "strict") -> tuple[str, int]:
    """Decode as UTF-8; whatever Django asks for, no byte is thrown away."""
    return codecs.utf_8_decode(bytes(data), "surrogateescape", True)


def _codec(name: str) -> codecs.CodecInfo | None:
    return codecs.CodecInfo(codecs.utf_8_encode, _decoded, name=name) if name == _UTF_8 else None


codecs.register(_codec)


def to_the_letter(view: View[P]) -> View[P]:
    """Keep what a form sent to the letter; forgeries are refused as everywhere.

    How a form is decoded must be said before it is read, and the protection against forgery
    reads it: so that protection stands inside here.
    """
    return _decoding(csrf_protect(_fitting(view)))


def without_cookies(view: View[P]) -> View[P]:
    """The same for pages that read no cookie: they act for nobody who is signed in.

    The usual protection lives in a cookie. Here the browser is asked where a form came from; one
    of another site's is refused, although it could do no more than its maker could alone.
    """
    fitting = _fitting(view)

    @wraps(view)
    def guarded(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method == "POST" and not _ours(request):
            return forged(request)
        return fitting(request, *args, **kwargs)

    return _decoding(guarded)


def _ours(request: HttpRequest) -> bool:
    """Whether a form was sent by a page of ours, as far as the browser says."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def _fitting(view: View[P]) -> View[P]:
    @wraps(view)
    def fitted(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        request.came = _came(request)
        if request.method == "POST":
            request.POST = _fit(request.came)
        return view(request, *args, **kwargs)

    return fitted


def _decoding(view: View[P]) -> View[P]:
    @csrf_exempt
    @wraps(view)
    def answer(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.content_type == "multipart/form-data":
            request.encoding = _UTF_8
        return view(request, *args, **kwargs)

    return answer


def broken(request: HttpRequest) -> dict[str, str]:
    """Return, by field, each text of a form that cannot be stored, as it came.

    Bytes that are no UTF-8 stand in it as Python's surrogate escapes.
    """
    came: QueryDict = request.came  # type: ignore[attr-defined]
    now = {name: str(came[name]) for name in came if visible(str(came[name])).removed}
    return _carried(came) | now


def broken_in(form: Any, request: HttpRequest) -> dict[str, str]:
    """Return those of the texts that cannot be stored which a form asked for."""
    return {name: said for name, said in broken(request).items() if name in form.fields}


def carry(broken: Mapping[str, str]) -> str:
    """Write such texts so that a form sent back carries them to its next sending as `CARRIED`."""
    return json.dumps(broken) if broken else ""


def originals(broken: Mapping[str, str]) -> tuple[tuple[str, bytes], ...]:
    """Return such texts as the bytes in which they came."""
    return tuple((name, original(said)) for name, said in broken.items())


def gone(broken: Mapping[str, str]) -> list[str]:
    """Return the names of the signs and bytes in such texts that cannot be stored."""
    return sorted({mark for said in broken.values() for mark in visible(said).removed})


def _carried(came: QueryDict) -> dict[str, str]:
    """Return what an earlier sending held, of each field in which the sign for it still stands."""
    try:
        before = json.loads(str(came.get(CARRIED, "{}")))
        return {
            name: said
            for name, said in before.items()
            if GONE in came.get(name, "") and original(said)
        }
    except (ValueError, TypeError, AttributeError):
        return {}


def _came(request: HttpRequest) -> QueryDict:
    if request.method == "POST" and request.content_type == "application/x-www-form-urlencoded":
        return QueryDict(request.body, encoding=_UTF_8)
    return request.POST


def _fit(came: QueryDict) -> QueryDict:
    post = QueryDict(mutable=True)
    for name, values in came.lists():
        post.setlist(visible(name).text, [visible(str(value)).text for value in values])
    return post
