"""Programs and their tokens: who may set them up, what they reach, how long a token opens."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from tests.casework.conftest import DAY, HOUR, START, shop

from pasokh.directory.clients import actions, queries
from pasokh.directory.clients.models import Client, ClientToken
from pasokh.directory.clients.terms import GRANTABLE
from pasokh.directory.organisation.models import Unit
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.ledger.models import Entry

__all__ = ["shop"]

AT = START + HOUR
SHOP = Bilingual("فروشگاه", "Shop")
READS = ("complaint.read",)


def added(shop: SimpleNamespace, *, unit: str = "", grants: tuple[str, ...] = READS) -> Client:
    unit_id = shop.units[unit].pk if unit else None
    return actions.add_client(name=SHOP, grants=grants, unit_id=unit_id, by=shop.zahra, at=AT)


def code(caught: pytest.ExceptionInfo[Refused]) -> str:
    return caught.value.code


def events(client: Client) -> list[str]:
    found = Entry.objects.filter(subject=client.subject).order_by("number")
    return list(found.values_list("event", flat=True))


def test_only_the_administrator_sets_programs_up(shop: SimpleNamespace) -> None:
    client = added(shop)
    for act in (
        lambda by: actions.add_client(name=SHOP, grants=READS, by=by, at=AT),
        lambda by: actions.change_client(client.pk, per_minute=5, by=by, at=AT),
        lambda by: actions.give_token(client.pk, by=by, at=AT),
        lambda by: actions.retire_client(client.pk, by=by, at=AT),
    ):
        for nobody in (shop.sara, shop.omid, Actor(Kind.CLIENT, str(client.pk))):
            with pytest.raises(Refused) as caught:
                act(nobody)
            assert code(caught) == "not-authorised"


def test_a_program_is_nobody_and_holds_no_right_of_people(shop: SimpleNamespace) -> None:
    people = {"complaint.handle", "complaint.be_warned", "staff.manage", "client.manage"}

    assert people & set(GRANTABLE) == set()
    for grants, said in ((("complaint.handle",), "grant-unknown"), ((), "grants-missing")):
        with pytest.raises(Refused) as caught:
            added(shop, grants=grants)
        assert code(caught) == said


def test_a_grant_reaches_the_unit_and_all_below(shop: SimpleNamespace) -> None:
    below = Unit.objects.create(code="south", name=SHOP, parent=shop.units["tehran"])
    client = added(shop, unit="tehran")

    caller = actions.admit(actions.give_token(client.pk, by=shop.zahra, at=AT), at=AT)

    assert (caller.actor.code, caller.unit) == (f"client:{client.pk}", client.unit_id)
    assert caller.actor.grants == {"complaint.read": frozenset({shop.units["tehran"].pk, below.pk})}


def test_what_is_changed_holds_at_once_and_is_written_down(shop: SimpleNamespace) -> None:
    client = added(shop)
    token = actions.give_token(client.pk, by=shop.zahra, at=AT)
    more = ("complaint.receive", "complaint.read", "complaint.receive")

    actions.change_client(client.pk, grants=more, per_minute=7, by=shop.zahra, at=AT)

    caller = actions.admit(token, at=AT)
    assert dict(caller.actor.grants) == {"complaint.read": None, "complaint.receive": None}
    assert (caller.most, caller.left) == (7, 6)
    assert events(client) == ["client.added", "client.token_given", "client.changed"]
    actions.change_client(client.pk, per_minute=7, by=shop.zahra, at=AT)
    assert len(events(client)) == 3
    for rate in (0, 100_001):
        with pytest.raises(Refused, match="rate-out-of-range"):
            actions.change_client(client.pk, per_minute=rate, by=shop.zahra, at=AT)


def test_no_token_is_kept_in_clear_and_a_wrong_one_is_refused_in_one_way(
    shop: SimpleNamespace,
) -> None:
    client = added(shop)
    kept = actions.give_token(client.pk, by=shop.zahra, at=AT)
    over = actions.give_token(client.pk, expires_at=AT + HOUR, by=shop.zahra, at=AT)
    revoked = actions.give_token(client.pk, by=shop.zahra, at=AT)
    row = ClientToken.objects.get(hint=revoked[-4:], client=client)
    actions.revoke_token(client.pk, row.pk, by=shop.zahra, at=AT)

    hashes = [bytes(one) for one in ClientToken.objects.values_list("token_hash", flat=True)]
    assert not any(kept.encode() in one or len(one) != 32 for one in hashes)
    assert actions.admit(kept, at=AT + HOUR).client == client.pk
    for wrong in (over, revoked, kept + "x", "", kept.lower()):
        with pytest.raises(Refused, match="token-does-not-open"):
            actions.admit(wrong, at=AT + HOUR)


def test_two_tokens_open_while_a_program_changes_over(shop: SimpleNamespace) -> None:
    client = added(shop)
    old = actions.give_token(client.pk, by=shop.zahra, at=AT)
    (row,) = queries.keys_of(client.pk, AT)

    new = actions.rotate_token(client.pk, row.pk, overlap=DAY, by=shop.zahra, at=AT)

    assert [actions.admit(one, at=AT + HOUR).client for one in (old, new)] == [client.pk] * 2
    with pytest.raises(Refused, match="token-does-not-open"):
        actions.admit(old, at=AT + DAY)
    assert actions.admit(new, at=AT + DAY).client == client.pk
    with pytest.raises(Refused, match="overlap-too-long"):
        actions.rotate_token(client.pk, row.pk, overlap=31 * DAY, by=shop.zahra, at=AT)


def test_who_is_shut_out_stays_out_until_let_in(shop: SimpleNamespace) -> None:
    client = added(shop)
    token = actions.give_token(client.pk, by=shop.zahra, at=AT)

    actions.retire_client(client.pk, by=shop.zahra, at=AT)
    with pytest.raises(Refused, match="token-does-not-open"):
        actions.admit(token, at=AT)
    with pytest.raises(Refused, match="client-retired"):
        actions.give_token(client.pk, by=shop.zahra, at=AT)
    actions.restore_client(client.pk, by=shop.zahra, at=AT)

    assert actions.admit(token, at=AT).client == client.pk


def test_a_kept_token_is_exchanged_for_one_of_an_hour_that_ends_with_it(
    shop: SimpleNamespace,
) -> None:
    client = added(shop, grants=("complaint.read", "complaint.receive"))
    secret = actions.give_token(client.pk, by=shop.zahra, at=AT)
    wanted = frozenset({"complaint.read"})

    given = actions.exchange(client.pk, secret, wanted=wanted, at=AT)
    other = actions.exchange(client.pk, secret, wanted=None, at=AT)

    assert (given.seconds, given.grants) == (3600, ("complaint.read",))
    assert dict(actions.admit(given.token, at=AT).actor.grants) == {"complaint.read": None}
    assert len(actions.admit(other.token, at=AT).actor.grants) == 2
    with pytest.raises(Refused, match="token-does-not-open"):
        actions.admit(given.token, at=AT + HOUR)
    for client_id, wrong in ((client.pk, given.token), (client.pk + 1, secret), (client.pk, "x")):
        with pytest.raises(Refused, match="client-secret-wrong"):
            actions.exchange(client_id, wrong, wanted=None, at=AT)
    with pytest.raises(Refused, match="grant-unknown"):
        actions.exchange(client.pk, secret, wanted=frozenset({"complaint.close"}), at=AT)
    (key,) = queries.keys_of(client.pk, AT)
    actions.revoke_token(client.pk, key.pk, by=shop.zahra, at=AT)
    with pytest.raises(Refused, match="token-does-not-open"):
        actions.admit(other.token, at=AT)


def test_the_minute_is_counted_and_use_is_noted(shop: SimpleNamespace) -> None:
    client = added(shop)
    token = actions.give_token(client.pk, by=shop.zahra, at=AT)
    later = AT + timedelta(seconds=50)

    left = [actions.admit(token, at=at).left for at in (AT, AT, later, AT + timedelta(minutes=1))]

    assert left == [599, 598, 597, 599]
    assert actions.admit(token, at=later).resets == 11
    assert queries.last_used(client.pk) == AT + timedelta(minutes=1)


def test_what_is_over_is_forgotten(shop: SimpleNamespace) -> None:
    client = added(shop)
    secret = actions.give_token(client.pk, by=shop.zahra, at=AT)
    actions.exchange(client.pk, secret, wanted=None, at=AT)
    answer = actions.answering.Answer(200, {}, b"{}")
    actions.remember(client.pk, "k", b"asked", answer, at=AT)

    actions.purge(AT + HOUR)
    assert actions.remembered(client.pk, "k", b"asked", at=AT + HOUR) == answer
    assert [one.purpose for one in ClientToken.objects.all()] == ["key"]
    actions.purge(AT + DAY)
    assert actions.remembered(client.pk, "k", b"asked", at=AT) is None
