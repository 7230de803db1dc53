"""A second look at letters: a program's own wait for it, and no program gives it."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.api.conftest import NOW, Program
from tests.casework.correspondence.correspondents import complain
from tests.casework.telling import refused

from pasokh.casework.complaints import actions
from pasokh.casework.correspondence import kinds
from pasokh.casework.correspondence.delivery import LetterState
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.wording import actions as texts
from pasokh.directory.clients import actions as clients
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.fields import Bilingual

pytestmark = pytest.mark.django_db
DOCUMENT = Path(__file__).parents[2] / "docs" / "api" / "openapi.json"


@pytest.mark.clause("10002:7.8")
def test_what_a_program_writes_waits_for_a_person_and_no_program_can_approve_it(
    shop: SimpleNamespace, program: Callable[..., Program]
) -> None:
    texts.set_second_look("message", waits=True, above=None, by=shop.parvin, at=NOW)
    case, shop_program = complain(shop, "en"), program()
    where = f"complaints/{case.ref}"
    seen = shop_program.get(where)["ETag"]
    said = shop_program.post(f"{where}/message", {"text": "Your part is here."}, seen=seen)
    assert said.status_code in (200, 201), said.content
    letter = Letter.objects.get()
    assert (letter.state, letter.writer) == (LetterState.APPROVAL, f"client:{shop_program.id}")

    paths = json.loads(DOCUMENT.read_text())["paths"]
    assert [path for path in paths if "approv" in path or "send_back" in path] == []
    for verb in ("approve_letter", "approve", "send_back_letter"):
        told = {"letter": letter.pk, "reason": "x"}
        assert shop_program.post(f"{where}/{verb}", told, seen=seen).status_code == 404
    for rights in (("complaint.read", "complaint.approve"), ("complaint.approve",)):
        known = {"name": Bilingual("ب", "b"), "grants": rights, "unit_id": None}
        refused("grant-unknown", clients.add_client, **known, by=shop.zahra, at=NOW, per_minute=600)
    given = Actor(Kind.CLIENT, "99", {"complaint.approve": None, "complaint.read": None})
    act = {"letter": letter.pk, "by": given, "at": NOW}
    refused("approval-needs-another", actions.approve_letter, case.ref, **act)
    refused("approval-needs-another", actions.send_back_letter, case.ref, reason="x", **act)
    assert Letter.objects.get().state == LetterState.APPROVAL
    actions.approve_letter(case.ref, letter=letter.pk, by=shop.sara, at=NOW)
    assert Letter.objects.get().state == LetterState.QUEUED


def test_a_program_writes_in_a_kind_that_was_added_and_reads_its_name(
    shop: SimpleNamespace, program: Callable[..., Program]
) -> None:
    row = texts.add_kind(
        name=Bilingual("دعوت به بازدید", "Invitation to a visit"),
        purpose=Bilingual("", ""),
        by=shop.parvin,
        at=NOW,
    )
    code = kinds.code(row.pk)
    said = {"subject": "A visit", "body": "We propose:\n\n{message}", "since": 0}
    texts.write(code, "en", **said, by=shop.parvin, at=NOW)
    case, client = complain(shop, "en"), program()
    where = f"complaints/{case.ref}"
    seen = client.get(where)["ETag"]
    unknown = client.post(f"{where}/message", {"text": "x", "letter_kind": "own-0"}, seen=seen)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "no-such-letter-kind")
    sent = client.post(f"{where}/message", {"text": "Monday.", "letter_kind": code}, seen=seen)
    assert sent.status_code in (200, 201), sent.content
    letter = client.get(f"{where}/letters").json()[-1]
    assert (letter["kind"], letter["letter_kind"]) == ("message", code)
    assert letter["called"] in ("Invitation to a visit", "دعوت به بازدید")
