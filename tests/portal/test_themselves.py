"""What complainants tell of themselves later on: needs, language, whom they speak for, as what."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.portal.post import Post, link, mailed
from tests.portal.steps import followed, page, text
from tests.portal.test_details import DETAILS, EMPTY, LANGUAGES

from pasokh.casework.complaints import actions, queries
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.queries.letters import compose
from pasokh.casework.correspondence import actions as letters
from pasokh.casework.correspondence.models import Letter
from pasokh.channels.mail_out import keep_texts
from pasokh.directory.organisation.models import User
from pasokh.directory.people import actions as people
from pasokh.directory.people.models import ContactPoint, Person
from pasokh.directory.people.ways import Confirmed, Way
from pasokh.kernel import clock
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.dates import numerals
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.models import Entry

__all__ = ["mailed"]

MOTHER, NUMBER, OTHER = "زهرا کریمی", "0912 345 6789", "021 7788 9900"
MESSAGE = {"fa": "پیامی دربارهٔ شکایت شما", "en": "A message about your complaint"}
FOR_HER = {"on_behalf_of": MOTHER, "behalf_contact": NUMBER}
NEEDS = {"needs": ["sight", "offline"], "needs_note": "لطفاً درشت بنویسید."}


def tell(browser: Client, language: str = "en", /, **told: Any) -> Any:
    """Send the page of details with this in it."""
    return browser.post(DETAILS.format(language), EMPTY | told)


def entries(case: Complaint) -> list[Entry]:
    rows = Entry.objects.select_related("sealed").filter(subject=case.subject)
    return list(rows.filter(event="complaint.themselves_told").order_by("number"))


def me(case: Complaint) -> Actor:
    return Actor(Kind.COMPLAINANT, case.ref)


def desk_pages(portal: SimpleNamespace, case: Complaint, language: str) -> tuple[str, str]:
    """The case as a colleague sees it, on its page and on the follow-up form."""
    reza = portal.staff["reza"]
    reza.user = User.objects.create(email="reza@example.org")
    reza.save()
    desk = Client()
    desk.force_login(reza.user)
    here = f"/{language}/desk/complaints/{case.ref}/"
    return text(desk.get(here)), text(desk.get(f"{here}form/"))


def ways(name: str) -> dict[str, bool]:
    """Each way to reach a person, and whether it is in use."""
    points = ContactPoint.objects.filter(person__name=name).order_by("pk")
    return {one.value: one.refused_at is None for one in points}


@LANGUAGES
@pytest.mark.clause("10002:4.5")
def test_needs_told_later_stand_where_needs_told_at_filing_do(
    browser: Client, portal: SimpleNamespace, language: str
) -> None:
    case = followed(browser, language)
    assert tell(browser, language, **NEEDS).status_code == 302
    person = Person.objects.get()
    assert (person.needs, person.needs_note) == (["offline", "sight"], NEEDS["needs_note"])

    said = {
        "fa": ("نوشتهٔ درشت", "نامهٔ کاغذی", "خوب نمی‌بیند"),
        "en": ("large print", "letters on paper", "Sees badly"),
    }[language]
    shown = page(browser, language)
    assert [one for one in (*said[:1], NEEDS["needs_note"]) if one not in shown] == []
    again = text(browser.get(DETAILS.format(language)))
    assert again.count("checked") == 2 + 2  # the language and the kind beside both needs
    for seen in desk_pages(portal, case, language):
        assert [one for one in (said[2], NEEDS["needs_note"]) if one not in seen] == []


@LANGUAGES
@pytest.mark.clause("10002:7.2")
def test_whom_they_speak_for_is_the_complainant_from_then_on(
    browser: Client, portal: SimpleNamespace, language: str
) -> None:
    case = followed(browser, language)
    assert tell(browser, language, **FOR_HER).status_code == 302
    case.refresh_from_db()

    assert case.complainant is not None
    assert case.representative is not None
    assert (case.complainant.name, case.representative.name) == (MOTHER, "مریم")
    assert ways(MOTHER) == {NUMBER: True}
    shown = page(browser, language)
    assert (MOTHER in shown, numerals(NUMBER, language) in shown) == (True, True)
    again = text(browser.get(DETAILS.format(language)))
    assert [each for each in FOR_HER.values() if f'value="{each}"' not in again] == []
    for seen in desk_pages(portal, case, language):
        assert (MOTHER in seen, "مریم" in seen) == (True, True)


@pytest.mark.parametrize(
    ("language", "typed", "read"),
    [
        ("fa", NUMBER, "۰۹۱۲ ۳۴۵ ۶۷۸۹"),
        ("en", "۰۹۱۲ ۳۴۵ ۶۷۸۹", NUMBER),
        ("fa", "zahra2@example.org", "zahra2@example.org"),
    ],
)
def test_how_that_person_is_reached_is_shown_to_its_reader_and_asked_as_it_was_typed(
    browser: Client, language: str, typed: str, read: str
) -> None:
    followed(browser, language)
    tell(browser, language, on_behalf_of=MOTHER, behalf_contact=typed)

    assert f'<bdi class="code" dir="ltr">{read}</bdi>' in page(browser, language)
    assert f'value="{typed}"' in text(browser.get(DETAILS.format(language)))


@pytest.mark.parametrize("asked", [MOTHER, NUMBER, "09123456789"])
def test_whom_they_speak_for_is_found(browser: Client, portal: SimpleNamespace, asked: str) -> None:
    case = followed(browser)
    tell(browser, **FOR_HER)

    assert [line.ref for line in queries.search(portal.reza, asked).lines] == [case.ref]


def test_letters_still_go_to_whoever_wrote(
    browser: Client, mailed: Post, portal: SimpleNamespace
) -> None:
    case = followed(browser)
    browser.post(link(mailed.one(), "confirm"))
    mailed.send()
    tell(browser, on_behalf_of=MOTHER, behalf_contact="zahra@example.org")
    actions.message(case.ref, text="فردا می‌آییم", by=portal.reza, at=clock.now())
    letter = mailed.one()

    assert (letter.splitlines()[0], "فردا می‌آییم" in letter) == ("maryam@example.org", True)


def test_the_next_letter_is_in_the_language_asked_for(
    browser: Client, mailed: Post, portal: SimpleNamespace
) -> None:
    case = followed(browser, "fa")
    browser.post(link(mailed.one(), "confirm"))
    mailed.send()
    tell(browser, "fa", language="en")
    actions.message(case.ref, text="فردا می‌آییم", by=portal.reza, at=clock.now())

    assert "A message about your complaint" in mailed.one()
    assert Person.objects.get().language == "en"


def test_a_letter_that_waits_is_made_in_the_language_asked_for_until_it_is_composed(
    browser: Client, mailed: Post, portal: SimpleNamespace
) -> None:
    case = followed(browser, "fa")
    browser.post(link(mailed.one(), "confirm"))
    mailed.send()
    actions.message(case.ref, text="پیش از آن", by=portal.reza, at=clock.now())
    keep_texts(clock.now())
    actions.message(case.ref, text="پس از آن", by=portal.reza, at=clock.now())
    tell(browser, "fa", language="en")

    sent = mailed.send()

    assert sorted(("پیش از آن" in mail, MESSAGE["fa"] in mail) for mail in sent) == [
        (False, False),
        (True, True),
    ]
    assert [MESSAGE["en"] in mail for mail in sent if "پس از آن" in mail] == [True]
    kept = Letter.objects.filter(kind="message").order_by("pk")
    assert list(kept.values_list("language", "text__language")) == [("fa", "fa"), ("en", "en")]


def test_a_letter_that_was_told_meanwhile_stays_in_its_language(
    browser: Client, portal: SimpleNamespace
) -> None:
    case = followed(browser, "fa")
    letter = Letter.objects.get(kind="acknowledgement")
    assert letter.text is None
    assert letter.tellings.exists()
    tell(browser, "fa", language="en")
    letter.refresh_from_db()
    case.refresh_from_db()

    assert (case.language, letter.language) == ("en", "fa")


def test_a_letter_composed_while_the_language_changes_says_which_it_is_in(
    browser: Client, portal: SimpleNamespace
) -> None:
    followed(browser, "fa")
    letter = Letter.objects.get(kind="acknowledgement")
    composed = compose(letter)
    Letter.objects.update(language="en")
    letters.keep(letter.pk, composed)
    letter.refresh_from_db()

    assert (letter.language, letter.text["language"]) == ("fa", "fa")


def test_old_and_new_are_kept_under_seal_and_only_names_of_fields_in_clear(
    browser: Client, portal: SimpleNamespace
) -> None:
    case = followed(browser, **FOR_HER)
    tell(browser, on_behalf_of="زهرا کریمیان", behalf_contact=OTHER, complainant_kind="colleague")
    (entry,) = entries(case)

    assert entry.facts == {"fields": ["complainant_kind", "on_behalf_of", "behalf_contact"]}
    assert entry.private == {
        "changes": {
            "complainant_kind": ["customer", "colleague"],
            "on_behalf_of": [MOTHER, "زهرا کریمیان"],
            "behalf_contact": [NUMBER, OTHER],
        }
    }
    assert ways("زهرا کریمیان") == {NUMBER: False, OTHER: True}
    seen, _printed = desk_pages(portal, case, "en")
    assert "For whom they write: زهرا کریمیان (before: زهرا کریمی)" in seen
    fenced = f"\u2068{OTHER}\u2069 (before: \u2068{NUMBER}\u2069)"
    assert f"How that person is reached: {fenced}" in seen
    assert "Who complains: Colleague (before: Customer)" in seen
    assert "You told us more about yourself and how we can help." in page(browser)


def test_the_story_of_the_desk_says_needs_in_words(
    browser: Client, portal: SimpleNamespace
) -> None:
    case = followed(browser)
    tell(browser, **NEEDS)
    tell(browser, needs=["hearing"])
    seen, _printed = desk_pages(portal, case, "en")

    assert "What they need: Hears badly (before: Has no internet · Sees badly)" in seen
    assert f"What else they need: nothing (before: {NEEDS['needs_note']})" in seen


def test_matter_and_person_told_together_are_two_facts_of_one_act(browser: Client) -> None:
    case = followed(browser)
    tell(browser, guarantee="دو سال", **NEEDS, **FOR_HER)
    acts = Entry.objects.filter(subject=case.subject).order_by("number")

    assert list(acts.values_list("event", flat=True))[-2:] == [
        "complaint.particulars_added",
        "complaint.themselves_told",
    ]


def test_told_twice_it_is_written_down_once(browser: Client) -> None:
    case = followed(browser)
    told: dict[str, Any] = {"version": str(case.version), "language": "fa", **NEEDS, **FOR_HER}
    answers = [tell(browser, **told).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert (len(entries(case)), Person.objects.count()) == (1, 2)


def test_a_number_that_was_taken_back_is_used_no_more_and_may_come_back(browser: Client) -> None:
    followed(browser, **FOR_HER)
    tell(browser, on_behalf_of=MOTHER)
    assert ways(MOTHER) == {NUMBER: False}
    tell(browser, **FOR_HER)
    assert ways(MOTHER) == {NUMBER: True}


def test_a_number_that_the_house_knows_is_not_shown_to_who_speaks_for_somebody(
    browser: Client, portal: SimpleNamespace
) -> None:
    """She may have told us how to reach her and not them."""
    case = followed(browser, **FOR_HER)
    her = Person.objects.get(name=MOTHER)
    given, at = {"person": her.pk, "kind": Way.PHONE, "read_back": True}, clock.now()
    actions.add_contact(case.ref, value="0935 111 2233", by=portal.sara, at=at, **given)
    theirs = ContactPoint.objects.get(value=NUMBER)
    people.confirm_contact_point(theirs.pk, how=Confirmed.READ_BACK, by=portal.sara, at=at)
    shown = page(browser) + text(browser.get(DETAILS.format("en")))

    assert ("0935 111 2233" in shown, NUMBER in shown) == (False, False)
    tell(browser, on_behalf_of=MOTHER, behalf_contact="0935 111 2233")
    tell(browser, on_behalf_of=MOTHER)
    assert ways(MOTHER) == {NUMBER: True, "0935 111 2233": True}


@LANGUAGES
def test_the_name_of_the_person_concerned_is_not_taken_away(browser: Client, language: str) -> None:
    case = followed(browser, language, **FOR_HER)
    answer = tell(browser, language, on_behalf_of="  ", guarantee="دو سال")
    case.refresh_from_db()

    assert (answer.status_code, case.guarantee, entries(case)) == (409, "", [])
    assert "دو سال" in text(answer)
    assert case.complainant is not None
    assert case.complainant.name == MOTHER


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"behalf_contact": NUMBER}, "on_behalf_of"),
        ({"on_behalf_of": MOTHER, "behalf_contact": "12"}, "behalf_contact"),
        ({"on_behalf_of": MOTHER, "behalf_contact": "zahra@"}, "behalf_contact"),
        ({"needs": ["wings"]}, "needs"),
        ({"language": "de"}, "language"),
        ({"complainant_kind": "king"}, "complainant_kind"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field_and_nothing_is_lost(
    browser: Client, told: dict[str, Any], field: str
) -> None:
    case = followed(browser)
    answer = text(tell(browser, guarantee="دو سال", **told))

    assert f'id="id_{field}_error"' in answer
    assert "<details open" in answer.replace(' class="disclosure"', "")
    assert 'value="دو سال"' in answer
    assert entries(case) == []


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"language": "de"}, "language-unknown"),
        ({"complainant_kind": "king"}, "not-correctable"),
        ({"needs": ["wings"]}, "need-unknown"),
        ({"behalf_contact": NUMBER}, "concerned-unnamed"),
        ({"on_behalf_of": MOTHER, "behalf_contact": "–"}, "number-invalid"),
    ],
)
def test_the_verb_takes_only_what_makes_sense(
    browser: Client, told: dict[str, Any], code: str
) -> None:
    case = followed(browser)
    with pytest.raises(Refused, match=code):
        actions.add_particulars(case.ref, told=told, by=me(case), at=clock.now())
    assert (entries(case), Person.objects.count()) == ([], 1)


@LANGUAGES
def test_a_colleague_is_shown_the_right_door_for_matters_of_employment(
    browser: Client, language: str
) -> None:
    case = followed(browser, language)
    asked = text(browser.get(DETAILS.format(language)))
    assert {"fa": "منابع انسانی", "en": "personnel office"}[language] in asked
    tell(browser, language, complainant_kind="colleague")
    case.refresh_from_db()

    assert case.complainant_kind == "colleague"
    assert {"fa": "همکار", "en": "a colleague"}[language] in page(browser, language)


@LANGUAGES
def test_an_anonymous_person_is_asked_only_what_can_be_kept(browser: Client, language: str) -> None:
    case = followed(browser, language, name="", email="", anonymous="on")
    asked = text(browser.get(DETAILS.format(language)))
    fields = ("needs", "needs_note", "on_behalf_of", "behalf_contact")
    assert [name for name in fields if f'name="{name}"' in asked] == []

    told = {"language": "en", "complainant_kind": "colleague", **NEEDS, **FOR_HER}
    assert tell(browser, language, **told).status_code == 302
    case.refresh_from_db()
    assert (case.language, case.complainant_kind) == ("en", "colleague")
    assert (Person.objects.count(), case.anonymous) == (0, True)
    for refused in ({"needs": ["sight"]}, {"on_behalf_of": MOTHER}):
        with pytest.raises(Refused, match="anonymous-has-no-person"):
            actions.add_particulars(case.ref, told=refused, by=me(case), at=clock.now())


def test_signs_that_no_database_holds_are_named(browser: Client) -> None:
    followed(browser)
    tell(browser, needs_note="بلند\0بخوانید")

    assert Person.objects.get().needs_note == "بلند\ufffdبخوانید"
    assert "They are shown as �" in page(browser)
