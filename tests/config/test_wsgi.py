"""What the web server calls."""

from threading import Thread

import pytest
from asgiref.local import Local
from django.db import connections
from django.urls import get_urlconf, set_urlconf
from django.utils import timezone, translation

from pasokh.config import wsgi


@pytest.fixture
def bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the web server, for one test: Django keeps all of it as it is known to here."""
    for holder, name in wsgi._BOUND:
        assert isinstance(getattr(holder, name), Local), name
        monkeypatch.setattr(holder, name, getattr(holder, name))
    wsgi._bind_to_threads()


@pytest.mark.usefixtures("bound")
def test_what_a_request_sets_is_seen_in_its_own_thread_alone() -> None:
    def here() -> tuple[str, str, str | None]:
        return translation.get_language(), timezone.get_current_timezone_name(), get_urlconf()

    usual, seen = here(), []

    def other() -> None:
        seen.append(here())
        with translation.override("fa"), timezone.override("Asia/Tehran"):
            seen.append(here())

    with translation.override("en"), timezone.override("Europe/London"):
        set_urlconf("somewhere")
        one = Thread(target=other)
        one.start()
        one.join()
        assert here() == ("en", "Europe/London", "somewhere")
    set_urlconf(None)

    assert seen == [usual, ("fa", "Asia/Tehran", usual[2])]
    assert here() == usual


@pytest.mark.usefixtures("bound")
def test_each_thread_has_a_session_of_the_database_of_its_own() -> None:
    mine, theirs = connections["default"], []
    one = Thread(target=lambda: theirs.append(connections["default"]))
    one.start()
    one.join()

    assert mine is connections["default"]
    assert theirs[0] is not mine
