"""Complaint rows for the tests of deadlines, made without the verbs of complaints."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.casework.deadlines.worlds import at, london

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.deadlines.clocks import CaseClocks
from pasokh.directory.organisation.models import Unit
from pasokh.kernel.fields import Bilingual

CALENDAR = london()
RECEIVED = at(CALENDAR, 2026, 6, 10, 11, 30)


@pytest.fixture
def row(db: None) -> Callable[..., Complaint]:
    """Make the row of a complaint with a reference."""
    unit = Unit.objects.create(code="head", name=Bilingual(fa="ستاد", en="Head office"))

    def make(ref: str = "R-1") -> Complaint:
        return Complaint.objects.create(
            ref=ref,
            state="received",
            channel="counter",
            language="en",
            complainant_kind="customer",
            unit=unit,
            regime="iso10002-2018",
            narrative="The kettle leaks.",
            received_at=RECEIVED,
            recorded_at=RECEIVED,
        )

    return make


@pytest.fixture
def known() -> Callable[..., CaseClocks]:
    """What deadlines read of a row in its first stage, with milestones reached so far."""

    def make(row: Complaint, *, ended: bool = False, **done: datetime) -> CaseClocks:
        return CaseClocks(row.pk, row.ref, 1, {1: {"received": RECEIVED, **done}}, ended)

    return make
