from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from tests.directory.conftest import ADMIN, NOBODY, NOON, acting, both, last, refusal, told

from pasokh.directory.organisation import actions, queries
from pasokh.directory.organisation.models import Organisation, Unit

pytestmark = pytest.mark.django_db


def test_the_organisation_describes_itself_and_later_changes_only_what_it_says() -> None:
    actions.describe_organisation(
        name=both("Khaneh"), time_zone="Asia/Tehran", telephone="021-8888", by=ADMIN, at=NOON
    )
    actions.describe_organisation(mailbox=" office@khaneh.example ", by=ADMIN, at=NOON)

    khaneh = queries.organisation()
    assert khaneh is not None
    assert (khaneh.name, khaneh.telephone) == (both("Khaneh"), "021-8888")
    assert khaneh.mailbox == "office@khaneh.example"
    assert told("organisation") == ["organisation.described"] * 2
    assert last("organisation").facts == {"changed": ["mailbox"]}
    assert last("organisation").private == {"mailbox": ["", "office@khaneh.example"]}


def test_saying_nothing_new_writes_nothing() -> None:
    actions.describe_organisation(name=both("Khaneh"), by=ADMIN, at=NOON)
    actions.describe_organisation(name=both("Khaneh"), by=ADMIN, at=NOON)

    assert told("organisation") == ["organisation.described"]


@pytest.mark.parametrize(
    ("particulars", "code"),
    [
        ({}, "name-missing"),
        ({"name": both("x"), "default_language": "de"}, "language-unknown"),
        ({"name": both("x"), "time_zone": "Asia/Tehrn"}, "time-zone-unknown"),
        ({"name": both("x"), "mailbox": "office"}, "address-invalid"),
    ],
)
def test_an_organisation_is_described_in_full_and_rightly(particulars: dict, code: str) -> None:
    assert refusal(actions.describe_organisation, **particulars, by=ADMIN, at=NOON) == code
    assert queries.organisation() is None


def test_there_is_never_a_second_organisation() -> None:
    Organisation.objects.create(name=both("one"))

    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(id=2, name=both("two"))


def test_what_an_organisation_does_not_have_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="colour"):
        actions.describe_organisation(colour="blue", by=ADMIN, at=NOON)  # type: ignore[call-arg]


def test_units_stand_in_a_tree(units: SimpleNamespace) -> None:
    assert queries.subtree(units.tehran) == {units.tehran, units.tajrish}
    assert queries.chains([units.tajrish, None]) == {
        units.tajrish: (units.tajrish, units.tehran, units.head, None),
        None: (None,),
    }
    assert [unit.code for unit in queries.units()] == ["head", "shiraz", "tajrish", "tehran"]
    assert told(f"unit:{units.tajrish}") == ["unit.added"]
    assert last(f"unit:{units.tajrish}").facts == {"code": "tajrish", "parent": units.tehran}


def test_a_code_belongs_to_one_unit_for_ever(units: SimpleNamespace) -> None:
    actions.retire_unit(units.shiraz, by=ADMIN, at=NOON)

    assert refusal(actions.add_unit, "shiraz", name=both("x"), by=ADMIN, at=NOON) == (
        "unit-code-taken"
    )
    assert Unit.objects.count() == 4


def test_a_unit_is_renamed_with_old_and_new_sealed(units: SimpleNamespace) -> None:
    actions.rename_unit(units.shiraz, name=both("Shiraz branch"), by=ADMIN, at=NOON)

    assert Unit.objects.get(pk=units.shiraz).name == both("Shiraz branch")
    assert last(f"unit:{units.shiraz}").facts == {}
    assert last(f"unit:{units.shiraz}").private == {
        "name": [
            {"fa": "shiraz فا", "en": "shiraz"},
            {"fa": "Shiraz branch فا", "en": "Shiraz branch"},
        ]
    }


def test_a_unit_moves_with_all_below_it(units: SimpleNamespace) -> None:
    actions.move_unit(units.tehran, parent_id=units.shiraz, by=ADMIN, at=NOON)

    assert queries.subtree(units.shiraz) == {units.shiraz, units.tehran, units.tajrish}
    assert last(f"unit:{units.tehran}").facts == {"before": units.head, "after": units.shiraz}


