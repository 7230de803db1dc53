"""`pasokh texts`: text messages set up, tried and ended from the command line."""

import io
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from tests.casework.conftest import shop
from tests.channels.sms.gateways import CREDENTIALS, Gateway, gateway

from pasokh.casework.texting import queries
from pasokh.config import cli
from pasokh.kernel import targets
from pasokh.kernel.ledger.models import Entry

__all__ = ["shop"]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def box() -> Iterator[Gateway]:
    with gateway() as running:
        yield running


def test_texts_are_set_up_tried_and_ended_and_no_secret_is_said(
    shop: SimpleNamespace,
    box: Gateway,
    settings: Any,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.OUTGOING_NETWORKS = targets.networks(["127.0.0.1/32"])
    assert cli.main(["texts"]) == 0
    assert capsys.readouterr().out == "No gateway is set, so no texts leave.\n"

    given = ["texts", "--gateway", "kavenegar", "--sender", "1000", "--by", "zahra"]
    given += ["--base", f"http://127.0.0.1:{box.port}"]
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{CREDENTIALS['key']}\n"))
    assert cli.main([*given, "--test", "09121234567"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "The gateway took the text.",
        "Texts leave by kavenegar, from 1000.",
    ]
    assert CREDENTIALS["key"] not in said.out + said.err
    held = queries.gateway()
    assert held is not None
    assert (held.credentials["key"], held.per_number, held.notice_tells) == ("K3Y/+", 10, False)
    assert len(box.heard) == 1

    assert cli.main(["texts", "--gateway", "nothing", "--by", "zahra"]) == 1
    assert "There is no gateway “nothing”. The gateways are: kavenegar" in capsys.readouterr().err
    assert cli.main(["texts", "--end"]) == 1
    assert capsys.readouterr().err == "Say with --by who sets it.\n"
    assert cli.main(["texts", "--end", "--by", "nima"]) == 1
    assert queries.gateway() is not None
    assert cli.main(["texts", "--end", "--by", "zahra"]) == 0
    assert queries.gateway() is None
    assert Entry.objects.filter(event__startswith="text").exists()
