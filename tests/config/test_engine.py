import os
from pathlib import Path

import pytest

from pasokh.config import engine
from pasokh.config.engine import Engine
from pasokh.config.messages import Unable


def test_the_wheel_carries_postgresql_18_and_every_program_is_there() -> None:
    found = engine.choose(engine.bundled(), None)

    assert found.major == 18
    for name in ("initdb", "postgres", "pg_dump", "pg_restore"):
        assert os.access(found.program(name), os.X_OK)


def test_a_new_cluster_gets_the_newest_and_an_old_one_its_own() -> None:
    engines = {16: Engine(Path("/a"), 16), 18: Engine(Path("/b"), 18)}

    assert engine.choose(engines, None).major == 18
    assert engine.choose(engines, 16).major == 16
    with pytest.raises(Unable, match="The data was written by PostgreSQL 17"):
        engine.choose(engines, 17)


def test_where_there_is_no_wheel_a_database_is_asked_for() -> None:
    with pytest.raises(Unable, match=r"no wheel of it for Alpine .* Set DATABASE_URL"):
        engine.choose({}, None)


def test_a_lent_engine_runs_for_all_whatever_the_mask_and_is_copied_once(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    before = os.umask(0o077)
    try:
        lent = engine.lent(engine.bundled()[18], shared)
    finally:
        os.umask(before)
    made = Path(lent.program("postgres")).stat().st_ino

    code, said = engine.run(
        engine.Account(os.geteuid(), os.getegid(), other=False),
        [lent.program("postgres"), "--version"],
    )

    assert (code, said.split()[2].split(".")[0]) == (0, "18")
    for path in shared.rglob("*"):
        if not path.is_symlink():
            assert path.stat().st_mode & 0o022 == 0
            assert path.stat().st_mode & (0o001 if path.is_dir() else 0o004)
    assert engine.lent(engine.bundled()[18], shared) == lent
    assert Path(lent.program("postgres")).stat().st_ino == made


def test_a_folder_that_exists_keeps_its_permissions(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)

    engine.open_folder(tmp_path)
    engine.open_folder(tmp_path / "new")

    assert tmp_path.stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o711


def test_others_get_through_only_when_every_folder_above_lets_them(open_folder: Path) -> None:
    closed = open_folder / "closed"
    (closed / "inner").mkdir(parents=True)
    (closed / "inner").chmod(0o755)
    closed.chmod(0o755)
    assert engine.enterable(closed / "inner")

    closed.chmod(0o750)

    assert not engine.enterable(closed / "inner")
