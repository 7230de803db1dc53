"""Addresses for programs have no language, and their own doors behind them.

A program goes there at once: no session, cookie or form token is looked for, and no page answers.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch

from pasokh.api import door
from pasokh.api.open311 import view

#: What an address begins with, and what answers whatever stands below.
DOORS = {"/api/v1/": door.v1, "/open311/": view.open311}


class Programs:
    """Lead who asks under an address for programs to its door, and everybody else on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        for match in _MATCHES:
            if request.path_info.startswith(match.route):
                request.resolver_match = match  # what the log calls the address
                return match.func(request, request.path_info[len(match.route) :])
        return self.get_response(request)


_MATCHES = [ResolverMatch(act, (), {}, route=begin) for begin, act in DOORS.items()]
