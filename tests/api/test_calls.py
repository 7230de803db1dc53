"""What every call shares: tokens, the minute, doing a thing once, and never an error of ours."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from tests.api.conftest import NOW, Program

from pasokh.api.oauth import FORM
from pasokh.casework.complaints.models import Complaint
from pasokh.directory.clients.models import ClientAnswer

FILING = {"narrative": "کالا نرسید", "who": {"name": "علی"}}
Made = Callable[..., Program]


def problem(answer: Any) -> tuple[int, str]:
    """Status and code of an answer that is a problem, whole and in a language."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == answer.status_code
    assert told["type"] == f"urn:pasokh:problem:{told['code']}"
    assert told["title"]
    assert told["detail"]
    return answer.status_code, told["code"]


@pytest.mark.parametrize(
    "sent", ["", "Bearer", "Bearer x", "Basic Og==", "Bearer \u06f1", "Bearer " + "a" * 300]
)
def test_nobody_passes_without_a_token_in_force(program: Made, sent: str) -> None:
    shop = program()
    for path in ("complaints", "nothing", "figures"):
        answer = shop.get(path, Authorization=sent.encode("latin-1", "replace").decode("latin-1"))
        assert problem(answer) == (401, "token-does-not-open")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_in_an_address_opens_nothing(program: Made) -> None:
    shop = program()
    for name in ("token", "access_token", "api_key"):
        answer = shop.get(f"complaints?{name}={shop.token}", Authorization="")
        assert problem(answer) == (401, "token-does-not-open")


def test_only_the_document_is_for_everybody(program: Made) -> None:
    shop = program()
    assert shop.get("openapi.json", Authorization="").status_code == 200
    assert problem(shop.post("openapi.json", Authorization=""))[0] == 405


def test_a_program_that_calls_too_often_waits(program: Made) -> None:
    shop = program(per_minute=2)
    first, second, third = (shop.get("figures") for _ in range(3))

    assert [one.headers["RateLimit"] for one in (first, second)] == [
        '"minute";r=1;t=61',
        '"minute";r=0;t=61',
    ]
    assert first.headers["RateLimit-Policy"] == '"minute";q=2;w=60'
    assert problem(third) == (429, "too-many-calls")
    assert third.headers["Retry-After"] == "61"


def test_the_same_key_does_a_thing_once_and_answers_alike(program: Made) -> None:
    shop, other = program(), program()
    first = shop.post("complaints", FILING, key="order-17")
    again = shop.post("complaints", FILING, key="order-17")

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Complaint.objects.count() == 1
    assert other.post("complaints", FILING, key="order-17").json() != first.json()
    changed = shop.post("complaints", FILING | {"narrative": "دیگر"}, key="order-17")
    assert problem(changed) == (422, "key-used-otherwise")
    for key in ("", "a" * 256, "کلید".encode().decode("latin-1")):
        assert problem(shop.post("complaints", FILING, key=key)) == (400, "key-unreadable")


def test_what_was_done_under_a_key_is_answered_alike_where_it_could_not_be_done_again(
    program: Made, shop: SimpleNamespace
) -> None:
    """The file changed by the very step, or went where the program does not see it."""
    tehran = program(unit="tehran")
    where = f"complaints/{tehran.post('complaints', FILING).json()['reference']}"
    seen = tehran.get(where).headers["ETag"]
    held = {"category": "expert", "reason": "منتظر کارشناس"}
    unit = {"field": "unit_id", "value": shop.units["shiraz"].pk, "reason": "شعبهٔ دیگر"}
    for key, step, told in (("hold", "hold", held), ("away", "correct", unit)):
        first = tehran.post(f"{where}/{step}", told, seen=seen, key=key)
        assert first.status_code == 200, first.content
        again = tehran.post(f"{where}/{step}", told, seen=seen, key=key)
        assert (again.status_code, again.content) == (200, first.content)
        assert again.headers["Idempotency-Replayed"] == "true"
        changed = tehran.post(f"{where}/{step}", told | {"reason": "x"}, seen=seen, key=key)
        assert problem(changed) == (422, "key-used-otherwise")
        seen = first.headers.get("ETag", seen)
    assert problem(tehran.get(where)) == (404, "no-such-complaint")


