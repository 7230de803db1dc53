"""Letters on paper and files of all kinds, as clerks, handlers and complainants see them."""

import io
import wave
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PIL import Image, ImageDraw
from tests.channels.previews.test_cell import bundle, sheet
from tests.journeys.conftest import Site, View, seen_in
from tests.journeys.deskworld import HOUR, open_shop, some_files
from tests.journeys.test_desk_pages import sign_in

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints.matter import File
from pasokh.casework.inspection.models import Inspection
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake.scans import actions, queries
from pasokh.channels import scan_in
from pasokh.channels.inspecting import inspect
from pasokh.kernel import clock, files


def letter(lines: int) -> Any:
    """A page with lines that look like handwriting from afar."""
    page = sheet()
    pen = ImageDraw.Draw(page)
    for line in range(lines):
        pen.line((200, 300 + 60 * line, 1000 - 90 * (line % 4), 300 + 60 * line), "gray", 14)
    return page


def photograph() -> bytes:
    made, picture = io.BytesIO(), Image.new("RGB", (900, 600), "#8fa8b8")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((280, 80, 620, 560), fill="#e8e8e2", outline="#44505a", width=6)
    pen.line((280, 260, 620, 260), fill="#44505a", width=6)
    picture.save(made, "JPEG")
    return made.getvalue()


def recording() -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(bytes(8000))
    return made.getvalue()


def _stored(name: str, content: bytes, kind: str) -> File:
    return File(files.put([content], len(content)).digest, name, kind, len(content))


def _handed_in(shop: SimpleNamespace, ref: str, names: tuple[str, str]) -> int:
    """A scan of three letters of which one has a sheet; the first one that waits."""
    now = clock.now()
    several = [letter(18), letter(9), sheet(queries.code_of_case(ref)), letter(12)]
    for name, pages in zip(names, (several, [letter(22)]), strict=True):
        scan = actions.drop(
            _stored(name, bundle("PDF", *pages), "application/pdf"),
            received_at=now - 30 * HOUR,
            by=shop.nima,
            at=now,
        )
        scan_in.read(scan.pk, now)
    for digest in Inspection.objects.values_list("digest", flat=True):
        inspect(digest, now)
    return queries.tray(shop.nima).waiting[0].row.pk


def _with_files(shop: SimpleNamespace, ref: str, names: tuple[str, ...]) -> str:
    """Files of each kind heard with a message, one of them harmful; its digest."""
    now, contents = clock.now(), (photograph(), recording(), b"harmful", bundle("PDF", letter(9)))
    kinds = ("image/jpeg", "audio/wave", "text/plain", "application/pdf")
    given = [_stored(*each) for each in zip(names, contents, kinds, strict=True)]
    complaints.hear(
        ref, text="…", files=given, channel="web", happened_at=now, by=shop.reza, at=now
    )
    for file in given:
        inspect(file.digest, now)
    bad = Inspection.objects.filter(digest=given[2].digest)
    bad.update(verdict="infected", judged_at=now, found="Win.Test.EICAR_HDB-1", scanner="ClamAV")
    return given[2].digest


@seen_in("fa")
def test_files_and_scans_can_be_seen_and_filed_by_everybody(
    site: Site, visitor: Any, view: View, look: Callable[..., None], tmp_path: Path
) -> None:
    shop, persian = open_shop(), view.language == "fa"
    names = ("پست صبح.pdf", "نامهٔ دوم.pdf") if persian else ("morning post.pdf", "second.pdf")
    things = ("یخچال.jpg", "پیام صوتی.wav", "صورت‌حساب.txt", "فاکتور.pdf")
    ref = some_files(shop)[0 if persian else 1]
    waits = _handed_in(shop, ref, names)
    bad = _with_files(
        shop, ref, things if persian else ("oven.jpg", "voice.wav", "bill.txt", "invoice.pdf")
    )
    code = intake.replace_code(ref, proof="x", by=shop.nima, at=clock.now())

    sign_in(visitor, site, view.language, "nima")
    at_desk = f"/{view.language}/desk/"
    pages = {
        "desk-scans": f"{at_desk}scans/",
        "desk-scan": f"{at_desk}scans/{waits}/",
        "desk-new-from-scan": f"{at_desk}complaints/new/?scan={waits}",
        "desk-case-with-files": f"{at_desk}complaints/{ref}/",
    }
    for name, address in pages.items():
        visitor.goto(site(address))
        look(visitor, name)
    for number, name in ((0, "picture"), (1, "recording"), (2, "harmful")):
        visitor.goto(site(f"{at_desk}complaints/{ref}/"))
        visitor.locator(".aside .attached a[href*='/files/']:not([tabindex])").nth(
            number + 1
        ).click()
        visitor.wait_for_load_state()
        look(visitor, f"desk-file-{name}")

    visitor.goto(site(f"{at_desk}scans/"))
    visitor.locator("[name=papers]").set_input_files(
        {"name": "new.pdf", "mimeType": "x/y", "buffer": bundle("PDF", letter(5))}
    )
    visitor.locator("[name=day]").fill("1405/01/20")
    visitor.locator(".drop .button--primary").click()
    visitor.wait_for_load_state()
    assert "new.pdf" in visitor.content()

    visitor.locator(".rail__end button").click()
    sign_in(visitor, site, view.language, "parvin")
    for name, address in (("quarantine", "files/"), ("harmful", f"files/{bad}/")):
        visitor.goto(site(f"{at_desk}set-up/{address}"))
        look(visitor, f"set-up-{name}")
    _followed(visitor, site, view.language, ref, code)
    look(visitor, "portal-file-with-files")


def _followed(page: Any, site: Site, language: str, ref: str, code: str) -> None:
    page.goto(site(f"/{language}/follow/"))
    page.locator("[name=ref]").fill(ref)
    page.locator("[name=code]").fill(code)
    page.locator("main form .button--primary").click()
    page.wait_for_load_state()
