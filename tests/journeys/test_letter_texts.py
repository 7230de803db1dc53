"""A letter in the organisation's own words: written, waiting for a second look, on paper."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.journeys.conftest import Site, View, seen_in
from tests.journeys.deskworld import DAY, open_shop
from tests.journeys.test_desk import WORDS
from tests.journeys.test_desk_letters import PHOTO
from tests.journeys.test_desk_pages import sign_in, sign_in_again

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.matter import Matter
from pasokh.casework.correspondence.delivery import LetterKind, LetterState
from pasokh.casework.correspondence.models import Letter, Telling
from pasokh.casework.correspondence.wording import queries as wording
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake.incoming import Incoming, Who
from pasokh.directory.people.ways import Way
from pasokh.kernel import clock

OWN = {
    "fa": SimpleNamespace(
        mistake="{نام شاکی}",
        line="از اینکه به ما گفتید سپاسگزاریم.",
        reply="سلام {نام}،\n\nقطعهٔ شما رسید.",
        filled="سلام مریم احمدی،",
        fault="خط",
        to="پست مرکزی",
    ),
    "en": SimpleNamespace(
        mistake="{name of them}",
        line="Thank you for telling us.",
        reply="Dear {name},\n\nyour part has come.",
        filled="Dear Mary Ahmadi,",
        fault="Line",
        to="Central post office",
    ),
}


class Keeper:
    """A browser at the desk, at what it is to do with letters."""

    def __init__(self, page: Any, site: Site, language: str) -> None:
        self.page, self.site, self.language = page, site, language

    def go(self, path: str) -> None:
        assert self.page.goto(self.site(f"/{self.language}/desk/{path}")).status == 200

    def press(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()

    def said(self) -> str:
        return str(self.page.inner_text("main"))

    def paper(self, selector: str) -> None:
        """Press what opens a PDF in another tab."""
        with self.page.context.expect_event("response", _is_pdf, timeout=20_000):
            self.page.locator(selector).first.click()
        for tab in self.page.context.pages[1:]:
            tab.close()


def _is_pdf(response: Any) -> bool:
    return response.headers.get("content-type") == "application/pdf"


def by_post(shop: SimpleNamespace, language: str) -> list[str]:
    """Two complaints of somebody who has no other address than a postal one, acknowledged."""
    words, at = WORDS[language], clock.now() - DAY
    refs = []
    for _time in range(2):
        who = Who(words.name, language, reached=((Way.POST, "تهران، خیابان انقلاب، ۱۲"),))
        matter = Matter(words.narrative)
        incoming = Incoming(
            channel="letter",
            language=language,
            matter=matter,
            received_at=at,
            who=who,
            unit=shop.unit,
        )
        refs.append(intake.receive(incoming, by=shop.nima, at=at).ref)
    for ref in refs:
        if not Letter.objects.filter(complaint__ref=ref).exists():
            kind = LetterKind.ACKNOWLEDGEMENT
            actions.write(ref, kind=kind, facts={}, by=shop.nima, at=at)
    return refs


@pytest.mark.clause("10002:7.4")
@pytest.mark.clause("10002:7.8")
@seen_in("fa")
def test_letters_are_worded_wait_for_a_second_look_and_go_by_post(
    site: Site, visitor: Any, view: View, look: Callable[..., None], tmp_path: Path
) -> None:
    refs = by_post(open_shop(), view.language)
    desk, own = Keeper(visitor, site, view.language), OWN[view.language]
    sign_in(visitor, site, view.language, "parvin")
    _text_written(desk, own, look)
    _reply_prepared(desk, own)

    sign_in_again(visitor, site, view.language, "reza")
    _reply_used(desk, own, refs[0], look)
    slip = tmp_path / "slip.jpg"
    slip.write_bytes(PHOTO)
    _posted_together(desk, own, slip, look)

    sign_in_again(visitor, site, view.language, "parvin")
    _approved(desk, refs[0], look)


def _text_written(desk: Keeper, own: SimpleNamespace, look: Callable[..., None]) -> None:
    page = desk.page
    desk.go(f"set-up/letters/acknowledgement/{desk.language}/")
    ours = page.locator("#write_body").input_value()
    page.locator("#write_body").fill(f"{ours}\n\n{own.mistake}")
    desk.press("button[value=preview]")
    assert own.fault in page.inner_text(".field__error, .error, [id$=_error]")
    assert page.locator("#write_body").input_value().endswith(own.mistake)
    look(page, "letter-text-mistake")
    page.locator("#write_body").fill(f"{ours}\n\n{own.line}")
    desk.press("button[value=preview]")
    assert own.line in page.inner_text(".preview__text")
    look(page, "letter-text")
    desk.paper("button[value=paper]")
    assert wording.stand() == {}
    desk.press("form:has([name=act][value=write]) .button--primary")
    assert own.line in wording.stand()["acknowledgement", desk.language].body
    desk.go(f"set-up/letters/message/{desk.language}/")
    page.locator("[name=waits][value=all]").check()
    desk.press("form:has([name=act][value=approval]) .button")


def _reply_prepared(desk: Keeper, own: SimpleNamespace) -> None:
    page = desk.page
    desk.go("set-up/replies/")
    page.locator("[name=kind][value=message]").check()
    page.locator("#add_name_fa").fill("قطعه رسید")
    page.locator("#add_name_en").fill("The part has come")
    page.locator(f"#add_words_{desk.language}").fill(own.reply)
    desk.press("form:has([name=act][value=add]) .button--primary")
    assert page.locator("table.table tbody tr").count() == 1


def _reply_used(desk: Keeper, own: SimpleNamespace, ref: str, look: Callable[..., None]) -> None:
    page = desk.page
    desk.go(f"complaints/{ref}/message/")
    page.locator("[name=reply]").select_option(index=1)
    desk.press("button[value=fill]")
    assert page.locator("[name=text]").input_value().startswith(own.filled)
    desk.press("form[data-draft] .button--primary")
    assert page.url.endswith(f"/complaints/{ref}/"), desk.said()
    assert Letter.objects.get(kind="message").state == LetterState.APPROVAL
    look(page, "letter-waits-for-approval")


def _posted_together(
    desk: Keeper, own: SimpleNamespace, slip: Path, look: Callable[..., None]
) -> None:
    page = desk.page
    desk.go("letters/")
    assert page.locator("[name=letter]:checked").count() == 2
    desk.paper("button[value=print]")
    desk.press("button[value=ask]")
    page.locator("[name=to]").fill(own.to)
    page.locator("[name^=number-]").first.fill("RR123456789IR")
    page.locator("[name=papers]").set_input_files(slip)
    look(page, "letters-posted")
    desk.press("button[value=posted]")
    assert page.url.endswith("/desk/letters/"), desk.said()
    proofs = [one.proof for one in Telling.objects.order_by("pk")]
    assert [one["handed_over_to"] for one in proofs] == [own.to, own.to]
    assert len({one["slips"] for one in proofs}) == 1
    assert [one.get("number", "") for one in proofs] == ["RR123456789IR", ""]


def _approved(desk: Keeper, ref: str, look: Callable[..., None]) -> None:
    page = desk.page
    desk.go("letters/")
    look(page, "letters-for-approval")
    desk.press('a[href*="approve_letter"]')
    desk.press("main form[method=post] .actions .button")
    assert page.url.endswith(f"/complaints/{ref}/"), desk.said()
    approved = Letter.objects.get(kind="message").state
    assert approved in (LetterState.PENDING, LetterState.QUEUED)  # ten seconds of second thoughts
