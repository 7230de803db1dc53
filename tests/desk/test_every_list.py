"""Every list that can be handed out, as every role: offered to who sees it, fenced as there."""

import json
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.casework.acts import Acts, letter
from tests.casework.conftest import CAST, START, named, person
from tests.desk.addresses import HIRED, Filled, filled

from pasokh.casework.complaints import queries as complaints
from pasokh.casework.complaints.models import Complaint, Reading
from pasokh.casework.complaints.queries import Filters, visible_to
from pasokh.casework.complaints.queries.queue import Day
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.disputes import queries as disputes
from pasokh.casework.exports import actions
from pasokh.casework.exports.lists import LISTS
from pasokh.casework.exports.models import Export
from pasokh.casework.exports.states import Format, State
from pasokh.casework.intake.imports.models import ImportRow
from pasokh.casework.intake.mailroom import queries as mailroom
from pasokh.casework.intake.mailroom.models import Mail
from pasokh.casework.intake.scans.models import Scan
from pasokh.casework.webhooks.models import Delivery
from pasokh.channels.sheets import exporting
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import files
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.ledger.models import Entry

__all__ = ["filled", "named", "person"]

pytestmark = pytest.mark.django_db

EVERYBODY = frozenset({*CAST, *HIRED})
READERS = EVERYBODY - {"zahra"}
TAKERS = frozenset({"nima", "reza", "leila", "sara", "parvin", "shirin"})
#: Each list with those who see it at all; a new one fails until it is declared here.
SEE: dict[str, frozenset[str]] = {
    "complaints": READERS,
    "authorities": READERS,
    "letters": READERS,
    "mail": TAKERS,
    "mail-days": TAKERS,
    "mail-readings": frozenset({"ali", "neda"}),
    "scans": TAKERS,
    "rows": frozenset({"sara", "parvin"}),
    "deliveries": frozenset({"zahra", "parvin"}),
}
DAY = timedelta(days=1)
HOSTILE = "=HYPERLINK(1)"


@pytest.fixture
def lists(filled: Filled, named: Complaint, file: Any, acts: Acts, shop: Any) -> dict[str, str]:
    """Something open, and something confidential, in every list; how each is asked for."""
    secret = file(confidential=True)
    acts._answer_inquiry(secret, by=shop.mina, at=START)
    for number, case in enumerate((named, secret)):
        letter(case, LetterKind.SETTLED, START)
        held = Mail.objects.get(pk=filled.mail_id)
        held.pk, held.complaint, held.heading = None, case, HOSTILE
        held.digest = f"{number}" * 64
        held.save()
        Delivery.objects.create(
            subscription_id=filled.webhook_id,
            event="complaint.received",
            ref=case.ref,
            number=f"0000000{number}-0000-4000-8000-000000000000",
            state="delivered",
            queued_at=START,
            next_at=START,
        )
        ImportRow.objects.create(
            sheet_id=filled.sheet_id,
            number=number + 2,
            key=f"k{number}",
            fate="filed",
            complaint=case,
            code="past-no-reasons",
            facts={"stage": "decided"},
        )
    Letter.objects.filter(kind=LetterKind.SETTLED).update(state="failed")
    Scan.objects.update(complaint=named)
    return {
        **dict.fromkeys(LISTS, ""),
        "complaints": "state=all",
        "rows": f"sheet={filled.sheet_id}",
        "deliveries": f"webhook={filled.webhook_id}",
    }


def actor(shop: SimpleNamespace, who: str) -> Actor:
    found = organisation.actor_for_staff(shop.staff[who].pk, now())
    assert found is not None
    return found


def handed_out(export: Export) -> list[dict[str, str]]:
    export.refresh_from_db()
    assert export.state == State.READY, export.failure
    with files.open(export.digest) as opened:
        return [json.loads(line) for line in opened]


