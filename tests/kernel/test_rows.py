from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.directory.conftest import NOON

from pasokh.directory.people.models import ContactPoint, Person
from pasokh.kernel import rows

pytestmark = pytest.mark.django_db


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
