"""The pages about mail in every view, and what else an administrator opens to the world."""

from collections.abc import Callable
from typing import Any

from tests.channels.mail_in.mails import mail
from tests.journeys.conftest import Site, View, seen_in
from tests.journeys.deskworld import open_shop
from tests.journeys.test_desk_pages import sign_in, sign_in_again

from pasokh.casework.correspondence.signing import actions as signing
from pasokh.casework.intake.entrances import actions as entrances
from pasokh.casework.intake.entrances.actions import Sign
from pasokh.casework.intake.entrances.terms import Kind
from pasokh.casework.intake.mailroom import actions
from pasokh.casework.intake.mailroom.actions import Handed
from pasokh.casework.intake.mailroom.models import Mail
from pasokh.casework.intake.mailroom.terms import Door
from pasokh.casework.webhooks import actions as webhooks
from pasokh.casework.webhooks.actions import Outcome, Terms
from pasokh.casework.webhooks.terms import Trouble
from pasokh.channels.mail_in import pipeline
from pasokh.directory.organisation.models import RoleAssignment, Staff
from pasokh.kernel import actors, clock
from pasokh.kernel.fields import Bilingual

TO = "shekayat@khaneh.example"
KEEPER = actors.clock("journey", "organisation.configure", "webhook.configure")
URL = "https://erp.example.org/hooks/pasokh"


@seen_in("fa")
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
    pages = {"mailboxes": "mailboxes/", "mailbox": f"mailboxes/{box.pk}/", **opened()}
    for name, path in pages.items():
        visitor.goto(site(f"/{view.language}/desk/set-up/{path}"))
        look(visitor, f"set-up-{name}")


def opened() -> dict[str, str]:
    """What else is opened in set-up, with something in it: names of the pages and their paths."""
    at = clock.now()
    signing.make_key("khaneh.example", by=KEEPER, at=at)
    place = Sign(Bilingual("شعبهٔ تهران", "Tehran branch"), origins=("https://shop.example.org",))
    site, _key = entrances.add(Kind.SITE, place, by=KEEPER, at=at)
    poster, _none = entrances.add(Kind.PLACE, place, by=KEEPER, at=at)
    told, _secret = webhooks.subscribe(Terms("ERP", URL, ("complaint.received",)), by=KEEPER, at=at)
    webhooks.try_out(told.pk, by=KEEPER, at=at)
    for one in webhooks.take(at=at):
        webhooks.settle(one.id, Outcome(503, Trouble.STATUS, "Down for maintenance"), at=at)
    return {
        "mail": "mail/",
        "entrances": "entrances/",
        "entrance-site": f"entrances/{site.pk}/",
        "entrance-place": f"entrances/{poster.pk}/",
        "webhooks": "webhooks/",
        "webhook": f"webhooks/{told.pk}/",
        "webhook-log": f"webhooks/{told.pk}/log/",
    }
