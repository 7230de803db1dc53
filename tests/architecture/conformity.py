"""Write `docs/conformity.md`: `python -m tests.architecture.conformity > docs/conformity.md`.

Each clause with the tests that are marked to show it. The words are ours and only say which matter
a clause is about; what it asks stands in the standard.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"

#: Standard or regime → its clauses, in order, each with what it is about.
CLAUSES: dict[str, dict[str, str]] = {
    "10002": {
        "4.2": "commitment",
        "4.3": "capacity",
        "4.4": "transparency",
        "4.5": "accessibility",
        "4.6": "responsiveness",
        "4.7": "objectivity",
        "4.8": "no charge",
        "4.9": "information that is right and whole",
        "4.10": "confidentiality",
        "4.11": "customer focus",
        "4.12": "accountability",
        "4.13": "improvement",
        "4.14": "competence",
        "4.15": "timeliness",
        "5.1": "the organisation and its surroundings",
        "5.2": "leadership",
        "5.3": "the policy",
        "5.4": "who answers for what",
        "5.4.1": "top management's part",
        "5.4.2": "the representative's part",
        "5.4.3": "other managers' part",
        "5.4.4": "everybody's part",
        "6.1": "risks and chances",
        "6.2": "objectives",
        "6.3": "planned activities",
        "6.4": "resources",
        "7": "all nine steps in one go",
        "7.1": "telling people how to complain",
        "7.2": "receipt",
        "7.3": "tracking",
        "7.4": "acknowledgement",
        "7.5": "first assessment",
        "7.6": "investigation",
        "7.7": "response",
        "7.8": "telling the decision",
        "7.9": "closing",
        "8.1": "records",
        "8.2": "analysis",
        "8.3": "satisfaction with the handling",
        "8.4": "monitoring",
        "8.5": "audit",
        "8.6": "review by management",
        "8.7": "continual improvement",
        "Annex C": "the complainant's form",
        "Annex E": "the follow-up form",
    },
    "10001": {
        "5": "framework of a code",
        "6": "planning and writing a code",
        "7": "carrying a code out",
        "8": "keeping a code up",
    },
    "10003": {
        "5": "framework, and which bodies there are",
        "6": "planning",
        "7": "a matter before an outside body",
        "8": "maintenance and improvement",
    },
    "10004": {
        "5": "framework",
        "6": "planning",
        "7": "measuring and monitoring",
        "8": "maintenance and improvement",
    },
    "ir-bank-1393": {"circular": "thirty working days from receipt"},
    "uk-housing-2024": {
        "6.2": "acknowledgement",
        "6.3": "response counted from the acknowledgement",
        "6.4": "extension of the first stage",
        "6.14": "response at the second stage",
    },
}
TITLES = {
    "10002": "ISO 10002:2018, handling complaints",
    "10001": "ISO 10001:2018, codes of conduct",
    "10003": "ISO 10003:2018, disputes outside the organisation",
    "10004": "ISO 10004:2018, measuring satisfaction",
    "ir-bank-1393": "Regime `ir-bank-1393`: banks in Iran",
    "uk-housing-2024": "Regime `uk-housing-2024`: housing in England",
}
_HEAD = """# Conformity

Which clause is shown by which test. Written by `python -m tests.architecture.conformity`; a test
compares the two. A test names what it shows by its mark, `@pytest.mark.clause("10002:7.4")`.

The words beside a clause only say which matter it is about; what it asks stands in the standard. A
passing test shows that Pasokh does its part in the matter the test names: not the whole clause, and
not that an organisation conforms. *Not yet shown* means that: it is not built, or no test shows it.

"""


def marks() -> dict[str, list[tuple[str, str]]]:
    """Each reference that is marked, with file and name of every test that bears it."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        place = path.relative_to(ROOT).as_posix()
        for name, references in _marked(tree, []):
            for reference in sorted(set(references)):
                found[reference].append((place, name))
    return found


def _marked(node: ast.Module | ast.ClassDef, above: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each test below a module or class with the clauses it shows, inherited ones too."""
    for part in node.body:
        if isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == "pytestmark":
            above = above + _references(part.value)
    for part in node.body:
        if isinstance(part, ast.ClassDef):
            yield from _marked(part, above + _of(part))
        elif isinstance(part, ast.FunctionDef) and part.name.startswith("test_"):
            yield part.name, above + _of(part)


def _of(part: ast.ClassDef | ast.FunctionDef) -> list[str]:
    return [reference for each in part.decorator_list for reference in _references(each)]


def _references(node: ast.expr) -> list[str]:
    """The clauses named in an expression of marks."""
    return [
        ast.literal_eval(call.args[0])
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.clause"
    ]


def markdown() -> str:
    """The whole page."""
    found = marks()
    shown = sum(f"{kind}:{clause}" in found for kind, all_ in CLAUSES.items() for clause in all_)
    total = sum(map(len, CLAUSES.values()))
    parts = [f"{shown} of {total} clauses are shown by tests.\n"]
    for kind, clauses in CLAUSES.items():
        parts.append(f"## {TITLES[kind]}\n")
        parts.append("| clause | about | shown by |\n|---|---|---|")
        for clause, about in clauses.items():
            tests = found.get(f"{kind}:{clause}", [])
            parts.append(f"| {clause} | {about} | {_cell(tests)} |")
        parts.append("")
    return _HEAD + "\n".join(parts)


def _cell(tests: list[tuple[str, str]]) -> str:
    """The files with how many of their tests show it; what those say stands in the files."""
    if not tests:
        return "*not yet shown*"
    return "<br>".join(
        f"[{place.removeprefix('tests/')}](../{place}): {_names([name for _, name in group])}"
        for place, group in groupby(tests, key=lambda each: each[0])
    )


def _names(names: list[str]) -> str:
    """The first as a sentence, and how many more there are."""
    first = re.sub("^test_", "", names[0]).replace("_", " ")
    return f"{first}, and {len(names) - 1} more" if len(names) > 1 else first


if __name__ == "__main__":
    print(markdown(), end="")
