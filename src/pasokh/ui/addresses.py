"""What is asked for by a NUL sign, which no database holds: nothing of ours is called so."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from pasokh.ui import errors

NUL = "\0"


class WithoutNul:
    """Answer that there is no such page, and take a cookie that cannot be ours for none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for name in [name for name, value in request.COOKIES.items() if NUL in value]:
            del request.COOKIES[name]
        if NUL in request.path_info:
            return errors.missing(request)
        return self.get_response(request)
