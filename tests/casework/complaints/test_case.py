"""One file, whole: loaded in a constant number of statements, for those who may see it."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.casework.acts import Acts
from tests.casework.conftest import HOUR, START, complainant

from pasokh.casework.complaints import actions, queries
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.matter import Matter, NewIssue
from pasokh.casework.complaints.models import Complaint, Reading
from pasokh.casework.correspondence import own
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.wording import actions as wording
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake.incoming import Incoming, Who
from pasokh.directory.people.ways import Way
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused

pytestmark = pytest.mark.django_db

NOW = START + 3 * HOUR
#: What may hang on a file many times, in a state where each is open.
MANY = (Step.NOTE, Step.MESSAGE, Step.LOG_CONTACT, Step.GATHER, Step.WRITE, Step.HEAR, Step.ASSESS)


def busy(file: Callable[..., Complaint], acts: Acts, shop: SimpleNamespace, times: int) -> str:
    """A file with so many of everything."""
    case = file(issues=tuple(NewIssue(f"مورد {n}") for n in range(times)))
    for step in (Step.ASSESS, Step.INVESTIGATE):
        acts.take(step, case, shop.mina, START + HOUR)
    for _time in range(times):
        for step in MANY:
            acts.take(step, case, shop.mina, START + 2 * HOUR)
    return case.ref


def statements(shop: SimpleNamespace, ref: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        queries.case_page(shop.ali, ref, at=NOW).loaded()
    return len(seen)


def test_a_file_takes_as_many_statements_with_one_of_everything_as_with_thirty(
    file: Callable[..., Complaint], acts: Acts, shop: SimpleNamespace
) -> None:
    few, many = busy(file, acts, shop, 1), busy(file, acts, shop, 30)
    statements(shop, few)  # reads the set-up, which is kept

    # The mark of the set-up, the file, what hangs on it, its story, its readings.
    assert [statements(shop, many), statements(shop, few)] == [5, 5]
    ours = own.written("progress", "fa")
    said = {"subject": ours.subject, "body": ours.body, "since": 0, "by": shop.parvin, "at": NOW}
    made_with = wording.write("progress", "fa", **said)
    Letter.objects.update(wording=made_with, text={})
    statements(shop, few)
    assert [statements(shop, many), statements(shop, few)] == [5, 5]


def test_what_is_loaded_needs_no_database_any_more(
    file: Callable[..., Complaint], acts: Acts, shop: SimpleNamespace
) -> None:
    page = queries.case_page(shop.ali, busy(file, acts, shop, 2), at=NOW).loaded()

    with CaptureQueriesContext(connection) as seen:
        assert [line.kind for line in page.timeline][:1] == ["in"]
        assert {line.kind for line in page.timeline} == {"in", "out", "note", "act"}
        assert all(line.title and line.by for line in page.timeline)
        assert [one.author.name.en for one in page.rows["notes"]] == ["mina", "mina"]
        assert all(list(letter.tellings.all()) == [] for letter in page.rows["letters"])
        assert [clock.name for clock in page.running()]
    assert len(seen) == 0


def test_the_story_says_codes_in_words_and_shows_what_was_written(
    file: Callable[..., Complaint], acts: Acts, shop: SimpleNamespace
) -> None:
    case = file(narrative="یخچال صدا می‌دهد.")
    acts.take(Step.ASSIGN, case, shop.sara, START + HOUR)
    acts.take(Step.NOTE, case, shop.reza, START + HOUR)

    lines = queries.case_page(shop.reza, case.ref, at=NOW).timeline

    assert [(line.event, line.texts[:1], line.by) for line in lines if line.kind != "out"] == [
        ("complaint.received", ("یخچال صدا می‌دهد.",), "nima"),
        ("complaint.assigned", (), "sara"),
        ("complaint.noted", ("داخلی",), "reza"),
    ]
    assert "reza" in lines[-2].title


def test_the_page_names_the_unmet_terms_of_a_communicated_file(
    file: Callable[..., Complaint], acts: Acts, shop: SimpleNamespace
) -> None:
    case = file()
    assert queries.case_page(shop.mina, case.ref, at=NOW).closing is None
    for step in (Step.ASSESS, Step.INVESTIGATE, Step.DECIDE, Step.COMMUNICATE):
        acts.take(step, case, shop.mina, START + HOUR)

    contract = queries.case_page(shop.mina, case.ref, at=NOW).closing

    assert contract is not None
    assert [term.code for term in contract.unmet] == ["notice-not-delivered"]


def test_the_steps_are_those_the_reader_may_take(
    file: Callable[..., Complaint], shop: SimpleNamespace
) -> None:
    case = file()

    assert Step.ASSIGN in queries.case_page(shop.sara, case.ref, at=NOW).steps
    assert queries.case_page(shop.ali, case.ref, at=NOW).steps == ()


def test_who_may_not_see_a_file_is_told_that_there_is_none(
    file: Callable[..., Complaint], shop: SimpleNamespace
) -> None:
    case = file()

    for outsider in (shop.zahra, shop.shirin, complainant(file())):
        with pytest.raises(Refused, match="no-such-complaint"):
            queries.read_case(outsider, case.ref, what="case", at=NOW)
    assert not Reading.objects.exists()


@pytest.mark.clause("10002:8.4")
def test_a_reading_is_written_down_and_seen_only_by_those_who_watch_readings(
    file: Callable[..., Complaint], shop: SimpleNamespace
) -> None:
    case = file()
    version = Complaint.objects.get(pk=case.pk).version

    assert queries.read_case(shop.reza, case.ref, what="case", at=NOW).readings is None

    readings = queries.case_page(shop.ali, case.ref, at=NOW).readings
    assert readings is not None
    assert [(one.actor, one.what, one.at) for one in readings] == [("reza", "case", NOW)]
    assert Complaint.objects.get(pk=case.pk).version == version


def test_a_file_names_the_other_open_files_of_whoever_is_reached_the_same_way(
    shop: SimpleNamespace,
) -> None:
    def told(number: str, at: datetime, unit: str = "tehran") -> str:
        who = Who("مریم", "fa", reached=((Way.PHONE, number),))
        matter = Matter("یخچال خراب است")
        unit_id = shop.units[unit].pk
        incoming = Incoming("phone", "fa", matter, received_at=at, who=who, unit=unit_id)
        return intake.receive(incoming, by=shop.nima, at=at).ref

    first = told("0912 345 6789", START)
    again = told("۰۹۱۲۳۴۵۶۷۸۹", START + HOUR)
    told("0912 000 0000", START)
    ended = told("09123456789", START)
    actions.withdraw(
        ended, reason="by telephone", by=Actor(Kind.COMPLAINANT, ended), at=START + HOUR
    )

    page = queries.case_page(shop.reza, again, at=NOW)
    assert [line.ref for line in page.others] == [first]
    assert queries.case_page(shop.reza, first, at=NOW).others[0].ref == again
    assert queries.case_page(shop.ali, again, at=NOW).others == ()  # who sees no number
