"""Jobs stand and fall with the act that asked for them."""

import json

import pytest
from django.db import connection, transaction

from pasokh.kernel.jobs import later

pytestmark = pytest.mark.django_db


def _jobs() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args, lock FROM procrastinate_jobs ORDER BY id")
        return [(name, json.loads(args), lock) for name, args, lock in cursor.fetchall()]


def test_a_job_is_a_row_with_a_name_and_ids() -> None:
    later("letters.send", letter=7, ref="P-000042-7", lock="letter:7")

    assert _jobs() == [("letters.send", {"letter": 7, "ref": "P-000042-7"}, "letter:7")]


def test_an_act_that_is_rolled_back_leaves_no_job() -> None:
    with transaction.atomic():
        later("letters.send", letter=7)
        asked = _jobs()
        transaction.set_rollback(True)

    assert len(asked) == 1
    assert _jobs() == []


def test_two_jobs_with_one_lock_do_not_disturb_the_transaction() -> None:
    with transaction.atomic():
        first = later("letters.send", letter=7, lock="letter:7")
        second = later("letters.send", letter=7, lock="letter:7")

    assert first < second
    assert len(_jobs()) == 2


@pytest.mark.parametrize("value", [None, 1.5, True, ["a"], {"a": 1}])
def test_only_ids_travel(value: object) -> None:
    with pytest.raises(TypeError, match="letter is not an id"):
        later("letters.send", letter=value)  # type: ignore[arg-type]

    assert _jobs() == []
