"""Rules that want a second look: letters wait, leave or come back, through the pages alone."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.casework.acts import Acts
from tests.casework.correspondence.correspondents import complain, decided, describe_office
from tests.desk.conftest import NOW
from tests.desk.test_acts import act
from tests.desk.test_settings_changes import done
from tests.desk.test_settings_steps import do
from tests.portal.post import Post
from tests.portal.steps import follow, page

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence.delivery import LetterState
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.remedies.models import Remedy
from pasokh.policy.regimes import packs

pytestmark = pytest.mark.django_db

AtDesk = Callable[[str], Client]
#: The rules of the standard, with a second look at three kinds of letters.
RULES = "second-look"
ASKED = '[approval]\nletters = ["message", "decision", "closing"]\n\n[letters]'
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The product with one pack more among those that come with it."""
    for known in packs.all():
        name = f"{known.id}.toml"
        (tmp_path / name).write_bytes((packs._FOLDER / name).read_bytes())
    own = (tmp_path / "iso10002-2018.toml").read_text().replace("\n[letters]", f"\n{ASKED}")
    own = own.replace('id = "iso10002-2018"', f'id = "{RULES}"')
    (tmp_path / f"{RULES}.toml").write_text(own)
    monkeypatch.setattr(packs, "_FOLDER", tmp_path)
    forget: Any = (packs.load, packs.ids, packs.chosen)
    for read in forget:
        read.cache_clear()
    yield
    for read in forget:
        read.cache_clear()


@pytest.fixture
def post(settings: Any, tmp_path: Path) -> Post:
    settings.MAIL_FOLDER, settings.PUBLIC_ADDRESS = tmp_path / "mail", "https://p.example"
    return Post(settings.MAIL_FOLDER)


@pytest.fixture
def bound(at_desk: AtDesk, rules: None, shop: SimpleNamespace) -> None:
    """The organisation works by these rules, as its administrator says in set-up."""
    pack = packs.load(RULES)
    told = {name: one.default for name, one in pack.parameters.items()}
    done(do(at_desk("zahra"), f"periods/{RULES}/", "bind", **told))


def outside(case: Complaint, desk: Client) -> str:
    """What the complainant reads, with a code that was given at the desk."""
    given = act(desk, case, "replace_code", shown=["paper"]).content.decode()
    code = re.search(r'id="tracking">.*?(\d{4}(?:-\d{4}){3})', given, re.S)
    assert code
    browser = Client()
    assert follow(browser, case.ref, code[1], "en").status_code == 302
    return page(browser)


def state(letter: Letter) -> str:
    return str(Letter.objects.get(pk=letter.pk).state)


@pytest.mark.clause("10002:7.8")
def test_what_the_rules_ask_for_waits_is_approved_by_somebody_else_and_leaves(
    at_desk: AtDesk, bound: None, shop: SimpleNamespace, post: Post, stands: Callable[..., None]
) -> None:
    describe_office()
    case = complain(shop, "en", at=NOW)
    writer, other = at_desk("sara"), at_desk("parvin")
    post.send()
    asked = writer.get(f"/en/desk/complaints/{case.ref}/message/").content.decode()
    assert "It leaves once somebody else than its writer has approved it." in asked
    assert act(writer, case, "message", text="The part is on its way.").status_code == 302
    letter = Letter.objects.get(kind="message")
    stands(LATER)

    assert post.send() == []
    assert "on its way" not in outside(case, at_desk("reza"))
    case_page = f"/en/desk/complaints/{case.ref}/"
    shown = writer.get(case_page).content.decode()
    assert "It leaves once somebody else has approved it" in shown
    assert "approve_letter" not in shown
    again = act(writer, case, "approve_letter", letter=letter.pk)
    assert "Nobody approves a letter of their own" in again.content.decode()
    assert again.status_code == 409
    assert at_desk("reza").get(f"{case_page}approve_letter/").status_code == 403
    assert act(at_desk("reza"), case, "approve_letter", letter=letter.pk).status_code == 409
    assert state(letter) == LetterState.APPROVAL

    offered = f"approve_letter/?letter={letter.pk}"
    keeper = at_desk("omid").get("/en/desk/letters/").content.decode()
    assert f"letters/{letter.pk}/" in keeper
    assert offered in keeper
    own = writer.get("/en/desk/letters/").content.decode()
    assert "You wrote it, so somebody else has to approve it." in own
    assert offered not in own
    assert offered not in at_desk("reza").get("/en/desk/letters/").content.decode()
    assert offered in other.get("/en/desk/letters/").content.decode()
    assert "approve_letter/?letter=" in other.get(case_page).content.decode()
    assert act(other, case, "approve_letter", letter=letter.pk).status_code == 302
    (mail,) = post.send()
    assert "The part is on its way." in mail
    assert "on its way" in outside(case, at_desk("reza"))


