"""What a civic app filed stays in its list, whatever a colleague makes of the channel."""

from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace

from django.db import connection
from tests.api.conftest import NOW, Program
from tests.api.open311.conftest import App
from tests.api.open311.test_following import refs

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.models import Complaint

MIGRATION = import_module("pasokh.casework.migrations.0035_filed_by_a_civic_app")


def correct(ref: str, shop: SimpleNamespace, channel: str) -> None:
    told = {"field": "channel", "value": channel, "reason": "It came by telephone."}
    actions.correct(ref, **told, by=shop.parvin, at=NOW)


def test_a_corrected_channel_takes_nothing_from_an_apps_list(
    app: Callable[..., App], program: Callable[..., Program], shop: SimpleNamespace
) -> None:
    own, other = app(unit="tehran"), app(unit="tehran")
    ref, kept = own.file(client_reference="A-1"), own.file()
    told = program().post("complaints", {"narrative": "x", "client_reference": "A-1"}).json()

    correct(ref, shop, "phone")
    correct(told["reference"], shop, "open311")

    assert set(refs(own.get("v2/requests.json"))) == {ref, kept}
    assert own.get(f"v2/requests/{ref}.json").status_code == 200
    assert own.get("v2/tokens/A-1.json").json() == [{"service_request_id": ref, "token": "A-1"}]
    assert refs(other.get("v2/requests.json")) == []


def test_what_was_filed_before_is_found_again(
    app: Callable[..., App], program: Callable[..., Program], shop: SimpleNamespace
) -> None:
    own = app(unit="tehran")
    filed = {own.file(client_reference="A-1"), own.file()}
    api = program().post("complaints", {"narrative": "x", "client_reference": "A-1"}).json()
    correct(api["reference"], shop, "phone")
    before = dict(Complaint.objects.values_list("ref", "source_id"))
    with connection.cursor() as cursor:
        cursor.execute(MIGRATION._BY_CLIENT)
        assert not Complaint.objects.filter(source_id__startswith="open311:").exists()
        correct(sorted(filed)[0], shop, "phone")
        cursor.execute(MIGRATION._BY_WAY)

    assert dict(Complaint.objects.values_list("ref", "source_id")) == before
    assert set(refs(own.get("v2/requests.json"))) == filed
