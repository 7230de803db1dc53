"""The mail pages of the desk: what waits, one mail, its files, the daily count, the mailboxes."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from tests.casework.conftest import HOUR, START
from tests.casework.correspondence.correspondents import describe_office
from tests.channels.mail_in.mails import WORDS, mail
from tests.channels.smime.people import authority, entity, mailed, person, rsa_key, signed
from tests.fixtures.pages import Page

from pasokh.casework.complaints.models import Complaint, Message
from pasokh.casework.correspondence import reply_address
from pasokh.casework.intake.mailroom import actions
from pasokh.casework.intake.mailroom.actions import Handed
from pasokh.casework.intake.mailroom.models import Mail, Mailbox, MailReading
from pasokh.casework.intake.mailroom.terms import Door
from pasokh.channels.mail_in import pipeline
from pasokh.kernel.ledger.models import Entry

TO = "tehran@khaneh.example"
AtDesk = Callable[[str], Client]


@pytest.fixture
def mailbox(shop: SimpleNamespace) -> Mailbox:
    describe_office()
    unit = shop.units["tehran"].pk
    return actions.add_mailbox(TO, unit_id=unit, language="fa", by=shop.zahra, at=START)


@pytest.fixture
def held(mailbox: Mailbox) -> Mail:
    """A mail without a sender, and a picture with it."""
    content = mail(files=(("fridge.png", b"\x89PNG"),)).replace(b"From: ", b"X-From: ")
    pipeline.take_in(Handed(content, Door.LMTP, None, TO), at=START)
    pipeline.sort_mail(START)
    return Mail.objects.get()


def test_a_held_mail_is_opened_put_right_and_begins_a_case(
    held: Mail, shop: SimpleNamespace, at_desk: AtDesk
) -> None:
    browser = at_desk("nima")
    listed = browser.get("/en/desk/mail/")
    assert "It names no sender" in listed.content.decode()
    page = browser.get(f"/en/desk/mail/{held.pk}/")
    shown = page.content.decode()
    assert WORDS in shown
    assert "fridge.png" in shown
    digest = held.files[0]["digest"]
    file = browser.get(f"/en/desk/mail/{held.pk}/{digest}/")
    assert (b"".join(file.streaming_content), file["Content-Type"]) == (
        b"\x89PNG",
        "application/octet-stream",
    )
    assert file["Content-Disposition"].startswith("attachment")

    readings = MailReading.objects.filter(mail=held).order_by("pk")
    assert list(readings.values_list("actor", "what")) == [
        (shop.nima.code, "mail"),
        (shop.nima.code, "file"),
    ]
    log = at_desk("ali").get("/en/desk/mail/readings/").content.decode()
    assert log.count("<tbody><tr>") == 1
    assert WORDS not in log

    told = {"act": "complaint", "sender": "", "sender_name": "", "unit": held.unit_id}
    again = browser.post(f"/en/desk/mail/{held.pk}/", {**told, "language": "fa"})
    assert "Write the address to which we shall answer." in again.content.decode()
    told |= {"sender": "maryam@example.org", "sender_name": "مریم احمدی", "language": "fa"}
    assert browser.post(f"/en/desk/mail/{held.pk}/", told).status_code == 302
    case = Complaint.objects.get()
    assert (case.complainant.name, case.unit.code) == ("مریم احمدی", "tehran")
    assert WORDS in case.narrative
    held.refresh_from_db()
    assert (held.disposition, held.reason, held.complaint) == ("complaint", "released", case)
    entry = Entry.objects.get(subject=held.subject)
    assert (entry.event, entry.actor) == ("mail.released", shop.nima.code)
    assert entry.facts["corrected"] == ["sender", "sender_name"]
    late = browser.post(f"/en/desk/mail/{held.pk}/", told)
    assert late.status_code == 404  # nothing is left to do with it
    assert Complaint.objects.count() == 1


def test_a_held_mail_is_added_to_a_case_refused_or_read_again(
    held: Mail, file: Any, shop: SimpleNamespace, at_desk: AtDesk
) -> None:
    browser, address = at_desk("nima"), f"/en/desk/mail/{held.pk}/"
    assert browser.post(address, {"act": "refuse", "why": "Werbung"}).status_code == 302
    held.refresh_from_db()
    assert (held.disposition, held.facts["why"]) == ("refused", "Werbung")
    assert browser.post(address, {"act": "again"}).status_code == 302
    held.refresh_from_db()
    assert held.disposition == ""
    pipeline.sort_mail(START + HOUR)
    held.refresh_from_db()
    assert (held.disposition, held.reason) == ("held", "no-sender")

    strange = browser.post(address, {"act": "case", "ref": "P-999999-9"})
    assert "no complaint" in strange.content.decode().lower()
    case = file()
    assert browser.post(address, {"act": "case", "ref": case.ref}).status_code == 302
    heard = Message.objects.get(complaint=case)
    assert (heard.text.strip(), heard.author) == (WORDS, shop.nima.code)
    events = Entry.objects.filter(subject=held.subject).order_by("number")
    assert list(events.values_list("event", flat=True)) == [
        *("mail.refused", "mail.read_again", "mail.released"),
    ]


def test_a_sender_who_is_not_verified_is_marked_on_the_mail_and_in_the_case(
    mailbox: Mailbox, shop: SimpleNamespace, at_desk: AtDesk
) -> None:
    actions.change_mailbox(mailbox.pk, trusted="mx.khaneh.example", by=shop.zahra, at=START)
    results = "mx.khaneh.example; spf=softfail smtp.mailfrom=example.org"
    content = mail(Authentication_Results=results)
    pipeline.take_in(Handed(content, Door.LMTP, None, TO), at=START)
    pipeline.sort_mail(START)
    browser, one = at_desk("nima"), Mail.objects.get()

    assert "not verified" in browser.get("/en/desk/mail/?show=all").content.decode()
    page = browser.get(f"/en/desk/mail/{one.pk}/").content.decode()
    assert "The sender could not be verified" in page
    assert "nothing proves that it is from there" in page
    assert one.complaint is not None
    case = browser.get(f"/en/desk/complaints/{one.complaint.ref}/").content.decode()
    assert "The sender of this mail could not be verified" in case
    assert "<span>The sender could not be verified</span>" not in case
    to = reply_address.made(TO, one.complaint.ref, settings.SECRET_KEY.encode())
    pipeline.take_in(Handed(mail(to=to, words="noch da?"), Door.LMTP, None, to), at=START)
    pipeline.sort_mail(START)
    case = browser.get(f"/en/desk/complaints/{one.complaint.ref}/").content.decode()
    assert case.count("<span>The sender could not be verified</span>") == 1
    setup = at_desk("zahra").get(f"/en/desk/set-up/mailboxes/{mailbox.pk}/").content.decode()
    assert "by the word of <bdi>mx.khaneh.example</bdi>" in setup
    actions.change_mailbox(mailbox.pk, trusted="", by=shop.zahra, at=START)
    setup = at_desk("zahra").get(f"/en/desk/set-up/mailboxes/{mailbox.pk}/").content.decode()
    assert "counts as that party" in setup


def test_what_was_found_of_a_signature_stands_on_the_mail_and_at_the_message(
    mailbox: Mailbox, at_desk: AtDesk, settings: Any, tmp_path: Path
) -> None:
    root = authority()
    settings.MAIL_AUTHORITIES = tmp_path / "authorities.pem"
    settings.MAIL_AUTHORITIES.write_bytes(root.pem)
    browser, maryam = at_desk("nima"), person(by=root, key=rsa_key(1))
    body = mailed(signed(tmp_path, maryam, entity("The fridge is broken.")))
    pipeline.take_in(Handed(body, Door.LMTP, None, TO), at=START)
    pipeline.sort_mail(START)
    one: Any = Mail.objects.get()
    page = browser.get(f"/en/desk/mail/{one.pk}/").content.decode()
    assert "Yes: the mail bears a valid digital signature" in page
    assert "Maryam Ahmadi · maryam@example.org" in page
    assert "Khaneh Root" in page
    assert "smime.p7s" not in page

    to = reply_address.made(TO, one.complaint.ref, settings.SECRET_KEY.encode())
    for number, words in enumerate(("Still broken.", "I owe 100 euros.")):
        body = mailed(signed(tmp_path, maryam, entity(words)), To=to)
        body = body.replace(b"<s1@", f"<t{number}@".encode()).replace(b"100 euros", b"900 euros")
        pipeline.take_in(Handed(body, Door.LMTP, None, to), at=START)
        pipeline.sort_mail(START)
    case = browser.get(f"/en/desk/complaints/{one.complaint.ref}/").content.decode()
    assert case.count("<span>Digitally signed</span>") == 2
    assert case.count("<span>The digital signature does not fit</span>") == 1
    assert case.count("A mail with a digital signature was looked at") == 1
    persian = browser.get(f"/fa/desk/complaints/{one.complaint.ref}/").content.decode()
    assert persian.count("<span>با امضای دیجیتال</span>") == 2


def test_a_signature_vouches_for_nobody_whom_a_colleague_names_instead(
    mailbox: Mailbox, shop: SimpleNamespace, settings: Any, tmp_path: Path
) -> None:
    root = authority()
    settings.MAIL_AUTHORITIES = tmp_path / "authorities.pem"
    settings.MAIL_AUTHORITIES.write_bytes(root.pem)
    body = mailed(signed(tmp_path, person(by=root, key=rsa_key(1)), entity()), X_Spam="yes")
    pipeline.take_in(Handed(body, Door.LMTP, None, TO), at=START)
    pipeline.sort_mail(START)
    one = Mail.objects.get()
    assert (one.disposition, one.facts["signature"]) == ("spam", "valid")
    corrected = actions.Corrected("reza@example.net", "Reza", "fa", one.unit_id)
    released = actions.release_as_complaint(one.pk, corrected=corrected, by=shop.nima, at=START)
    assert (released.facts["signature"], released.unverified) == ("another", True)


def test_mail_is_seen_by_who_sorts_it_and_no_further_than_the_fence(
    held: Mail, shop: SimpleNamespace, at_desk: AtDesk
) -> None:
    assert at_desk("ali").get("/en/desk/mail/").status_code == 403
    assert at_desk("shirin").get(f"/en/desk/mail/{held.pk}/").status_code == 404
    assert at_desk("shirin").get("/en/desk/mail/?show=all").content.count(b"<tbody><tr>") == 0
    released = actions.release_as_complaint(
        held.pk,
        corrected=actions.Corrected("a@example.org", "A", "fa", held.unit_id),
        by=shop.nima,
        at=START,
    )
    Complaint.objects.filter(pk=released.complaint_id).update(confidential=True)
    assert at_desk("nima").get(f"/en/desk/mail/{held.pk}/").status_code == 404
    assert at_desk("parvin").get(f"/en/desk/mail/{held.pk}/").status_code == 200


def test_the_days_are_counted_and_a_difference_is_named(held: Mail, at_desk: AtDesk) -> None:
    actions.begin_mailbox(held.mailbox_id, uid_validity=1, newest=0)
    actions.note_listing(held.mailbox_id, uid_validity=1, uids=[1, 2, 3], at=START)
    page = at_desk("nima").get("/en/desk/mail/days/").content.decode()

    assert "Not here yet: 2." in page
    assert "Held for a person: 1" in page
    assert "It agrees" not in page


def test_a_mailbox_is_set_up_and_its_password_never_shown(
    shop: SimpleNamespace, at_desk: AtDesk
) -> None:
    browser = at_desk("zahra")
    form = Page(browser.get("/en/desk/set-up/mailboxes/")).form("host")
    told = {"address": "shekayat@khaneh.example", "host": "imap.example.org", "user": "shekayat"}
    sent = form.post(browser, "/en/desk/set-up/mailboxes/", {**told, "secret": "  four words  "})
    assert sent.status_code == 302
    box = Mailbox.objects.get()
    assert (box.host, box.security, box.language, box.old_mail) == (
        *("imap.example.org", "tls", "fa", False),
    )
    page = browser.get(f"/en/desk/set-up/mailboxes/{box.pk}/")
    assert "four words" not in page.content.decode()
    form = Page(page).form("host")
    plain = form.post(browser, f"/en/desk/set-up/mailboxes/{box.pk}/", {"security": "plain"})
    assert "would travel in clear" in plain.content.decode()
    assert at_desk("nima").get("/en/desk/set-up/mailboxes/").status_code == 403


def test_what_was_folded_away_stands_with_the_mail_as_it_came(
    mailbox: Mailbox, at_desk: AtDesk
) -> None:
    words = f"{WORDS}\n\nOn Monday the shop wrote:\n> Please wait for another week.\n"
    pipeline.take_in(Handed(mail(words=words), Door.LMTP, None, TO), at=START)
    pipeline.sort_mail(START)
    filed = Mail.objects.select_related("complaint").get()
    case: Any = filed.complaint

    assert "another week" not in case.narrative
    shown = (
        at_desk("nima")
        .get(f"/en/desk/complaints/{case.ref}/files/{filed.digest}/")
        .content.decode()
    )
    assert "Quoted text and signature" in shown
    assert "Please wait for another week." in shown
