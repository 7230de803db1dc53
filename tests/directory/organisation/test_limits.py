from hypothesis import given
from hypothesis import strategies as st

from pasokh.directory.organisation import limits
from pasokh.directory.organisation.roles import Role

#: 1 ⊃ 2 ⊃ 3, 1 ⊃ 4; the organisation is None.
CHAINS: dict[int | None, limits.Chain] = {
    None: (None,),
    1: (1, None),
    2: (2, 1, None),
    3: (3, 2, 1, None),
    4: (4, 1, None),
}
ROLES = st.sampled_from([Role.FRONTLINE, Role.HANDLER, Role.APPROVER, Role.AUDITOR])
PLACES = st.sampled_from([None, 1, 2, 3, 4])
HELD = st.lists(st.tuples(ROLES, PLACES), max_size=4)
TABLES = st.dictionaries(
    st.tuples(ROLES, st.sampled_from(["IRR", "GBP"]), PLACES), st.integers(0, 100), max_size=8
)


def test_the_nearest_limit_counts_and_not_the_highest() -> None:
    table = {
        (Role.HANDLER, "IRR", None): 100,
        (Role.HANDLER, "IRR", 2): 30,
    }

    assert limits.in_unit(CHAINS[3], [(Role.HANDLER, None)], table) == {"IRR": 30}
    assert limits.in_unit(CHAINS[4], [(Role.HANDLER, None)], table) == {"IRR": 100}


def test_of_several_roles_the_most_generous_counts() -> None:
    table = {(Role.FRONTLINE, "IRR", None): 5, (Role.APPROVER, "IRR", None): 500}

    assert limits.in_unit(CHAINS[2], [(Role.FRONTLINE, None), (Role.APPROVER, 1)], table) == {
        "IRR": 500
    }


def test_a_role_held_elsewhere_promises_nothing_here() -> None:
    table = {(Role.HANDLER, "IRR", None): 100}

    assert limits.in_unit(CHAINS[4], [(Role.HANDLER, 2)], table) == {}


def test_a_role_that_promises_nothing_raises_no_limit() -> None:
    table = {(Role.FRONTLINE, "IRR", None): 5, (Role.AUDITOR, "IRR", None): 500}

    assert limits.in_unit(CHAINS[2], [(Role.FRONTLINE, None), (Role.AUDITOR, None)], table) == {
        "IRR": 5
    }


@given(HELD, TABLES)
def test_a_limit_is_one_that_was_set_for_a_role_held_here(
    held: list[limits.Held], table: dict[tuple[Role, str, int | None], int]
) -> None:
    for chain in CHAINS.values():
        here = {role for role, unit in held if unit in chain and limits.promises(role)}
        for currency, amount in limits.in_unit(chain, held, table).items():
            assert amount in {0} | {
                most for (role, code, _), most in table.items() if role in here and code == currency
            }
