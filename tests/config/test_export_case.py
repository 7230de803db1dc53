import argparse
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pasokh.casework.complaints.models import Attachment, Complaint
from pasokh.casework.inspection.models import Inspection
from pasokh.config import export_case
from pasokh.directory.organisation.events import SetupOpened
from pasokh.directory.organisation.models import Unit
from pasokh.kernel.actors import clock
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.ledger import sequencer, writer

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.clause("10002:8.1")
def test_an_exported_case_checks_itself_as_the_command_says(
    settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.LEDGER_KEY = tmp_path / "secrets" / "ledger.key"
    settings.LEDGER_ORIGIN = tmp_path / "secrets" / "ledger.origin"
    case = Complaint.objects.create(
        ref="P-000042-7",
        state="received",
        channel="counter",
        language="en",
        complainant_kind="customer",
        unit=Unit.objects.create(code="head", name=Bilingual(fa="ستاد", en="Head office")),
        regime="iso10002-2018",
        narrative="The kettle leaks.",
        received_at=NOON,
        recorded_at=NOON,
    )
    harmful = "f" * 64
    Attachment.objects.create(
        complaint=case, digest=harmful, name="a.exe", kind="x/y", size=1, at=NOON
    )
    Inspection.objects.create(digest=harmful, asked_at=NOON, verdict="infected")
    writer.record(SetupOpened(expires_at=NOON), subject=case.subject, by=clock("set-up"), at=NOON)
    sequencer.run_once(NOON)
    folder = tmp_path / "case"

    code = export_case.run(argparse.Namespace(reference="p ۴۲ ۷", output=folder))

    said = capsys.readouterr()
    lines = said.out.splitlines()
    left_out = (folder / "left-out.en.txt").read_text("utf-8")
    assert said.err == left_out
    assert left_out.startswith(f"These files belong to the case and were left out:\n{harmful}  ")
    assert harmful in (folder / "left-out.fa.txt").read_text("utf-8")
    assert not (folder / "files").exists()
    assert code == 0
    assert lines[0] == f"{folder} holds the case (entries of the log: 1)."
    command = lines[1].removeprefix("To check it anywhere: python3 ").split()
    checked = subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
