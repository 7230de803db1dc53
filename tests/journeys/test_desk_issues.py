"""Two issues in one file: each decided, promised for and answered for itself, in every view."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.journeys.conftest import Site, View, seen_in
from tests.journeys.deskworld import DAY, HOUR, open_shop
from tests.journeys.test_desk import WORDS, Desk, desk_choice
from tests.journeys.test_desk_letters import PHOTO
from tests.journeys.test_desk_pages import sign_in

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.matter import Filing, Matter, NewIssue
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence.models import Letter
from pasokh.directory.people import actions as people
from pasokh.directory.people.ways import Way
from pasokh.kernel import clock, dates

ISSUES = {
    "fa": ("یخچال از روز اول صدا می‌دهد.", "نصاب بدون خبر نیامد."),
    "en": ("The refrigerator has been noisy from the first day.", "The fitter never came."),
}


@pytest.mark.clause("10002:7.9")
@seen_in("en")
def test_a_decision_is_promised_for_and_answered_issue_by_issue(
    site: Site, visitor: Any, view: View, look: Callable[..., None], tmp_path: Path
) -> None:
    shop, words = open_shop(), WORDS[view.language]
    desk = Desk(visitor, site, view.language)
    case = _filed(shop, view.language, words.name)
    desk.ref = case.ref
    sign_in(visitor, site, view.language, "reza")
    _heard_with_a_photograph(desk, words, tmp_path)
    yes_no = dict.fromkeys(("safety", "immediate_needed", "immediate_possible", "recurrent"), "no")
    desk.act("assess", severity="3", impact="2", complexity="1", **yes_no)
    _decided(desk, words, look, shop)
    _returned_and_told_again(desk, words, look)

    visitor.goto(_at(desk, "verdict/"))
    visitor.locator("details:has([name=verdict_1]) > summary").click()
    look(visitor, "desk-act-verdict")
    visitor.locator('[name="verdict_1"][value="accepted"]').check()
    desk.send(verdict="not_accepted", comment=words.said)
    look(visitor, "desk-case-issues")
    visitor.goto(_at(desk, "form/"))
    look(visitor, "desk-form-issues")
    case.refresh_from_db()
    assert case.verdict == "not_accepted"


def _at(desk: Desk, end: str) -> str:
    return desk.site(f"/{desk.language}/desk/complaints/{desk.ref}/{end}")


def _filed(shop: SimpleNamespace, language: str, name: str) -> Complaint:
    received = clock.now() - 2 * DAY
    person = people.register_person(name, language=language, by=shop.nima, at=received)
    people.add_contact_point(
        person.pk, kind=Way.POST, value="تهران، خیابان ایرانشهر", by=shop.nima, at=received
    )
    filing = Filing(
        matter=Matter(" ".join(ISSUES[language])),
        channel="letter",
        language=language,
        unit=shop.unit,
        complainant=person.pk,
        issues=tuple(map(NewIssue, ISSUES[language])),
    )
    return actions.receive(filing, received_at=received, by=shop.nima, at=received)


def _heard_with_a_photograph(desk: Desk, words: SimpleNamespace, folder: Path) -> None:
    photo = folder / "عکس یخچال.jpg"
    photo.write_bytes(PHOTO)
    desk.page.goto(_at(desk, "hear/"))
    desk.page.locator('[name="papers"]').set_input_files(photo)
    desk.send(text=words.narrative, channel="letter")


def _decided(
    desk: Desk, words: SimpleNamespace, look: Callable[..., None], shop: SimpleNamespace
) -> None:
    remedy = desk_choice(desk, "decide", "remedy_101")
    page = desk.page
    page.locator("details:has([name=remedy_101]) > summary").click()
    look(page, "desk-act-decide-issues")
    second = page.locator('[name="for_101"] option').nth(2).get_attribute("value")
    desk.send(
        **{f"finding_{n}": "upheld" for n in (1, 2)},
        **{f"reasons_{n}": words.reasons for n in (1, 2)},
        reasons=words.decision,
        remedy_101=remedy,
        for_101=second,
        owner_101=str(shop.staff["reza"].pk),
        due_101=dates.short_date(clock.now() + 9 * DAY, desk.language, dates.UTC),
    )


def _returned_and_told_again(desk: Desk, words: SimpleNamespace, look: Callable[..., None]) -> None:
    proof = {"way": "sent", "handed_over_to": "پست ۱۲"}
    desk.act("communicate", **proof)
    Letter.objects.update(changed_at=clock.now() - 3 * HOUR)
    desk.page.goto(_at(desk, "returned/"))
    look(desk.page, "desk-act-returned")
    letter = Letter.objects.get(kind="decision")
    desk.send(letter=str(letter.pk), why="نشانی نادرست")
    letter.refresh_from_db()
    assert letter.came_back_at is not None
    person = {"number": "0912", "person": words.name, "said": words.said}
    day = dates.short_date(clock.now(), desk.language, dates.UTC)
    desk.act("told", letter=str(letter.pk), way="telephoned", **person, written_copy_on=day)
