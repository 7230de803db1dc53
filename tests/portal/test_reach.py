"""A new address or number, given on the page of the complaint by whoever has its code."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from tests.portal.post import Post, link, mailed, number, work
from tests.portal.steps import filed, followed, page, text

from pasokh.casework.complaints import actions, queries
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence import actions as letters
from pasokh.casework.correspondence.delivery import Form
from pasokh.casework.correspondence.models import Letter
from pasokh.directory.people.models import ContactPoint
from pasokh.directory.people.ways import Way
from pasokh.kernel import clock
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.models import Entry

__all__ = ["mailed"]

LANGUAGES = pytest.mark.parametrize("language", ["fa", "en"])
REACH = "/{}/follow/complaint/reach/"
SAID = "یخچال از روز اول خراب بود."
OLD, NEW = "maryam@example.org", "new@example.net"


def give(browser: Client, language: str = "en", **told: str) -> int:
    """Give a new way on the page; return what it answered."""
    answer = browser.post(REACH.format(language), {"email": "", "mobile": ""} | told)
    return int(answer.status_code)


def ways() -> dict[str, tuple[bool, bool]]:
    """Each way by its value: whether it is used, and whether it was confirmed."""
    return {
        one.value: (one.refused_at is None, one.confirmed_at is not None)
        for one in ContactPoint.objects.order_by("pk")
    }


def to(mails: list[str]) -> list[str]:
    """Where mails went."""
    return [mail.splitlines()[0] for mail in mails]


def acts(case: Complaint) -> list[str]:
    return list(
        Entry.objects.filter(subject=case.subject)
        .order_by("number")
        .values_list("event", flat=True)
    )


@LANGUAGES
@pytest.mark.clause("10002:7.4")
def test_a_new_address_takes_the_place_of_one_that_nobody_confirmed(
    browser: Client, mailed: Post, language: str
) -> None:
    case = followed(browser, language)
    first = mailed.one()
    assert give(browser, language, email=NEW) == 302
    assert ways() == {OLD: (False, False), NEW: (True, False)}
    notice = mailed.one()
    assert (to([notice]), SAID in notice, case.ref in notice) == ([NEW], False, False)
    assert Client().post(link(first, "confirm")).status_code == 404

    assert Client().post(link(notice, "confirm")).status_code == 200
    whole = mailed.send()
    assert (to(whole), sum(SAID in mail for mail in whole)) == ([NEW, NEW], 1)
    assert ways()[NEW] == (True, True)
    assert mailed.send() == []
    assert acts(case).count("complaint.contact_added") == 1
    assert acts(case).count("complaint.contact_stopped") == 1


def test_a_letter_that_waits_for_the_old_address_goes_to_the_new_one(
    browser: Client, mailed: Post
) -> None:
    followed(browser)
    give(browser, email=NEW)

    assert set(to(mailed.send())) == {NEW}
    assert set(Letter.objects.values_list("to__value", flat=True)) == {NEW}


def test_a_confirmed_address_stays_in_use_until_the_new_one_is_confirmed(
    browser: Client, mailed: Post, portal: SimpleNamespace
) -> None:
    case = followed(browser)
    browser.post(link(mailed.one(), "confirm"))
    mailed.send()
    give(browser, email=NEW)
    actions.message(case.ref, text="فردا می‌آییم", by=portal.reza, at=clock.now())
    sent = mailed.send()
    assert sorted(to(sent)) == sorted([OLD, OLD, NEW])
    assert [to([mail])[0] for mail in sent if "فردا می‌آییم" in mail] == [OLD]

    notice = next(mail for mail in sent if to([mail]) == [NEW])
    browser.post("/fa/follow/complaint/address/", {"number": number(notice), "step": "number"})
    mailed.send()
    actions.message(case.ref, text="آمدیم", by=portal.reza, at=clock.now())
    after = mailed.one()
    assert (to([after]), "آمدیم" in after) == ([NEW], True)
    assert ways() == {OLD: (True, True), NEW: (True, True)}


def test_whoever_has_the_code_cannot_take_the_confirmed_mailbox_away(
    browser: Client, mailed: Post
) -> None:
    """The old mailbox still replaces the code, so a code that was stolen is of no lasting use."""
    case = followed(browser)
    browser.post(link(mailed.one(), "confirm"))
    mailed.send()
    give(browser, email="thief@example.net")
    theirs = next(mail for mail in mailed.send() if "/confirm/" in mail)
    browser.post(link(theirs, "confirm"))
    mailed.send()
    browser.post("/fa/follow/lost/", {"ref": case.ref, "email": OLD})
    work()

    assert to(mailed.send()) == [OLD]


@LANGUAGES
@pytest.mark.clause("10002:4.10")
def test_a_confirmed_mailbox_hears_that_another_address_was_given(
    browser: Client, mailed: Post, language: str
) -> None:
    case = followed(browser, language, name="مریم رضایی")
    browser.post(link(mailed.one(), "confirm"))
    mailed.send()
    assert give(browser, language, email="stranger.words@example.net") == 302
    said = next(mail for mail in mailed.send() if to([mail]) == [OLD])

    told = {"fa": "نشانی دیگری داده‌اند", "en": "Another address was given"}[language]
    assert (told in said, case.ref in said) == (True, True)
    assert [each for each in ("stranger", "confirm/", SAID) if each in said] == []
    assert told not in page(browser, language)
    assert give(browser, language, email="stranger.words@example.net") == 302
    assert give(browser, language, mobile="0912 345 6789") == 302
    assert mailed.send() == []


def test_only_a_mailbox_that_was_confirmed_and_is_used_hears_of_it(
    browser: Client, mailed: Post, portal: SimpleNamespace
) -> None:
    case = followed(browser)
    browser.post(link(mailed.one(), "confirm"))
    mailed.send()
    old = ContactPoint.objects.get().pk
    actions.stop_contact(case.ref, point=old, reason="asked", by=portal.sara, at=clock.now())
    give(browser, email=NEW)

    assert to(mailed.send()) == [NEW]


def test_a_telephone_number_is_added_and_another_one_let_go(browser: Client) -> None:
    case = followed(browser, email="", mobile="0912 345 6789")
    first = ContactPoint.objects.get()
    browser.post(REACH.format("en"), {"drop": first.pk})
    assert ways() == {"0912 345 6789": (True, False)}
    give(browser, mobile="۰۹۱۲ ۱۱۱ ۲۲۳۳")
    browser.post(REACH.format("en"), {"drop": first.pk})

    assert ways() == {"0912 345 6789": (False, False), "۰۹۱۲ ۱۱۱ ۲۲۳۳": (True, False)}
    assert acts(case)[-2:] == ["complaint.contact_added", "complaint.contact_stopped"]
    stopped = Entry.objects.select_related("sealed").filter(subject=case.subject).last()
    assert stopped is not None
    assert stopped.private == {"old": "0912 345 6789"}


@pytest.mark.parametrize("typed", ["0912 345 6789", "۰۹۱۲ ۳۴۵ ۶۷۸۹", "٠٩١٢ ٣٤٥ ٦٧٨٩"])
@pytest.mark.parametrize(("language", "read"), [("fa", "۰۹۱۲ ۳۴۵ ۶۷۸۹"), ("en", "0912 345 6789")])
def test_a_number_is_shown_in_the_digits_of_its_reader_and_kept_as_it_was_typed(
    browser: Client, typed: str, language: str, read: str
) -> None:
    followed(browser, language, mobile=typed)

    shown = text(browser.get(REACH.format(language)))

    assert shown.count(f'<bdi class="code" dir="ltr">{read}</bdi>') == 2  # the button names it, too
    assert (typed in shown) == (typed == read)
    assert f'<bdi class="code" dir="ltr">{OLD}</bdi>' in shown
    assert typed in ways()
    wrong = browser.post(REACH.format(language), {"email": "x", "mobile": typed})
    assert f'value="{typed}"' in text(wrong)


def test_a_first_address_is_written_to_with_its_link(browser: Client, mailed: Post) -> None:
    followed(browser, email="", mobile="0912 345 6789")
    assert mailed.send() == []
    give(browser, email=NEW)
    notice = mailed.one()
    Client().post(link(notice, "confirm"))

    assert (to([notice]), ways()[NEW]) == ([NEW], (True, True))
    assert to(mailed.send()) == [NEW]


def test_given_twice_it_is_written_down_and_written_to_once(browser: Client, mailed: Post) -> None:
    case = followed(browser)
    mailed.send()
    give(browser, email=NEW)
    before = acts(case)
    assert give(browser, email=f"  {NEW.upper().replace('NEW', 'new')} ") == 302

    assert acts(case) == before
    assert len(mailed.send()) == 1


def test_whoever_gave_a_way_up_takes_it_up_again(browser: Client, mailed: Post) -> None:
    followed(browser, mobile="0912 345 6789")
    give(browser, email=NEW)
    give(browser, email=OLD)
    assert ways()[OLD] == (True, False)
    assert ways()[NEW] == (False, False)
    number = ContactPoint.objects.get(kind="phone").pk
    browser.post(REACH.format("en"), {"drop": number})
    give(browser, mobile="09123456789")

    assert ways()["0912 345 6789"] == (True, False)
    assert set(to(mailed.send())) == {OLD}
    assert Entry.objects.filter(event="person.contact_point_used_again").count() == 2


@LANGUAGES
def test_an_address_whose_owner_wants_no_mail_is_not_taken_again(
    browser: Client, mailed: Post, language: str
) -> None:
    case = followed(browser)
    Client().post(link(mailed.one(), "confirm"), {"step": "deny"})
    before = acts(case)
    answer = browser.post(REACH.format(language), {"email": OLD, "mobile": "0912 345 6789"})

    assert (answer.status_code, OLD in text(answer)) == (409, True)
    assert (acts(case), list(ways())) == (before, [OLD])
    assert mailed.send() == []


def test_nobody_floods_mailboxes_by_way_of_a_complaint(browser: Client, mailed: Post) -> None:
    case = followed(browser)
    answers = [give(browser, email=f"one{each}@example.org") for each in range(4)]
    assert answers == [302, 302, 302, 409]
    tomorrow = clock.now() + timedelta(days=1)
    me = Actor(Kind.COMPLAINANT, case.ref)
    actions.give_contact(case.ref, kind=Way.EMAIL, value="four@example.org", by=me, at=tomorrow)

    assert ways()["four@example.org"] == (True, False)
    assert "one3@example.org" not in ways()


@pytest.mark.parametrize(
    "told", [{}, {"email": "nonsense"}, {"mobile": "12"}, {"email": " ", "mobile": "x"}]
)
def test_what_is_no_address_is_not_taken_and_stays_in_its_field(
    browser: Client, told: dict[str, str]
) -> None:
    followed(browser)
    answer = browser.post(REACH.format("en"), {"email": "", "mobile": ""} | told)

    assert (answer.status_code, 'class="field__error"' in text(answer)) == (200, True)
    assert list(ways()) == [OLD]


def test_an_anonymous_person_has_no_such_page(browser: Client) -> None:
    case = followed(browser, name="", email="", anonymous="on")
    assert browser.get(REACH.format("en")).status_code == 302
    assert "reach/" not in page(browser)
    with pytest.raises(Refused, match="anonymous-has-no-person"):
        actions.give_contact(
            case.ref,
            kind=Way.EMAIL,
            value=NEW,
            by=Actor(Kind.COMPLAINANT, case.ref),
            at=clock.now(),
        )


def test_only_the_complainant_takes_these_steps(browser: Client, portal: SimpleNamespace) -> None:
    case = followed(browser)
    filed(Client(), email="sara@example.org")
    other = Complaint.objects.exclude(ref=case.ref).get()
    for by in (portal.reza, portal.sara, Actor(Kind.COMPLAINANT, other.ref)):
        with pytest.raises(Refused, match="not-authorised"):
            actions.drop_number(case.ref, point=1, by=by, at=clock.now())


def test_a_new_address_is_found_by_search_and_told_in_the_story(
    browser: Client, portal: SimpleNamespace
) -> None:
    case = followed(browser)
    give(browser, email=NEW)

    assert [line.ref for line in queries.search(portal.reza, NEW).lines] == [case.ref]
    assert "We wrote down a new way to reach you." in page(browser)
    assert NEW in text(browser.get(REACH.format("en")))


def test_a_letter_redirected_after_its_address_was_read_does_not_go_there(
    browser: Client, mailed: Post
) -> None:
    """Else the link for the new address would go to the old one's mailbox."""
    followed(browser)
    letter = Letter.objects.get()
    give(browser, email=NEW)
    at, new = clock.now(), ContactPoint.objects.get(value=NEW).pk

    sets_out = [
        letters.begin(letter.pk, form=Form.NOTICE, to=to, address=NEW, at=at)
        for to in (letter.to_id, new)
    ]
    assert sets_out == [False, True]
