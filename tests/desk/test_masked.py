"""Numbers and addresses of people: every address of the product, for who sees them and who not."""

import io
import json
from collections.abc import Callable, Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from tests.api.conftest import Program
from tests.casework.acts import letter
from tests.casework.conftest import START, both, named, person
from tests.desk.addresses import Filled, filled
from tests.desk.conftest import NOW
from tests.desk.test_every_address import DESK
from tests.desk.test_every_list import actor

from pasokh.casework.complaints import actions, queries
from pasokh.casework.complaints.matter import Matter
from pasokh.casework.complaints.models import Attachment, Complaint, SearchText
from pasokh.casework.complaints.queries import Filters
from pasokh.casework.complaints.queries.queue import Day
from pasokh.casework.correspondence.delivery import LetterKind, LetterState
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.telling import Way as Told
from pasokh.casework.exports import actions as exports
from pasokh.casework.exports.lists import LISTS
from pasokh.casework.exports.states import Format
from pasokh.casework.inspection.models import Inspection
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake.incoming import Incoming, Who
from pasokh.casework.intake.mailroom.models import Mail
from pasokh.casework.texting.models import Text
from pasokh.casework.webhooks import queries as webhooks
from pasokh.channels.sheets import exporting
from pasokh.desk.forms import ACTS
from pasokh.directory.clients import actions as clients
from pasokh.directory.clients.terms import GRANTABLE
from pasokh.directory.organisation.models import RoleAssignment
from pasokh.directory.people.models import ContactPoint
from pasokh.directory.people.ways import Way
from pasokh.kernel import files
from pasokh.kernel.text import digits

__all__ = ["filled", "named", "person"]

pytestmark = [pytest.mark.django_db, pytest.mark.clause("10002:4.10")]

AtDesk = Callable[[str], Client]
MAILBOX, COPIED = "pilegol.nahan@planted.example", "rounevesht@planted.example"
NUMBER, STREET, CHAT = "09351117733", "کوچهٔ پونه‌زار", "@shabpareh_z"
NAMELESS = "binaam.x@planted.example"
#: What must not be there: digits in ASCII, no white space.
PLANTED = ("pilegol", "9351117733", "binaam", "پونه", "shabpareh", "rounevesht")
MIGRATION = import_module("pasokh.casework.migrations.0032_search_without_contacts")
#: Who reads files and does not deal with people.
READ_ALONE = ("ali", "omid", "yas")


@pytest.fixture
def planted(filled: Filled, named: Complaint, shop: SimpleNamespace) -> Filled:
    """Numbers and addresses wherever a file has any."""
    by = {"by": shop.reza, "at": START}
    ways = {Way.EMAIL: MAILBOX, Way.PHONE: NUMBER, Way.POST: f"تهران، {STREET}، پلاک ۷"}
    for kind, value in {**ways, Way.OTHER: CHAT}.items():
        told = {"kind": kind, "value": value, "read_back": kind is Way.PHONE}
        actions.add_contact(named.ref, person=named.complainant_id, **told, **by)
    points = {one.value: one for one in ContactPoint.objects.filter(person=named.complainant)}
    actions.stop_contact(named.ref, point=points[CHAT].pk, reason="x", **by)
    actions.confirm_contact(named.ref, point=points[MAILBOX].pk, **by)
    gone = letter(named, LetterKind.SETTLED, START)
    gone.to, gone.state = points[MAILBOX], LetterState.FAILED
    gone.failure = f"unknown user {MAILBOX}"
    gone.save()
    copy = letter(named, LetterKind.MESSAGE, START)
    copy.copy_of, copy.address = gone, COPIED
    copy.save()
    said = {"number": NUMBER, "state": "failed", "language": "fa", "failure": f"bad {NUMBER}"}
    Text.objects.create(
        letter=gone, to=points[NUMBER], key="k", made_at=START, changed_at=START, **said
    )
    proof = {"number": NUMBER, "person": "x", "said": "x", "written_copy_on": "x"}
    call = {"way": Told.TELEPHONED, "proof": proof, "happened_at": START}
    actions.told(named.ref, letter=filled.letter_id, **call, **by)
    waits = letter(named, LetterKind.MESSAGE, START)
    waits.to, waits.state, waits.writer = points[MAILBOX], LetterState.APPROVAL, "staff:0"
    waits.save()
    filled.kept_back = waits.pk
    _mailed(filled, named)
    who = Who(NAMELESS, "en", reached=((Way.EMAIL, NAMELESS),))
    came = {"language": "en", "matter": Matter("The kettle is broken."), "received_at": START}
    incoming = Incoming(channel="email", who=who, unit=shop.units["tehran"].pk, **came)
    filled.nameless = intake.receive(incoming, by=shop.nima, at=START).ref
    return filled


