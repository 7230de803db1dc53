"""The queue: by what is due next, in pages that do not shift, narrowed as one asks."""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from itertools import chain
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.casework.acts import Acts
from tests.casework.conftest import DAY, HOUR, START

from pasokh.casework.complaints import actions, queries
from pasokh.casework.complaints.actions.talking import Call
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.matter import NewIssue
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.queries import Day, Filters, Group, Key, QueuePage

pytestmark = pytest.mark.django_db

#: The package gives the function; the module is found by its name.
module = import_module("pasokh.casework.complaints.queries.queue")

File = Callable[..., Complaint]


def day(now: datetime) -> Day:
    return Day.of(now, now.replace(hour=20, minute=30))


NOON = day(START + HOUR)


def refs(page: queries.QueuePage) -> list[str]:
    return [line.ref for line in page.lines]


@pytest.mark.clause("10002:7.3")
@pytest.mark.clause("10002:8.4")
def test_a_duty_is_late_once_its_time_has_passed_and_not_before(
    file: File, shop: SimpleNamespace
) -> None:
    case = file()
    assert case.due_at

    def late(now: datetime) -> tuple[list[str], int]:
        page = queries.queue(shop.reza, Filters(overdue=True), day(now))
        return refs(page), page.late

    assert late(case.due_at) == ([], 0)
    assert late(case.due_at + HOUR) == ([case.ref], 1)


@pytest.mark.clause("10002:4.15")
def test_what_is_due_first_stands_first_and_what_is_due_never_last(
    file: File, shop: SimpleNamespace
) -> None:
    later, sooner, undated = file(at=START), file(at=START - 5 * DAY), file(at=START - 9 * DAY)
    Complaint.objects.filter(pk=undated.pk).update(due_at=None, due_clock="")

    page = queries.queue(shop.reza, Filters(), NOON)

    assert refs(page) == [sooner.ref, later.ref, undated.ref]
    assert next(group for group, _lines in page.groups) is Group.LATE
    assert (page.total, page.late) == (3, 1)


def test_when_the_complainants_time_is_over_the_next_step_is_ours_and_not_late(
    file: File, shop: SimpleNamespace
) -> None:
    over, waiting, late = file(), file(), file()
    for case, clock, due_at in (
        (over, "silence", START),
        (waiting, "silence", START + 2 * HOUR),
        (late, "decide", START),
    ):
        Complaint.objects.filter(pk=case.pk).update(due_at=due_at, due_clock=clock)

    page = queries.queue(shop.reza, Filters(), NOON)

    assert [(group, [line.ref for line in lines]) for group, lines in page.groups] == [
        (Group.LATE, [late.ref]),
        (Group.TODAY, [over.ref]),
        (Group.WAITING, [waiting.ref]),
    ]
    assert (page.total, page.late, page.today) == (3, 1, 1)
    assert refs(queries.queue(shop.reza, Filters(overdue=True), NOON)) == [late.ref]


def test_a_line_ends_with_a_whole_word_and_says_that_there_is_more(
    file: File, shop: SimpleNamespace
) -> None:
    file(issues=[NewIssue("It never  cooled.\n\n" * 20)])

    (line,) = queries.queue(shop.reza, Filters(), NOON).lines

    assert line.words.endswith(("It…", "never…", "cooled.…"))
    assert line.words.startswith("It never cooled. It never cooled.")


@pytest.mark.parametrize("page_size", [2, 3])
def test_pages_lead_forth_and_back_without_a_gap_or_a_double(
    file: File, shop: SimpleNamespace, page_size: int
) -> None:
    def turned(**key: Key) -> QueuePage:
        return queries.queue(shop.reza, Filters(), NOON, size=page_size, **key)

    for number in range(8):
        made = file(at=START - number // 4 * DAY)  # three are due at one moment, twice
        if number in (2, 5):
            Complaint.objects.filter(pk=made.pk).update(due_at=None)
    pages = [turned()]
    while after := pages[-1].after:
        pages.append(turned(after=after))
    forth = [refs(page) for page in pages]

    assert sorted(chain.from_iterable(forth)) == sorted(
        Complaint.objects.values_list("ref", flat=True)
    )
    back = [pages[-1]]
    while before := back[-1].before:
        back.append(turned(before=before))
    assert [ref for page in reversed(back) for ref in refs(page)] == list(chain(*forth))


def test_a_key_is_read_back_and_nonsense_is_no_key() -> None:
    for key in (Key(START, 7), Key(None, 9)):
        assert Key.read(str(key)) == key
    for text in ("", "x", "_", "2026-01-01_1", "_-1", "_99999999999999999999"):
        assert Key.read(text) is None


def test_each_filter_narrows(file: File, acts: Acts, shop: SimpleNamespace) -> None:
    plain = file()
    other = file(issues=(NewIssue("oven"),), narrative="oven")
    Complaint.objects.filter(pk=other.pk).update(language="en")
    acts.take(Step.ASSIGN, plain, shop.sara, START + HOUR)
    reza = str(shop.staff["reza"].pk)

    def found(**filters: object) -> list[str]:
        return refs(queries.queue(shop.parvin, Filters(**filters), NOON))  # type: ignore[arg-type]

    assert found(language="en") == [other.ref]
    assert found(owner=reza) == [plain.ref]
    assert found(owner="nobody") == [other.ref]
    assert refs(queries.queue(shop.reza, Filters(owner="me"), NOON)) == [plain.ref]
    assert found(unit=shop.units["shiraz"].pk) == []
    assert found(channel="counter") == [plain.ref, other.ref]
    assert found(clock="acknowledge", state="received") == [plain.ref, other.ref]
    assert found(state="closed") == []
    assert found(text="يخچال") == [plain.ref]
    assert found(overdue=True) == []


def test_a_promise_is_due_in_the_queue_until_it_is_kept(file: File, shop: SimpleNamespace) -> None:
    case = file()
    call = Call(False, True, "phone", "گفتیم", "زنگ می‌زنیم", START + 2 * HOUR)
    contact = actions.log_contact(
        case.ref, call=call, happened_at=START + HOUR, by=shop.reza, at=START + HOUR
    )

    (line,) = queries.queue(shop.reza, Filters(), NOON).lines
    assert (line.clock, line.due_at) == ("promise", START + 2 * HOUR)

    actions.keep_promise(case.ref, contact=contact.pk, by=shop.reza, at=START + 2 * HOUR)
    assert queries.queue(shop.reza, Filters(), NOON).lines[0].clock == "acknowledge"


def test_counts_are_exact_up_to_a_bound(
    file: File, shop: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    for _number in range(4):
        file()

    assert queries.queue(shop.reza, Filters(), NOON).total == 3  # that is: more than two


def test_the_queue_takes_as_many_statements_with_one_file_as_with_twenty(
    file: File, shop: SimpleNamespace
) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            queries.queue(shop.reza, Filters(), NOON)
        return len(seen)

    file()
    few = statements()
    for _number in range(19):
        file()

    assert statements() == few
