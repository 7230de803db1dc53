"""Every mark names a clause there is, and the page on conformity is what the marks say."""

from pathlib import Path

from tests.architecture.conformity import CLAUSES, markdown, marks

from pasokh.policy.regimes import packs


def test_the_page_is_written_from_the_marks(root: Path) -> None:
    assert (root / "docs" / "conformity.md").read_text("utf-8") == markdown()


def test_every_mark_names_a_clause_of_the_table() -> None:
    known = {f"{kind}:{clause}" for kind, clauses in CLAUSES.items() for clause in clauses}

    assert sorted(set(marks()) - known) == []


def test_every_regime_has_its_table() -> None:
    assert {*packs.ids()} - {"iso10002-2018"} == {kind for kind in CLAUSES if "-" in kind}
