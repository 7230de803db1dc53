import errno
import gettext
import os
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from pasokh.config import cli, messages
from pasokh.config.messages import disk_trouble


@pytest.fixture
def persian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A catalogue of a few words; afterwards the commands speak English again."""
    place = tmp_path / "fa" / "LC_MESSAGES"
    place.mkdir(parents=True)
    words = polib.POFile()
    words.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    for english, translated in (
        (messages.full_disk(), "دیسک %(path)s پر است."),
        ("usage: ", "شیوهٔ کار: "),
        (cli.COMMANDS["serve"], "همه چیز را راه بینداز"),
    ):
        words.append(polib.POEntry(msgid=english, msgstr=translated))
    words.save_as_mofile(str(place / "django.mo"))
    monkeypatch.setattr(gettext, "_translations", {})
    monkeypatch.setenv("PASOKH_LANG", "en")
    monkeypatch.setenv("LANGUAGE", "en")
    yield tmp_path
    messages.use("en")


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "fa_IR.UTF-8"}, "fa"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "fa_IR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "PASOKH_LANG": "fa"}, "fa"),
        ({"LANG": "fa_IR.UTF-8", "PASOKH_LANG": ""}, "fa"),
    ],
)
def test_the_first_variable_that_is_set_chooses_the_language(
    environ: dict[str, str], language: str
) -> None:
    assert messages.language(environ) == language


def test_sentences_and_the_help_of_the_commands_come_in_persian(persian: Path) -> None:
    messages.use("fa", persian)

    assert str(disk_trouble(OSError(errno.ENOSPC, "full", "/داده"), "")) == "دیسک /داده پر است."
    assert cli.parser().format_usage().startswith("شیوهٔ کار: pasokh")
    assert "همه چیز را راه بینداز" in cli.parser().format_help()
    assert os.environ["PASOKH_LANG"] == "fa"


@pytest.mark.parametrize(
    ("number", "beginning"),
    [
        (errno.ENOSPC, "The disk that holds /data/x is full; nothing was lost."),
        (errno.EDQUOT, "The disk that holds /data/x is full; nothing was lost."),
        (errno.EROFS, "The disk that holds /data/x is read-only."),
        (errno.EACCES, "The account that runs Pasokh may not write to /data/x."),
        (errno.ENOTDIR, "/data/x cannot be used as a folder."),
    ],
)
def test_what_only_the_operator_can_mend_has_a_sentence(number: int, beginning: str) -> None:
    assert str(disk_trouble(OSError(number, "", "/data/x"), "/data")).startswith(beginning)


def test_other_errors_keep_their_traceback() -> None:
    assert disk_trouble(OSError(errno.EBADF, ""), "/data") is None
