"""The parts joined into one file."""

import ast
import sys

from pasokh.kernel.ledger import verifier


def test_the_script_is_written_for_python_3_9_and_newer() -> None:
    ast.parse(verifier.source(), feature_version=(3, 9))


def test_the_script_needs_the_standard_library_alone() -> None:
    source = verifier.source()
    imported = {
        line.split()[1].split(".")[0]
        for line in source.splitlines()
        if line.startswith(("import ", "from "))
    }

    assert imported <= sys.stdlib_module_names
    assert "pasokh" not in imported
    compile(source, "verify.py", "exec")
