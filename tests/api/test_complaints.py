"""Filed, listed, read and handled by the client that is written from the document."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.request import Request

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.api.conftest import NOW, Program, client_module
from tests.casework.acts import Acts

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.models import Complaint, Reading
from pasokh.casework.inspection.models import Inspection, Picture
from pasokh.casework.intake import actions as intake
from pasokh.kernel import codes, files
from pasokh.kernel.ledger import sequencer
from pasokh.kernel.ledger.models import Entry
from pasokh.kernel.text import isolate

client = client_module()
Made = Callable[..., Program]
WHO = {"name": "علی رضایی", "reached": [{"way": "phone", "value": "0912 345 6789"}]}


def through(browser: Client) -> Callable[[Request], Any]:
    """Send what the client sends to the product in this process."""

    def send(request: Request) -> tuple[int, Mapping[str, str], bytes]:
        path = request.full_url.removeprefix("http://here")
        kind = request.get_header("Content-type", "application/octet-stream")
        headers = dict(request.header_items())
        answer: Any = browser.generic(
            request.get_method(), path, request.data or b"", content_type=kind, headers=headers
        )
        return answer.status_code, answer.headers, b"".join(answer)

    return send


@pytest.fixture
def typed(program: Made) -> Callable[..., Any]:
    """The typed client of a program with the rights named."""

    def made(*rights: str, **more: Any) -> Any:
        own = program(*rights, **more)
        return client.Pasokh("http://here/", own.token, send=through(own.http))

    return made


def test_a_complaint_is_filed_and_its_code_opens_it(typed: Callable[..., Any]) -> None:
    shop = typed()
    filed = shop.file_complaint(
        narrative="کالا شکسته بود.", who=WHO, client_reference="w-1", incident_on="2026-05-01"
    )
    again = shop.file_complaint(narrative="کالا شکسته بود.", who=WHO, client_reference="w-1")
    other = typed().file_complaint(narrative="دیگر", client_reference="w-1")

    assert codes.read_code(filed["tracking_code"]) == filed["tracking_code"]
    person = intake.complainant(filed["reference"], filed["tracking_code"])
    assert person.id == filed["reference"]
    assert again == {"reference": filed["reference"], "tracking_code": None, "again": True}
    assert other["reference"] != filed["reference"]
    case = shop.read_complaint(filed["reference"])
    assert (case["channel"], case["client_reference"], case["state"]) == ("api", "w-1", "received")
    assert (case["narrative"], case["incident_on"]) == ("کالا شکسته بود.", "2026-05-01")
    first = Entry.objects.get(event="complaint.received", subject=f"complaint:{case['reference']}")
    assert first.actor.startswith("client:")


def test_a_program_sees_no_more_than_it_was_granted(
    typed: Callable[..., Any], shop: SimpleNamespace
) -> None:
    everything, tehran = typed(), typed("complaint.read", "complaint.receive", unit="tehran")
    blind = typed("complaint.receive")
    here = tehran.file_complaint(narrative="در تهران")["reference"]
    there = everything.file_complaint(narrative="در شیراز", unit=shop.units["shiraz"].pk)
    secret = everything.file_complaint(
        narrative="محرمانه", confidential=True, unit=shop.units["tehran"].pk
    )

    assert Complaint.objects.get(ref=here).unit == shop.units["tehran"]
    assert [one["reference"] for one in tehran.list_complaints()["items"]] == [here]
    assert len(everything.list_complaints(state="all")["items"]) == 3
    assert tehran.read_figures()["open"]["total"] == 1
    for ref in (there["reference"], secret["reference"], "P-000099-9"):
        for ask in (tehran.read_complaint, tehran.list_persons, tehran.read_receipt):
            with pytest.raises(client.Refusal) as refused:
                ask(ref)
            assert (refused.value.status, refused.value.code) == (404, "no-such-complaint")
    with pytest.raises(client.Refusal) as refused:
        tehran.file_complaint(narrative="آنجا", unit=shop.units["shiraz"].pk)
    assert (refused.value.status, refused.value.code) == (403, "not-authorised")
    assert blind.list_complaints()["items"] == []
    with pytest.raises(client.Refusal, match="no-such-complaint"):
        blind.message(blind.file_complaint(narrative="نابینا")["reference"], text="سلام")
    with pytest.raises(client.Refusal, match="not-authorised"):
        tehran.read_list("colleagues")


def test_a_program_reads_by_which_leave_a_representative_acts(
    typed: Callable[..., Any], shop: SimpleNamespace
) -> None:
    program = typed()
    ref = program.file_complaint(
        narrative="برای مادرم می‌نویسم",
        unit=shop.units["tehran"].pk,
        who=WHO,
        on_behalf_of={"name": "زهرا رضایی"},
    )["reference"]
    before = program.list_persons(ref)

    given = {"scope": "in everything", "shown_by": "", "until": None}
    actions.give_mandate(ref, **given, by=shop.reza, at=NOW)

    after = program.list_persons(ref)
    held = {"scope": "in everything", "shown": False, "until": None}
    assert [(one["role"], one["leave"]) for one in before] == [
        ("complainant", None),
        ("representative", None),
    ]
    assert [one["leave"] for one in after] == [None, held]


def test_a_list_goes_on_by_its_key_and_is_narrowed_like_the_queue(
    typed: Callable[..., Any], terms: SimpleNamespace
) -> None:
    shop = typed()
    refs = [shop.file_complaint(narrative=f"شکایت {n}")["reference"] for n in range(5)]
    shop.file_complaint(narrative="It came broken.", language="en", category=terms.category)

    found, after = [], None
    while True:
        page = shop.list_complaints(language="fa", limit=2, after=after)
        found += [one["reference"] for one in page["items"]]
        if (after := page["next"]) is None:
            break

    assert sorted(found) == sorted(refs)
    assert page["total"] == 5
    assert len(shop.list_complaints(category=terms.category)["items"]) == 1
    assert len(shop.list_complaints(text="broken")["items"]) == 1
    assert shop.list_complaints(owner="nobody", overdue=True)["items"] == []
    with pytest.raises(client.Refusal, match="values-not-taken"):
        shop.list_complaints(limit=101)


def test_files_are_sent_before_and_fetched_after(typed: Callable[..., Any]) -> None:
    shop = typed()
    sent = shop.upload("فاکتور.pdf", b"%PDF-1.4 one")
    filed = shop.file_complaint(narrative="با فاکتور", attachments=[sent["id"]])["reference"]
    more = shop.upload("photo.png", b"\x89PNG\r\n\x1a\n two")
    shop.hear(filed, text="عکس هم هست", attachments=[more["id"]])

    (first, second) = shop.list_attachments(filed)
    assert (first["name"], first["kind"]) == ("فاکتور.pdf", "application/pdf")
    assert shop.fetch_original(filed, first["id"]) == b"%PDF-1.4 one"
    (message,) = shop.list_messages(filed)
    assert (message["text"], message["channel"]) == ("عکس هم هست", "api")
    assert message["attachments"] == [second["id"]]
    with pytest.raises(client.Refusal) as refused:
        shop.hear(filed, text="دوباره", attachments=[more["id"]])
    assert (refused.value.status, refused.value.code) == (409, "no-such-upload")
    assert refused.value.errors[0]["pointer"] == "#/attachments/0"
    other = shop.file_complaint(narrative="دیگری")["reference"]
    with pytest.raises(client.Refusal, match="no-such-file"):
        shop.fetch_attachment(other, first["id"])
    with pytest.raises(client.Refusal, match="file-is-a-program"):
        shop.upload("run.exe", b"MZ\x90\x00")


def test_a_picture_is_given_without_what_a_camera_wrote_into_it(
    typed: Callable[..., Any], tmp_path: Path, settings: Any
) -> None:
    settings.FILES = tmp_path
    own, plain = typed(), typed("complaint.read")
    sent = own.upload("photo.jpg", b"\xff\xd8\xff\xe1 with a place")
    ref = own.file_complaint(narrative="با عکس", attachments=[sent["id"]])["reference"]
    (file,) = own.list_attachments(ref)
    with pytest.raises(client.Refusal) as refused:
        plain.fetch_attachment(ref, file["id"])
    assert (refused.value.status, refused.value.code) == (409, "file-being-prepared")

    _drawn(file["digest"], files.put([b"drawn"], 10).digest)

    assert plain.fetch_attachment(ref, file["id"]) == b"drawn"
    assert own.fetch_original(ref, file["id"]) == b"\xff\xd8\xff\xe1 with a place"
    with pytest.raises(client.Refusal, match="not-authorised"):
        plain.fetch_original(ref, file["id"])
    read = Reading.objects.order_by("pk").values_list("actor", "what")
    mine = [what for actor, what in read if what in ("file", "original")]
    assert mine == ["file", "file", "original"]


def _drawn(digest: str, copy: str) -> None:
    row, _new = Inspection.objects.update_or_create(
        digest=digest, defaults={"asked_at": NOW, "drawn": "made", "cleaned": True}
    )
    Picture.objects.create(
        inspection=row, what="clean", number=0, digest=copy, kind="image/jpeg", width=1, height=1
    )


def test_what_colleagues_keep_beside_a_file_is_read(
    typed: Callable[..., Any], acts: Acts, shop: SimpleNamespace
) -> None:
    own = typed()
    ref = own.file_complaint(narrative="یخچال", unit=shop.units["tehran"].pk)["reference"]
    case = Complaint.objects.get(ref=ref)
    own.note(ref, text="از برنامه")
    actions.note(ref, text="از همکار", by=shop.reza, at=NOW)
    acts.take(Step.LOG_CONTACT, case, shop.reza, NOW)
    acts.take(Step.INQUIRE, case, shop.mina, NOW)

    notes = [
        (one["text"], one["author"] and one["author"]["name"]["en"]) for one in own.list_notes(ref)
    ]
    assert notes == [("از برنامه", None), ("از همکار", "reza")]
    (talk,) = own.list_contacts(ref)
    assert (talk["by"]["name"]["en"], bool(talk["said"])) == ("reza", True)
    (referral,) = own.list_referrals(ref)
    (inquiry,) = own.list_inquiries(ref)
    assert (referral["body"]["name"]["en"], referral["ended_at"]) == ("124", None)
    assert (inquiry["referral"], inquiry["body"]) == (referral["id"], referral["body"])
    assert (bool(inquiry["asks"]), inquiry["answered_at"]) == (True, None)
    blind = typed("complaint.receive")
    for list_ in (
        blind.list_notes,
        blind.list_contacts,
        blind.list_referrals,
        blind.list_inquiries,
    ):
        with pytest.raises(client.Refusal, match="no-such-complaint"):
            list_(ref)
    assert Reading.objects.filter(what__in=["notes", "contacts", "inquiries"]).count() == 3


def test_every_reading_is_written_down(typed: Callable[..., Any]) -> None:
    shop = typed()
    ref = shop.file_complaint(narrative="کالا نرسید")["reference"]
    shop.read_complaint(ref)
    shop.read_timeline(ref)
    shop.list_proofs(ref)

    rows = Reading.objects.order_by("pk").values_list("what", flat=True)
    assert list(rows) == ["complaint", "timeline", "proofs"]
    assert {one.actor.split(":")[0] for one in Reading.objects.all()} == {"client"}


def test_the_story_names_the_program_and_proofs_are_whole(typed: Callable[..., Any]) -> None:
    shop = typed()
    ref = shop.file_complaint(narrative="کالا نرسید")["reference"]
    shop.note(ref, text="بررسی شد")
    promise = shop.read_receipt(ref)
    sequencer.run_once(NOW)

    story = shop.read_timeline(ref)
    assert [one["event"] for one in story] == ["complaint.received", "complaint.noted"]
    assert {one["by"] for one in story} == {f"the program {isolate('Shop')}"}
    proofs = shop.list_proofs(ref)
    assert [one["event"] for one in proofs] == [one["event"] for one in story]
    assert "proof" not in promise
    assert promise["promise"]
    assert all("proof" in one["receipt"] for one in proofs)
    clocks = {one["name"]: one for one in shop.list_clocks(ref)}
    assert clocks["acknowledge"]["state"] == "running"
    assert clocks["acknowledge"]["working"]


@pytest.mark.clause("10002:7.3")
def test_a_file_goes_its_whole_way(
    typed: Callable[..., Any], shop: SimpleNamespace, terms: SimpleNamespace
) -> None:
    own = typed()
    here = shop.units["tehran"].pk
    ref = own.file_complaint(narrative="کالا شکسته بود.", who=WHO, unit=here)["reference"]
    proof = {
        "way": "telephoned",
        "proof": {
            "number": "09123456789",
            "person": "علی",
            "said": "گفتیم",
            "written_copy_on": "همان روز",
        },
    }
    seen = client.etag(own.read_complaint(ref))

    def take(verb: str, **said: Any) -> Any:
        nonlocal seen
        done = getattr(own, verb)(ref, **said, seen=seen)
        seen = client.etag(done)
        return done

    take("acknowledge", told=proof)
    take(
        "assess",
        severity=3,
        safety=False,
        complexity=1,
        impact=2,
        immediate_needed=False,
        immediate_possible=False,
        recurrent=False,
    )
    take("investigate", plan="بازدید")
    take("gather", description="عکس", source="انبار")
    own_staff = {one["code"]: one["id"] for one in own.read_list("colleagues")}
    take("assign", staff=own_staff["reza"])
    remedy = {"kind": terms.remedy, "owner": own_staff["reza"], "due_on": "2026-05-20"}
    take(
        "decide",
        findings=[
            {
                "issue": 1,
                "finding": "upheld",
                "reasons": "شکسته بود",
                "cause": terms.cause,
                "others_affected": "no",
            }
        ],
        promises=[remedy],
        reasons="وارد است",
    )
    take("communicate", told=proof)
    take("verdict", verdict="accepted")
    (owed,) = own.list_remedies(ref)
    take("fulfil", remedy=owed["id"], done_on="2026-05-04", proof="رسید")
    done = take("close")

    assert done["state"] == "closed"
    assert own.read_complaint(ref)["closing"] == "accepted"
    with pytest.raises(client.Refusal) as refused:
        own.hold(ref, category="expert", reason="دیر", seen=seen)
    assert (refused.value.status, refused.value.code) == (409, "step-not-open")
    with pytest.raises(client.Refusal) as refused:
        own.reopen(ref, why="new_fact", seen='"P-1.1"')
    assert (refused.value.status, refused.value.code) == (412, "changed-meanwhile")
    assert refused.value.now["state"] == "closed"
    take("review")
    with pytest.raises(client.Refusal) as refused:
        own.assess(
            ref,
            severity=1,
            safety=False,
            complexity=1,
            impact=1,
            immediate_needed=False,
            immediate_possible=False,
            recurrent=False,
            seen=seen,
        )
    assert (refused.value.status, refused.value.code) == (403, "review-needs-a-person")


def test_a_program_promises_no_money(typed: Callable[..., Any], terms: SimpleNamespace) -> None:
    own = typed()
    ref = own.file_complaint(narrative="گران بود")["reference"]
    staff = own.read_list("colleagues")[0]["id"]
    remedy = {"kind": terms.remedy, "owner": staff, "due_on": "2026-05-20"}

    with pytest.raises(client.Refusal) as refused:
        own.settle(
            ref,
            what_was_done="برگشت پول",
            how_accepted="گفت خوب",
            danger=False,
            promises=[remedy | {"amount": 1, "currency": "IRR"}],
            seen="*",
        )

    assert refused.value.code == "over-limit"


def test_filing_costs_few_statements_whatever_is_there(program: Made) -> None:
    """Let in, numbers taken, all written; under a key the answer goes along.

    With an id of the program's own the numbers are taken by the look for it.
    """
    shop = program()
    named = {"narrative": "با نام", "who": WHO}
    counts = []
    for turn in range(2):
        for body, headers in (
            ({"narrative": "ساده"}, {}),
            (named, {}),
            (named, {"key": f"k{turn}"}),
            (named | {"client_reference": f"w{turn}"}, {"key": f"w{turn}"}),
        ):
            with CaptureQueriesContext(connection) as asked:
                assert shop.post("complaints", body, **headers).status_code == 201
            said = [one["sql"] for one in asked]
            counts.append(sum("SAVEPOINT" not in sql for sql in said))

    assert counts[4:] == [3, 3, 3, 3]
