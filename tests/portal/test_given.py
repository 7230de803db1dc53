"""Files handed back: to those who follow the complaint, to be saved and never to be run."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from tests.portal.steps import followed, page

from pasokh.casework.complaints.models import Attachment, Complaint
from pasokh.kernel import files

HOSTILE = b"<html><script>alert(document.cookie)</script></html>"


def uploaded(browser: Client, name: str = "قبض.html", content: bytes = HOSTILE) -> Complaint:
    return followed(browser, files=SimpleUploadedFile(name, content))


def address(case: Complaint, language: str = "en") -> str:
    file = Attachment.objects.get(complaint=case)
    return f"/{language}/follow/complaint/file/{file.pk}/"


def test_a_file_comes_back_as_it_was_and_runs_nothing(browser: Client) -> None:
    case = uploaded(browser)
    answer = browser.get(address(case))

    assert b"".join(answer.streaming_content) == HOSTILE
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == ("attachment; filename*=utf-8''%D9%82%D8%A8%D8%B6.html")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "no-store"
    assert address(case) in page(browser)


def test_a_file_sent_later_can_be_had_too(browser: Client) -> None:
    case = followed(browser)
    bill = SimpleUploadedFile("bill.txt", b"bill")
    with TestCase.captureOnCommitCallbacks(execute=True):
        browser.post("/en/follow/complaint/letter/", {"text": "قبض", "step": "send", "files": bill})

    assert b"".join(browser.get(address(case)).streaming_content) == b"bill"


def test_nobody_has_the_file_of_another_complaint(browser: Client) -> None:
    case = uploaded(browser)
    other = Client()
    uploaded(other, "other.txt", b"other")

    assert other.get(address(case)).status_code == 404
    assert Client().get(address(case)).url == "/en/follow/"
    assert browser.get("/en/follow/complaint/file/999999/").status_code == 404
    assert browser.get("/en/follow/complaint/file/99999999999999999999/").status_code == 404


def test_a_file_whose_bytes_are_gone_is_missing_and_no_fault(browser: Client) -> None:
    case = uploaded(browser)
    files.discard(Attachment.objects.get(complaint=case).digest)

    assert browser.get(address(case)).status_code == 404
