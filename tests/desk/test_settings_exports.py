"""Every list of set-up, taken out as a file by whoever may open its page."""

import csv
import html
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags
from python_calamine import CalamineWorkbook
from tests.casework.conftest import named, person
from tests.desk.addresses import Filled, filled
from tests.desk.test_every_address import DESK, EVERYBODY

from pasokh.casework.exports.lists import SET_UP
from pasokh.casework.exports.models import Export
from pasokh.casework.exports.states import Format
from pasokh.channels.sheets import writing
from pasokh.kernel import files
from pasokh.kernel.ledger.models import Entry

__all__ = ["filled", "named", "person"]

pytestmark = pytest.mark.django_db

ROUTES = {route: opens for route, (opens, _) in DESK.items() if route.startswith("desk/set-up/")}
AtDesk = Callable[[str], Client]


def seen(page: str) -> str:
    """What a reader sees of a page, without what sets directions."""
    text = html.unescape(strip_tags(page.replace("<", " <")))
    return " ".join("".join(char for char in text if not "\u2066" <= char <= "\u2069").split())


def handed_out(browser: Client, address: str, form: Format) -> bytes:
    asked = browser.post(address, {"act": "hand_out", "format": str(form)})
    assert asked.status_code == 302, address
    answer: Any = browser.get(asked["Location"])
    assert f".{form}" in answer["Content-Disposition"]
    return b"".join(answer.streaming_content)


def test_every_list_is_taken_out_as_its_page_shows_it(at_desk: AtDesk, filled: Filled) -> None:
    lists = []
    for route, opens in ROUTES.items():
        browser, address = at_desk(min(opens)), filled(route)
        answer: Any = browser.get(address)
        if (
            not answer["Content-Type"].startswith("text/html")
            or b'"hand_out"' not in answer.content
        ):
            continue
        page = answer.content.decode()
        lists.append(route)
        lines = list(map(json.loads, handed_out(browser, address, Format.JSONL).splitlines()))
        text = handed_out(browser, address, Format.CSV).decode("utf-8-sig")
        table = list(csv.reader(io.StringIO(text)))
        book = CalamineWorkbook.from_filelike(
            io.BytesIO(handed_out(browser, address, Format.XLSX))
        ).get_sheet_by_index(0)
        assert lines, route
        assert list(lines[0]) == table[0], route
        assert len(table) == len(lines) + 1 == book.height, route
        if "holidays" not in route:  # all years stand in the file
            shown = seen(page)
            missing = {value for line in lines for value in line.values() if value not in shown}
            assert missing == set(), route
    assert len(lists) >= 12
    made = Entry.objects.filter(event="export.list_made")
    assert [entry.facts["list"] for entry in made].count(SET_UP) == 3 * len(lists)
    assert Entry.objects.filter(event="export.fetched").count() == 3 * len(lists)


@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_who_may_not_open_a_page_takes_nothing_out(
    at_desk: AtDesk, filled: Filled, name: str
) -> None:
    browser = at_desk(name)
    for route, opens in ROUTES.items():
        if name not in opens:
            answer = browser.post(filled(route), {"act": "hand_out", "format": "csv"})
            assert answer.status_code == 403, route
    assert not Export.objects.filter(list=SET_UP).exists()


def test_an_unknown_form_is_refused_and_nothing_is_kept(at_desk: AtDesk, filled: Filled) -> None:
    address = filled("desk/set-up/units/")
    for sent in ({}, {"format": "exe"}):
        answer = at_desk("zahra").post(address, {"act": "hand_out", **sent})
        assert answer.status_code == 404
    assert not Export.objects.filter(list=SET_UP).exists()


def test_no_cell_of_a_short_table_is_a_formula(tmp_path: Any, settings: Any) -> None:
    settings.FILES = tmp_path
    stored = writing.put_table([["Name"], ["=1+1"]], format=Format.CSV, right_to_left=False)
    with files.open(stored.digest) as opened:
        assert opened.read().decode("utf-8-sig") == "Name\r\n'=1+1\r\n"
