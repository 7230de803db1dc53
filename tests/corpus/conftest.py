"""Material that nobody on this project wrote; it lies outside the project."""

import csv
import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.casework.conftest import shop, terms
from tests.desk.conftest import channels
from tests.portal.conftest import own_files, portal

__all__ = ["channels", "own_files", "portal", "shop", "terms"]

CORPUS = Path(
    os.environ.get("PASOKH_CORPUS")
    or Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
)
NARRATIVE = "Consumer complaint narrative"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the material: skips where it is missing, and fails in CI."""
    if not CORPUS.is_dir():
        reason = f"no material at {CORPUS}; set PASOKH_CORPUS"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return CORPUS


@pytest.fixture(scope="session")
def narratives(corpus: Path) -> list[str]:
    """What people complained of, each text once."""
    path = corpus / "complaints" / "cfpb-full-columns-2068.csv"
    with path.open(encoding="utf-8", newline="") as file:
        told = [row[NARRATIVE] for row in csv.DictReader(file) if row[NARRATIVE]]
    return list(dict.fromkeys(told))


@pytest.fixture(scope="session")
def naughty(corpus: Path) -> list[str]:
    """Strings that break things elsewhere, each once."""
    strings = json.loads((corpus / "hostile" / "blns" / "blns.json").read_text("utf-8"))
    return list(dict.fromkeys(map(str, strings)))


@pytest.fixture(scope="session")
def texts(narratives: list[str], naughty: list[str]) -> list[str]:
    """Everything that is filed."""
    assert (len(narratives), len(naughty)) == (351, 511)
    return [*narratives, *naughty]


@pytest.fixture
def house(portal: SimpleNamespace, channels: None, settings: Any) -> SimpleNamespace:
    """The shop with both doors open, and nobody slowed for filing much."""
    settings.FILINGS_AT_ONCE = 1_000_000
    return portal