def test_a_letter_sent_back_says_why_and_is_taken_up_again_by_its_writer(
    at_desk: AtDesk, bound: None, shop: SimpleNamespace, post: Post, stands: Callable[..., None]
) -> None:
    describe_office()
    case = complain(shop, "en", at=NOW)
    writer, other = at_desk("reza"), at_desk("sara")
    act(writer, case, "message", text="Wait.")
    letter = Letter.objects.get(kind="message")
    stands(LATER)

    wordless = act(other, case, "send_back_letter", letter=letter.pk, reason="")
    assert list(wordless.context["form"].errors) == ["reason"]
    assert act(other, case, "send_back_letter", letter=letter.pk, reason="Say until when.").url
    assert post.send() == []
    assert "Wait." not in outside(case, at_desk("reza"))
    shown = writer.get(f"/en/desk/complaints/{case.ref}/").content.decode()
    assert "Say until when." in shown
    assert "You have begun to write something here" in shown
    begun = writer.get(f"/en/desk/complaints/{case.ref}/message/").context["form"]
    assert begun["text"].value() == "Wait."
    act(writer, case, "message", text="Wait until Thursday.")
    act(other, case, "approve_letter", letter=Letter.objects.latest("pk").pk)
    stands(LATER + timedelta(minutes=1))
    (mail,) = post.send()
    assert "Wait until Thursday." in mail


@pytest.mark.clause("10002:7.8")
def test_a_decision_above_an_amount_waits_and_any_in_another_currency(
    at_desk: AtDesk, shop: SimpleNamespace, acts: Acts, post: Post, stands: Callable[..., None]
) -> None:
    describe_office()
    keeper, writer = at_desk("parvin"), at_desk("reza")
    for language in ("fa", "en"):
        page = f"/en/desk/set-up/letters/decision/{language}/"
        above = {"act": "approval", "waits": "above", "above": "1,250,000 rials"}
        assert keeper.post(page, above).status_code == 302
    case, found = complain(shop, "en", at=NOW), []
    decided(case, acts, "en", NOW)  # promises 1,250,000 rials
    money = Remedy.objects.exclude(amount=None)
    for amount, currency in ((1_250_000, "IRR"), (1_250_001, "IRR"), (1, "GBP")):
        money.update(amount=amount, currency=currency)
        act(writer, case, "communicate", way="send", happened_at="2026-05-04 11:30")
        found.append(state(Letter.objects.filter(kind="decision").latest("pk")))
    assert found == [LetterState.PENDING, LetterState.APPROVAL, LetterState.APPROVAL]

    last = Letter.objects.filter(kind="decision").latest("pk")
    Letter.objects.filter(kind="decision").exclude(pk=last.pk).delete()
    handed = {"way": "handed", "signed_by": "Mary", "happened_at": "2026-05-04 11:30"}
    refused = act(writer, case, "communicate", **handed)
    assert "waits for approval" in refused.content.decode()
    told = act(writer, case, "told", letter=last.pk, **handed)
    assert (told.status_code, state(last)) == (409, LetterState.APPROVAL)
    stands(LATER)
    assert not [mail for mail in post.send() if "decision" in mail]
    act(at_desk("sara"), case, "approve_letter", letter=last.pk)
    (mail,) = post.send()
    assert "£0.01" in mail


def test_a_closing_letter_waits_as_well_and_not_for_a_file_that_is_open_again(
    at_desk: AtDesk, bound: None, shop: SimpleNamespace, acts: Acts, stands: Callable[..., None]
) -> None:
    case = complain(shop, "en", at=NOW)
    decided(case, acts, "en", NOW)
    writer, other = at_desk("reza"), at_desk("parvin")
    when = "2026-05-04 11:30"
    Remedy.objects.all().delete()
    stands(NOW + timedelta(minutes=5))
    act(writer, case, "communicate", way="send", happened_at=when)
    act(other, case, "approve_letter", letter=Letter.objects.get(kind="decision").pk)
    handed = {"way": "handed", "signed_by": "Mary", "happened_at": when}
    act(writer, case, "told", letter=Letter.objects.get(kind="decision").pk, **handed)
    act(writer, case, "verdict", verdict="accepted", happened_at=when)
    acts._trace(case, by=shop.reza, at=NOW + timedelta(minutes=5))
    closed = act(writer, case, "close")
    assert closed.status_code == 302, closed.context["form"].errors
    first = Letter.objects.get(kind="closing")
    assert state(first) == LetterState.APPROVAL

    act(other, case, "send_back_letter", letter=first.pk, reason="The name is wrong.")
    act(writer, case, "write", kind="closing")
    second = Letter.objects.filter(kind="closing").latest("pk")
    assert second.pk != first.pk
    seen = writer.get(f"/en/desk/complaints/{case.ref}/letters/{second.pk}/")
    assert seen.status_code == 200
    act(writer, case, "reopen", why="new_fact", reason="A photograph came.")
    assert state(second) == LetterState.CANCELLED
    assert act(other, case, "approve_letter", letter=second.pk).status_code in (409, 422)
