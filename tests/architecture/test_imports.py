"""Who may import whom, and where imports stand."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

REASONS = ("apps not loaded", "slow import", "Django-free path")
EXCUSE = re.compile(r"# noqa: PLC0415\s+(.*\S)")

#: The names a context's files have; any other module beside them is a pure one. `labels` and
#: `sentences` hold what a context says, in gettext.
CONVENTIONAL = {
    *("__init__", "models", "actions", "queries", "events", "reactions", "privacy", "refusals"),
    *("apps", "labels", "sentences"),
}
#: Modules so placed that are not pure, and why. An entry that is not needed any more fails.
NOT_PURE = {
    "pasokh.casework.deadlines.kept": "reads for `actions` what every drawing needs",
    "pasokh.casework.webhooks.signing": "signs as the library `standardwebhooks` does",
    "pasokh.directory.organisation.holidays": "offers what the library `holidays` knows",
}
CONTEXTS = ("policy", "directory", "casework", "assurance")


def unexcused(text: str) -> list[int]:
    """Lines with an import inside a function that gives none of the three reasons."""
    tree, lines = ast.parse(text), text.splitlines()
    inner = {
        node.lineno
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    excused = {at for at in inner if (why := EXCUSE.search(lines[at - 1])) and why[1] in REASONS}
    return sorted(inner - excused)


def test_the_linter_knows_the_three_reasons() -> None:
    good = "def f():\n    import json  # noqa: PLC0415  slow import\n"

    assert unexcused("import json\n" + good) == []
    assert unexcused(good.replace("slow import", "it is nicer")) == [2]
    assert unexcused(good.replace("  # noqa: PLC0415  slow import", "")) == [2]


def test_imports_stand_at_the_top_or_say_why(texts: Mapping[str, str]) -> None:
    wrong = [f"{name}:{line}" for name, text in texts.items() for line in unexcused(text)]

    assert wrong == []


def imported(tree: ast.Module) -> Iterator[str]:
    """Every module a file imports at run time, absolute."""
    checking = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in checking:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def strict(root: Path) -> frozenset[str]:
    """The modules that pyproject.toml holds to the strict rules of mypy."""
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["mypy"]
    (listed,) = [each for each in settings["overrides"] if each.get("disallow_any_generics")]
    return frozenset(listed["module"])


def pure_by_convention(names: Mapping[str, object]) -> frozenset[str]:
    """`casework/complaints/lifecycle.py` and the like: named modules beside the usual files."""
    found = set()
    for name in names:
        parts = name.removesuffix(".py").split("/")
        if len(parts) == 4 and parts[1] in CONTEXTS and parts[3] not in CONVENTIONAL:
            found.add(".".join(parts))
    return frozenset(found - set(NOT_PURE))


def test_every_pure_module_is_held_to_strict_types(root: Path, trees: Mapping[str, object]) -> None:
    pure = pure_by_convention(trees)
    listed = {name for name in strict(root) if not name.endswith("*")}

    assert sorted(pure - listed) == []
    assert sorted(listed - pure) == []
    assert "pasokh.kernel.*" in strict(root)


def test_pure_modules_know_only_the_standard_library_and_each_other(
    root: Path, trees: Mapping[str, ast.Module]
) -> None:
    pure = pure_by_convention(trees)
    kernel = {"pasokh.kernel.actors", "pasokh.kernel.errors", "pasokh.kernel.moves"}
    kernel |= {"pasokh.kernel.text", "pasokh.kernel.codes", "pasokh.kernel.refs"}
    kernel |= {"pasokh.kernel.ledger.log"}
    foreign = {
        module: names
        for module in sorted(pure | set(NOT_PURE))
        if (names := _foreign(trees[module.replace(".", "/") + ".py"], pure | kernel))
    }

    assert sorted(foreign) == sorted(NOT_PURE), foreign


def _foreign(tree: ast.Module, known: frozenset[str]) -> list[str]:
    return [
        name
        for name in imported(tree)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not any(name == each or name.startswith(f"{each}.") for each in known)
        and not any(each.startswith(f"{name}.") for each in known)
    ]


def test_the_contracts_of_import_linter_are_kept(root: Path) -> None:
    program = Path(sys.executable).with_name("lint-imports")
    kept = subprocess.run(
        [str(program), "--no-cache"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert kept.returncode == 0, kept.stdout
