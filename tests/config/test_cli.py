import re
import subprocess
import sys

import pytest

from pasokh.config import cli

from .conftest import SOURCE, Place


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.parser([name]).parse_args([name, "--help"])

    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert said.startswith(f"usage: pasokh {name}")
    assert "--parent" not in said


def test_help_lists_the_commands_in_the_order_of_the_table() -> None:
    lines = cli.parser().format_help().splitlines()
    listed = [line.split()[0] for line in lines if re.match(r" {4}\S", line)]

    assert listed[-len(cli.COMMANDS) :] == list(cli.COMMANDS)


@pytest.mark.parametrize(
    "arguments", [("serve", "--port", "70000"), ("serve", "--port", "http"), ("unknown",), ()]
)
def test_a_mistyped_command_is_answered_with_its_usage(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)

    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: pasokh")


def test_the_supervisor_loads_neither_django_nor_a_database_driver() -> None:
    program = (
        "import sys; from pasokh.config import cli, serve; cli.parser(['serve'])\n"
        "print([name for name in ('django', 'psycopg', 'procrastinate', 'granian') "
        "if name in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert said == "[]\n"


def test_a_folder_that_is_a_file_is_told_in_a_sentence(place: Place) -> None:
    (place.root / "data").write_text("")

    told = place.pasokh("serve", "--port", str(place.port))

    assert (told.returncode, told.stderr) == (
        1,
        f"{place.root}/data cannot be used as a folder. Choose another folder with PASOKH_DATA.\n",
    )
