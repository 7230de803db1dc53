"""Two who act on one file at the same moment: the second sees what the first has done."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import monotonic, sleep

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from tests.casework.conftest import START, both
from tests.fixtures.cloned import Cloned

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.matter import Filing, Matter
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.deadlines.models import Hold
from pasokh.directory.organisation.models import Organisation, RegimeBinding, Unit, WorkingWeek
from pasokh.kernel.actors import clock
from pasokh.kernel.errors import Refused

BY = clock("test", "complaint.receive", "complaint.hold")


@pytest.fixture
def ref(cloned_database: Cloned) -> str:
    long_ago = START - timedelta(days=900)
    Organisation.objects.create(name=both("Khaneh"), time_zone="Asia/Tehran")
    unit = Unit.objects.create(code="head", name=both("Head office"))
    WorkingWeek.objects.create(valid_from=long_ago.date(), days=[[["08:00", "16:00"]]] * 7)
    RegimeBinding.objects.create(pack="iso10002-2018", valid_from=long_ago)
    filing = Filing(Matter("یخچال"), channel="web", language="fa", unit=unit.pk, anonymous=True)
    return str(actions.receive(filing, received_at=START, by=BY, at=START).ref)


def hold(ref: str) -> str:
    """Hold a file for its second holder's reason; the code of a refusal, if any."""
    try:
        actions.hold(ref, category="complainant", reason="منتظر رسید", by=BY, at=START)
    except Refused as refused:
        return refused.code
    finally:
        connections.close_all()
    return ""


def wait_until_somebody_waits() -> None:
    deadline = monotonic() + 30
    while monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)"
                " WHERE datname = current_database() AND NOT granted"
            )
            if cursor.rowcount:
                return
        sleep(0.01)
    pytest.fail("nobody waited for the file")


def test_who_waited_for_a_file_judges_by_what_hangs_on_it_now(ref: str) -> None:
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            actions.hold(ref, category="complainant", reason="منتظر رسید", by=BY, at=START)
            second = pool.submit(hold, ref)
            wait_until_somebody_waits()
        assert second.result(30) == "already-held"

    assert Hold.objects.filter(complaint__ref=ref).count() == 1


def test_a_reading_waits_for_no_disk_and_never_makes_an_act_less_lasting(ref: str) -> None:
    def lasting() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            (how,) = cursor.fetchone()
        return str(how)

    usual, case = lasting(), Complaint.objects.get(ref=ref)
    with CaptureQueriesContext(connection) as alone:
        actions.log_reading(case, what="case", by=BY, at=START)
    assert "'synchronous_commit', 'off', true" in alone[0]["sql"]
    assert lasting() == usual

    with transaction.atomic():
        actions.log_reading(case, what="file", by=BY, at=START)
        assert lasting() == usual
    assert list(case.readings.order_by("pk").values_list("what", "actor")) == [
        ("case", BY.code),
        ("file", BY.code),
    ]
