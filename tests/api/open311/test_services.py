"""What is offered is what the portal offers, and what is asked beside is what it asks."""

from collections.abc import Callable

import pytest
from django.utils.translation import override
from tests.api.conftest import NOW
from tests.api.open311.conftest import App

from pasokh.policy.taxonomy.models import Term
from pasokh.portal.forms import AboutForm, ParticularsForm

Made = Callable[..., App]


def test_services_are_the_kinds_of_complaint_in_use_and_that_nothing_fits(app: Made) -> None:
    own = app()
    Term.objects.create(
        kind="category", code="old", name={"fa": "x", "en": "x"}, position=3, retired_at=NOW
    )

    told = own.get("v2/services.json", "").json()

    assert [(one["service_code"], one.get("group")) for one in told] == [
        ("fridge", "House"),
        ("late", None),
        ("not-sorted", None),
    ]
    assert {(one["metadata"], one["type"]) for one in told} == {(True, "realtime")}
    persian = own.http.get("/open311/v2/services.json", headers={"Accept-Language": "fa"}).json()
    assert persian[-1]["service_name"] == "چیز دیگری است، یا نمی‌دانم"


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_definition_asks_what_the_portals_form_asks(app: Made, language: str) -> None:
    told = app().http.get("/open311/v2/services/late.json", headers={"Accept-Language": language})
    asked = {one["code"]: one for one in told.json()["attributes"]}

    with override(language):
        fields = {**ParticularsForm().fields, **AboutForm().fields}
        assert {code: one["description"] for code, one in asked.items()} == {
            name: str(field.label) for name, field in fields.items()
        }
        for name in ("needs", "complainant_kind"):
            assert [(one["key"], one["name"]) for one in asked[name]["values"]] == [
                (str(key), str(word)) for key, word in fields[name].choices
            ]
    assert [one["order"] for one in asked.values()] == list(range(1, len(asked) + 1))
    assert {one["required"] for one in asked.values()} == {False}


def test_what_is_not_offered_has_no_definition(app: Made) -> None:
    own = app()
    for code in ("house", "nothing", "%00", "a/b"):
        assert own.get(f"v2/services/{code}.json", "").status_code == 404, code
