"""The pages about mail in every view: what waits, one mail, the daily count, the mailboxes."""

from collections.abc import Callable
from typing import Any

from tests.channels.mail_in.mails import mail
from tests.journeys.conftest import Site, View
from tests.journeys.deskworld import open_shop
from tests.journeys.test_desk_pages import sign_in, sign_in_again

from pasokh.casework.intake.mailroom import actions
from pasokh.casework.intake.mailroom.actions import Handed
from pasokh.casework.intake.mailroom.models import Mail
from pasokh.casework.intake.mailroom.terms import Door
from pasokh.channels.mail_in import pipeline
from pasokh.directory.organisation.models import RoleAssignment, Staff
from pasokh.kernel import actors, clock

TO = "shekayat@khaneh.example"
KEEPER = actors.clock("journey", "organisation.configure")


def test_the_pages_about_mail_can_be_read_by_everybody(
    site: Site, visitor: Any, view: View, look: Callable[..., None]
) -> None:
    open_shop()
    box = actions.add_mailbox(TO, by=KEEPER, at=clock.now())
    actions.begin_mailbox(box.pk, uid_validity=1, newest=0)
    for content in (
        mail(),
        mail(files=(("یخچال.png", b"\x89PNG"),)).replace(b"From: ", b"X-From: "),
        mail(sender=f"us <{TO}>", subject="برگشته"),
        mail(sender="list@example.org", subject="Offer", X_Spam_Flag="YES"),
    ):
        pipeline.take_in(Handed(content, Door.LMTP, None, TO), at=clock.now())
    pipeline.sort_mail(clock.now())
    actions.note_listing(box.pk, uid_validity=1, uids=[1, 2, 3, 4, 5], at=clock.now())
    held = Mail.objects.get(disposition="held")

    visitor.goto(site(f"/{view.language}/desk/"))
    sign_in(visitor, site, view.language, "parvin")
    for name, path in {
        "mail-waiting": "mail/",
        "mail-all": "mail/?show=all",
        "mail-none": "mail/?show=bounce",
        "mail-one": f"mail/{held.pk}/",
        "mail-days": "mail/days/",
    }.items():
        visitor.goto(site(f"/{view.language}/desk/{path}"))
        look(visitor, f"desk-{name}")
    colleague = Staff.objects.get(number="omid")
    RoleAssignment.objects.create(
        staff=colleague, role="administrator", valid_from=clock.now(), by="clock:test"
    )
    sign_in_again(visitor, site, view.language, "omid")
    for name, path in {"mailboxes": "", "mailbox": f"{box.pk}/"}.items():
        visitor.goto(site(f"/{view.language}/desk/set-up/mailboxes/{path}"))
        look(visitor, f"set-up-{name}")
