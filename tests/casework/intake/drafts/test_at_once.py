"""Two taps on the same button, at the same moment, on the same draft."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from tests.casework.conftest import START, both
from tests.fixtures.cloned import Cloned

from pasokh.casework.complaints.matter import Matter
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.intake.drafts import actions
from pasokh.casework.intake.drafts.models import StagedFile
from pasokh.casework.intake.incoming import Incoming, Receipt
from pasokh.directory.organisation.models import Organisation, RegimeBinding, Unit, WorkingWeek
from pasokh.kernel.actors import Actor, Kind

TAPS = 4


@pytest.fixture
def house(cloned_database: Cloned, tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path / "files"
    long_ago = START - timedelta(days=900)
    Organisation.objects.create(name=both("Khaneh"), time_zone="Asia/Tehran")
    Unit.objects.create(code="head", name=both("Head office"))
    WorkingWeek.objects.create(valid_from=long_ago.date(), days=[[["08:00", "16:00"]]] * 7)
    RegimeBinding.objects.create(pack="iso10002-2018", valid_from=long_ago)


def test_four_taps_at_once_file_one_complaint_and_give_one_receipt(house: None) -> None:
    token = actions.begin({"narrative": "یخچال"}, address="203.0.113.7", at=START)
    actions.add_file(token, "bill.txt", [b"bill"], at=START)
    together = Barrier(TAPS)
    said = Incoming("web", "fa", Matter("یخچال"), received_at=START, who=None)

    def tap(_number: int) -> Receipt:
        together.wait(30)
        try:
            return actions.file(token, said, by=Actor(Kind.COMPLAINANT, "new"), at=START)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(TAPS) as pool:
        receipts = list(pool.map(tap, range(TAPS)))

    (case,) = Complaint.objects.all()
    assert {(receipt.ref, receipt.code) for receipt in receipts} == {(case.ref, receipts[0].code)}
    assert sorted(receipt.again for receipt in receipts) == [False, True, True, True]
    assert case.attachments.count() == 1
    assert StagedFile.objects.count() == 0
