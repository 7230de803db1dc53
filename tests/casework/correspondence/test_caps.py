import pytest

from pasokh.casework.correspondence import caps
from pasokh.casework.correspondence.caps import Caps, Held, Noticed


@pytest.mark.parametrize(
    "address", ["Mary.Jones@Example.org", "maryjones+1@example.org", " MARYJONES+x+y@EXAMPLE.ORG "]
)
def test_one_mailbox_has_one_name_however_it_is_written(address: str) -> None:
    assert caps.folded(address) == "maryjones@example.org"


def test_the_narrowest_cap_holds_first() -> None:
    few, noticed = Caps(address=2, domain=3, all=5), Noticed()
    for address in ("a+1@x.example", "a+2@x.example"):
        assert noticed.over(address, few) is None
        noticed.add(address)

    assert noticed.over("A@x.example", few) is Held.ADDRESS
    noticed.add("b@x.example")
    assert noticed.over("c@x.example", few) is Held.DOMAIN
    noticed.add("c@y.example")
    noticed.add("d@y.example")
    assert noticed.over("e@z.example", few) is Held.ALL
