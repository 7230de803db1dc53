"""Files with forms of the desk: kept through every mistake, judged by content, filed once."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.casework.acts import Acts
from tests.casework.conftest import HOUR, START, complainant
from tests.desk.conftest import NOW as PRESENT
from tests.desk.test_acts import NOW, act
from tests.desk.test_entry import GIVEN, enter

from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.models import Attachment, Complaint, Message
from pasokh.casework.complaints.queries import tracking
from pasokh.casework.complaints.queries.passed import file_given
from pasokh.casework.intake.drafts import actions as drafts
from pasokh.casework.intake.drafts.models import Draft, StagedFile
from pasokh.casework.investigation.models import Evidence
from pasokh.kernel import files
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.models import Entry

pytestmark = pytest.mark.django_db

File = Callable[..., Complaint]
AtDesk = Callable[[str], Client]

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
HEARD = {"text": "عکس آوردند", "channel": "counter", "happened_at": NOW}


def photo(name: str = "عکس.jpg", content: bytes = JPEG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def test_what_came_with_a_reply_is_filed_with_it(at_desk: AtDesk, file: File) -> None:
    case = file()

    answer = act(at_desk("nima"), case, "hear", **HEARD, papers=[photo("../../عکس.jpg")])

    assert answer.status_code == 302
    filed = Attachment.objects.get(complaint=case)
    assert (filed.name, filed.kind, filed.size) == ("عکس.jpg", "image/jpeg", len(JPEG))
    assert filed.message == Message.objects.get(complaint=case)
    with files.open(filed.digest) as stored:
        assert stored.read() == JPEG
    assert not Draft.objects.exists()


def test_each_file_stands_beside_what_it_came_with(
    at_desk: AtDesk, file: File, acts: Acts, shop: SimpleNamespace
) -> None:
    case, browser = file(), at_desk("reza")
    acts.take(Step.ASSESS, case, shop.reza, START + HOUR)
    for name in ("a.jpg", "b.jpg"):  # the same picture twice, each time with other words
        act(browser, case, "hear", **{**HEARD, "text": name}, papers=[photo(name)])
    proof = {"description": "لکه", "source": "تعمیرگاه"}
    act(browser, case, "gather", **proof, papers=[photo("c.jpg", JPEG + b"c")])

    page = browser.get(f"/en/desk/complaints/{case.ref}/")

    shown = page.context["page"]
    beside = [[one.name for one in shown.came_with(line)] for line in shown.timeline]
    assert [names for names in beside if names] == [["a.jpg"], ["b.jpg"], ["c.jpg"]]
    assert page.content.decode().count("<bdi>a.jpg</bdi>") == 2


def test_evidence_is_not_among_the_files_that_the_complainant_is_shown(
    at_desk: AtDesk, file: File, acts: Acts, shop: SimpleNamespace
) -> None:
    case = file()
    acts.take(Step.ASSESS, case, shop.reza, START + HOUR)
    act(at_desk("reza"), case, "gather", description="لکه", source="تعمیرگاه", papers=[photo()])

    found = tracking.tracked(complainant(case))

    assert found.files == ()
    with pytest.raises(Refused) as refusal:
        file_given(complainant(case), Attachment.objects.get(complaint=case).pk)
    assert refusal.value.code == "no-such-file"


def test_a_mistake_elsewhere_loses_no_file(at_desk: AtDesk, file: File) -> None:
    case, browser = file(), at_desk("nima")

    wrong = act(browser, case, "hear", **{**HEARD, "happened_at": "دیروز"}, papers=[photo()])
    form = wrong.context["form"]
    again = act(browser, case, "hear", **HEARD, kept=form["kept"].value())

    assert (wrong.status_code, list(form.errors)) == (422, ["happened_at"])
    assert "عکس.jpg" in wrong.content.decode()
    assert again.status_code == 302
    assert Attachment.objects.get(complaint=case).name == "عکس.jpg"


def test_a_refused_file_costs_neither_the_text_nor_the_other_files(
    at_desk: AtDesk, file: File
) -> None:
    case, browser = file(), at_desk("nima")

    answer = act(
        browser, case, "hear", **HEARD, papers=[photo(), photo("picture.jpg", b"MZ\x90 program")]
    )
    page, form = answer.content.decode(), answer.context["form"]
    again = act(browser, case, "hear", **HEARD, kept=form["kept"].value())

    assert answer.status_code == 422
    assert "picture.jpg" in page
    assert "is a program" in page
    assert "عکس آوردند" in page
    assert again.status_code == 302
    assert [one.name for one in Attachment.objects.filter(complaint=case)] == ["عکس.jpg"]


def test_more_than_ten_files_are_refused_one_by_one(at_desk: AtDesk, file: File) -> None:
    case, many = file(), [photo(f"{n}.jpg", JPEG + bytes([n])) for n in range(12)]

    answer = act(at_desk("nima"), case, "hear", **HEARD, papers=many)

    assert answer.status_code == 422
    said = answer.context["form"].errors["papers"]
    assert len(said) == 2
    assert all("add the others on the page of the complaint" in one for one in said)
    assert StagedFile.objects.count() == 10


def test_the_desk_never_sends_its_own_people_to_the_complainants_page(
    at_desk: AtDesk, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = file()
    monkeypatch.setattr(drafts, "LEFT_FREE", 1 << 62)

    answer = act(at_desk("nima"), case, "hear", **HEARD, papers=[photo()])

    (said,) = answer.context["form"].errors["papers"]
    assert "Tell the administrator" in said
    assert "where you follow" not in said


def test_a_file_may_be_left_out_again(at_desk: AtDesk, file: File) -> None:
    case, browser = file(), at_desk("nima")
    two = [photo("a.jpg"), photo("b.jpg", JPEG + b"b")]
    form = act(browser, case, "hear", **{**HEARD, "text": ""}, papers=two).context["form"]
    first = form.fields["leave_out"].choices[0][0]

    act(browser, case, "hear", **HEARD, kept=form["kept"].value(), leave_out=[first])

    assert [one.name for one in Attachment.objects.filter(complaint=case)] == ["b.jpg"]


def test_files_kept_too_long_are_said_to_be_gone_and_the_words_can_be_sent(
    at_desk: AtDesk, file: File, stands: Callable[[Any], None]
) -> None:
    case, browser = file(), at_desk("nima")
    form = act(browser, case, "hear", **{**HEARD, "text": ""}, papers=[photo()]).context["form"]
    stands(PRESENT + timedelta(days=2))

    late = act(browser, case, "hear", **HEARD, kept=form["kept"].value())
    again = act(browser, case, "hear", **HEARD, kept=late.context["form"]["kept"].value())

    assert late.status_code == 409
    assert "no longer kept" in late.content.decode()
    assert again.status_code == 302


@pytest.mark.clause("10002:7.6")
def test_each_file_is_a_piece_of_evidence_with_its_digest_in_the_ledger(
    at_desk: AtDesk, file: File, acts: Acts, shop: SimpleNamespace
) -> None:
    case = file()
    acts.take(Step.ASSESS, case, shop.reza, START + HOUR)
    two = [photo("a.jpg"), photo("b.jpg", JPEG + b"b")]

    act(at_desk("reza"), case, "gather", description="لکه", source="تعمیرگاه", papers=two)

    digests = sorted(Evidence.objects.filter(complaint=case).values_list("digest", flat=True))
    facts = Entry.objects.filter(subject=case.subject, event="complaint.evidence_gathered")
    assert sorted(one.facts["digest"] for one in facts) == digests
    assert sorted(Attachment.objects.values_list("digest", flat=True)) == digests
    assert len(set(digests)) == 2


def test_evidence_in_words_alone_stays_possible(
    at_desk: AtDesk, file: File, acts: Acts, shop: SimpleNamespace
) -> None:
    case = file()
    acts.take(Step.ASSESS, case, shop.reza, START + HOUR)

    act(at_desk("reza"), case, "gather", description="صدا را شنیدم", source="بازدید")

    assert Evidence.objects.get(complaint=case).digest == ""


def test_what_came_with_a_letter_is_filed_with_the_complaint(at_desk: AtDesk) -> None:
    browser = at_desk("nima")
    wrong = enter(browser, **{**GIVEN, "name": ""}, papers=[photo("فاکتور.jpg")])
    kept = wrong.context["form"]["kept"].value()

    answer = enter(browser, **GIVEN, kept=kept, once="one")
    twice = enter(browser, **GIVEN, kept=kept, once="one")

    case = Complaint.objects.get()
    assert (wrong.status_code, answer.status_code) == (422, 200)
    assert [one.name for one in case.attachments.all()] == ["فاکتور.jpg"]
    assert (twice.context["again"], twice.context["ref"]) == (True, case.ref)
