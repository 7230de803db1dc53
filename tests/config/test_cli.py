import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from pasokh.config import cli, messages

from .conftest import SOURCE, Place

#: What stays as it is in every language: names of programs, formats, settings and addresses.
NAMES = (
    r"pasokh|Pasokh|ISO|JSON|LMTP|SMTP|PostgreSQL|README|PASOKH_\w+|DATABASE_URL|docs/\S+"
    r"|-?-[a-z-]+|N|h|CSV(\.gz)?|XLSX|ODS"
)


@pytest.fixture(params=["en", "fa"])
def spoken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The operator's language; afterwards the commands speak English again."""
    for name in ("PASOKH_LANG", "LANGUAGE"):
        monkeypatch.setenv(name, request.param)
    messages.use(request.param)
    yield request.param
    messages.use("en")


def english(said: str) -> list[str]:
    """The English words in what was said, but for names."""
    words = re.findall(r"[A-Za-z_][\w./-]*|--?[a-z-]+", said)
    return [word for word in words if not re.fullmatch(f"{NAMES}|{'|'.join(cli.COMMANDS)}", word)]


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_explains_itself(
    name: str, spoken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.parser([name]).parse_args([name, "--help"])

    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert f": pasokh {name}" in said.splitlines()[0]
    assert "--parent" not in said
    assert bool(english(said)) == (spoken == "en"), english(said)


MISTAKES = {
    "web --nonsense": "pasokh web: “--nonsense” is not understood. “pasokh web --help” says what "
    "is.",
    "web a b": "pasokh web: “a b” is not understood. “pasokh web --help” says what is.",
    "web --por 1": "pasokh web: “--por 1” is not understood. “pasokh web --help” says what is.",
    "web --port": "pasokh web: --port needs a value after it.",
    "web --port=70000": "pasokh web: --port: a port is a number from 1 to 65535.",
    "web --port=0": "pasokh web: --port: a port is a number from 1 to 65535.",
    "web --port=-1": "pasokh web: --port: a port is a number from 1 to 65535.",
    "web --port=http": "pasokh web: --port: a port is a number from 1 to 65535.",
    "worker --jobs x": "pasokh worker: --jobs needs a whole number, not “x”.",
    "migrate --json=1": "pasokh migrate: --json takes no value; leave “1” out.",
    "verify --against": "pasokh verify: --against needs a value after it.",
    "export-case": "pasokh export-case: Something is missing: REFERENCE, --output. “pasokh "
    "export-case --help” says what it is.",
    "-x": "pasokh: Something is missing: command. “pasokh --help” says what it is.",
}


@pytest.mark.parametrize("typed", MISTAKES)
def test_a_mistyped_command_is_answered_with_the_usage_and_a_sentence(
    typed: str, spoken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(typed.split())

    said = capsys.readouterr().err
    assert ended.value.code == 2
    usage, *_rest, sentence = said.splitlines()
    assert ": pasokh" in usage
    if spoken == "en":
        assert sentence == MISTAKES[typed]
    else:
        assert set(english(sentence)) <= set(typed.split())


def test_help_lists_the_commands_in_the_order_of_the_table() -> None:
    lines = cli.parser().format_help().splitlines()
    listed = [line.split()[0] for line in lines if re.match(r" {4}\S", line)]

    assert listed[-len(cli.COMMANDS) :] == list(cli.COMMANDS)


def test_an_unknown_command_is_answered_with_those_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(("start",)) == 2
    assert capsys.readouterr().err == (
        f"There is no command “start”. The commands are: {', '.join(cli.COMMANDS)}.\n"
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
