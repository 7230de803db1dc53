"""A page that is only read looks once whether the set-up has changed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from pasokh.kernel import configuration


class Reading:
    """Hold what is known of the set-up while a request is answered that changes nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with configuration.held():
            return self.get_response(request)
