"""What every answer tells the browser it may do: load what is ours, and nothing inline."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse


def policy(holders: Iterable[str] = ()) -> str:
    """What a page may load, and whose pages may hold it in a frame: nobody's unless named."""
    named = " ".join(holders) or "'none'"
    return "; ".join((*_OWN, f"frame-ancestors {named}"))


_OWN = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
)
POLICY = policy()
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=()"


class ContentSecurity:
    """Set the policy on every answer that has none of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response
