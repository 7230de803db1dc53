"""The page about the interface shows every operation, in both languages, and needs no token."""

import re

import pytest
from django.test import Client

from pasokh.api.v1 import document


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "word"), [("fa", "آزمایش"), ("en", "Try it")])
def test_every_operation_stands_on_the_page(language: str, word: str) -> None:
    answer = Client().get(f"/{language}/api/")
    page = answer.content.decode()
    shown = set(re.findall(r'<details class="call" id="(\w+)"', page))
    names = {one["operationId"] for _p, _m, one in document.operations(document.document())}

    assert answer.status_code == 200
    assert shown == names - {"get_token"}
    assert word in page
    assert "`" not in page
    assert "requests/{service_request_id}.json" in page
    assert (language == "en") == ("File a complaint." in page)
    assert re.findall(r"https?://(?!testserver)[^\"<]*", page) == []
