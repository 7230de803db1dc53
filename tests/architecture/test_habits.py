"""What the house does not do, whatever the reason seemed."""

import ast
import re
from collections.abc import Mapping

import pytest

FORBIDDEN_NAMES = re.compile(r"(^|/)(common|utils|helpers|misc|signals|admin)(\.py|/)")
FORBIDDEN_IMPORTS = {
    "django.dispatch": "signals",
    "django.db.models.signals": "signals",
    "django.contrib.admin": "the Django admin",
    "django.utils.safestring.mark_safe": "marking a text as safe",
}
#: Only the design system marks its own drawings as safe; ruff's S308 asks for the reason there.
ALLOWED = {"pasokh/ui/": {"django.utils.safestring.mark_safe"}}
UNFINISHED = re.compile(r"#.*\b(TODO|FIXME|XXX|HACK)\b")
BANNER = re.compile(r"#\s*[-=*#~]{4,}")


def faults(name: str, text: str) -> list[str]:
    """Say what in a file goes against the house's habits."""
    tree = ast.parse(text)
    allowed = {
        path for folder, paths in ALLOWED.items() if name.startswith(folder) for path in paths
    }
    forbidden = set(FORBIDDEN_IMPORTS) - allowed
    found = ["is called after nothing"] if FORBIDDEN_NAMES.search(name) else []
    for line in text.splitlines():
        found += ["leaves something for later"] if UNFINISHED.search(line) else []
        found += ["has a banner"] if BANNER.search(line) else []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            paths = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            found += [f"uses {FORBIDDEN_IMPORTS[p]}" for p in paths if p in forbidden]
        if isinstance(node, ast.ClassDef):
            bases = {ast.unparse(base).split(".")[-1] for base in node.bases}
            found += ["has a ModelForm"] if "ModelForm" in bases else []
            if bases & {"Model", "AbstractBaseUser", "AbstractUser"}:
                found += [f"overrides {method}()" for method in sorted(_overridden(node))]
    return found


def _overridden(model: ast.ClassDef) -> set[str]:
    """`save` and `delete` with something to do; one that only refuses returns `NoReturn`."""
    return {
        each.name
        for each in model.body
        if isinstance(each, ast.FunctionDef)
        and each.name in ("save", "delete")
        and not (each.returns and ast.unparse(each.returns) == "NoReturn")
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a/utils.py", ""),
        ("a/models.py", "class A(models.Model):\n    def save(self): pass"),
        ("a/forms.py", "class A(forms.ModelForm): pass"),
        ("a/models.py", "from django.dispatch import receiver"),
        ("a/views.py", "from django.utils.safestring import mark_safe"),
        ("a/rules.py", "x = 1  # TODO later"),
        ("a/rules.py", "# -------- rules"),
    ],
)
def test_the_linter_sees_each_bad_habit(name: str, text: str) -> None:
    assert len(faults(name, text)) == 1


def test_the_linter_lets_good_code_be() -> None:
    good = "class A(models.Model):\n    def is_open(self): return True\n# why: it must\n"
    good += "class B(models.Model):\n    def save(self) -> NoReturn: raise TypeError\n"

    assert faults("a/models.py", good) == []


def test_the_source_has_no_bad_habit(texts: Mapping[str, str]) -> None:
    wrong = {name: found for name, text in texts.items() if (found := faults(name, text))}

    assert wrong == {}


def test_the_domain_never_asks_for_the_time(trees: Mapping[str, ast.Module]) -> None:
    """`now` comes from the door that was opened; only the kernel's clock and doors read it."""
    domain = ("pasokh/policy/", "pasokh/directory/", "pasokh/casework/", "pasokh/assurance/")
    asked = [
        f"{name}:{node.lineno}"
        for name, tree in trees.items()
        if name.startswith(domain)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and re.search(r"(^|\.)(now|today|utcnow|localdate)$", ast.unparse(node.func))
    ]

    assert asked == []
