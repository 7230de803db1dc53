"""What leaves with an exported case."""

import pytest
from tests.casework.conftest import HOUR, START
from tests.casework.telling import refused

from pasokh.casework.complaints.models import Attachment
from pasokh.casework.complaints.queries.export import files_of, story
from pasokh.casework.investigation import actions as investigation
from pasokh.kernel.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.clause("10002:8.1")]


def entries(case):
    return list(Entry.objects.filter(subject=case.subject).order_by("number"))


def test_every_file_of_a_case_leaves_once(file, shop, acts):
    case = file()
    for digest in ("a" * 64, "b" * 64, "a" * 64):
        Attachment.objects.create(
            complaint=case, digest=digest, name="x", kind="image/png", size=1, at=START
        )
    acts._assess(case, by=shop.reza, at=START + HOUR)
    for digest in ("c" * 64, ""):
        investigation.gather(
            case.ref,
            description="عکس",
            source="تعمیرگاه",
            digest=digest,
            by=shop.reza,
            at=START + HOUR,
        )

    assert files_of(case.ref) == ["a" * 64, "b" * 64, "c" * 64]


def test_a_case_that_does_not_exist_is_refused(db):
    refused("no-such-complaint", files_of, "P-999999-9")


def test_the_story_is_told_in_both_languages(file, shop, acts):
    case = file()
    acts._decline(case, by=shop.reza, at=START + HOUR)

    english, persian = story(entries(case), "en"), story(entries(case), "fa")

    assert "Not examined: " in english
    assert "too_late" not in english
    assert english.startswith("Times are those of Asia/Tehran.\n")
    assert "Monday 4 May 2026, 10:30" in english
    assert "یخچال از روز اول خراب بود." in english
    assert "۱۴ اردیبهشت ۱۴۰۵" in persian
    assert "too_late" not in persian
    assert "reza" in persian
