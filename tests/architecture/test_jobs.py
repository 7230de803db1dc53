"""Every job that the domain asks for by name exists."""

import ast
from collections.abc import Mapping

from procrastinate.contrib.django import app

from pasokh.config import schedule


def asked(tree: ast.Module) -> set[str]:
    """Names passed to `later` of the kernel; any that is not a plain text is `?`."""
    imported = any(
        isinstance(node, ast.ImportFrom)
        and node.module in ("pasokh.kernel.jobs", "pasokh.kernel")
        and {alias.name for alias in node.names} & {"later", "jobs"}
        for node in ast.walk(tree)
    )
    return {
        str(first.value) if isinstance(first := node.args[0], ast.Constant) else "?"
        for node in ast.walk(tree)
        if imported
        and isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("later", "jobs.later")
        and node.args
    }


def test_the_linter_reads_the_names_of_jobs() -> None:
    code = 'from pasokh.kernel.jobs import later\nlater("a.b", id=1)\nlater(name)'

    assert asked(ast.parse(code)) == {"a.b", "?"}
    assert asked(ast.parse('from pasokh.config.messages import later\nlater("text")')) == set()


def test_every_job_asked_for_exists(trees: Mapping[str, ast.Module]) -> None:
    names = {name for tree in trees.values() for name in asked(tree)}
    if not any(name.startswith("schedule.") for name in app.tasks):
        schedule.register()

    assert sorted(names - set(app.tasks)) == []
