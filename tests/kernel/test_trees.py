"""A row with everything that hangs on it, in one statement."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pasokh.directory.organisation.models import RoleAssignment, Staff, Unit
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.ledger.models import Entry
from pasokh.kernel.trees import Branch

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 8, 30, 15, 123456, tzinfo=UTC)


def both(text: str) -> Bilingual:
    return Bilingual(fa=f"{text} «فا»", en=text)


@pytest.fixture
def reza() -> Staff:
    head = Unit.objects.create(code="head", name=both("head"))
    unit = Unit.objects.create(code="tehran", name=both("tehran"), parent=head)
    staff = Staff.objects.create(number="7", name=both("reza"), unit=unit, active_from=NOON)
    for role in ("handler", "manager"):
        RoleAssignment.objects.create(staff=staff, role=role, valid_from=NOON, unit=unit, by="x")
    return staff


def test_rows_are_as_the_orm_would_load_them(reza: Staff) -> None:
    tree = Branch(Staff, {"roles": {"unit": {}}, "unit": {"parent": {}}, "line_manager": {}})
    bare = Staff.objects.get(pk=reza.pk)
    with CaptureQueriesContext(connection) as seen:
        tree.hang_on(bare)
        roles = list(bare.roles.all())
        assert bare.unit is not None
        assert bare.unit.parent is not None
        assert bare.line_manager is None
        names = [(bare.unit.name, bare.unit.parent.name), *(r.unit and r.unit.name for r in roles)]
    assert len(seen) == 1

    assert names == [(both("tehran"), both("head")), both("tehran"), both("tehran")]
    wanted = list(RoleAssignment.objects.order_by("pk"))
    assert roles == wanted
    assert [vars(one)["valid_from"] for one in roles] == [one.valid_from for one in wanted]
    assert not any(one._state.adding for one in roles)


def test_what_would_need_the_database_again_fails(reza: Staff) -> None:
    Branch(Staff, {"roles": {}}).hang_on(reza)

    with pytest.raises(AttributeError):
        reza.roles.filter(role="handler")


def test_a_table_that_holds_bytes_is_refused() -> None:
    with pytest.raises(TypeError, match="Entry holds bytes"):
        Branch(Entry, {})
