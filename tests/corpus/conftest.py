"""Material that nobody on this project wrote; it lies outside the project."""

import os
from pathlib import Path

import pytest

CORPUS = Path(
    os.environ.get("PASOKH_CORPUS")
    or Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the material: skips where it is missing, and fails in CI."""
    if not CORPUS.is_dir():
        reason = f"no material at {CORPUS}; set PASOKH_CORPUS"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return CORPUS
