"""Search: a file is found by what somebody remembers, however they write it."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.casework.conftest import HOUR, START

from pasokh.casework.complaints import actions, queries
from pasokh.casework.complaints.matter import Matter
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake.incoming import Incoming, Who
from pasokh.directory.people.ways import Way

pytestmark = pytest.mark.django_db

File = Callable[..., Complaint]


@pytest.fixture
def known(shop: SimpleNamespace) -> str:
    """A file with a name, a number and things to remember."""
    incoming = Incoming(
        channel="phone",
        language="fa",
        matter=Matter("ماشین لباس‌شویی آب می‌دهد", serial_number="SWM-84526/X"),
        received_at=START,
        who=Who("مریم احمدی‌پور", "fa", reached=((Way.PHONE, "۰۹۱۲ ۳۴۵ ۶۷۸۹"),)),
        unit=shop.units["tehran"].pk,
    )
    return intake.receive(incoming, by=shop.nima, at=START).ref


@pytest.mark.parametrize(
    "text",
    [
        "ماشين لباسشويي",
        "لباس شویی",
        "احمدي پور",
        "مريم",
        "swm84526",
        "SWM-84526",
        "09123456789",
        "+98 912 345 6789",
        "۰۹۱۲۳۴۵۶۷۸۹",
    ],
)
def test_a_file_just_taken_in_is_found_however_one_writes(
    known: str, file: File, shop: SimpleNamespace, text: str
) -> None:
    file()

    assert [line.ref for line in queries.search(shop.reza, text).lines] == [known]


def test_a_reference_is_found_however_it_is_written(known: str, shop: SimpleNamespace) -> None:
    for text in (known, known.lower(), known.replace("-", " "), known.removeprefix("P-")):
        assert [line.ref for line in queries.search(shop.reza, text).lines] == [known]


def test_words_of_messages_and_corrections_are_found(file: File, shop: SimpleNamespace) -> None:
    case = file()
    at = START + HOUR
    actions.message(case.ref, text="تعمیرکار فردا می‌آید", by=shop.reza, at=at)
    actions.hear(
        case.ref, text="گارانتی دارم", files=[], channel="web", happened_at=at, by=shop.nima, at=at
    )
    actions.correct(case.ref, field="serial_number", value="ZX-99", reason="x", by=shop.reza, at=at)

    for text in ("تعمیرکار", "گارانتی", "zx99"):
        assert [line.ref for line in queries.search(shop.reza, text).lines] == [case.ref]


def test_what_is_written_in_a_note_is_not_searched(file: File, shop: SimpleNamespace) -> None:
    case = file()
    actions.note(case.ref, text="محرمانه‌ترین", by=shop.reza, at=START + HOUR)

    assert queries.search(shop.reza, "محرمانه‌ترین").lines == ()


@pytest.mark.parametrize("text", ["", "   ", "…", "'", "\\", "a & b | !c :*", "'); drop", "\ufffd"])
def test_no_text_breaks_the_search(file: File, shop: SimpleNamespace, text: str) -> None:
    file()

    assert queries.search(shop.reza, text).lines == ()


def test_a_very_long_file_can_still_be_written_to(file: File, shop: SimpleNamespace) -> None:
    long = " ".join(f"{number:x}{number * 7919:x}" for number in range(60_000))
    case = file(narrative=long)
    actions.message(case.ref, text=long[::-1], by=shop.reza, at=START + HOUR)

    assert len(queries.search(shop.reza, long[:12]).lines) == 1


def test_a_search_takes_as_many_statements_for_many_as_for_one(
    file: File, shop: SimpleNamespace
) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            queries.search(shop.reza, "یخچال")
        return len(seen)

    file()
    few = statements()
    for _number in range(9):
        file()

    assert statements() == few


def test_every_search_is_planned_by_how_common_its_words_are(
    known: str, shop: SimpleNamespace
) -> None:
    """A plan for all words would read the newest files one by one for a rare one, too."""
    filters = queries.Filters(text="لباسشویی 100%")
    for _time in range(12):
        assert queries.search(shop.reza, "ماشین لباسشویی").lines
        queries.queue(shop.reza, filters, queries.Day.of(START, START + HOUR))

    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE statement ~ '@@ *[$]'")
        assert cursor.fetchall() == []
