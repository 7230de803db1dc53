"""Letters on paper: handed in, read for their sheets, parted, filed by themselves or by a clerk."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.casework.conftest import DAY, HOUR, START, file, told
from tests.channels.previews.test_cell import bundle, sheet
from tests.channels.test_inspecting import refusal

from pasokh.casework.complaints.matter import File
from pasokh.casework.complaints.models import Attachment, Complaint, Message
from pasokh.casework.inspection.models import Inspection
from pasokh.casework.intake.scans import actions, queries
from pasokh.casework.intake.scans.models import Scan
from pasokh.channels import scan_in
from pasokh.channels.previews import cell
from pasokh.channels.scan_in import read
from pasokh.directory.organisation.models import RoleAssignment
from pasokh.kernel import files
from pasokh.kernel.ledger.models import Entry

__all__ = ["file"]

pytestmark = pytest.mark.django_db

Begin = Callable[..., Complaint]
#: The letter was stamped a day before the desk scanned it.
STAMPED, NOW = START + 20 * HOUR, START + 2 * DAY


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, settings: Any) -> None:
    settings.FILES, settings.SCANNER, settings.UNCHECKED_WAITS = tmp_path / "files", "", False


def stored(content: bytes, name: str = "scan.pdf", kind: str = "application/pdf") -> File:
    return File(files.put([content], len(content)).digest, name, kind, len(content))


def scan_of(shop: SimpleNamespace, *pages: Any, at: datetime = NOW) -> Scan:
    return actions.drop(stored(bundle("PDF", *pages)), received_at=STAMPED, by=shop.nima, at=at)


def states() -> list[tuple[str, str, int]]:
    rows = Scan.objects.order_by("pk")
    return list(rows.values_list("state", "why", "pages"))


def facts(scan: Scan) -> list[str]:
    entries = Entry.objects.filter(subject=f"scan:{scan.pk}").order_by("number")
    return list(entries.values_list("event", flat=True))


@pytest.mark.clause("10002:7.2")
def test_a_letter_under_its_sheet_files_itself_in_the_name_of_the_clerk(
    file: Begin, shop: SimpleNamespace
) -> None:
    case = file()
    scan = scan_of(shop, sheet(queries.code_of_case(case.ref)), sheet())

    read(scan.pk, NOW)

    assert states() == [("filed", "", 2)]
    heard = Message.objects.get(complaint=case)
    assert (heard.channel, heard.at, heard.author) == ("letter", STAMPED, shop.nima.code)
    assert Attachment.objects.get(complaint=case).digest == scan.digest
    assert told(case)[-1] == "complaint.message_heard"
    assert facts(scan) == ["scan.dropped", "scan.filed"]
    read(scan.pk, NOW + DAY)
    assert Message.objects.count() == 1


def test_several_letters_in_one_scan_are_parted_and_each_goes_its_own_way(
    file: Begin, shop: SimpleNamespace
) -> None:
    case, (number,) = file(), actions.print_sheets(1, by=shop.nima, at=NOW)
    blank = queries.code_of_sheet(number)
    whole = scan_of(
        shop,
        sheet(),
        sheet(queries.code_of_case(case.ref)),
        sheet(),
        sheet(blank),
        sheet(),
        sheet(),
    )

    read(whole.pk, NOW)

    assert states() == [
        ("divided", "", 4),
        ("waiting", "scan-has-no-sheet", 1),
        ("filed", "", 1),
        ("waiting", "scan-sheet-unused", 2),
    ]
    assert Attachment.objects.get(complaint=case).name == "scan-3-3.pdf"
    last = Scan.objects.latest("pk")
    actions.file_onto(last.pk, case.ref, text="x", received_at=STAMPED, by=shop.sara, at=NOW)
    later = scan_of(shop, sheet(blank), sheet("another letter"), at=NOW + HOUR)
    read(later.pk, NOW + HOUR)
    later.refresh_from_db()
    assert (later.state, later.complaint) == ("filed", case)


def test_a_letter_that_may_not_be_filed_waits_and_says_why(
    file: Begin, shop: SimpleNamespace
) -> None:
    case = file()
    ours, forged = queries.code_of_case(case.ref), f"PASOKH:C:{case.ref}:{'A' * 16}"
    strange = queries.code_of_case("P-000099-9")
    for pages in ((forged,), (strange,)):
        read(scan_of(shop, *map(sheet, pages), sheet()).pk, NOW)
    RoleAssignment.objects.filter(staff=shop.staff["nima"]).delete()
    read(scan_of(shop, sheet(ours), sheet("new")).pk, NOW)

    assert [why for _state, why, _pages in states()] == [
        "scan-has-no-sheet",
        "no-such-complaint",
        "no-such-complaint",
    ]
    assert Message.objects.count() == 0


def test_what_cannot_be_read_waits_for_a_person(
    shop: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    torn = actions.drop(stored(b"%PDF-1.4 torn"), received_at=STAMPED, by=shop.nima, at=NOW)
    read(torn.pk, NOW)
    long = scan_of(shop, sheet(), sheet())
    monkeypatch.setattr(scan_in, "PAGES", 1)
    read(long.pk, NOW)
    harmful = scan_of(shop, sheet("harmful"))
    Inspection.objects.filter(digest=harmful.digest).update(verdict="infected")
    read(harmful.pk, NOW)

    assert states() == [
        ("waiting", "scan-unreadable", 0),
        ("waiting", "scan-too-long", 2),
        ("waiting", "file-infected", 0),
    ]


def test_a_worker_killed_over_a_scan_begins_again_and_doubles_nothing(
    file: Begin, shop: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = file()
    ours = queries.code_of_case(case.ref)
    whole = scan_of(shop, sheet(ours), sheet(), sheet(ours), sheet("x"))

    def die(*_args: Any, **_named: Any) -> None:
        raise SystemExit

    for target, name in ((cell, "read"), (actions, "divide"), (actions, "file_by_sheet")):
        with monkeypatch.context() as patch:
            patch.setattr(target, name, die)
            with pytest.raises(SystemExit):
                read(whole.pk, NOW)
        Scan.objects.filter(state="reading").update(read_at=NOW)
    before = states()
    scan_in.read_waiting(NOW)

    assert [state for state, *_more in before] == ["divided", "reading", "reading"]
    assert [state for state, *_more in states()] == ["divided", "filed", "filed"]
    assert Message.objects.count() == 2
    for _ in range(actions.MOST_READINGS + 1):
        once = Scan.objects.filter(pk=whole.pk)
        once.update(state="reading", read_at=None)
        actions.begin_reading(whole.pk, at=NOW)
    assert states()[0][:2] == ("waiting", "scan-unreadable")


def test_the_same_scan_is_taken_once_and_of_two_clerks_one_is_late(
    file: Begin, shop: SimpleNamespace
) -> None:
    case, paper = file(), stored(bundle("PDF", sheet()))
    drop = partial(actions.drop, paper, received_at=STAMPED, by=shop.nima, at=NOW)
    scan = drop()
    read(scan.pk, NOW)
    onto = partial(
        actions.file_onto, scan.pk, case.ref, text="نامه", received_at=STAMPED, by=shop.sara, at=NOW
    )

    assert refusal(drop) == "scan-known"
    assert onto() == case.ref
    assert refusal(onto) == "scan-settled"
    assert refusal(partial(actions.taken, scan.pk, by=shop.nima)) == "scan-settled"
    assert (
        refusal(partial(actions.set_aside, scan.pk, reason="x", by=shop.nima, at=NOW))
        == "scan-settled"
    )
    assert Message.objects.get().text == "نامه"


def test_only_those_who_take_letters_in_may_touch_them(file: Begin, shop: SimpleNamespace) -> None:
    case, scan = file(), scan_of(shop, sheet())
    read(scan.pk, NOW)
    drop = partial(actions.drop, stored(b"%PDF"), received_at=STAMPED, at=NOW)

    assert refusal(partial(drop, by=shop.omid)) == "not-authorised"
    assert [one.row for one in queries.tray(shop.reza).waiting] == [scan]
    assert queries.tray(shop.shirin).waiting == queries.tray(shop.omid).waiting == []
    for actor in (shop.shirin, shop.omid, shop.zahra):
        onto = partial(actions.file_onto, scan.pk, case.ref, text="x", received_at=STAMPED, at=NOW)
        assert refusal(partial(onto, by=actor)) == "no-such-scan"
    assert (
        refusal(
            partial(
                actions.drop,
                stored(b"x", "a.txt", "text/plain"),
                received_at=STAMPED,
                by=shop.nima,
                at=NOW,
            )
        )
        == "scan-kind"
    )
    assert (
        refusal(partial(actions.drop, stored(b"%PDF"), received_at=NOW + DAY, by=shop.nima, at=NOW))
        == "in-the-future"
    )


def test_what_is_set_aside_says_why_and_may_be_handed_in_again(shop: SimpleNamespace) -> None:
    scan = scan_of(shop, sheet())
    read(scan.pk, NOW)

    assert (
        refusal(partial(actions.set_aside, scan.pk, reason=" ", by=shop.nima, at=NOW))
        == "nothing-said"
    )
    actions.set_aside(scan.pk, reason="an advertisement", by=shop.nima, at=NOW)
    again = scan_of(shop, sheet())

    assert facts(scan)[-1] == "scan.set_aside"
    assert again.pk != scan.pk
    assert [one.row.reason for one in queries.tray(shop.nima).lately] == ["an advertisement"]
