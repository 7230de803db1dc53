"""A correction shows what stood before and what stands now, in the reader's words."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.translation import override
from tests.casework.conftest import HOUR, START

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.queries.timeline import timeline
from pasokh.policy.taxonomy.models import Term

pytestmark = pytest.mark.django_db


@pytest.mark.clause("10002:8.1")
@pytest.mark.parametrize(
    ("field", "value", "before", "now"),
    [
        ("serial_number", "SN-1", "nothing", "SN-1"),
        ("confidential", True, "No", "Yes"),
        ("language", "en", "Persian", "English"),
        ("complainant_kind", "colleague", "Customer", "Colleague"),
        ("purchased_on", date(2026, 3, 25), "nothing", "Wednesday 25 March 2026"),
        ("received_at", START - HOUR, "Monday 4 May 2026, 06:00", "Monday 4 May 2026, 05:00"),
        ("channel", "phone", "counter", "Telephone"),
    ],
)
def test_both_sides_are_said(
    file: Callable[..., Complaint],
    shop: SimpleNamespace,
    field: str,
    value: Any,
    before: str,
    now: str,
) -> None:
    Term.objects.create(
        kind="channel", code="phone", name={"fa": "تلفن", "en": "Telephone"}, position=1
    )
    case = file()

    actions.correct(
        case.ref, field=field, value=value, reason="دیدم", by=shop.reza, at=START + HOUR
    )

    with override("en"):
        assert timeline(case, masked=False)[-1].texts == (
            "دیدم",
            f"Before: {before}",
            f"Now: {now}",
        )


def test_a_unit_is_called_by_its_name(
    file: Callable[..., Complaint], shop: SimpleNamespace
) -> None:
    case, other = file(), shop.units["shiraz"].pk

    actions.correct(
        case.ref, field="unit_id", value=other, reason="آنجا بود", by=shop.parvin, at=START + HOUR
    )

    with override("en"):
        assert timeline(case, masked=False)[-1].texts == (
            "آنجا بود",
            "Before: tehran",
            "Now: shiraz",
        )
