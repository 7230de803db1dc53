"""515 naughty strings against the kernel's treatment of text, names and numbers."""

import json
from pathlib import Path

import pytest
from django.db import connection

from pasokh.kernel import codes, dates, files, money, refs, text


@pytest.fixture(scope="module")
def naughty(corpus: Path) -> list[str]:
    strings = json.loads((corpus / "hostile" / "blns" / "blns.json").read_text("utf-8"))
    assert len(strings) == 515
    return [str(each) for each in strings]


def test_folding_is_final(naughty: list[str]) -> None:
    folded = [text.fold(each) for each in naughty]

    assert [text.fold(each) for each in folded] == folded


@pytest.mark.django_db
def test_every_string_with_a_letter_or_digit_finds_itself(naughty: list[str]) -> None:
    with connection.cursor() as cursor:
        for each in naughty:
            cursor.execute(
                "SELECT array_to_tsvector(%s::text[]) @@ %s::tsquery",
                [text.tokens(each), text.search_query(each)],
            )
            found = cursor.fetchone() == (True,)
            assert found == bool(text.tokens(each)), each
            assert found or not any(char.isalnum() for char in each), each


@pytest.mark.django_db
def test_what_is_visible_comes_back_from_the_database_exactly(naughty: list[str]) -> None:
    shown = [text.visible(each).text for each in naughty]
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[]", [shown])
        assert cursor.fetchone() == (shown,)


def test_only_what_cannot_be_stored_is_changed(naughty: list[str]) -> None:
    changed = [each for each in naughty if text.visible(each).removed]

    assert [each for each in changed if "\0" not in each] == []


def test_every_string_has_a_sort_key_and_a_direction(naughty: list[str]) -> None:
    assert {text.direction(each) for each in naughty} == {"rtl", "ltr", "auto"}
    assert sorted(naughty, key=text.sort_key, reverse=True)[0] not in ("", " ")


def test_every_string_makes_a_safe_file_name(naughty: list[str]) -> None:
    names = [files.clean_name(each) for each in naughty]

    assert [files.clean_name(name) for name in names] == names
    assert all(0 < len(name.encode()) <= 150 and "/" not in name for name in names)


def test_no_string_is_mistaken_for_a_reference_a_code_or_a_date(naughty: list[str]) -> None:
    assert [each for each in naughty if refs.read(each)] == []
    assert [each for each in naughty if codes.read_code(each)] == []
    assert [each for each in naughty if dates.parse_date(each)] == []


def test_only_plain_amounts_are_read_as_money(naughty: list[str]) -> None:
    read = {text.digits(each) for each in naughty if money.parse(each, "GBP")}

    assert {"0", "1.00", "1,000.00", "1 000 000.00", "123"} <= read
    assert [each for each in read if not set(each) <= set("0123456789., '")] == []
