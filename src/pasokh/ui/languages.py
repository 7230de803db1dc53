"""Which language a page is in, and the way to the same page in the other one."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

#: Persian first: it leads where a reader asks for neither or for both alike.
NAMES = {"fa": "فارسی", "en": "English"}


@dataclass(frozen=True)
class Other:
    """A page in another language: where it is, and that language's own name for itself."""

    code: str
    name: str
    url: str


def wanted(accept: str) -> str:
    """Return the language that an `Accept-Language` header prefers."""
    weights: dict[str, float] = {}
    for tag, weight in parse_accept_lang_header(accept):
        code = next((code for code in NAMES if tag.split("-")[0] in (code, "*")), None)
        if code and code not in weights:
            weights[code] = weight
    return max(NAMES, key=lambda code: weights.get(code, 0))


def of(request: HttpRequest) -> str:
    """Return the language of an address, or without one the language its reader prefers."""
    code = request.path_info.split("/", 2)[1:2]
    if code and code[0] in NAMES:
        return code[0]
    return wanted(request.headers.get("Accept-Language", ""))


def others(request: HttpRequest, language: str) -> list[Other]:
    """Return this page in every other language; the start page where it has no language."""
    path = request.get_full_path()
    rest = path.removeprefix(f"/{language}/") if path.startswith(f"/{language}/") else ""
    return [
        Other(code, name, f"/{code}/{rest}") for code, name in NAMES.items() if code != language
    ]


def front(request: HttpRequest) -> HttpResponse:
    """Send a visitor of `/` to the start page in their language."""
    response = HttpResponseRedirect(f"/{of(request)}/")
    patch_vary_headers(response, ("Accept-Language",))
    return response
