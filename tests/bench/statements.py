"""Count the SQL statements of each operation, in this process.

    python -m tests.bench.statements     (DATABASE_URL and PASOKH_DATA say where)

Prints JSON: statements by operation. BEGIN and COMMIT are not counted, savepoints are.
"""

import json
from typing import Any
from urllib.parse import quote

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from tests.bench import programs  # noqa: E402
from tests.bench.operations import COMMON, NARRATIVE  # noqa: E402
from tests.bench.words import OFFICER  # noqa: E402

from pasokh.casework.complaints.models import Complaint  # noqa: E402
from pasokh.config import static  # noqa: E402
from pasokh.directory.organisation.models import User  # noqa: E402

_UNCOUNTED = ("BEGIN", "COMMIT")


def count() -> dict[str, int]:
    """The statements of each operation, the second time that it is done."""
    static.collect()
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(User.objects.get(email=OFFICER), "pasokh.ui.sessions.SignedIn")
    return {name: act(browser) for name, act in _ACTS.items()}


def _page(path: str) -> Any:
    return lambda browser: _twice(lambda: browser.get(path), 200)


def _case(browser: Client) -> int:
    refs = iter(Complaint.objects.order_by("-pk").values_list("ref", flat=True)[:2])
    return _twice(lambda: browser.get(f"/fa/desk/complaints/{next(refs)}/"), 200)


def _note(browser: Client) -> int:
    cases = iter(Complaint.objects.order_by("-pk").values_list("ref", "version")[:2])

    def act() -> Any:
        ref, version = next(cases)
        said = {"text": "یادداشت", "version": version}
        return browser.post(f"/fa/desk/complaints/{ref}/note/", said)

    return _twice(act, 302)


def _file(_browser: Client) -> int:
    return _twice(lambda: filed(Client(SERVER_NAME="localhost")), 302, last=True)


def filed(browser: Client) -> Any:
    """Write a complaint and have it checked, then send it: the answer to that last step."""
    said = {"name": "مریم احمدی", "email": "maryam@example.org", "mobile": "09121234567"}
    browser.post("/fa/complain/", {**said, "narrative": NARRATIVE, "step": "check"})
    connection.queries_log.clear()
    return browser.post("/fa/complain/check/")


def _twice(act: Any, status: int, *, last: bool = False) -> int:
    """Do something twice and count the second time; `last` counts what its last step cleared."""
    act()
    with CaptureQueriesContext(connection) as seen:
        answer = act()
        said = list(connection.queries_log) if last else None
    if answer.status_code != status:
        raise RuntimeError(answer.content.decode()[:2000])
    counted = [one["sql"] for one in (said if said is not None else seen.captured_queries)]
    return sum(not sql.startswith(_UNCOUNTED) for sql in counted)


def _file_by_program(browser: Client) -> int:
    token, kept = programs.token(), iter("ab")

    def act() -> Any:
        key = next(kept)
        told = {
            "narrative": NARRATIVE,
            "client_reference": key,
            "who": {
                "name": "مریم احمدی",
                "reached": [
                    {"way": "email", "value": "maryam@example.org"},
                    {"way": "phone", "value": "09121234567"},
                ],
            },
        }
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
        return browser.post(
            "/api/v1/complaints", told, content_type="application/json", headers=headers
        )

    return _twice(act, 201)


_ACTS: dict[str, Any] = {
    "file": _file,
    "file (API)": _file_by_program,
    "queue": _page("/fa/desk/"),
    "case": _case,
    "search, common word": _page(f"/fa/desk/search/?q={quote(COMMON)}"),
    "search, rare word": _page("/fa/desk/search/?q=SN-0000017-K"),
    "verb (note)": _note,
}

if __name__ == "__main__":
    print(json.dumps(count()))
