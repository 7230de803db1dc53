"""One fence: the list, the page and the search show each colleague the same files."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from tests.casework.conftest import CAST, HOUR, START, complainant

from pasokh.casework.complaints import actions, queries
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.queries import Day, Filters, visible_to
from pasokh.casework.complaints.queries.fenced import fenced
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused

pytestmark = pytest.mark.django_db

#: Who sees which of: a plain file, a confidential one, one about Reza, one given to Leila.
SEEN = {
    "nima": {"plain", "about reza"},
    "reza": {"plain"},
    "leila": {"plain", "about reza", "given"},
    "mina": {"plain", "about reza"},
    "sara": {"plain", "about reza"},
    "parvin": {"plain", "secret", "about reza", "given"},
    "omid": {"plain", "secret", "about reza", "given"},
    "ali": {"plain", "secret", "about reza", "given"},
    "zahra": set(),
    "shirin": set(),
}


@pytest.fixture
def files(file: Callable[..., Complaint], shop: SimpleNamespace) -> dict[str, str]:
    """Four files that differ in who may see them."""
    given = file(confidential=True)
    actions.assign(given.ref, staff=shop.staff["leila"].pk, by=shop.parvin, at=START + HOUR)
    about = file()
    actions.name(about.ref, staff=shop.staff["reza"].pk, by=shop.nima, at=START + HOUR)
    return {
        "plain": file().ref,
        "secret": file(confidential=True).ref,
        "about reza": about.ref,
        "given": given.ref,
    }


@pytest.mark.parametrize("name", CAST)
@pytest.mark.clause("10002:4.10")
def test_list_page_and_search_agree(
    files: dict[str, str], shop: SimpleNamespace, name: str
) -> None:
    actor, at = getattr(shop, name), START + 2 * HOUR
    wanted = {files[one] for one in SEEN[name]}

    listed = queries.queue(actor, Filters(), Day.of(at, at + HOUR))
    assert {line.ref for line in listed.lines} == wanted
    assert listed.total == len(wanted)
    assert {line.ref for line in queries.search(actor, "یخچال").lines} == wanted
    for ref in files.values():
        assert {line.ref for line in queries.search(actor, ref).lines} == wanted & {ref}
        if ref in wanted:
            assert queries.case_page(actor, ref, at=at).ref == ref
        else:
            with pytest.raises(Refused, match="no-such-complaint"):
                queries.case_page(actor, ref, at=at)


@pytest.mark.parametrize("name", CAST)
def test_lists_ask_the_same_fence_as_pages(
    files: dict[str, str], shop: SimpleNamespace, name: str
) -> None:
    actors = [getattr(shop, name), complainant(Complaint.objects.get(ref=files["secret"]))]

    for actor in actors:
        listed = {ref for (ref,) in fenced(actor).ask(" SELECT ref FROM found")}
        assert listed == set(visible_to(actor).values_list("ref", flat=True))


def test_the_fence_moves_with_the_rights_of_the_moment(
    files: dict[str, str], shop: SimpleNamespace
) -> None:
    def refs(actor: Actor) -> set[str]:
        return {ref for (ref,) in fenced(actor).ask(" SELECT ref FROM found")}

    secret = files["secret"]
    grants = dict(shop.parvin.grants)
    assert secret in refs(shop.parvin)
    without = {**grants, "complaint.read_confidential": frozenset()}
    assert secret not in refs(Actor(shop.parvin.kind, shop.parvin.id, without))
    assert refs(Actor(shop.parvin.kind, shop.parvin.id)) == set()


@pytest.mark.clause("10002:4.10")
def test_a_complainant_finds_their_own_file_and_no_other(files: dict[str, str]) -> None:
    case = Complaint.objects.get(ref=files["plain"])

    assert [line.ref for line in queries.search(complainant(case), "یخچال").lines] == [case.ref]
