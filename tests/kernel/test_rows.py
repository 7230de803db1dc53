from contextlib import nullcontext
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import AutoField
from django.test.utils import CaptureQueriesContext
from tests.directory.conftest import NOON

from pasokh.directory.people.models import ContactPoint, Person
from pasokh.kernel import rows

pytestmark = pytest.mark.django_db

OURS = ("casework_", "directory_", "policy_", "ledger_")


def person(**changes: Any) -> Person:
    given = {"name": "مریم", "kind": "individual", "language": "fa", "needs": ["sight"]}
    return Person(**(given | changes), created_at=NOON)


def test_new_rows_are_stored_as_save_would_and_know_their_keys() -> None:
    maryam = rows.new(person(needs_note="متن درشت"))
    rows.insert()
    points = [
        ContactPoint(person=maryam, kind="phone", value=f"0912{n}", key=f"+98912{n}")
        for n in range(3)
    ]
    rows.insert(*points)

    stored = Person.objects.get()
    for field in Person._meta.concrete_fields:
        assert getattr(stored, field.attname) == getattr(maryam, field.attname)
    assert [(one.pk, one.value) for one in points] == list(
        ContactPoint.objects.order_by("pk").values_list("pk", "value")
    )
    maryam.name = "مریم احمدی"
    maryam.save()
    assert Person.objects.get().name == "مریم احمدی"


def test_a_row_is_made_as_its_model_makes_it() -> None:
    made = rows.made(Person, name="مریم", kind="individual", language="fa", created_at=NOON)
    again = rows.made(Person, name="زهرا", kind="individual", language="fa", created_at=NOON)
    usual = Person(name="مریم", kind="individual", language="fa", created_at=NOON)

    assert vars(made).keys() == vars(usual).keys()
    assert (made.pk, made.needs, made.needs_note) == (None, [], "")
    assert made._state.adding
    made.needs.append("sight")
    assert again.needs == []
    rows.insert(made, again)
    assert Person.objects.get(pk=made.pk).needs == ["sight"]
    with pytest.raises(TypeError, match="ContactPoint has no person"):
        rows.made(ContactPoint, person=made)


def test_rows_with_keys_of_their_own_keep_them_and_take_one_statement() -> None:

    with CaptureQueriesContext(connection) as queries:
        rows.insert(person(pk=7001), person(pk=7000, name="زهرا"))

    assert len(queries) == 1
    assert dict(Person.objects.values_list("pk", "name")) == {7001: "مریم", 7000: "زهرا"}


def test_a_changed_row_is_written_whole_in_one_statement_and_no_other_row() -> None:
    maryam, zahra = person(), person(name="زهرا")
    rows.insert(maryam, zahra)
    maryam.name, maryam.needs, maryam.needs_note = "مریم احمدی", ["hearing"], "۱۰۰٪ 'ناشنوا'"
    with CaptureQueriesContext(connection) as queries:
        rows.update(maryam)

    stored = Person.objects.get(pk=maryam.pk)
    assert len(queries) == 1
    assert (stored.name, stored.needs) == ("مریم احمدی", ["hearing"])
    assert (stored.needs_note, stored.created_at) == ("۱۰۰٪ 'ناشنوا'", NOON)
    assert Person.objects.get(pk=zahra.pk).name == "زهرا"


def test_what_is_written_at_once_is_one_statement_with_the_rows_of_a_table_together() -> None:
    maryam = rows.new(person())
    change = "UPDATE directory_person SET name = %s WHERE id = %s"

    with CaptureQueriesContext(connection) as queries, rows.at_once() as outer:
        with rows.at_once() as batch:
            rows.insert(person(pk=7001))
            rows.write(change, ["زهرا", maryam.pk])
        assert batch is outer
        rows.insert(person(pk=7002), person(pk=7003))
        assert not queries.captured_queries
    (asked,) = queries.captured_queries
    assert asked["sql"].count("INSERT INTO directory_person") == 1
    assert Person.objects.get(pk=maryam.pk).name == "زهرا"
    assert Person.objects.filter(pk__in=[7001, 7002, 7003]).count() == 3


def test_rows_changed_at_once_each_have_their_own_values() -> None:
    people = [rows.new(person()) for _ in range(3)]
    for number, one in enumerate(people):
        one.name = f"کسی {number}"
    with CaptureQueriesContext(connection) as queries, rows.at_once():
        for one in people:
            rows.update(one, "name")
    assert len(queries) == 1
    kept = Person.objects.in_bulk([one.pk for one in people])
    assert [kept[one.pk].name for one in people] == ["کسی 0", "کسی 1", "کسی 2"]


@pytest.mark.parametrize("within", [True, False])
def test_what_must_find_a_row_and_does_not_is_raised(within: bool) -> None:
    change = "UPDATE directory_person SET name = %s WHERE id = %s"
    with pytest.raises(LookupError), rows.at_once() if within else nullcontext():
        rows.write_one(change, ["لیلا", 7009], LookupError())
    maryam = rows.new(person())
    with rows.at_once() if within else nullcontext():
        rows.write_one(change, ["لیلا", maryam.pk], LookupError())
    assert Person.objects.get(pk=maryam.pk).name == "لیلا"


def test_only_one_part_of_a_statement_can_tell_what_it_found() -> None:
    with rows.at_once():
        rows.write_one("SELECT 1", [], LookupError())
        with pytest.raises(RuntimeError):
            rows.write_one("SELECT 2", [], LookupError())


def test_numbers_taken_beforehand_are_given_once_and_need_no_answer() -> None:
    with CaptureQueriesContext(connection) as queries, rows.at_once():
        rows.reserve({Person: 2, ContactPoint: 0, "complaint_number": 1})
        (first, number) = rows.taken(Person, "complaint_number")
        rows.insert(second := person())
        assert len(queries) == 1
        rows.insert(person())  # a third was not reserved: it is asked for
        assert rows.taken("complaint_number") == (number + 1,)
    assert second.pk == first + 1


def test_numbers_that_another_statement_took_along_are_used_first() -> None:
    wanted: dict[rows.Source, int] = {Person: 1, ContactPoint: 0, "complaint_number": 2}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {rows.numbers(wanted)}")
        (told,) = cursor.fetchone()
    known = rows.dealt(wanted, told)

    with CaptureQueriesContext(connection) as queries, rows.at_once() as batch:
        batch.numbers = known
        rows.reserve(wanted)
        assert not queries.captured_queries
        rows.reserve({Person: 2, "complaint_number": 1})  # one more person
        assert len(queries) == 1
        assert rows.taken(Person, Person) == (told[0], told[0] + 1)
        assert rows.taken("complaint_number", "complaint_number") == tuple(told[1:])


def test_the_sequence_of_every_key_is_called_as_it_is_asked_for() -> None:
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table, key = model._meta.db_table, model._meta.pk
            if isinstance(key, AutoField) and table.startswith(OURS):
                cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, key.column])
                assert cursor.fetchone() == (f"public.{table}_id_seq",)


def test_numbers_can_be_asked_for_without_a_block() -> None:
    (first,), (second,) = rows.taken("complaint_number"), rows.taken("complaint_number")

    assert second == first + 1
    with pytest.raises(RuntimeError):
        rows.reserve({Person: 1})
