"""The script that checks a bundle or a receipt anywhere: one file, the standard library alone.

It is written here in parts and joined into `verify.py` when a bundle is made. It shares no code
with the ledger, so that each shows the other's mistakes.
"""

import re
from importlib.resources import files

PARTS = ("words", "curve", "reading", "evidence", "checks")
_LATER = re.compile(r"^from __future__ import annotations\n+", re.MULTILINE)
_OWN = re.compile(r"^from pasokh[.\w]* import (?:\([^)]*\)|[^\n]*)\n+", re.MULTILINE)


def source() -> str:
    """Return the script: its parts in order, without their references to each other."""
    first, *rest = (_OWN.sub("", _part(name)) for name in PARTS)
    return "#!/usr/bin/env python3\n" + "\n\n".join(
        [first, *(_LATER.sub("", part) for part in rest)]
    )


def _part(name: str) -> str:
    return files(__package__).joinpath(f"{name}.py").read_text("utf-8")