def test_every_list_opens_to_those_who_see_it_and_holds_what_they_may_see(
    lists: dict[str, str], at_desk: Callable[[str], Client], shop: SimpleNamespace
) -> None:
    assert set(lists) == set(SEE)
    for who in sorted(EVERYBODY):
        browser, by = at_desk(who), actor(shop, who)
        seen = set(visible_to(by).values_list("ref", flat=True))
        for name, asked in lists.items():
            address = f"/en/desk/exports/?list={name}&{asked}&wanted=1"
            opens = who in SEE[name]
            assert browser.get(address).status_code == (200 if opens else 403), (who, name)
            if not opens:
                continue
            told = dict(part.split("=") for part in asked.split("&") if part)
            browser.post("/en/desk/exports/", {"list": name, "format": "jsonl", **told})
            lines = handed_out(Export.objects.latest("pk"))
            if name in ("mail-days", "mail-readings"):  # of mailboxes and mails, not of files
                continue
            refs = {line["reference"] for line in lines} - {""}
            if name == "rows":  # whoever filed rows knows what became of them
                assert len(lines) == (2 if who == "parvin" else 0)
            elif name == "scans":  # only the open file has one
                assert refs <= seen, (who, name)
            else:
                assert refs == seen, (who, name)
    facts = Entry.objects.filter(event="export.list_made").latest("id").facts
    assert (facts["list"] in SEE, len(facts["digest"])) == (True, 64)
    assert Reading.objects.filter(what="export").exists()


def test_a_list_shows_what_the_screen_shows_and_hides_what_it_hides(
    lists: dict[str, str], shop: SimpleNamespace
) -> None:
    for who in ("reza", "sara", "ali", "shirin"):
        by = actor(shop, who)
        day = Day.of(now(), now())
        queue = complaints.queue(by, Filters(state="all"), day).lines
        made = _made("complaints", vars(Filters(state="all")), by)
        assert {one["reference"]: one["complainant"] for one in made} == {
            line.ref: line.who for line in queue
        }
        register, _more = disputes.register(by, answered=False)
        made = _made("authorities", {}, by)
        assert [(one["reference"], one["asks"]) for one in made] == [
            (line.ref, line.asks) for line in register
        ]
    by = actor(shop, "sara")
    made = _made("mail", {"show": "all"}, by)
    assert [(one["subject"], one["reference"]) for one in made] == [
        (line.heading, line.ref) for line in mailroom.mail_page(by).lines
    ]


def test_the_days_of_mail_and_who_read_it_are_as_on_their_pages(
    lists: dict[str, str], filled: Filled, at_desk: Callable[[str], Client], shop: SimpleNamespace
) -> None:
    Mail.objects.update(kept_at=now())
    by = actor(shop, "parvin")  # the mailbox is of no unit: nobody of one unit sees its count
    shown = mailroom.day_counts(by, since=now() - DAY)
    made = _made("mail-days", {}, by)
    assert [(one["day_iso"], one["mailbox"], one["kept"]) for one in made] == [
        (one.day.isoformat(), one.mailbox, str(one.many)) for one in shown
    ]
    assert {one["agrees"] for one in made} <= {"It agrees", "It does not agree"}
    assert made

    assert at_desk("nima").get(f"/en/desk/mail/{filled.mail_id}/").status_code == 200
    first, *_others = _made("mail-readings", {}, actor(shop, "ali"))
    assert (first["read"], first["mail"]) == ("the mail", str(filled.mail_id))


def _made(name: str, narrowed: dict[str, Any], by: Actor) -> list[dict[str, str]]:
    asked = actions.ask(
        name, narrowed, format=Format.JSONL, mark=False, language="en", by=by, at=now()
    )
    exporting.make(asked.pk)
    return handed_out(asked)


def test_each_page_links_to_its_list_and_no_cell_is_a_formula(
    lists: dict[str, str], filled: Filled, at_desk: Callable[[str], Client]
) -> None:
    browser = at_desk("parvin")
    log = f"set-up/webhooks/{filled.webhook_id}/log/"
    pages = {
        "authorities/": "list=authorities&amp;wanted",
        "mail/?show=all": "list=mail&amp;show=all&amp;wanted",
        "letters/": "list=letters&amp;wanted",
        "scans/": "list=scans&amp;wanted",
        log: f"list=deliveries&amp;webhook={filled.webhook_id}",
    }
    for page, link in pages.items():
        assert link in browser.get(f"/en/desk/{page}").content.decode(), page

    browser.post("/en/desk/exports/", {"list": "mail", "show": "all", "format": "csv"})
    export = Export.objects.latest("pk")
    answer: Any = browser.get(f"/en/desk/exports/{export.pk}/")
    text = b"".join(answer.streaming_content).decode()
    assert (f"'{HOSTILE}" in text, f",{HOSTILE}" in text) == (True, False)
    day = timezone.localdate(export.asked_at)
    assert f"mail-{day}-{export.pk}.csv" in answer["Content-Disposition"]
    assert browser.get("/en/desk/exports/?list=nothing&wanted=1").status_code == 404
