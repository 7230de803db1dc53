"""Who may have programs told of what."""

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from standardwebhooks import Webhook
from tests.casework.conftest import DAY, START
from tests.casework.webhooks.receivers import EVENTS, URL, subscribed

from pasokh.casework.complaints import events as complaints
from pasokh.casework.intake import events as intake
from pasokh.casework.webhooks import actions, queries, signing
from pasokh.casework.webhooks.actions import Terms
from pasokh.casework.webhooks.models import Subscription
from pasokh.kernel import clock, targets
from pasokh.kernel.errors import Refused
from pasokh.kernel.events import name_of
from pasokh.kernel.ledger.models import Entry

pytestmark = pytest.mark.django_db

PLAIN = Terms("ERP", URL, EVENTS)


def refusal(terms: Terms, by: Any) -> str:
    with pytest.raises(Refused) as refused:
        actions.subscribe(terms, by=by, at=START)
    assert not Subscription.objects.exists()
    return refused.value.code


def test_nobody_gives_away_what_they_may_not_read(shop: SimpleNamespace) -> None:
    texts, hidden = replace(PLAIN, texts=True), replace(PLAIN, confidential=True)

    assert refusal(PLAIN, shop.sara) == "webhook-not-yours"
    assert {refusal(one, shop.zahra) for one in (texts, hidden)} == {"webhook-gives-too-much"}

    one, _ = actions.subscribe(PLAIN, by=shop.zahra, at=START)
    with pytest.raises(Refused, match="webhook-gives-too-much"):
        actions.change(one.pk, texts, by=shop.zahra, at=START)
    actions.change(one.pk, texts, by=shop.parvin, at=START)
    elsewhere = replace(texts, url="https://other.example/")
    with pytest.raises(Refused, match="webhook-gives-too-much"):
        actions.change(one.pk, elsewhere, by=shop.zahra, at=START)
    actions.end(one.pk, by=shop.zahra, at=START)
    with pytest.raises(Refused, match="webhook-gives-too-much"):
        actions.resume(one.pk, by=shop.zahra, at=START)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://a.example/", "target-scheme"),
        ("https://a:b@a.example/", "target-secret"),
        ("https://127.0.0.1/", "target-inside"),
        ("http://169.254.169.254/latest/", "target-inside"),
        ("http://[::1]:8080/", "target-inside"),
        ("http://2130706433/", "target-unreadable"),
    ],
)
def test_an_address_that_leads_inside_is_refused_at_once(
    shop: SimpleNamespace, settings: Any, url: str, code: str
) -> None:
    assert refusal(replace(PLAIN, url=url), shop.zahra) == code
    settings.OUTGOING_NETWORKS = targets.networks(["127.0.0.0/8", "::1/128"])
    if code == "target-inside" and "169" not in url:
        assert actions.subscribe(replace(PLAIN, url=url), by=shop.zahra, at=START)


def test_terms_that_make_no_sense_are_refused(shop: SimpleNamespace) -> None:
    assert refusal(replace(PLAIN, events=()), shop.zahra) == "webhook-without-events"
    unknown = replace(PLAIN, events=("complaint.colleague_named",))
    assert refusal(unknown, shop.zahra) == "webhook-without-events"
    plain = replace(PLAIN, url="http://erp.example/", texts=True)
    assert refusal(plain, shop.parvin) == "webhook-needs-tls"


def test_the_secret_is_shown_once_kept_sealed_and_told_to_nobody(shop: SimpleNamespace) -> None:
    one, secret = actions.subscribe(PLAIN, by=shop.zahra, at=START)

    assert secret.startswith("whsec_")
    assert secret.encode() not in bytes(one.secret)
    assert queries.keys(one, START) == [secret]
    entries = Entry.objects.filter(subject=one.subject)
    assert [entry.event for entry in entries] == ["webhook.subscribed"]
    told = json.dumps([dict(entry.facts) for entry in entries])
    assert not any(word in told for word in (secret, "erp.example", "ERP"))
    assert entries[0].private == {"name": "ERP", "url": URL}


def test_for_a_day_both_secrets_sign(shop: SimpleNamespace) -> None:
    one, first = actions.subscribe(PLAIN, by=shop.zahra, at=START)
    second = actions.rotate(one.pk, by=shop.zahra, at=START)
    one.refresh_from_db()
    now = clock.now()
    sent = signing.headers("msg_1", '{"a":"ب"}', queries.keys(one, START), now)

    for secret in (first, second):
        assert Webhook(secret).verify('{"a":"ب"}'.encode(), sent) == {"a": "ب"}
    assert queries.keys(one, START + DAY) == [second]
    actions.purge(START + DAY)
    one.refresh_from_db()
    assert one.former is None


def test_a_subscription_that_ended_queues_nothing_until_it_is_resumed(
    shop: SimpleNamespace,
) -> None:
    one = subscribed(shop, START)
    actions.try_out(one.pk, by=shop.zahra, at=START)
    actions.end(one.pk, by=shop.zahra, at=START)

    assert queries.counts(one)["given_up"] == 1
    with pytest.raises(Refused, match="webhook-ended"):
        actions.try_out(one.pk, by=shop.zahra, at=START)
    actions.resume(one.pk, by=shop.parvin, at=START)
    assert actions.replay_all(one.pk, by=shop.zahra, at=START) == 1
    assert queries.counts(one)["waiting"] == 1
    acts = Entry.objects.filter(subject=one.subject).order_by("number")
    assert [entry.event.partition(".")[2] for entry in acts] == [
        *("subscribed", "tried", "ended", "resumed", "replayed")
    ]


def test_every_event_that_is_offered_has_a_sentence_without_gaps() -> None:
    offered = queries.offered()

    assert offered["complaint.received"] == "Complaint received"
    assert not set(offered) & queries.NEVER
    assert {
        name_of(complaints.ColleagueNamed),
        name_of(complaints.IndependenceWaived),
        name_of(intake.CodeAsked),
    } == queries.NEVER
    assert all(sentence and "%(" not in sentence for sentence in offered.values())
