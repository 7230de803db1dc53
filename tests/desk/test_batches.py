"""Letters that go by post: printed together, and written down as posted together."""

from collections.abc import Callable
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.casework.acts import Acts
from tests.casework.correspondence.correspondents import describe_office, written

from pasokh.casework.complaints.milestones import Milestone
from pasokh.casework.complaints.models import Attachment, Reading
from pasokh.casework.correspondence.delivery import LetterKind, LetterState
from pasokh.casework.correspondence.models import Letter, Telling
from pasokh.directory.people.models import ContactPoint

pytestmark = pytest.mark.django_db

AtDesk = Callable[[str], Client]
PAGE = "/en/desk/letters/batch/"


@pytest.fixture
def waiting(shop: SimpleNamespace, acts: Acts) -> list[Letter]:
    """Two letters that go by post, in files of Tehran."""
    describe_office()
    found = [written(LetterKind.ACKNOWLEDGEMENT, one, acts) for one in ("fa", "en")]
    ContactPoint.objects.update(kind="post", value="12 Enghelab Street")
    return found


def test_letters_that_were_chosen_are_one_pdf_and_each_reading_is_written_down(
    at_desk: AtDesk, waiting: list[Letter]
) -> None:
    import pypdfium2  # noqa: PLC0415  slow import

    browser = at_desk("reza")
    shown = browser.get("/en/desk/letters/").content.decode()
    assert shown.count('name="letter"') == 2
    chosen = {"letter": [one.pk for one in waiting], "step": "print"}
    before = Reading.objects.count()
    made = browser.post(PAGE, chosen)
    assert made["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(made.content)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert len(document) >= 2
    assert waiting[1].complaint.ref in text
    assert Reading.objects.count() - before == 2
    assert at_desk("shirin").post(PAGE, chosen)["Location"] == "/en/desk/letters/"
    assert browser.post(PAGE, {"step": "print"}).status_code == 302


@pytest.mark.clause("10002:7.4")
def test_letters_posted_together_are_told_with_number_day_and_slip(
    at_desk: AtDesk, waiting: list[Letter]
) -> None:
    browser, (first, second) = at_desk("reza"), waiting
    chosen = {"letter": [first.pk, second.pk]}
    asked = browser.post(PAGE, chosen | {"step": "ask"})
    when = asked.context["form"]["happened_at"].value()
    nothing = browser.post(PAGE, chosen | {"step": "posted", "to": "", "happened_at": "x"})
    assert set(nothing.context["form"].errors) == {"to", "happened_at"}
    assert Telling.objects.count() == 0

    early = {**chosen, "step": "posted", "to": "x", "happened_at": "2020-01-01 10:00"}
    refused = browser.post(PAGE, early).context["form"].errors["__all__"]
    assert len(refused) == 2
    assert Telling.objects.count() == 0

    slip = SimpleUploadedFile("slip.pdf", b"%PDF-1.4 slip")
    given = {"step": "posted", "to": "Central post office", f"number-{first.pk}": "RR123"}
    done = browser.post(
        PAGE,
        {
            **chosen,
            **given,
            "happened_at": f"{timezone.localtime(when, ZoneInfo('Asia/Tehran')):%Y-%m-%d %H:%M}",
            "papers": slip,
        },
    )
    assert done["Location"] == "/en/desk/letters/"
    assert [str(one) for one in get_messages(done.wsgi_request)] == ["2 letters count as sent."]
    proofs = {one.letter_id: one.proof for one in Telling.objects.all()}
    assert proofs[first.pk]["number"] == "RR123"
    assert "number" not in proofs[second.pk]
    files = Attachment.objects.filter(name="slip.pdf")
    assert {one.complaint_id for one in files} == {first.complaint_id, second.complaint_id}
    assert all(one.inside for one in files)
    assert {proof["slips"] for proof in proofs.values()} == {files[0].digest}
    for one in waiting:
        one.refresh_from_db()
        one.complaint.refresh_from_db()
        assert one.state == LetterState.HANDED_OVER
        assert one.complaint.done(Milestone.ACKNOWLEDGED)
    assert "2 letters count as sent" in browser.get("/en/desk/letters/").content.decode()
