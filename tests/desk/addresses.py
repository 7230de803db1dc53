"""Something real behind every address: a file with a letter, a mail, a scan, a sheet."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.casework.acts import Acts, letter
from tests.casework.conftest import DAY, START, both
from tests.casework.webhooks.receivers import subscribed

from pasokh.casework.complaints.models import Attachment, Complaint
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.wording import actions as wording
from pasokh.casework.correspondence.wording.actions import Prepared
from pasokh.casework.exports.models import Export
from pasokh.casework.inspection.models import Inspection, Picture
from pasokh.casework.intake.entrances import actions as entrances
from pasokh.casework.intake.entrances.actions import Sign
from pasokh.casework.intake.entrances.terms import Kind
from pasokh.casework.intake.imports.models import Import
from pasokh.casework.intake.mailroom.models import Mail, Mailbox
from pasokh.casework.intake.scans.models import Scan
from pasokh.directory.clients import actions as clients
from pasokh.directory.organisation.models import RoleAssignment, Staff
from pasokh.kernel import files
from pasokh.policy.taxonomy.models import OutsideBody

#: Roles that the shop has nobody for yet: who holds them, and where.
HIRED = {"yas": ("approver", "tehran"), "neda": ("privacy_officer", None)}
#: Addresses for programs, with what anybody without their secret is answered.
PROGRAMS: dict[str, int] = {
    "api/v1/<whatever:path>": 401,
    "open311/<whatever:path>": 404,
    "hooks/texts/<str:token>/": 404,
}


class Filled(SimpleNamespace):
    """Addresses with something real in them: a file with a letter and an attachment."""

    def __call__(self, route: str, language: str = "en") -> str:
        address = route
        for name, value in vars(self).items():
            for kind in ("str", "int", "slug", "whatever"):
                address = address.replace(f"<{kind}:{name}>", str(value))
        assert "<" not in address, f"nothing to fill {route} with"
        return f"/{address}" if route in PROGRAMS else f"/{language}/{address}"


@pytest.fixture
def filled(
    named: Complaint, shop: SimpleNamespace, acts: Acts, tmp_path: Path, settings: Any
) -> Filled:
    settings.FILES = tmp_path
    digest = files.put([b"a photograph"], limit=100).digest
    Attachment.objects.create(
        complaint=named, digest=digest, name="photo.jpg", kind="image/jpeg", size=12, at=START
    )
    apart = _inspected(digest)
    scan = Scan.objects.create(
        unit=shop.units["tehran"],
        digest=digest,
        name="letter.pdf",
        kind="application/pdf",
        size=12,
        received_at=START,
        dropped_by=shop.staff["nima"],
        dropped_at=START,
        state="waiting",
    )
    OutsideBody.objects.create(
        code="a-category", name=both("body"), what_for=both("x"), doubtful=True, position=9
    )
    for name, (role, unit) in HIRED.items():
        one = Staff.objects.create(number=name, name=both(name), active_from=START)
        where = shop.units[unit] if unit else None
        RoleAssignment.objects.create(staff=one, role=role, unit=where, valid_from=START, by="test")
        shop.staff[name] = one
    sheet = Import.objects.create(
        by=shop.staff["parvin"],
        name="a.csv",
        digest=digest,
        size=12,
        state="ready",
        headings=["date", "text"],
        reading={"means": ["received", "narrative"]},
        refused_digest=digest,
        made_at=START,
        moved_at=START,
    )
    export = Export.objects.create(
        by=shop.staff["ali"],
        filters={"state": "all"},
        format="csv",
        language="en",
        state="ready",
        rows=1,
        digest=digest,
        asked_at=START,
        expires_at=START + 7 * DAY,
    )
    return Filled(
        export_id=export.pk,
        ref=named.ref,
        path="complaints",
        **_mailed(shop, digest),
        inquiry_id=acts._answer_inquiry(named, by=shop.mina, at=START).pk,
        sheet_id=sheet.pk,
        letter_id=letter(named, LetterKind.ACKNOWLEDGEMENT, START).pk,
        digest=digest,
        apart=apart,
        scan_id=scan.pk,
        unit_id=shop.units["tehran"].pk,
        staff_id=shop.staff["reza"].pk,
        place="IR",
        pack_id="iso10002-2018",
        kind="category",
        code="a-category",
        token="nothing",
        number=1,
        answer="accept",
        template="kavenegar",
        webhook_id=subscribed(shop, START).pk,
        client_id=clients.add_client(
            name=both("x"), grants=("complaint.read",), by=shop.zahra, at=START
        ).pk,
        entrance_id=entrances.add(Kind.PLACE, Sign(both("x")), by=shop.zahra, at=START)[0].pk,
        sheet="card-a6",
        language="en",
        letter="decision",
        reply_id=_prepared(shop),
        kind_id=wording.add_kind(name=both("x"), purpose=both(""), by=shop.parvin, at=START).pk,
    )


def _prepared(shop: SimpleNamespace) -> int:
    told = Prepared(both("x"), None, {"en": "Hello {name}"})
    return wording.add_reply("message", told, by=shop.parvin, at=START).pk


def _inspected(digest: str) -> str:
    """Let there be a small picture, a page and a sound of a file, and another one in quarantine."""
    row = Inspection.objects.create(digest=digest, asked_at=START, kind="audio/mpeg", drawn="made")
    for what, number in (("small", 0), ("page", 1)):
        Picture.objects.create(
            inspection=row,
            what=what,
            number=number,
            digest=digest,
            kind="image/jpeg",
            width=1,
            height=1,
        )
    Inspection.objects.create(digest="0" * 64, asked_at=START, verdict="infected")
    return "0" * 64


def _mailed(shop: SimpleNamespace, digest: str) -> dict[str, int]:
    """A mailbox, and a mail of Tehran in it that waits for a person."""
    box = Mailbox.objects.create(
        address="complaints@example.org",
        language="fa",
        way="handed",
        security="tls",
        sign_in="password",
    )
    waiting = Mail.objects.create(
        mailbox=box,
        unit=shop.units["tehran"],
        door="pipe",
        digest=digest,
        size=12,
        sent_to=box.address,
        received_at=START,
        kept_at=START,
        disposition="held",
        reason="no-sender",
        sorted_at=START,
        files=[{"digest": digest, "name": "photo.jpg", "kind": "image/jpeg", "size": 12}],
    )
    return {"mailbox_id": box.pk, "mail_id": waiting.pk}
