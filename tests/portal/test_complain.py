"""From the form to the receipt: nothing typed is lost, and what is sent is sent once."""

import html
import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.portal.steps import complain, filed, follow, send, text

from pasokh.casework.complaints.milestones import Milestone
from pasokh.casework.complaints.models import Attachment, Complaint
from pasokh.casework.correspondence.models import Telling
from pasokh.casework.intake.drafts import actions as drafts
from pasokh.casework.intake.drafts.models import Draft
from pasokh.directory.people.models import Person
from pasokh.kernel import files
from pasokh.kernel.ledger.models import Entry

LANGUAGES = pytest.mark.parametrize("language", ["fa", "en"])
#: A few of the strings that break things elsewhere.
NAUGHTY = [
    "  ",
    "\n\n leading and trailing \n",
    "tab\there",
    "‌نیم‌فاصله‌",
    "<script>alert(1)</script> & \"quotes\" 'too'",
    "{{ 7 * 7 }} {% csrf_token %}",
    "Ω≈ç√∫˜µ≤≥÷ 🏳️‍🌈 👨‍👩‍👧",
    "\u202etest\u202e",
    "ي ك ة ى",
    "1;DROP TABLE users",
    "one\rtwo",
    "%s %(x)s %%",
]


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@LANGUAGES
@pytest.mark.clause("10002:7.1")
@pytest.mark.clause("10002:4.4")
@pytest.mark.clause("10002:4.8")
def test_the_front_page_publishes_what_the_engine_does(browser: Client, language: str) -> None:
    page = text(browser.get(f"/{language}/"))

    lengths = {"fa": ("۱ روز کاری", "۲۰ روز کاری"), "en": ("1 working day", "20 working days")}
    assert [each in page for each in lengths[language]] == [True, True]
    assert "a-remedy" not in page
    assert [each in page for each in ("remedy", "The 124 line", "Khaneh")] == [True] * 3


@pytest.mark.django_db
@LANGUAGES
@pytest.mark.parametrize("path", ["", "complain/", "follow/", "complain/check/"])
def test_before_set_up_every_page_says_so(language: str, path: str) -> None:
    response = Client().get(f"/{language}/{path}")

    assert response.status_code == 503
    assert "<form" not in text(response)


@LANGUAGES
@pytest.mark.clause("10002:7.4")
@pytest.mark.clause("10002:7.2")
def test_a_complaint_goes_from_the_form_to_the_receipt(browser: Client, language: str) -> None:
    ref, code = filed(browser, language)
    case = Complaint.objects.get(ref=ref)

    assert (case.language, case.channel, case.narrative) == (
        language,
        "web",
        "یخچال از روز اول خراب بود.",
    )
    assert case.complainant
    assert case.complainant.name == "مریم"
    assert case.done(Milestone.ACKNOWLEDGED)
    assert [t.way for t in Telling.objects.filter(letter__complaint=case)] == ["shown"]
    assert len(code) == 19
    actors = Entry.objects.filter(subject=case.subject).values_list("event", "actor")
    assert list(actors)[:2] == [
        ("complaint.received", f"complainant:{ref}"),
        ("complaint.acknowledged", "clock:receipt page"),
    ]


def test_looking_at_the_receipt_again_changes_nothing(browser: Client) -> None:
    _ref, code = filed(browser)
    before = Entry.objects.count()

    assert code in text(browser.get("/fa/complain/receipt/"))
    assert browser.get("/fa/complain/").status_code == 200
    assert Entry.objects.count() == before


@pytest.mark.parametrize("said", NAUGHTY[1:])
@LANGUAGES
@pytest.mark.clause("10002:7.2")
def test_what_is_written_is_shown_and_stored_exactly(
    browser: Client, language: str, said: str
) -> None:
    complain(browser, language, narrative=said, product_model=said)
    shown = browser.get(f"/{language}/complain/check/")
    assert f'<dd class="words">{html.escape(said, quote=True)}</dd>' in text(shown)
    again = text(browser.get(f"/{language}/complain/"))
    assert f">\n{html.escape(said, quote=True)}</textarea>" in again
    send(browser, language)

    case = Complaint.objects.get()
    assert (case.narrative, case.product_model) == (said, said)


def test_line_ends_become_plain_and_nothing_else_does(browser: Client) -> None:
    complain(browser, narrative="one\r\n\r\n two \r\n")
    send(browser)

    assert Complaint.objects.get().narrative == "one\n\n two \n"


