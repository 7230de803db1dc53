"""Pages of the desk: complete without the database, and as cheap for many as for one."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.casework.acts import Acts
from tests.casework.conftest import HOUR, START

from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.models import Complaint
from pasokh.desk import shell

pytestmark = pytest.mark.django_db

File = Callable[..., Complaint]
AtDesk = Callable[[str], Client]

STEPS = (Step.ASSESS, Step.INVESTIGATE, Step.GATHER, Step.DECIDE, Step.COMMUNICATE)


@pytest.fixture
def busy(file: File, acts: Acts, shop: SimpleNamespace) -> Complaint:
    """A file with something of everything."""
    case = file(anonymous=False)
    for step in (*STEPS, Step.NOTE, Step.MESSAGE, Step.LOG_CONTACT, Step.REFER, Step.FULFIL):
        acts.take(step, case, shop.mina, START + HOUR)
    return case


@pytest.fixture
def closed_database(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Let templates ask nothing: what they show was loaded before."""
    asked: list[str] = []

    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    def closed(*given: Any, **more: Any) -> HttpResponse:
        with connection.execute_wrapper(refuse):
            return render(*given, **more)

    monkeypatch.setattr(shell, "render", closed)
    return asked


@pytest.mark.parametrize(
    "address",
    [
        *("", "search/?q=یخچال", "calls/?number=0912", "complaints/new/"),
        *(f"complaints/REF/{end}" for end in ("", "form/", "verdict/", "close/", "decide/")),
        *(f"complaints/REF/{end}/" for end in ("message", "told", "correct", "log_contact")),
    ],
)
@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_page_asks_the_database_nothing_while_it_is_rendered(
    at_desk: AtDesk, busy: Complaint, closed_database: list[str], address: str, language: str
) -> None:
    browser = at_desk("reza" if "new" in address else "mina")
    answer = browser.get(f"/{language}/desk/{address.replace('REF', busy.ref)}")

    assert answer.status_code in (200, 409)
    assert closed_database == []


def test_the_pages_cost_the_same_with_one_file_as_with_many(
    at_desk: AtDesk, file: File, acts: Acts, shop: SimpleNamespace
) -> None:
    browser = at_desk("reza")

    def statements(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(f"/en/desk/{address}").status_code == 200
        return len(seen)

    case = file()
    acts.take(Step.MESSAGE, case, shop.reza, START + HOUR)
    pages = ("", "search/?q=یخچال", f"complaints/{case.ref}/")
    few = [statements(address) for address in (*pages, *pages)][3:]  # what is set up is kept
    for _number in range(8):
        other = file()
        acts.take(Step.NOTE, other, shop.reza, START + HOUR)
        acts.take(Step.MESSAGE, case, shop.reza, START + HOUR)

    # Each: the session with the mark of the set-up; then the lists and counts, or the file and the
    # drafts of letters that somebody is writing to it.
    assert [statements(address) for address in pages] == few == [5, 3, 5]


def test_the_whole_register_stands_on_one_page_when_it_is_to_be_printed(
    file: File, at_desk: AtDesk
) -> None:
    refs = [file().ref for _ in range(27)]
    browser = at_desk("reza")
    first = browser.get("/en/desk/?language=fa").content.decode()

    assert sum(ref in first for ref in refs) == 25
    assert "The whole register, to print" in first
    whole = browser.get("/en/desk/?language=fa&whole=1").content.decode()
    assert all(ref in whole for ref in refs)
    assert "The whole register, to print" not in whole


def test_a_register_that_stands_on_one_page_is_not_offered_once_more(
    file: File, at_desk: AtDesk
) -> None:
    file()

    assert "The whole register" not in at_desk("reza").get("/en/desk/").content.decode()


@pytest.mark.parametrize("section", ["search", "calls"])
def test_who_reads_no_file_is_told_so_where_files_are_looked_for(
    at_desk: AtDesk, section: str
) -> None:
    browser, sentence = at_desk("zahra"), "Your roles do not let you read complaints."
    for asked in ("", "?q=kettle&number=0912"):
        page = browser.get(f"/en/desk/{section}/{asked}").content.decode()
        assert sentence in page
        assert "<input" not in page.partition("<main")[2]
    assert f"/en/desk/{section}/" not in browser.get("/en/desk/set-up/").content.decode()
    assert sentence not in at_desk("ali").get(f"/en/desk/{section}/").content.decode()
