"""A shop into which sheets come, and what is told in them."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.desk.conftest import channels

from pasokh.casework.intake.imports import actions, queries
from pasokh.casework.intake.imports.models import Import
from pasokh.casework.intake.imports.states import Mode, State
from pasokh.channels.sheets import importing
from pasokh.kernel import clock

__all__ = ["channels"]

HEADINGS = "کد شکایت,تاریخ,شرح,موضوع,نام,تلفن,ایمیل,نتیجه,تاریخ پاسخ,استان"
LINES = (
    "A1,۱۴۰۴/۱۰/۱,یخچال سرد نمی‌کند,خرابی,رضا امینی,09121234567,r@example.org,وارد,1404/10/9,تهران",
    "A2,1404/10/2,گاز نشت می‌کند,خرابی,,,,در حال بررسی,,فارس",
    "A3,فردا,دیر رسید,تأخیر,,,,,,",
    "A4,1404/10/4,,,,,,,,",
    "A1,1404/10/5,همان شماره,خرابی,,,,,,",
    "A6,1404/10/6,بریده",
)


@pytest.fixture
def hand_in(shop: SimpleNamespace, channels: None, tmp_path: Path, settings: Any) -> Any:
    """Hand a text in as a sheet of Parvin's and look it through."""
    settings.FILES = tmp_path / "files"

    def hand(text: str = "\n".join((HEADINGS, *LINES)), name: str = "شکایت‌ها.csv") -> Import:
        path = tmp_path / "sheet"
        path.write_text(text, "utf-8")
        at = clock.now()
        sheet = importing.uploaded(name, path, language="en", by=shop.parvin, at=at)
        importing.look(sheet.pk)
        return queries.import_for(shop.parvin, sheet.pk)

    return hand


@pytest.fixture
def file_all(shop: SimpleNamespace) -> Callable[..., Import]:
    """Start a sheet and file its rows, to the end or until it stops."""

    def run(sheet: Import, mode: Mode = Mode.HISTORY, *, letters: bool = False) -> Import:
        if sheet.state == State.READY:
            at = clock.now()
            actions.start(sheet.pk, mode=mode, letters=letters, by=shop.parvin, at=at)
        importing.run(sheet.pk)
        return queries.import_for(shop.parvin, sheet.pk)

    return run