def test_a_sign_that_cannot_be_stored_is_shown_as_gone_and_kept_as_it_came(
    browser: Client,
) -> None:
    complain(browser, narrative="before\0after")
    assert "U+0000" in text(browser.get("/en/complain/check/"))
    send(browser)

    case = Complaint.objects.get()
    assert case.narrative == "before\ufffdafter"
    (original,) = Attachment.objects.filter(complaint=case)
    with files.open(original.digest) as content:
        assert content.read() == b"before\0after"


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"narrative": " \n "}, "narrative"),
        ({"email": "", "mobile": ""}, "email"),
        ({"email": "not an address"}, "email"),
        ({"email": "", "mobile": "12"}, "mobile"),
        ({"anonymous": "on"}, "anonymous"),
        ({"incident_on": "the other day"}, "incident_on"),
        ({"behalf_contact": "a@example.org"}, "on_behalf_of"),
    ],
)
def test_an_error_names_its_field_and_loses_nothing(
    browser: Client, answers: dict[str, str], field: str
) -> None:
    given = {"narrative": "متن من", "serial_number": " SN 1 ", "files": [upload("a.txt", b"a")]}
    response = complain(browser, **(given | answers))

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert f'href="#id_{field}"' in text(response)
    reloaded = text(browser.get("/fa/complain/"))
    assert 'value=" SN 1 "' in reloaded
    assert "a.txt" in reloaded
    assert Complaint.objects.count() == 0


@pytest.mark.clause("10002:4.10")
def test_an_anonymous_person_is_told_beforehand_and_leaves_no_name(browser: Client) -> None:
    form = text(browser.get("/en/complain/"))
    assert "it cannot be replaced" in form
    ref, _code = filed(browser, "en", name="", email="", anonymous="on")

    case = Complaint.objects.get(ref=ref)
    assert (case.anonymous, case.complainant, Person.objects.count()) == (True, None, 0)


@pytest.mark.clause("10002:7.2")
@pytest.mark.clause("10002:Annex C")
def test_everything_that_may_be_told_is_kept(browser: Client) -> None:
    ref, _code = filed(
        browser,
        mobile="۰۹۱۲ ۳۴۵ ۶۷۸۹",
        remedy_wanted="تعویض",
        product_model="یخچال ۲۸ فوت",
        serial_number="SN-1",
        order_number="۱۴۰۵",
        purchase_place="شعبهٔ تهران",
        purchased_on="1405/02/10",
        incident_on="5 May 2026",
        guarantee="۱۸ ماه",
        on_behalf_of="مادرم",
        behalf_contact="09120000000",
        needs=["sight", "offline"],
        needs_note="عینک",
        complainant_kind="colleague",
    )
    case = Complaint.objects.get(ref=ref)
    assert case.complainant
    assert case.representative

    assert (case.complainant.name, case.representative.name) == ("مادرم", "مریم")
    assert case.representative.needs == ["offline", "sight"]
    assert (str(case.purchased_on), str(case.incident_on)) == ("2026-04-30", "2026-05-05")
    assert (case.remedy_wanted, case.order_number, case.complainant_kind) == (
        "تعویض",
        "۱۴۰۵",
        "colleague",
    )


