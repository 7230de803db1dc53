"""Reports of delivery as gateways send them: in any order, twice, forged, and about nothing."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.casework.conftest import HOUR, START
from tests.channels.sms.gateways import FORMATS, Gateway
from tests.channels.sms.test_sending import NOW, acknowledgement, state

from pasokh.casework.complaints.milestones import Milestone
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence.models import Telling
from pasokh.casework.texting import actions
from pasokh.casework.texting.models import Gateway as Row
from pasokh.casework.texting.models import Text
from pasokh.channels.sms.sending import send_texts
from pasokh.kernel import clock
from pasokh.kernel.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stands() -> Any:
    clock.inject(lambda: START + 3 * HOUR)
    yield
    clock.inject(None)


@pytest.fixture
def report(shop: Any) -> Callable[..., int]:
    """Send a report to the address that was made for it, as a form; a token may be forged."""

    def send(told: Any, token: str = "", *, as_json: bool = False) -> int:
        if not token and not hasattr(send, "token"):
            send.token = actions.open_reports(by=shop.zahra, at=START)  # type: ignore[attr-defined]
        address = f"/hooks/texts/{token or send.token}/"  # type: ignore[attr-defined]
        if as_json:
            answer = Client().post(address, json.dumps(told), content_type="application/json")
        else:
            answer = Client().post(address, told)
        return answer.status_code

    return send


@pytest.mark.clause("10002:7.4")
@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.report])
def test_a_report_tells_once_whatever_is_said_before_and_after(
    name: str,
    box: Gateway,
    through: Callable[..., None],
    mobile: Callable[..., Complaint],
    shop: Any,
    report: Callable[..., int],
) -> None:
    through(name)
    case, form = mobile(), FORMATS[name]
    assert form.report
    letter = acknowledgement(case, shop)
    assert report({"nothing": "of ours"}) == 204
    send_texts(NOW)
    theirs = Text.objects.get().their_id
    if name in ("twilio", "vonage", "messagebird"):
        asked = json.dumps(dict(box.heard[0].told))
        assert "https://p.example/hooks/texts/" in asked

    assert report(form.report(theirs, form.arrived), "forged") == 404
    assert report(form.report("another", form.arrived)) == 204
    assert not Telling.objects.exists()

    for said in (form.arrived, form.arrived, "on the way", "5", "sent"):
        assert report(form.report(theirs, said)) == 204
    case.refresh_from_db()
    assert state(letter) == ("delivered", "handed_over")
    assert case.done(Milestone.ACKNOWLEDGED)
    assert Telling.objects.count() == 1

    for said in (form.lost, form.lost, form.arrived):
        assert report(form.report(theirs, said), as_json=True) == 204
    case.refresh_from_db()
    assert state(letter) == ("returned", "returned")
    assert not case.done(Milestone.ACKNOWLEDGED)
    told = Entry.objects.filter(subject=case.subject).order_by("number")
    assert [one for one in told.values_list("event", flat=True) if "acknowledge" in one] == [
        "complaint.acknowledged",
        "complaint.acknowledgement_undelivered",
    ]


def test_a_report_that_overtakes_the_answer_still_counts(
    box: Gateway,
    through: Callable[..., None],
    mobile: Callable[..., Complaint],
    shop: Any,
    report: Callable[..., int],
) -> None:
    through("vonage")
    letter = acknowledgement(mobile(), shop)
    box.script = ["cut"]
    send_texts(NOW)
    assert state(letter) == ("uncertain", "uncertain")
    own = Text.objects.get().key

    said = {"messageId": "0A01", "status": "delivered", "client-ref": own}
    assert report([said, said], as_json=True) == 204

    assert state(letter) == ("delivered", "handed_over")
    send_texts(NOW + HOUR)
    assert len(box.texts) == 1


def test_what_is_no_report_is_refused_and_the_address_dies_with_the_gateway(
    box: Gateway, through: Callable[..., None], shop: Any, report: Callable[..., int]
) -> None:
    through()
    token = actions.open_reports(by=shop.zahra, at=START)
    address = f"/hooks/texts/{token}/"
    for body in (b"{", b"[" * 3000, b"1", b'{"a": "' + b"x" * 70_000 + b'"}'):
        answer = Client().post(address, body, content_type="application/json")
        assert answer.status_code == 400
    assert token.encode() not in bytes(Row.objects.get().sealed)
    assert b"K3Y" not in bytes(Row.objects.get().sealed)

    actions.end_gateway(by=shop.zahra, at=START)
    assert report({"messageid": "1", "status": "10"}, token) == 404
    assert bytes(Row.objects.get().sealed) == b""
