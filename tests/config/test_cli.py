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


@pytest.mark.parametrize("port", ["70000", "0", "http", "-1"])
def test_a_mistyped_option_is_answered_with_the_usage_and_a_sentence(
    port: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(("web", f"--port={port}"))

    lines = capsys.readouterr().err.splitlines()
    assert ended.value.code == 2
    assert lines[0].startswith("usage: pasokh web")
    assert lines[-1] == ("pasokh web: error: argument --port: a port is a number from 1 to 65535")


def test_an_unknown_command_is_answered_with_those_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(("start",)) == 2
    assert capsys.readouterr().err == (
        "There is no command “start”. The commands are: serve, web, worker, migrate, verify, "
        "export-case, check.\n"
    )


def test_no_command_at_all_is_answered_with_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(()) == 2
    assert capsys.readouterr().err.startswith("usage: pasokh [-h] command ...")


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
