"""The texts of letters in set-up: written, tried, refused with their faults, taken back."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.casework.correspondence.correspondents import complain
from tests.desk.test_acts import act

from pasokh.casework.correspondence import own
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.wording import queries
from pasokh.casework.correspondence.wording.models import Reply, SecondLook, Wording

pytestmark = pytest.mark.django_db

AtDesk = Callable[[str], Client]
PAGE = "/en/desk/set-up/letters/decision/fa/"
OURS = own.written("decision", "fa")


def typed(**changes: Any) -> dict[str, Any]:
    known = {"act": "write", "since": 0, "subject": OURS.subject, "body": OURS.body}
    return known | changes


def test_a_text_is_tried_saved_shown_and_given_up(at_desk: AtDesk, shop: SimpleNamespace) -> None:
    browser = at_desk("parvin")
    first = browser.get(PAGE).content.decode()
    assert "{شمارهٔ شکایت}" in first
    assert "the complaint&#x27;s reference" in first

    seen = browser.post(PAGE, typed(body=OURS.body + "\nما در کنار شماییم.", step="preview"))
    assert "ما در کنار شماییم." in seen.context["seen"]
    assert seen.context["lacks"] == []
    paper = browser.post(PAGE, typed(step="paper"))
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert Wording.objects.count() == 0

    assert browser.post(PAGE, typed(body=OURS.body + "\nما در کنار شماییم.")).status_code == 302
    assert "ما در کنار شماییم." in queries.typed("decision", "fa")[1]
    assert "Your own, version 1" in browser.get("/en/desk/set-up/letters/").content.decode()
    assert browser.post(PAGE, {"act": "end"}).status_code == 302
    assert queries.typed("decision", "fa") == (OURS.subject, OURS.body, 0)


def test_every_fault_is_named_and_what_was_typed_is_kept(
    at_desk: AtDesk, shop: SimpleNamespace
) -> None:
    wrong = "نخست {شماره شکایتت}\n{اگر جبران}\nسخنی"
    shown = at_desk("zahra").post(PAGE, typed(body=wrong))
    said = " ".join(shown.context["form"].errors["body"])
    assert "Line 1: there is no field called “\u2068شماره شکایتت\u2069”" in said
    assert "The condition in line 2 is not ended" in said
    assert wrong in shown.content.decode()

    lacking = at_desk("zahra").post(PAGE, typed(body="سلام {نام}"))
    said = " ".join(lacking.context["form"].errors["body"])
    assert "the decision, the reasons, the remedies" in said
    assert Wording.objects.count() == 0


def test_a_text_is_tried_with_a_file_only_by_those_who_may_see_it(
    at_desk: AtDesk, shop: SimpleNamespace
) -> None:
    case = complain(shop, "fa")
    seen = at_desk("parvin").post(PAGE, typed(ref=case.ref, step="preview"))
    assert "the outcome, as a sentence" in [str(one) for one in seen.context["lacks"]]
    unseen = at_desk("zahra").post(PAGE, typed(ref=case.ref, step="preview"))
    assert "seen" not in unseen.context
    assert unseen.context["unseen"]


def test_letters_above_an_amount_wait_for_approval(at_desk: AtDesk, shop: SimpleNamespace) -> None:
    browser = at_desk("parvin")
    asked = browser.post(PAGE, {"act": "approval", "waits": "above", "above": ""})
    assert "Write the amount" in asked.content.decode()
    browser.post(PAGE, {"act": "approval", "waits": "above", "above": "1,000,000 rials"})
    row = SecondLook.objects.get()
    assert (row.kind, row.above, row.currency) == ("decision", 1_000_000, "IRR")
    assert "1,000,000" in browser.get(PAGE).content.decode()
    browser.post(PAGE, {"act": "approval", "waits": "no"})
    assert SecondLook.objects.count() == 0
    assert (
        "Approval before it leaves"
        not in browser.get("/en/desk/set-up/letters/waiver/fa/").content.decode()
    )


def test_a_reply_is_prepared_taken_up_with_its_fields_and_seen_to_before_it_leaves(
    at_desk: AtDesk, shop: SimpleNamespace
) -> None:
    keeper, writer = at_desk("parvin"), at_desk("reza")
    where = "/en/desk/set-up/replies/"
    told = {"act": "add", "kind": "message", "name_fa": "دیرکرد", "name_en": "Late parts"}
    told |= {"category": "", "words_fa": "", "words_en": ""}
    nothing = keeper.post(where, told)
    assert "The text is empty" in nothing.content.decode()
    words = "Dear {name},\n\nyour complaint {reference} waits for parts until {update by}."
    words += "\n{if anonymous}\nx\n{end}"
    wrong = keeper.post(where, told | {"words_en": words + "\n{findings}"})
    assert "no field called" in wrong.content.decode()
    assert keeper.post(where, told | {"words_en": words}).status_code == 302

    case = complain(shop, "en")
    form = act(
        writer, case, "message", text="Hello.", reply=str(Wording.objects.get().pk), step="fill"
    )
    typed = form.context["form"].data["text"]
    assert typed.startswith(f"Hello.\n\nDear Mary Collins,\n\nyour complaint {case.ref} waits")
    assert "{" not in typed  # the next word is promised by a day
    reply = str(Wording.objects.get().pk)
    held = act(writer, case, "message", text="Until {update by}.", reply=reply)
    assert "the day by which the next word is promised" in held.content.decode()
    assert Letter.objects.count() == 0
    assert act(writer, case, "message", text=typed, reply=reply).status_code == 302
    assert Letter.objects.get().facts["reply"] == Wording.objects.get().pk

    page = f"{where}{Reply.objects.get().pk}/"
    changed = {**told, "act": "change", "words_en": "Shorter.", "words_fa": "کوتاه‌تر"}
    assert keeper.post(page, changed).status_code == 302
    stand = Wording.objects.filter(ended_at=None).order_by("language")
    assert [(one.language, one.number) for one in stand] == [("en", 2), ("fa", 1)]
    keeper.post(page, {"act": "end"})
    assert keeper.get(page).status_code == 404
    assert (
        "Prepared reply"
        not in writer.get(f"/en/desk/complaints/{case.ref}/message/").content.decode()
    )


def test_a_kind_is_added_written_chosen_in_a_case_and_retired(
    at_desk: AtDesk, shop: SimpleNamespace
) -> None:
    keeper, writer = at_desk("parvin"), at_desk("reza")
    where = "/en/desk/set-up/letters/"
    told = {"act": "add", "name_fa": "دعوت به بازدید", "name_en": "Invitation to a visit"}
    told |= {"purpose_fa": "", "purpose_en": "When our expert comes."}
    assert "cannot be left empty" in keeper.post(where, told | {"name_fa": ""}).content.decode()
    assert keeper.post(where, told).status_code == 302
    again = keeper.post(where, told).content.decode()
    assert "Another kind of letter is called" in again
    assert "When our expert comes." in again
    assert "Not written yet" in keeper.get(where).content.decode()

    code = next(iter(queries.added()))
    page = f"{where}{code}/en/"
    first = keeper.get(page).context["drawn"][0][1]
    assert first["subject"].value() == "Invitation to a visit"
    text = {"act": "write", "since": 0, "subject": "A visit for {reference}"}
    silent = keeper.post(page, text | {"body": "Come."})
    assert "What a colleague writes would not be in this letter" in silent.content.decode()
    body = "We propose:\n\n{message}"
    seen = keeper.post(page, text | {"body": body, "step": "preview"})
    assert "We propose:" in seen.context["seen"]
    paper = keeper.post(page, text | {"body": body, "step": "paper"})
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert keeper.post(page, text | {"body": body}).status_code == 302

    persian, case = complain(shop, "fa", address="a@example.org"), complain(shop, "en")
    assert "Invitation" not in act_page(writer, persian)
    assert "Invitation to a visit: When our expert comes." in act_page(writer, case)
    shown = act(writer, case, "message", text="Monday.", added=code, step="preview")
    assert "We propose:" in shown.context["preview"]["text"]
    assert act(writer, case, "message", text="Monday.", added=code).status_code == 302
    there = writer.get(f"/en/desk/complaints/{case.ref}/").content.decode()
    assert there.count("Invitation to a visit") >= 2  # among the letters, and in the history

    number = queries.added()[code].id
    kind = f"{where}kinds/{number}/"
    assert keeper.post(kind, {"act": "retire"}).status_code == 302
    assert "Invitation" not in act_page(writer, case)
    gone = act(writer, case, "message", text="Tuesday.", added=code)
    assert "Tuesday." in gone.content.decode()
    assert "offered no more" in str(gone.context["form"].errors["added"])
    assert Letter.objects.count() == 1
    assert "No longer in use" in keeper.get(where).content.decode()
    assert keeper.post(kind, {"act": "restore"}).status_code == 302
    changed = {**told, "act": "change", "name_en": "Appointment"}
    assert keeper.post(kind, changed).status_code == 302
    assert "Appointment" in writer.get(f"/en/desk/complaints/{case.ref}/").content.decode()
    assert keeper.get(f"{where}kinds/{number + 1}/").status_code == 404
    assert keeper.get(f"{where}own-999/en/").status_code == 404


def act_page(browser: Client, case: Any) -> str:
    return browser.get(f"/en/desk/complaints/{case.ref}/message/").content.decode()
