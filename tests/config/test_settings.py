import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from pasokh.config import cli, environment

from .conftest import SOURCE

OPERATIONS = Path(__file__).resolve().parents[2] / "docs" / "operations.md"


def documented(heading: str) -> list[str]:
    """The first column of the table below a heading, without its code marks."""
    text = OPERATIONS.read_text("utf-8")
    section = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [name.split()[0] for name in re.findall(r"(?m)^\| `([^`]+)`", section)]


def test_every_variable_that_is_read_is_documented_and_no_other() -> None:
    read = {
        name
        for path in SOURCE.rglob("*.py")
        for name in re.findall(r"[\"'](PASOKH_[A-Z_]+|DATABASE_URL)[\"']", path.read_text("utf-8"))
    }

    assert sorted(documented("Settings")) == sorted(read)
    assert set(environment.NAMES) <= read


def test_every_command_is_documented_in_the_order_of_help() -> None:
    assert documented("Commands") == list(cli.COMMANDS)


def test_cookies_are_out_of_reach_of_scripts_and_other_sites() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.CSRF_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert settings.CSRF_COOKIE_SAMESITE == "Lax"
    assert not settings.DEBUG


@pytest.mark.django_db
def test_every_answer_carries_the_security_headers(client: Client) -> None:
    answer = client.get("/no-such-page")

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_looking_at_the_settings_writes_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env={
            "PYTHONPATH": str(SOURCE),
            "PASOKH_DATA": str(data),
            "DJANGO_SETTINGS_MODULE": "pasokh.config.settings",
        },
        check=True,
    )

    assert not data.exists()
