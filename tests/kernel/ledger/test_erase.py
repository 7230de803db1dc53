import ast
from pathlib import Path

import pytest

from pasokh.kernel.ledger import erase, verify
from pasokh.kernel.ledger.models import Entry, Sealed

SOURCE = Path(erase.__file__).parents[2]


@pytest.mark.clause("10002:8.1")
def test_erasing_takes_the_texts_and_leaves_everything_verifying(history: list[Entry]) -> None:
    gone = history[0]

    assert erase.erase([gone.pk, history[1].pk]) == 2
    assert erase.erase([gone.pk]) == 0
    assert Entry.objects.get(pk=gone.pk).private is None
    assert Sealed.objects.count() == 3
    assert verify.whole_log() == []


def test_only_privacy_may_erase() -> None:
    importers = {
        path.relative_to(SOURCE).parts[0]
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom | ast.Import)
        and any(
            f"{getattr(node, 'module', '')}.{alias.name}".endswith("ledger.erase")
            or (getattr(node, "module", None) or "").endswith("ledger.erase")
            for alias in node.names
        )
    }

    assert importers <= {"privacy"}
