import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger import keys


def test_key_and_origin_are_made_once_and_stay(settings: Any) -> None:
    first = keys.signer()

    assert keys.signer().key == first.key
    assert first.name == keys.origin()
    assert first.name.startswith("pasokh/")
    assert keys.fingerprint() == first.key.fingerprint


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_only_the_owner_can_read_them(settings: Any) -> None:
    keys.signer()
    folder = Path(settings.LEDGER_KEY).parent

    assert {path.name for path in folder.iterdir()} == {"ledger.key", "ledger.origin"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_processes_that_start_together_agree() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: keys.signer().key, range(32)))

    assert set(made) == {made[0]}


def test_a_damaged_key_is_refused_and_not_replaced(settings: Any) -> None:
    path = Path(settings.LEDGER_KEY)
    path.parent.mkdir()
    path.write_text("half a key")

    with pytest.raises(Refused, match="ledger-key-damaged"):
        keys.signer()
    assert path.read_text() == "half a key"


def test_a_demonstration_says_so_in_its_origin(db: None) -> None:
    keys.mark_demo()
    name = keys.origin()
    keys.mark_demo()

    assert name.startswith("pasokh-demo/")
    assert keys.origin() == name


def test_a_log_with_entries_does_not_become_a_demonstration(history: list[Any]) -> None:
    with pytest.raises(Refused, match="log-not-empty"):
        keys.mark_demo()
