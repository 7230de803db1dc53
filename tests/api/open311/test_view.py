"""What every address of GeoReport shares: keys, methods, the jurisdiction, errors in two forms."""

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from tests.api.open311.conftest import App

from pasokh.api.oauth import FORM
from pasokh.casework.complaints.models import Complaint

Made = Callable[..., App]


def faults(answer: Any) -> list[str]:
    """What an answer that is an error says, whole, in whichever form."""
    if answer.headers["Content-Type"].startswith("text/xml"):
        root = ElementTree.fromstring(answer.content)  # noqa: S314  our own
        assert root.tag == "errors"
        told = [{child.tag: child.text or "" for child in one} for one in root]
    else:
        assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
        told = answer.json()
    assert {int(one["code"]) for one in told} == {answer.status_code}
    return [one["description"] for one in told]


@pytest.mark.parametrize("form", ["json", "xml"])
def test_requests_need_a_key_and_an_error_has_the_standards_shape(app: Made, form: str) -> None:
    own = app()
    for path in ("requests", "requests/P-000042-7", "tokens/x"):
        for key in ("", "psk_wrong", "\u06f1", "x" * 300):
            answer = own.get(f"v2/{path}.{form}", key or "?")
            assert (answer.status_code, len(faults(answer))) == (403, 1)
    for form_sent in ({"api_key": "", "service_code": "fridge"}, {"api_key": "psk_wrong"}):
        assert own.post(form_sent, form).status_code == 403
    assert Complaint.objects.count() == 0


def test_a_key_is_taken_in_the_header_the_form_and_the_address(app: Made) -> None:
    own = app()
    form = {"service_code": "fridge", "description": "Broken", "api_key": ""}
    bearer = f"Bearer {own.key}"

    assert own.post(form, Authorization=bearer).status_code == 200
    assert own.http.get("/open311/v2/requests.json", headers={"Authorization": bearer}).json()
    assert len(own.get("v2/requests.json").json()) == 1
    assert own.post({"service_code": "late", "description": "Late"}).status_code == 200


def test_a_key_in_an_address_opens_nothing_else(app: Made) -> None:
    own = app("complaint.receive", "complaint.read")

    assert own.http.get(f"/api/v1/complaints?api_key={own.key}").status_code == 401


def test_services_and_discovery_are_for_everybody(app: Made) -> None:
    own = app()
    for path in ("discovery", "v2/discovery", "v2/services", "v2/services/fridge"):
        for form in ("json", "xml"):
            assert own.get(f"{path}.{form}", "").status_code == 200, path


def test_there_is_one_jurisdiction(app: Made) -> None:
    own = app()

    assert own.get("v2/services.json", jurisdiction_id="testserver").status_code == 200
    answer = own.get("v2/services.json", jurisdiction_id="elsewhere.gov")
    assert (answer.status_code, "testserver" in faults(answer)[0]) == (404, True)
    assert own.post({"service_code": "fridge", "jurisdiction_id": "elsewhere"}).status_code == 404


def test_other_methods_addresses_and_kinds_of_content_are_told_apart(app: Made) -> None:
    own = app()
    for path, allow in (
        ("v2/services.json", "GET, HEAD, OPTIONS"),
        ("v2/requests.json", "GET, HEAD, OPTIONS, POST"),
        ("v2/requests/P-1.json", "GET, HEAD, OPTIONS"),
    ):
        for method in ("PUT", "DELETE", "TRACE"):
            answer = own.http.generic(method, f"/open311/{path}")
            assert (answer.status_code, answer.headers["Allow"]) == (405, allow)
            faults(answer)
        options = own.http.generic("OPTIONS", f"/open311/{path}")
        assert (options.status_code, options.headers["Allow"]) == (204, allow)
    head = own.http.head("/open311/v2/services.json")
    assert (head.status_code, head.content) == (200, b"")
    for nowhere in ("", "v2", "v2/", "v2/nothing.json", "v3/services.json", "v2/services/"):
        assert own.get(nowhere).status_code == 404, nowhere
        faults(own.get(nowhere))
    posted = own.http.post("/open311/v2/requests.json", {"a": 1}, content_type="application/json")
    assert posted.status_code == 415
    assert own.http.post("/open311/v2/requests.xml", {"a": "1"}).status_code == 415  # multipart


def test_a_program_that_calls_too_often_waits(app: Made) -> None:
    own = app(per_minute=1)
    first, second = own.get("v2/requests.json"), own.get("v2/requests.json")

    assert (first.status_code, first.headers["RateLimit"]) == (200, '"minute";r=0;t=61')
    assert (second.status_code, second.headers["Retry-After"]) == (429, "61")
    faults(second)


def test_errors_speak_the_language_that_is_asked_for(app: Made) -> None:
    own = app()
    for language, word in (("fa", "کلید"), ("en", "api_key")):
        answer = own.http.get("/open311/v2/requests.json", headers={"Accept-Language": language})
        assert word in faults(answer)[0]


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe",
        b"description=%ff",
        b"description=a%00b&service_code=fridge",
        b"&".join(b"a%d=1" % n for n in range(300)),
        b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><r>&x;</r>",
        b"service_code=fridge&description=x&lat=1e400&long=NaN",
        b"service_code=fridge&description=x&lat=35.7",
        b"service_code=fridge&description=x&lat=91&long=0",
        b"service_code=fridge&description=x&attribute[serial_number]=a%00b",
        b"service_code=fridge&description=x&attribute[unit]=1",
        b"service_code=fridge&description=x&attribute[incident_on]=yesterday",
        b"service_code=fridge&description=x&attribute[needs]=wings",
        b"service_code=fridge&description=x&language=de",
        b"service_code=fridge&description=x&media_url=" + b"h" * 3000,
        b"service_code=fridge&description=" + b"x" * 100_001,
        b"description=x",
        b"service_code=not-sorted",
    ],
)
def test_no_form_is_an_error_of_ours_and_nothing_is_filed(app: Made, body: bytes) -> None:
    own = app()

    answer = own.post(body + b"&api_key=" + own.key.encode())

    assert answer.status_code in (400, 403), answer.content
    assert all(faults(answer))
    assert Complaint.objects.count() == 0


def test_a_form_that_is_too_large_is_refused(app: Made) -> None:
    answer = app().post(b"description=" + b"x" * 3_000_000)

    assert answer.status_code == 413
    faults(answer)


def test_no_cookie_is_set_and_none_opens_anything(app: Made) -> None:
    answer = app().get("v2/requests.json")

    assert answer.cookies == {}
    assert answer.headers["Cache-Control"] == "no-store"
    from_a_page = Client(enforce_csrf_checks=True).post(
        "/open311/v2/requests.json", "service_code=fridge", content_type=FORM
    )
    assert from_a_page.status_code == 403
    assert "api_key" in from_a_page.json()[0]["description"] or faults(from_a_page)