def test_a_tracking_code_is_not_kept_in_clear(program: Made) -> None:
    shop = program()
    told = shop.post("complaints", FILING, key="k").json()
    row = ClientAnswer.objects.get()

    assert told["tracking_code"].encode() not in bytes(row.sealed)
    assert b"P-0000" not in bytes(row.sealed) + bytes(row.asked) + bytes(row.key_hash)


def test_what_was_refused_leaves_its_key_free(program: Made) -> None:
    shop = program()
    assert problem(shop.post("complaints", {"narrative": " "}, key="k")) == (409, "nothing-said")

    assert shop.post("complaints", FILING, key="k").status_code == 201


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{", (400, "body-unreadable")),
        (b"\xff\xfe", (400, "body-unreadable")),
        (b'{"narrative": "\\ud800"}', (400, "body-unreadable")),
        (b'{"narrative": NaN}', (400, "body-unreadable")),
        (b"[" * 100_000 + b"]" * 100_000, (400, "body-unreadable")),
        (b'{"narrative": "a\\u0000b"}', (422, "values-not-taken")),
        (b'{"narrative": "a", "unit": 1e400}', (400, "body-unreadable")),
        (b'{"narrative": "a", "unit": ' + b"9" * 5000 + b"}", (400, "body-unreadable")),
        (b'{"narrative": "a", "unit": 99999999999999999999999}', (422, "values-not-taken")),
        (b'{"narrative": "a", "unit": true}', (422, "values-not-taken")),
        (b'{"narrative": "a", "unit": "1"}', (422, "values-not-taken")),
        (b'{"narrative": "a", "confidential": 1}', (422, "values-not-taken")),
        (b'{"narrative": "a", "received_at": "2026-05-04"}', (422, "values-not-taken")),
        (b'{"narrative": "a", "received_at": 0}', (422, "values-not-taken")),
        (b'{"narrative": "a", "incident_on": "9999-12-31"}', (422, "values-not-taken")),
        (b'{"narrative": "a", "colour": "red"}', (422, "values-not-taken")),
        (b'{"narrative": "a", "unit": 4711}', (409, "id-unknown")),
        (b"[]", (422, "values-not-taken")),
        (b"null", (422, "values-not-taken")),
        (b"", (422, "values-not-taken")),
        (b'"' + b"a" * 3_000_000 + b'"', (413, "body-too-large")),
    ],
)
def test_no_body_is_an_error_of_ours(program: Made, body: bytes, said: tuple[int, str]) -> None:
    shop = program()

    assert problem(shop.post("complaints", body)) == said
    assert Complaint.objects.count() == 0


def test_each_wrong_value_is_named_with_its_place(program: Made) -> None:
    shop = program()
    body = {"who": {"name": "", "reached": [{"way": "pigeon", "value": "x"}], "a/b~c": 1}}

    told = shop.post("complaints", body, language="fa").json()
    asked = shop.get("complaints?limit=101&state=lost").json()

    assert {one["pointer"]: one["code"] for one in told["errors"]} == {
        "#/narrative": "missing",
        "#/who/name": "string_too_short",
        "#/who/reached/0/way": "enum",
        "#/who/a~1b~0c": "extra_forbidden",
    }
    assert "این نیامده است." in [one["detail"] for one in told["errors"]]
    assert {one["parameter"] for one in asked["errors"]} == {"limit", "state"}


def test_problems_speak_the_language_that_is_asked_for(program: Made) -> None:
    shop = program()
    for asked, spoken, word in (
        ("fa-IR,fa;q=0.9", "fa", "شکایتی"),
        ("en", "en", "complaint"),
        ("de", "fa", "شکایتی"),
    ):
        answer = shop.get("complaints/P-000042-7", language=asked)
        assert problem(answer) == (404, "no-such-complaint")
        assert answer.headers["Content-Language"] == spoken
        assert word in answer.json()["detail"], answer.json()