def test_files_are_kept_on_the_way_and_hang_on_the_case(browser: Client) -> None:
    first = upload("../عکس.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    complain(browser, step="files", files=[first, upload("b.txt", b"b")])
    page = text(browser.get("/fa/complain/"))
    assert ["عکس.png" in page, "b.txt" in page] == [True, True]

    _, letting_go = browser.get("/fa/complain/").context["files"]
    complain(browser, step="", remove=letting_go.digest)
    complain(browser)
    send(browser)
    kept = Attachment.objects.values_list("name", "kind", "size")
    assert list(kept) == [("عکس.png", "image/png", 48)]


def test_a_refused_file_costs_neither_text_nor_the_other_files(browser: Client) -> None:
    bad, good = upload("run.exe", b"MZ\x90\0"), upload("bill.pdf", b"%PDF-1.7 ")
    response = complain(browser, "en", files=[bad, good])

    assert response.status_code == 200
    assert "run.exe" in response.context["problems"][0]
    assert [file.name for file in response.context["files"]] == ["bill.pdf"]
    assert "یخچال از روز اول" in text(browser.get("/en/complain/"))


def test_a_double_tap_files_once_and_gives_the_same_receipt(browser: Client) -> None:
    complain(browser)
    first, second = send(browser), send(browser)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url == "/fa/complain/receipt/"
    assert Complaint.objects.count() == 1


def test_after_the_receipt_a_new_complaint_can_be_written(browser: Client) -> None:
    filed(browser)
    assert "یخچال" not in browser.get("/fa/complain/").context["form"].initial
    filed(browser, narrative="دومی")

    assert Complaint.objects.count() == 2


def test_what_was_written_can_be_deleted_at_once(browser: Client) -> None:
    complain(browser)
    browser.post("/fa/complain/forget/")

    assert Draft.objects.count() == 0
    assert browser.get("/fa/complain/check/").url == "/fa/complain/"


def test_another_browser_sees_nothing_of_it(browser: Client) -> None:
    complain(browser, narrative="راز")

    assert "راز" not in text(Client().get("/fa/complain/"))
    assert Client().get("/fa/complain/receipt/").url == "/fa/follow/"


@LANGUAGES
def test_a_flood_is_slowed_and_keeps_what_was_written(
    browser: Client, still: None, language: str, settings: Any
) -> None:
    settings.FILINGS_AT_ONCE = 1
    for number in range(2):
        filed(browser, language, narrative=f"شماره {number}")
    complain(browser, language, narrative="سومی")
    response = send(browser, language)

    assert (response.status_code, response["Retry-After"]) == (429, "1")
    assert "سومی" in text(response)
    assert "سومی" in text(browser.get(f"/{language}/complain/check/"))
    assert Complaint.objects.count() == 2


def test_the_code_stands_nowhere_but_in_the_sealed_draft(browser: Client) -> None:
    _ref, code = filed(browser, "en")
    entries = b"".join(bytes(entry.canonical) for entry in Entry.objects.all())

    assert code.encode() not in entries
    assert code.encode() not in bytes(Draft.objects.get().sealed)
    assert json.dumps(dict(browser.session)).find(code) == -1


def test_the_proof_of_filing_is_handed_over(browser: Client) -> None:
    ref, _code = filed(browser)
    response = browser.get("/fa/complain/receipt/proof.json")

    assert response["Content-Disposition"] == f'attachment; filename="receipt-{ref}.json"'
    proof = json.loads(response.content)
    assert json.loads(proof["entry"])["subject"] == f"complaint:{ref}"
    assert "یخچال" in proof["sealed"]["json"]


@LANGUAGES
def test_the_typeset_receipt_carries_the_proof(browser: Client, language: str) -> None:
    ref, code = filed(browser, language)
    response = browser.get(f"/{language}/complain/receipt/receipt.pdf")

    assert response["Content-Disposition"] == f'attachment; filename="receipt-{ref}.pdf"'
    assert response.content.startswith(b"%PDF-")
    assert follow(browser, ref, code, language).status_code == 302
    again = browser.get(f"/{language}/follow/complaint/receipt.pdf")
    assert again.content.startswith(b"%PDF-")
    assert Client().get(f"/{language}/complain/receipt/receipt.pdf").url == f"/{language}/follow/"


def test_pages_are_never_stored_on_the_way(browser: Client) -> None:
    paths = ["", "complain/", "follow/"]

    assert {browser.get(f"/fa/{path}")["Cache-Control"] for path in paths} == {"no-store"}


def test_no_room_for_files_is_said_and_the_text_is_sent(
    browser: Client, monkeypatch: pytest.MonkeyPatch, portal: SimpleNamespace
) -> None:
    monkeypatch.setattr(drafts, "IN_TOTAL", 0)
    response = complain(browser, "en", files=[upload("a.txt", b"a")])
    assert "We cannot take more files" in response.context["problems"][0]
    filed(browser, "en")

    assert Complaint.objects.count() == 1


@LANGUAGES
def test_a_text_of_millions_of_letters_is_told_what_to_do(browser: Client, language: str) -> None:
    response = complain(browser, language, narrative="a" * 2_700_000)
    said = {"en": "Send a longer one as a file.", "fa": "<h1"}[language]

    assert (response.status_code, said in text(response)) == (413, True)
    assert Draft.objects.count() == 0