@pytest.mark.parametrize("under", ["tehran", "tajrish"])
def test_a_unit_never_stands_under_itself(units: SimpleNamespace, under: str) -> None:
    code = refusal(
        actions.move_unit, units.tehran, parent_id=getattr(units, under), by=ADMIN, at=NOON
    )

    assert code == "unit-in-itself"


def test_a_unit_is_retired_from_the_bottom_up_and_restored_from_the_top_down(
    units: SimpleNamespace,
) -> None:
    assert refusal(actions.retire_unit, units.tehran, by=ADMIN, at=NOON) == "unit-has-units"

    actions.retire_unit(units.tajrish, by=ADMIN, at=NOON)
    actions.retire_unit(units.tehran, by=ADMIN, at=NOON)

    assert refusal(actions.restore_unit, units.tajrish, by=ADMIN, at=NOON) == "unit-retired"
    actions.restore_unit(units.tehran, by=ADMIN, at=NOON)
    actions.restore_unit(units.tajrish, by=ADMIN, at=NOON)
    assert refusal(actions.restore_unit, units.tajrish, by=ADMIN, at=NOON) == "unit-not-retired"
    assert told(f"unit:{units.tehran}") == ["unit.added", "unit.retired", "unit.restored"]


def test_a_unit_with_people_is_not_retired(units: SimpleNamespace, hire) -> None:
    reza = hire("reza", unit_id=units.shiraz)

    assert refusal(actions.retire_unit, units.shiraz, by=ADMIN, at=NOON) == "unit-has-staff"
    actions.end_staff(reza.pk, until=NOON, by=ADMIN, at=NOON)
    assert actions.retire_unit(units.shiraz, by=ADMIN, at=NOON).retired_at == NOON


def test_nothing_is_done_to_a_retired_unit(units: SimpleNamespace) -> None:
    actions.retire_unit(units.shiraz, by=ADMIN, at=NOON)
    retired = {"by": ADMIN, "at": NOON}

    assert [
        refusal(actions.rename_unit, units.shiraz, name=both("x"), **retired),
        refusal(actions.move_unit, units.tehran, parent_id=units.shiraz, **retired),
        refusal(actions.add_unit, "new", name=both("x"), parent_id=units.shiraz, **retired),
        refusal(actions.retire_unit, units.shiraz, **retired),
    ] == ["unit-retired"] * 4
    assert refusal(actions.retire_unit, 999, **retired) == "no-such-unit"


def test_only_who_configures_the_organisation_may(units: SimpleNamespace) -> None:
    nobody = {"by": NOBODY, "at": NOON}

    assert [
        refusal(actions.describe_organisation, name=both("x"), **nobody),
        refusal(actions.add_unit, "x", name=both("x"), **nobody),
        refusal(actions.rename_unit, units.head, name=both("x"), **nobody),
        refusal(actions.move_unit, units.tajrish, parent_id=units.shiraz, **nobody),
        refusal(actions.retire_unit, units.shiraz, **nobody),
        refusal(actions.restore_unit, units.shiraz, **nobody),
    ] == ["not-authorised"] * 6


def test_who_configures_one_unit_configures_no_other(units: SimpleNamespace) -> None:
    local = {"by": acting("organisation.configure", unit=units.tehran), "at": NOON}

    actions.rename_unit(units.tehran, name=both("Tehran"), **local)
    actions.add_unit("vanak", name=both("Vanak"), parent_id=units.tehran, **local)

    assert [
        refusal(actions.rename_unit, units.shiraz, name=both("x"), **local),
        refusal(actions.add_unit, "x", name=both("x"), **local),
        refusal(actions.move_unit, units.tehran, parent_id=units.shiraz, **local),
        refusal(actions.describe_organisation, name=both("x"), **local),
    ] == ["not-authorised"] * 4


def test_a_name_is_written_in_both_languages(units: SimpleNamespace) -> None:
    half = both("x").__class__(fa="نام", en=" ")

    assert [
        refusal(actions.add_unit, "x", name=half, by=ADMIN, at=NOON),
        refusal(actions.rename_unit, units.head, name=half, by=ADMIN, at=NOON),
        refusal(actions.describe_organisation, name=half, by=ADMIN, at=NOON),
    ] == ["name-missing"] * 3