def test_methods_and_kinds_of_content_are_told_apart(program: Made) -> None:
    shop = program()
    ref = shop.post("complaints", FILING).json()["reference"]
    for method in ("PUT", "PATCH", "DELETE", "TRACE", "FOO"):
        answer = shop.call(method, f"complaints/{ref}")
        assert problem(answer) == (405, "method-not-here")
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    options = shop.call("OPTIONS", "complaints", Authorization="")
    assert (options.status_code, options.headers["Allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    head, get = (shop.call(method, f"complaints/{ref}") for method in ("HEAD", "GET"))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(get.content))
    answer = shop.http.post(
        "/api/v1/complaints",
        "a=1",
        content_type="text/plain",
        headers={"Authorization": f"Bearer {shop.token}"},
    )
    assert problem(answer) == (415, "media-type-unknown")
    for nowhere in ("nowhere", "complaints/%00", "complaints/P-1%00/review", ""):
        assert problem(shop.get(nowhere)) == (404, "address-unknown")
    assert problem(shop.get("complaints/%0A")) == (404, "no-such-complaint")
    assert problem(shop.get("complaints?colour=red")) == (422, "values-not-taken")


def test_no_cookie_is_set_and_none_opens_anything(program: Made) -> None:
    shop = program()
    answer = shop.get("complaints")

    assert answer.cookies == {}
    assert answer.headers["Cache-Control"] == "no-store"


def test_client_credentials_give_a_token_of_an_hour(
    program: Made, stands: Callable[..., None]
) -> None:
    shop = program("complaint.read", "complaint.receive")

    def ask(**told: str) -> Any:
        form = urlencode({"grant_type": "client_credentials", **told})
        return shop.http.generic("POST", "/api/v1/token", form, content_type=FORM)

    given = ask(client_id=f"client-{shop.id}", client_secret=shop.token, scope="complaint.read")
    assert given.status_code == 200
    told = given.json()
    assert (told["token_type"], told["expires_in"], told["scope"]) == (
        "Bearer",
        3600,
        "complaint.read",
    )
    assert given.headers["Cache-Control"] == "no-store"
    bearer = f"Bearer {told['access_token']}"
    assert shop.get("complaints", Authorization=bearer).status_code == 200
    assert problem(shop.post("complaints", FILING, Authorization=bearer))[0] == 403
    stands(NOW + timedelta(hours=1))
    assert problem(shop.get("complaints", Authorization=bearer))[0] == 401
    for wrong, said in (
        ({"client_id": "client-999", "client_secret": shop.token}, (401, "invalid_client")),
        ({"client_id": f"client-{shop.id}", "client_secret": "x"}, (401, "invalid_client")),
        ({}, (401, "invalid_client")),
        ({"grant_type": "password"}, (400, "unsupported_grant_type")),
        (
            {"client_id": f"client-{shop.id}", "client_secret": shop.token, "scope": "root"},
            (400, "invalid_scope"),
        ),
    ):
        answer = ask(**wrong)
        assert (answer.status_code, answer.json()["error"]) == said


def test_a_call_that_fails_says_so_and_leaves_nothing(
    program: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = program()

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("pasokh.casework.intake.actions._new_code", fail)
        assert problem(shop.post("complaints", FILING, key="k")) == (500, "failed")

    assert Complaint.objects.count() == 0
    assert shop.post("complaints", FILING, key="k").status_code == 201


def test_an_answer_has_its_length_and_the_headers_of_every_other(program: Made) -> None:
    answer = program().get("complaints")

    assert answer.headers["Content-Length"] == str(len(answer.content))
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "Content-Security-Policy" in answer.headers
    assert "Cookie" not in answer.headers["Vary"]


def test_a_name_that_this_server_does_not_go_by_is_refused(program: Made) -> None:
    shop = program()

    assert problem(shop.get("complaints", Host="elsewhere.example")) == (400, "body-unreadable")
    assert problem(shop.post("complaints", FILING, Host="elsewhere.example"))[0] == 400
    assert Complaint.objects.count() == 0
