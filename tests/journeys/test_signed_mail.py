"""The pages about signed and encrypted mail, and a mail server that is opened by a token."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.channels.smime.people import (
    OFFICE,
    Person,
    authority,
    encrypted,
    entity,
    mailed,
    person,
    rsa_key,
    signed,
)
from tests.journeys.conftest import Site, View, seen_in
from tests.journeys.deskworld import open_shop
from tests.journeys.test_desk_pages import sign_in, sign_in_again

from pasokh.casework.correspondence.certificates import actions as certificates
from pasokh.casework.intake.mailroom import actions
from pasokh.casework.intake.mailroom.actions import Handed
from pasokh.casework.intake.mailroom.models import Mail
from pasokh.casework.intake.mailroom.terms import Door
from pasokh.channels.mail_in import pipeline
from pasokh.directory.organisation.models import Organisation, RoleAssignment, Staff
from pasokh.kernel import actors, clock

KEEPER = actors.clock("journey", "organisation.configure")


@pytest.fixture(autouse=True)
def root(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Person:
    """An authority whom the operator trusts, and a mail server that takes tokens."""
    root, place = authority("Khaneh Root"), tmp_path / "authorities.pem"
    place.write_bytes(root.pem)
    monkeypatch.setenv("PASOKH_MAIL_AUTHORITIES", str(place))
    monkeypatch.setenv("PASOKH_SMTP_URL", "smtp://office%40khaneh.example@mail.example.org:587")
    settings.MAIL_AUTHORITIES = place
    return root


@seen_in("fa")
def test_what_is_signed_and_encrypted_can_be_read_by_everybody(
    root: Person,
    site: Site,
    visitor: Any,
    view: View,
    look: Callable[..., None],
    tmp_path: Path,
) -> None:
    open_shop()
    Organisation.objects.update(mailbox=OFFICE)
    actions.add_mailbox(OFFICE, by=KEEPER, at=clock.now())
    office = person(OFFICE, by=root, name="فروشگاه خانه", key=rsa_key(2))
    maryam = person(by=root, name="مریم احمدی", key=rsa_key(1))
    whole = signed(tmp_path, maryam, entity("I paid 100 euros for a fridge that is broken."))
    bodies = {
        "signed": mailed(whole, Message_ID="<a@example.org>"),
        "changed": mailed(whole.replace(b"100", b"900"), X_Spam="yes", Message_ID="<b@a.example>"),
        "encrypted": mailed(
            encrypted(tmp_path, office, whole, "-aes256"), Message_ID="<c@a.example>"
        ),
    }
    for content in bodies.values():
        pipeline.take_in(Handed(content, Door.LMTP, None, OFFICE), at=clock.now())
    pipeline.sort_mail(clock.now())
    mails = dict(zip(bodies, Mail.objects.order_by("pk"), strict=True))
    assert [one.disposition for one in mails.values()] == ["complaint", "spam", "held"]

    visitor.goto(site(f"/{view.language}/desk/"))
    sign_in(visitor, site, view.language, "parvin")
    for name, one in mails.items():
        visitor.goto(site(f"/{view.language}/desk/mail/{one.pk}/"))
        look(visitor, f"desk-mail-{name}")
    case: Any = mails["signed"].complaint
    visitor.goto(site(f"/{view.language}/desk/complaints/{case.ref}/"))
    look(visitor, "desk-case-signed")

    colleague = Staff.objects.get(number="omid")
    RoleAssignment.objects.create(
        staff=colleague, role="administrator", valid_from=clock.now(), by="clock:test"
    )
    sign_in_again(visitor, site, view.language, "omid")
    set_up = f"/{view.language}/desk/set-up"
    visitor.goto(site(f"{set_up}/certificates/"))
    look(visitor, "set-up-certificates-none")
    file = tmp_path / "office.p12"
    file.write_bytes(office.pkcs12("three small words"))
    visitor.set_input_files("input[name=file]", file)
    visitor.fill("input[name=passphrase]", "three small words")
    visitor.click("section[aria-labelledby=title-give] button")
    look(visitor, "set-up-certificates")
    certificates.encrypt(by=KEEPER, at=clock.now())
    visitor.goto(site(f"{set_up}/mail/"))
    look(visitor, "set-up-mail-by-token")