def _mailed(filled: Filled, named: Complaint) -> None:
    """A mail that stands in the file, as it came."""
    kept = files.put([f"From: {MAILBOX}\r\n\r\nx".encode()], limit=1000)
    row = Mail.objects.get(pk=filled.mail_id)
    row.complaint, row.digest, row.disposition = named, kept.digest, "complaint"
    row.sender, row.sender_name = MAILBOX, MAILBOX
    row.facts = {"checked": "signed", "signature": "valid", "signer": f"x · {MAILBOX}"}
    row.facts["issuer"] = row.facts["signer"]
    row.save()
    told = {"kind": "message/rfc822", "size": kept.size, "at": START, "name": "mail.eml"}
    Inspection.objects.create(digest=kept.digest, asked_at=START, kind=told["kind"], drawn="made")
    filled.attached = Attachment.objects.create(complaint=named, digest=kept.digest, **told).pk
    filled.eml = kept.digest


def text_of(content: bytes) -> str:
    """What an answer says, whatever it is: a page, a PDF, a table, a workbook."""
    if content.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(content)
        pages = (
            document[number].get_textpage().get_text_bounded() for number in range(len(document))
        )
        said = " ".join(pages)
    elif content.startswith(b"PK"):
        with ZipFile(io.BytesIO(content)) as book:
            said = " ".join(book.read(name).decode() for name in book.namelist())
    else:
        said = content.decode(errors="replace")
    return "".join(digits(said).split())


def betrayed(content: bytes) -> list[str]:
    """What of it an answer tells."""
    said = text_of(content)
    return [one for one in PLANTED if one in said]


def body(answer: Any) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


def desk(filled: Filled) -> Iterator[str]:
    """Every address of the desk, of both files, and what a search may be asked."""
    for route in DESK:
        yield filled(route)
        if "<str:digest>" in route:
            yield filled(route.replace("<str:digest>", filled.eml))
    for end in ("", "form/", "sheet/", "note/"):
        yield f"/en/desk/complaints/{filled.nameless}/{end}"
    for one in Letter.objects.select_related("complaint"):
        yield f"/en/desk/complaints/{one.complaint.ref}/letters/{one.pk}/"
    for act in ACTS:
        yield f"/en/desk/complaints/{filled.ref}/{act}/?letter={filled.kept_back}"
    yield from ("/en/desk/?state=all", "/en/desk/search/?q=kettle", "/en/desk/mail/?show=all")
    yield "/en/desk/exports/?list=complaints&wanted=1"


@pytest.mark.parametrize("who", READ_ALONE)
def test_who_does_not_deal_with_people_sees_no_number_and_no_address(
    planted: Filled, at_desk: AtDesk, who: str
) -> None:
    browser = at_desk(who)
    for address in desk(planted):
        for language in ("en", "fa") if "/complaints/" in address else ("en",):
            answer = browser.get(address.replace("/en/", f"/{language}/", 1))
            assert betrayed(body(answer)) == [], address
    page = browser.get(f"/en/desk/complaints/{planted.ref}/").content.decode()
    assert "p…n@planted.example" in page
    assert "…77 33" in page
    assert "Addresses and numbers are shortened here" in page
    eml = browser.get(f"/en/desk/complaints/{planted.ref}/files/{planted.eml}/save/")
    assert "takes a right that you do not have here" in eml.content.decode()


