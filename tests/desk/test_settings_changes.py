"""Set-up after the first day: moving, units that differ, absences, and who leaves."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.desk.conftest import NOW
from tests.desk.test_settings_steps import SET_UP, do, faults, pair

from pasokh.directory.organisation import queries
from pasokh.directory.organisation.models import Absence, Holiday, Staff, Unit
from pasokh.kernel.ledger.models import Entry
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.policy.taxonomy.kinds import Kind
from pasokh.policy.taxonomy.models import Term

pytestmark = pytest.mark.django_db

BODY = pair("name", "سازمان", "Board of trade") | pair("what_for", "کالا", "Goods")


@pytest.fixture
def browser(at_desk: Callable[[str], Client]) -> Client:
    return at_desk("zahra")


def done(answer: Any) -> None:
    assert answer.status_code == 302, answer.context["form"].errors


class TestBodies:
    def test_one_is_added_with_what_was_verified(self, browser: Client) -> None:
        given = {"telephone": "124", "url": "https://example.org", "verified_on": "۱۴۰۵/۲/۱۴"}

        done(do(browser, "bodies/", "add", **BODY, **given))

        [held] = taxonomy.outside_bodies()
        assert (held.code, held.verified_on, held.doubtful) == (
            *("board_of_trade", date(2026, 5, 4)),
            False,
        )
        page = browser.get(SET_UP + "bodies/").content.decode()
        assert "Monday 4 May 2026" in page
        assert "دوشنبه ۱۴ اردیبهشت ۱۴۰۵" in browser.get("/fa/desk/set-up/bodies/").content.decode()

    def test_what_is_not_verified_is_marked_doubtful_or_refused(self, browser: Client) -> None:
        assert "was verified, or mark it" in faults(do(browser, "bodies/", "add", **BODY))

        done(do(browser, "bodies/", "add", **BODY, doubtful="on"))

        assert "Doubtful" in browser.get(SET_UP + "bodies/").content.decode()

    def test_a_name_is_asked_for_in_both_languages_under_one_heading(self, browser: Client) -> None:
        answer = do(browser, "bodies/", "add", **{**BODY, "name_en": ""}, doubtful="on")

        assert "Name – In English: This cannot be left empty." in faults(answer)
        assert "<legend>Name</legend>" in answer.content.decode()

    @pytest.mark.clause("10002:7.1")
    def test_one_is_moved_and_the_published_order_follows(self, browser: Client) -> None:
        for name in ("First court", "Second court", "Third court"):
            done(do(browser, "bodies/", "add", **BODY | {"name_en": name}, doubtful="on"))
        page = browser.get(SET_UP + "bodies/third_court/").content.decode()
        assert "After “Second court”" in page

        done(do(browser, "bodies/third_court/", "move", place="1"))
        done(do(browser, "bodies/first_court/", "move", place="2"))

        order = [body.name.en for body in taxonomy.outside_bodies()]
        assert order == ["Third court", "Second court", "First court"]
        public = Client().get("/en/").content.decode()
        assert sorted(order, key=public.index) == order
        assert do(browser, "bodies/third_court/", "move", place="3").status_code == 200


class TestUnits:
    def test_one_moves_with_those_below_it(self, browser: Client, shop: SimpleNamespace) -> None:
        tehran, shiraz = (shop.units[name].pk for name in ("tehran", "shiraz"))

        done(do(browser, f"units/{tehran}/", "move", parent=shiraz))
        assert Unit.objects.get(pk=tehran).parent_id == shiraz
        done(do(browser, f"units/{tehran}/", "move", parent=""))
        assert Unit.objects.get(pk=tehran).parent_id is None

    def test_none_is_offered_a_place_under_itself(
        self, browser: Client, shop: SimpleNamespace
    ) -> None:
        head = shop.units["head"].pk

        answer = do(browser, f"units/{head}/", "move", parent=shop.units["tehran"].pk)

        assert "valid choice" in faults(answer)


class TestTerms:
    @pytest.fixture(autouse=True)
    def three(self) -> None:
        for position, code in enumerate(("one", "two", "three")):
            name = {"fa": code, "en": code}
            Term.objects.create(kind="category", code=code, name=name, position=position)

    @pytest.mark.parametrize(
        ("code", "place", "expected"),
        [
            ("three", "first", ["three", "one", "two"]),
            ("one", "after three", ["two", "three", "one"]),
            ("one", "after two", ["two", "one", "three"]),
            ("three", "after one", ["one", "three", "two"]),
            ("one", "under three", ["two", "three", "-one"]),
        ],
    )
    def test_one_is_put_where_it_is_wanted(
        self, browser: Client, code: str, place: str, expected: list[str]
    ) -> None:
        done(do(browser, f"lists/category/{code}/", "move", place=place))

        found = taxonomy.all_terms(Kind.CATEGORY)
        assert ["-" * one.depth + one.code for one in found] == expected

    def test_it_comes_out_from_under_another_again(self, browser: Client) -> None:
        do(browser, "lists/category/one/", "move", place="under three")
        do(browser, "lists/category/two/", "move", place="after one")

        done(do(browser, "lists/category/one/", "move", place="first"))

        found = taxonomy.all_terms(Kind.CATEGORY)
        assert [(one.code, one.parent) for one in found] == [
            *(("one", None), ("three", None)),
            ("two", "three"),
        ]

    def test_neither_itself_nor_what_is_out_of_use_is_offered(self, browser: Client) -> None:
        do(browser, "lists/category/two/", "retire")
        do(browser, "lists/category/one/", "move", place="under three")

        for place in ("under three", "after one", "under one", "under two"):
            answer = do(browser, "lists/category/three/", "move", place=place)
            assert "valid choice" in faults(answer), place


class TestUnitsThatDiffer:
    def test_a_unit_keeps_hours_of_its_own(self, browser: Client, shop: SimpleNamespace) -> None:
        shiraz = shop.units["shiraz"].pk
        page = f"units/{shiraz}/week/"
        assert "works the hours of the unit above" in browser.get(SET_UP + page).content.decode()
        days = {f"day_{day}": "9-13" for day in range(5)}

        done(do(browser, page, "week", **days, valid_from="2026-05-01"))

        week = queries.calendar_for(shiraz).weeks[-1]
        assert (week.days[4][0][0].hour, queries.calendar_for(None).weeks[-1].days[4]) == (9, ())
        assert "Monday to Friday 09:00–13:00" in browser.get(SET_UP + page).content.decode()
        assert "shiraz (its own)" in browser.get(SET_UP + "week/").content.decode()

    def test_a_unit_has_holidays_of_its_own_beside_those_of_all(
        self, browser: Client, shop: SimpleNamespace
    ) -> None:
        shiraz = shop.units["shiraz"].pk
        page = f"units/{shiraz}/holidays/"
        day = browser.get(SET_UP + "holidays/IR/").context["drawn"][0][1].fields["days"].choices[0]
        do(browser, "holidays/IR/", "add", days=[day[0]])
        closure = {"kind": "closure", "on": "2026-05-05", "source": "notice 1", "hours": ""}

        done(do(browser, page, "enter", **closure, **pair("name", "جشن شهر", "City day")))

        held = Holiday.objects.get(unit=shiraz)
        assert (held.on, held.closure) == (date(2026, 5, 5), True)
        assert "City day" in browser.get(SET_UP + page).content.decode()
        assert "City day" not in browser.get(SET_UP + "holidays/").content.decode()
        offered = browser.get(f"{SET_UP}{page}IR/").context["drawn"][0][1].fields["days"].choices
        assert day[0] not in dict(offered)
        done(do(browser, f"{page}IR/", "add", days=[offered[0][0]]))
        assert Holiday.objects.filter(unit=shiraz).count() == 2

    def test_a_unit_out_of_use_has_no_page(self, browser: Client, shop: SimpleNamespace) -> None:
        unit = Unit.objects.create(code="old", name={"fa": "o", "en": "o"}, retired_at=NOW)

        for page in ("week/", "holidays/", "holidays/IR/"):
            assert browser.get(f"{SET_UP}units/{unit.pk}/{page}").status_code == 404


class TestColleagues:
    def test_an_absence_is_written_down_and_ended(
        self, browser: Client, shop: SimpleNamespace
    ) -> None:
        reza, leila = (shop.staff[name].pk for name in ("reza", "leila"))
        page = f"staff/{reza}/away/"
        given = {"from_at": "2026-05-04 08:00", "until_at": "2026-05-10 08:00", "deputy": leila}

        done(do(browser, page, "report", **given))
        assert queries.stand_in(reza, NOW) == leila
        assert "Away now" in browser.get(SET_UP + page).content.decode()
        done(do(browser, page, "end", id=Absence.objects.get().pk))

        assert queries.stand_in(reza, NOW) == reza

    def test_everybody_writes_down_their_own_absence_and_no_other(
        self, at_desk: Callable[[str], Client], shop: SimpleNamespace
    ) -> None:
        reza, leila = (shop.staff[name].pk for name in ("reza", "leila"))
        browser, own = at_desk("reza"), "/en/desk/away/"
        given = {"from_at": "2026-05-04 08:00", "until_at": "2026-05-10 08:00", "deputy": leila}
        other = Absence.objects.create(
            staff=shop.staff["nima"], from_at=NOW, until_at=NOW + timedelta(days=1)
        )
        assert f'href="{own}"' in browser.get("/en/desk/").content.decode()

        done(browser.post(own, {"act": "report", **given}))
        assert queries.stand_in(reza, NOW) == leila
        assert "Away now" in browser.get(own).content.decode()
        assert browser.post(own, {"act": "end", "id": other.pk}).status_code == 404
        done(browser.post(own, {"act": "end", "id": Absence.objects.get(staff=reza).pk}))

        assert queries.stand_in(reza, NOW) == reza
        told = Entry.objects.filter(event__startswith="staff.absence").order_by("number")
        assert [entry.actor for entry in told] == [f"staff:{reza}"] * 2

    def test_signs_that_cannot_be_stored_are_named(self, browser: Client) -> None:
        given = {"name_fa": "شعبه", "name_en": "Branch\0", "code": "NEW", "parent": ""}

        answer = browser.post(f"{SET_UP}units/", {"act": "add", **given}, follow=True)

        told = answer.content.decode()
        assert "Branch\ufffd" in told
        assert "cannot be stored as text (U+0000)" in told

    @pytest.mark.parametrize(("name", "leads"), [("reza", ""), ("zahra", "set-up/")])
    def test_from_ones_own_absences_a_link_leads_to_where_ones_work_begins(
        self, at_desk: Callable[[str], Client], name: str, leads: str
    ) -> None:
        page = at_desk(name).get("/en/desk/away/")

        assert page.context["back"][0] == f"/en/desk/{leads}"

    def test_what_is_wrong_with_an_own_absence_is_said_and_nothing_typed_is_lost(
        self, at_desk: Callable[[str], Client], shop: SimpleNamespace
    ) -> None:
        given = {"from_at": "2026-05-10 08:00", "until_at": "2026-05-04 08:00", "deputy": ""}
        answer = at_desk("reza").post("/en/desk/away/", {"act": "report", **given})

        assert "end must come after the beginning" in faults(answer)
        assert 'value="2026-05-10 08:00"' in answer.content.decode()

    def test_an_absence_that_ends_before_it_begins_is_refused(
        self, browser: Client, shop: SimpleNamespace
    ) -> None:
        given = {"from_at": "2026-05-10 08:00", "until_at": "2026-05-04 08:00", "deputy": ""}

        answer = do(browser, f"staff/{shop.staff['reza'].pk}/away/", "report", **given)

        assert "end must come after the beginning" in faults(answer)
        assert not Absence.objects.exists()

    def test_who_leaves_can_come_back(self, browser: Client, shop: SimpleNamespace) -> None:
        page = f"staff/{shop.staff['reza'].pk}/"

        done(do(browser, page, "end", until="2026-05-04 11:00"))
        assert "Has left" in browser.get(SET_UP + "staff/").content.decode()
        assert browser.get(f"{SET_UP}{page}away/").status_code == 404
        assert do(browser, page, "appoint", role="handler").status_code == 404
        done(do(browser, page, "reinstate"))

        assert Staff.objects.get(number="reza").active_until is None

    def test_an_administrator_of_a_part_is_refused_with_a_sentence(
        self, browser: Client, shop: SimpleNamespace
    ) -> None:
        given = {"role": "administrator", "unit": shop.units["tehran"].pk}

        answer = do(browser, f"staff/{shop.staff['reza'].pk}/", "appoint", **given)

        assert "cannot be limited to a unit" in faults(answer)
        assert len(queries.assignments(shop.staff["reza"].pk)) == 1

    def test_limits_are_offered_for_roles_that_promise(self, browser: Client) -> None:
        assert "valid choice" in faults(
            do(browser, "limits/", "limit", role="auditor", most="£20.00")
        )
