"""How bytes leave for a browser: saved, drawn by us, or played in pieces."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory

from pasokh.ui import served

CONTENT = bytes(range(100))


@pytest.fixture
def content(tmp_path: Path) -> Any:
    place = tmp_path / "content"
    place.write_bytes(CONTENT)
    return place.open("rb")


def body(answer: Any) -> bytes:
    pieces: Iterable[bytes] = answer if answer.status_code != 416 else [answer.content]
    return b"".join(pieces)


def test_a_file_is_saved_and_never_opened_as_a_page(content: Any) -> None:
    answer = served.saved(content, "../../a page.html")

    assert body(answer) == CONTENT
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="a page.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    ("asked", "status", "expected", "told"),
    [
        (None, 200, CONTENT, None),
        ("bytes=0-9", 206, CONTENT[:10], "bytes 0-9/100"),
        ("bytes=90-", 206, CONTENT[90:], "bytes 90-99/100"),
        ("bytes=90-5000", 206, CONTENT[90:], "bytes 90-99/100"),
        ("bytes=-5", 206, CONTENT[95:], "bytes 95-99/100"),
        ("bytes=-500", 206, CONTENT, "bytes 0-99/100"),
        ("bytes=100-", 416, b"", "bytes */100"),
        ("bytes=9-3", 416, b"", "bytes */100"),
        ("bytes=-0", 416, b"", "bytes */100"),
        ("bytes=-", 416, b"", "bytes */100"),
        ("bytes=0-1,5-6", 416, b"", "bytes */100"),
        ("bytes=" + "9" * 400 + "-", 416, b"", "bytes */100"),
    ],
)
def test_a_player_gets_the_piece_it_asks_for(
    content: Any, asked: str | None, status: int, expected: bytes, told: str | None
) -> None:
    headers = {"Range": asked} if asked else {}
    answer = served.played(RequestFactory().get("/", headers=headers), content, "audio/mpeg")

    assert (answer.status_code, answer.get("Content-Range")) == (status, told)
    assert body(answer) == expected
    assert answer["X-Content-Type-Options"] == "nosniff"
    if status != 416:
        assert answer["Content-Length"] == str(len(expected))
        assert answer["Content-Type"] == "audio/mpeg"
    assert content.closed
