"""Only `actions.py` and the ledger's own modules write to the tables of the product."""

import ast
import re
from collections.abc import Mapping

#: Managers and instances write by these; no other object of ours has methods so called.
ALWAYS = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
#: These are also methods of dictionaries and hashes: they count after `objects` or a query.
ON_QUERIES = {"update", "delete", "raw"}
QUERY = {"objects", "filter", "exclude", "all", "select_for_update", "order_by", "_default_manager"}
SQL = re.compile(r"\s*(?:WITH\b.*\b)?(INSERT|UPDATE|DELETE|TRUNCATE)\b", re.I | re.S)

HOLDERS = re.compile(r"(^|/)actions(\.py|/)|^pasokh/kernel/ledger/|^pasokh/privacy/erasure\.py$")

#: Files outside that write, and why they may. An entry that is not needed any more fails.
EXCEPTIONS = {
    "pasokh/ui/cutting.py": "saves a font into memory",
    "pasokh/channels/previews/drawer.py": "saves pictures into memory",
    "pasokh/kernel/paper.py": "saves letters for the printer into memory",
    "pasokh/kernel/docx.py": "saves letters into memory",
    "pasokh/demo/scanned.py": "saves pages into memory",
    "pasokh/config/schedule.py": "ended sessions are Django's table, not ours",
}


def strokes(tree: ast.Module) -> list[str]:
    """Calls in a file that write to tables, as `line: method`."""
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        method, receiver = node.func.attr, node.func.value
        names = {each.attr for each in ast.walk(receiver) if isinstance(each, ast.Attribute)}
        if method in ALWAYS or (method in ON_QUERIES and names & QUERY) or _writes(method, node):
            found.append(f"{node.lineno}: {method}")
    return found


def _writes(method: str, call: ast.Call) -> bool:
    first = call.args[0] if call.args else None
    text = first.value if isinstance(first, ast.Constant) else None
    return method == "execute" and isinstance(text, str) and bool(SQL.match(text))


def test_the_linter_sees_every_way_of_writing() -> None:
    bad = [
        "case.save()",
        "Complaint.objects.create(ref=ref)",
        "case.letters.bulk_create(letters)",
        "Complaint.objects.filter(pk=1).update(state='x')",
        "Complaint.objects.filter(pk=1).order_by('pk').delete()",
        "cursor.execute('DELETE FROM complaint')",
        "cursor.execute('WITH old AS (SELECT 1) UPDATE complaint SET a = 1')",
    ]

    assert [strokes(ast.parse(line)) != [] for line in bad] == [True] * len(bad)


def test_the_linter_lets_dictionaries_hashes_and_reading_be() -> None:
    good = [
        "facts.update(more)",
        "digest.update(chunk)",
        "path.unlink()",
        "Complaint.objects.filter(pk=1).values()",
        "cursor.execute('SELECT 1')",
    ]

    assert [strokes(ast.parse(line)) for line in good] == [[]] * len(good)


def test_only_actions_and_the_ledger_hold_the_pen(trees: Mapping[str, ast.Module]) -> None:
    elsewhere = {
        name: found
        for name, tree in trees.items()
        if not HOLDERS.search(name) and (found := strokes(tree))
    }

    assert {name: found for name, found in elsewhere.items() if name not in EXCEPTIONS} == {}
    assert sorted(EXCEPTIONS) == sorted(elsewhere)


def assignments(trees: Mapping[str, ast.Module]) -> list[str]:
    """Where `.state` of something is assigned."""
    return [
        f"{name}:{node.lineno}"
        for name, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "state"
        and isinstance(node.ctx, ast.Store)
    ]


def test_the_linter_finds_assignments_and_no_comparisons() -> None:
    tree = ast.parse("case.state = a\nif case.state == a: pass\ncase.state, b = c, d\nstate = 1")

    assert assignments({"a.py": tree}) == ["a.py:1", "a.py:3"]


def test_the_state_of_a_complaint_is_assigned_on_one_line(trees: Mapping[str, ast.Module]) -> None:
    core = {n: tree for n, tree in trees.items() if n.startswith("pasokh/casework/complaints/")}

    assert len(assignments(core)) == 1
