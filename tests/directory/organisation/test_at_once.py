"""Two people act at the same moment, each on a connection of their own."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections
from tests.directory.conftest import ADMIN, NOON, acting, both, told

from pasokh.casework.correspondence.wording import actions as wording
from pasokh.casework.correspondence.wording.models import AddedKind
from pasokh.directory.organisation import actions, queries
from pasokh.directory.organisation.models import SetupLink, Staff, Unit, User
from pasokh.directory.organisation.roles import Role
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused
from pasokh.kernel.fields import Bilingual
from pasokh.policy.taxonomy import actions as taxonomy
from pasokh.policy.taxonomy.models import Term

pytestmark = pytest.mark.usefixtures("cloned_database")

ACT: dict[str, Any] = {"by": ADMIN, "at": NOON}
PASSWORD = "four-unrelated-words-here"


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Start the acts together; what came of each: a refusal's code, or nothing."""
    start, came = Barrier(len(acts)), [""] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            start.wait()
            act()
        except Refused as refused:
            came[number] = refused.code
        except Exception as error:  # noqa: BLE001  shown in the test's own thread
            came[number] = repr(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(came)


def administrator(name: str) -> Staff:
    staff = actions.add_staff(name, name=both(name), post=both("post"), **ACT)
    actions.appoint(staff.pk, Role.ADMINISTRATOR, **ACT)
    actions.give_sign_in(staff.pk, email=f"{name}@khaneh.example", **ACT)
    return staff


def test_of_two_browsers_with_one_link_one_wins() -> None:
    token = actions.open_setup(at=NOON)
    assert token

    def use(name: str) -> Callable[[], Any]:
        return lambda: actions.make_first_administrator(
            token, email=f"{name}@khaneh.example", password=PASSWORD, name=both(name), at=NOON
        )

    assert at_once(use("zahra"), use("ali")) == ["", "setup-link-used"]
    assert (User.objects.count(), Staff.objects.count()) == (1, 1)


def test_of_two_links_made_at_once_one_works() -> None:
    assert at_once(lambda: actions.open_setup(at=NOON), lambda: actions.open_setup(at=NOON)) == [
        *("", "")
    ]
    assert SetupLink.objects.count() == 1


def test_of_two_administrators_who_dismiss_each_other_one_remains() -> None:
    one, other = (queries.assignments(administrator(name).pk)[0] for name in ("zahra", "ali"))

    came = at_once(lambda: actions.dismiss(one.pk, **ACT), lambda: actions.dismiss(other.pk, **ACT))

    assert came == ["", "last-administrator"]
    assert queries.administrator_exists()


def test_two_units_put_under_each_other_make_no_ring() -> None:
    one, other = (actions.add_unit(code, name=both(code), **ACT).pk for code in ("one", "other"))

    came = at_once(
        lambda: actions.move_unit(one, parent_id=other, **ACT),
        lambda: actions.move_unit(other, parent_id=one, **ACT),
    )

    assert came == ["", "unit-in-itself"]


def test_two_who_are_made_each_others_managers_make_no_ring() -> None:
    one, other = (administrator(name).pk for name in ("zahra", "ali"))

    came = at_once(
        lambda: actions.correct_staff(one, line_manager_id=other, **ACT),
        lambda: actions.correct_staff(other, line_manager_id=one, **ACT),
    )

    assert came == ["", "manages-each-other"]


def test_two_who_stand_in_for_each_other_do_not_wait_in_a_ring() -> None:
    one, other = (administrator(name).pk for name in ("zahra", "ali"))
    away: dict[str, Any] = {"from_at": NOON, "until_at": NOON.replace(hour=12), "at": NOON}

    came = at_once(
        lambda: actions.report_absence(one, deputy_id=other, by=acting(number=str(one)), **away),
        lambda: actions.report_absence(other, deputy_id=one, by=acting(number=str(other)), **away),
    )

    assert came == ["", ""]


def test_two_who_correct_different_things_lose_nothing() -> None:
    one = administrator("zahra")
    actions.describe_organisation(name=both("Khaneh"), **ACT)

    came = at_once(
        lambda: actions.correct_staff(one.pk, language="en", **ACT),
        lambda: actions.correct_staff(one.pk, post=both("head"), **ACT),
        lambda: actions.describe_organisation(telephone="124", **ACT),
        lambda: actions.describe_organisation(mailbox="a@khaneh.example", **ACT),
    )

    one.refresh_from_db()
    khaneh = queries.organisation()
    assert came == [""] * 4
    assert (one.language, one.post) == ("en", both("head"))
    assert khaneh is not None
    assert (khaneh.telephone, khaneh.mailbox) == ("124", "a@khaneh.example")


def test_an_organisation_first_described_by_two_is_one() -> None:
    def describe(name: str) -> Callable[[], Any]:
        return lambda: actions.describe_organisation(name=both(name), **ACT)

    assert at_once(describe("one"), describe("two")) == ["", ""]
    assert told("organisation") == ["organisation.described"] * 2


def test_of_two_units_with_one_code_one_is_added() -> None:
    def add() -> Unit:
        return actions.add_unit("tehran", name=both("tehran"), **ACT)

    assert at_once(add, add) == ["", "unit-code-taken"]
    assert Unit.objects.count() == 1


def test_a_unit_is_not_retired_under_the_feet_of_who_joins_it() -> None:
    unit = actions.add_unit("tehran", name=both("tehran"), **ACT).pk

    came = at_once(
        lambda: actions.retire_unit(unit, **ACT),
        lambda: actions.add_staff("r", name=both("r"), post=both("p"), unit_id=unit, **ACT),
    )

    assert came in (["", "unit-has-staff"], ["", "unit-retired"])


def test_lists_planted_by_two_stand_once() -> None:
    keeper = acting("taxonomy.configure")

    came = at_once(*[lambda: taxonomy.plant(by=keeper, at=NOON)] * 2)

    assert came == ["", ""]
    assert told("taxonomy") == ["taxonomy.planted"]
    assert Term.objects.filter(code="people_slip").count() == 1


def test_of_two_kinds_of_letters_with_one_name_one_is_added() -> None:
    told = {"name": both("Invitation"), "purpose": Bilingual("", "")}
    keeper = Actor(Kind.STAFF, "1", {"wording.configure": None})

    def add() -> None:
        wording.add_kind(**told, by=keeper, at=NOON)

    assert at_once(add, add) == ["", "letter-kind-taken"]
    assert AddedKind.objects.count() == 1
