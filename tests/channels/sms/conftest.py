"""A gateway that texts leave by, and a complainant who gave nothing but a mobile number."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import override_settings
from tests.casework.acts import Acts
from tests.casework.conftest import START, acts, shop, terms
from tests.casework.correspondence.correspondents import describe_office
from tests.channels.sms.gateways import CREDENTIALS, Gateway, gateway

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints.matter import Filing, Matter
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.texting import actions
from pasokh.channels.sms.templates import templates
from pasokh.directory.people import actions as people
from pasokh.directory.people.ways import Confirmed, Way
from pasokh.kernel import targets

__all__ = ["acts", "shop", "terms"]

NUMBER = "۰۹۱۲ ۳۴۵ ۶۷۸۹"
KEY = "+989123456789"


@pytest.fixture(scope="module")
def running() -> Iterator[Gateway]:
    with gateway() as box:
        yield box


@pytest.fixture
def box(running: Gateway, shop: Any) -> Iterator[Gateway]:
    """The gateway, with nothing heard yet, and leave to speak to it."""
    running.heard.clear()
    running.script.clear()
    running.known.clear()
    running.state = ""
    describe_office()
    loopback = targets.networks(["127.0.0.1/32"])
    with override_settings(OUTGOING_NETWORKS=loopback, PUBLIC_ADDRESS="https://p.example"):
        yield running


@pytest.fixture
def through(box: Gateway, shop: Any) -> Callable[..., None]:
    """Let texts leave by a gateway of a wire format; anything may be set otherwise."""

    def choose(template: str = "kavenegar", **changes: Any) -> None:
        names = templates()[template].credentials
        known: dict[str, Any] = {
            "base": box.base,
            "sender": "30001234",
            "credentials": {name: CREDENTIALS[name] for name in names},
            "notice_tells": False,
            "per_number": 10,
            "per_hour": 1000,
        }
        actions.set_gateway(template, **{**known, **changes}, by=shop.zahra, at=START)

    return choose


@pytest.fixture
def mobile(shop: Any, acts: Acts) -> Callable[..., Complaint]:
    """A file of somebody with a mobile number alone."""

    def begin(*, confirmed: bool = True, number: str = NUMBER, language: str = "fa") -> Complaint:
        person = people.register_person("مریم", language=language, by=shop.nima, at=START)
        point = people.add_contact_point(
            person.pk, kind=Way.PHONE, value=number, preferred=True, by=shop.nima, at=START
        )
        if confirmed:
            people.confirm_contact_point(point.pk, how=Confirmed.READ_BACK, by=shop.nima, at=START)
        filing = Filing(
            matter=Matter(narrative="یخچال سپهر خراب است."),
            channel="counter",
            language=language,
            unit=shop.units["tehran"].pk,
            complainant=person.pk,
        )
        return complaints.receive(filing, received_at=START, by=shop.nima, at=START)

    return begin