def test_who_deals_with_people_sees_them_everywhere(planted: Filled, at_desk: AtDesk) -> None:
    browser = at_desk("reza")
    file = f"/en/desk/complaints/{planted.ref}/"

    shown = browser.get(file)

    assert set(betrayed(shown.content)) == set(PLANTED) - {"binaam"}
    assert "Addresses and numbers are shortened" not in shown.content.decode()
    assert betrayed(body(browser.get(f"{file}files/{planted.eml}/save/"))) == ["pilegol"]
    assert betrayed(browser.get("/en/desk/mail/?show=all").content) == ["pilegol"]
    assert betrayed(browser.get("/en/desk/letters/").content) == ["pilegol"]
    assert "binaam" in betrayed(browser.get("/en/desk/?state=all").content)
    dear = Letter.objects.get(complaint__ref=planted.nameless).pk
    pdf = f"/en/desk/complaints/{planted.nameless}/letters/{dear}/"
    assert betrayed(body(browser.get(pdf))) == ["binaam"]
    printed = f"/en/desk/complaints/{planted.ref}/form/"
    assert set(betrayed(browser.get(printed).content)) >= {"pilegol", "9351117733", "پونه"}


def exported(shop: SimpleNamespace, who: str, format: Format, asked: dict[str, Any]) -> bytes:
    """Every list that somebody can have, as one."""
    by, made = actor(shop, who), []
    for name, one in LISTS.items():
        if one.may(by):
            narrowed = {"complaints": vars(Filters(state="all")), **asked}.get(name, {})
            export = exports.ask(
                name, narrowed, format=format, mark=False, language="en", by=by, at=NOW
            )
            exporting.make(export.pk)
            export.refresh_from_db()
            with files.open(export.digest) as opened:
                made.append(text_of(opened.read()))
    return " ".join(made).encode()


@pytest.mark.parametrize("format", list(Format))
def test_exports_show_what_the_screen_shows(
    planted: Filled, shop: SimpleNamespace, format: Format
) -> None:
    asked = {"mail": {"show": "all"}}

    for who in READ_ALONE:
        assert betrayed(exported(shop, who, format, asked)) == [], who
    assert set(betrayed(exported(shop, "nima", format, asked))) == {"pilegol", "binaam"}


def test_a_mail_of_ones_own_unit_in_the_file_of_another_shows_no_sender(
    planted: Filled, shop: SimpleNamespace, at_desk: AtDesk
) -> None:
    Mail.objects.update(unit=shop.units["shiraz"])
    RoleAssignment.objects.create(
        staff=shop.staff["shirin"], role="auditor", valid_from=START, by="test"
    )
    browser = at_desk("shirin")
    for address in ("?show=all", f"{planted.mail_id}/", f"{planted.mail_id}/{planted.eml}/"):
        answer = browser.get(f"/en/desk/mail/{address}")
        assert betrayed(body(answer)) == [], address
    assert (
        "Addresses and numbers are shortened"
        in browser.get("/en/desk/mail/?show=all").content.decode()
    )
    assert (
        "p…n@planted.example"
        in exported(shop, "shirin", Format.CSV, {"mail": {"show": "all"}}).decode()
    )


def program(shop: SimpleNamespace, *without: str) -> Program:
    """A program with every right but those."""
    rights = [right for right in GRANTABLE if right not in without]
    made = clients.add_client(name=both("x"), grants=rights, by=shop.zahra, at=START)
    return Program(made.pk, clients.give_token(made.pk, by=shop.zahra, at=START))


def reads(planted: Filled, asked: Program) -> Iterator[Any]:
    """Every read of the interface that a file can answer."""
    paths = json.loads(asked.get("openapi.json").content)["paths"]
    known = {"ref": planted.ref, "number": str(planted.attached), "name": "categories"}
    for path, ways in paths.items():
        if "get" in ways:
            filled_in = path.removeprefix("/api/v1/").format_map(known)
            yield path, asked.get(filled_in)
    yield "nameless", asked.get(f"complaints/{planted.nameless}/persons")
    yield "search", asked.get("complaints?state=all&text=kettle")


