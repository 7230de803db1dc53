"""`pasokh import`: a colleague's spreadsheets, taken in from the command line."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.casework.conftest import shop
from tests.desk.conftest import channels

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.intake.imports.models import Import
from pasokh.config import cli

__all__ = ["channels", "shop"]

pytestmark = pytest.mark.django_db

TEXT = "id,date,text\n1,2015-03-04,cold\n2,soon,warm\n"


def test_a_sheet_is_looked_at_then_taken_in_and_known_again(
    shop: SimpleNamespace,
    channels: None,
    tmp_path: Path,
    settings: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.FILES = tmp_path / "files"
    path = tmp_path / "old.csv"
    path.write_text(TEXT)
    given = ["import", str(path), "--by", "parvin"]

    assert cli.main([*given, "--dry-run"]) == 1
    said = capsys.readouterr()
    err = said.err.translate(dict.fromkeys((0x2068, 0x2069)))
    assert err == f"{path}:3: “soon” under “date” cannot be read as a date.\n"
    assert said.out == f"{path}: 2 rows, 0 filed, 0 known before, 1 refused.\n"
    assert not Import.objects.exists()

    assert cli.main([*given, "--history"]) == 1
    assert capsys.readouterr().out == f"{path}: 2 rows, 1 filed, 0 known before, 1 refused.\n"
    assert cli.main([*given, "--history"]) == 1
    assert capsys.readouterr().out == f"{path}: 2 rows, 0 filed, 1 known before, 1 refused.\n"
    assert Complaint.objects.get().closing == "elsewhere"

    assert cli.main(["import", str(path), "--by", "nobody"]) == 1
    assert capsys.readouterr().err == "There is no colleague with the number nobody.\n"
