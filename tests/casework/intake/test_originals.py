"""Texts that no database can hold as text: their bytes are kept beside them."""

from pathlib import Path
from typing import Any

from pasokh.casework.intake.actions import keep_originals
from pasokh.kernel import files


def test_each_is_a_file_called_after_its_field_with_the_bytes_as_they_came(
    settings: Any, tmp_path: Path
) -> None:
    settings.FILES = tmp_path
    first, second = keep_originals([("narrative", b"a\0\r\n"), ("../x\0y", b"\xff")])

    assert [first.name, second.name] == ["narrative.txt", "xy.txt"]
    assert {one.kind for one in (first, second)} == {"application/octet-stream"}
    with files.open(first.digest) as content:
        assert (content.read(), first.size) == (b"a\0\r\n", 4)


def test_nothing_is_kept_of_nothing() -> None:
    assert keep_originals([]) == ()