def test_a_program_without_the_right_reads_none_and_every_proof_stands(
    planted: Filled, shop: SimpleNamespace
) -> None:
    dim, clear = program(shop, "complaint.read_contacts"), program(shop)
    seen: dict[str, list[str]] = {
        path: betrayed(body(said)) for path, said in reads(planted, clear)
    }
    for path, answer in reads(planted, dim):
        assert betrayed(body(answer)) == [], path

    assert set(seen["/api/v1/complaints/{ref}/persons"]) == {
        "pilegol",
        "9351117733",
        "پونه",
        "shabpareh",
    }
    assert seen["/api/v1/complaints/{ref}/attachments/{number}"] == ["pilegol"]
    assert seen["nameless"] == ["binaam"]
    (one,) = dim.get(f"complaints/{planted.ref}/persons").json()
    assert {point["masked"] for point in one["reached"]} == {True}
    assert dim.get(f"complaints/{planted.ref}/attachments/{planted.attached}").status_code == 403
    told = {True: [], False: []}
    for asked in (dim, clear):
        for proof in asked.get(f"complaints/{planted.ref}/proofs").json():
            told[asked is clear].append("sealed" in proof["receipt"])
    assert sum(told[True]) > sum(told[False]) > 0


def test_nobody_finds_a_file_by_what_they_may_not_see(
    planted: Filled, shop: SimpleNamespace, at_desk: AtDesk
) -> None:
    def found(who: str, text: str) -> set[str]:
        by, day = actor(shop, who), Day.of(NOW, NOW)
        queue = queries.queue(by, Filters(state="all", text=text), day).lines
        search = queries.search(by, text).lines
        return {line.ref for line in (*queue, *search)}

    for text in (MAILBOX, "pilegol", "pil", NUMBER, "+989351117733", "0935", "پونه", "shabpareh"):
        assert found("ali", text) == set(), text
        assert found("reza", text) == {planted.ref}, text
        calls = f"/en/desk/calls/?number={NUMBER}"
        assert (planted.ref in at_desk("ali").get(calls).content.decode()) is False
    assert planted.ref in at_desk("reza").get(f"/en/desk/calls/?number={NUMBER}").content.decode()
    assert found("ali", "binaam") == set()
    assert found("ali", "kettle") == {planted.nameless}
    assert found("ali", "رضا امینی") == {planted.ref}
    said = {"files": [], "channel": "web", "happened_at": START, "by": shop.reza, "at": START}
    actions.hear(planted.ref, text=f"Call {NUMBER} or ask for pilegol", **said)
    assert found("ali", "pilegol") == {planted.ref}  # by now it is a word of theirs
    assert found("ali", "shabpareh") == set()


def test_files_from_before_are_marked_by_the_migration(
    planted: Filled, shop: SimpleNamespace
) -> None:
    def found(text: str) -> list[str]:
        return [line.ref for line in queries.search(actor(shop, "ali"), text).lines]

    SearchText.objects.update(reached="")
    assert found("pilegol") == [planted.ref]

    with connection.schema_editor() as editor:
        MIGRATION.mark(apps, editor)

    assert found("pilegol") == found(NUMBER) == found("0935") == []
    assert found("رضا") == [planted.ref]


def test_an_auditor_of_everything_finds_by_number_where_they_deal_with_people(
    planted: Filled, shop: SimpleNamespace
) -> None:
    RoleAssignment.objects.create(
        staff=shop.staff["ali"],
        role="frontline",
        unit=shop.units["tehran"],
        valid_from=START,
        by="x",
    )
    by = actor(shop, "ali")

    assert [one.ref for one in queries.search(by, NUMBER).lines] == [planted.ref]
    assert [one.ref for one in queries.search(by, "pilegol").lines] == [planted.ref]
    page = queries.queue(by, Filters(state="all", text="pilegol"), Day.of(NOW, NOW))
    assert [one.ref for one in page.lines] == [planted.ref]


def test_texts_go_to_other_programs_only_by_leave_of_who_may_see_them(
    shop: SimpleNamespace,
) -> None:
    tehran = shop.units["tehran"].pk
    assert webhooks.may_give(shop.parvin, None, texts=True, confidential=False)
    assert not webhooks.may_give(shop.ali, tehran, texts=True, confidential=False)
    assert webhooks.may_give(shop.ali, tehran, texts=False, confidential=True)
