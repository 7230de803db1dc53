"""Mail as it leaves the house in the portal's tests: into a folder, from where it is read."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from pasokh.channels.mail_out import send_letters
from pasokh.config import schedule
from pasokh.kernel import clock

ADDRESS = "https://p.example"


class Post:
    """What was mailed so far; `send` lets the worker's line of the schedule run once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen: set[Path] = set()

    def send(self) -> list[str]:
        """The texts of the mails that left now, in the order of their names."""
        send_letters(clock.now())
        new = sorted(set(self.folder.glob("*.eml")) - self.seen)
        self.seen |= set(new)
        return [_text(path) for path in new]

    def one(self) -> str:
        """The text of the one mail that left now."""
        (text,) = self.send()
        return text


def _text(path: Path) -> str:
    mail: EmailMessage = message_from_bytes(path.read_bytes(), policy=default)  # type: ignore[assignment]
    body = mail.get_body(("plain",))
    assert body
    return f"{mail['To']}\n{mail['Subject']}\n{body.get_content()}"


def link(text: str, page: str) -> str:
    """The address of a link to a page, as the browser asks for it."""
    found = re.search(rf"{ADDRESS}(/(?:fa|en)/{page}/[\w-]{{32}}/)", text)
    assert found, text
    return found[1]


def number(text: str) -> str:
    """The number that stands beside the link."""
    found = re.search(r"[\d۰-۹]{4} [\d۰-۹]{4}", text)
    assert found, text
    return found[0]


def work() -> None:
    """Do what asking for a new code left to the worker."""
    for job in ProcrastinateJob.objects.filter(task_name="offer-code", status="todo"):
        schedule.JOBS["offer-code"](**job.args)


@pytest.fixture
def mailed(tmp_path: Path, settings: Any) -> Post:
    """Mail goes into a folder, and its links to a public address."""
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.PUBLIC_ADDRESS = ADDRESS
    return Post(settings.MAIL_FOLDER)
