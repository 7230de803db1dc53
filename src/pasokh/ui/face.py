"""The face every page is set in: Vazirmatn, Persian and Latin drawn for each other.

It comes whole, with all its weights, from a package of which nothing else is used; why this face
and this package stands in `docs/decisions/0005-the-persian-face.md`. Knows no Django.
"""

from importlib.util import find_spec
from pathlib import Path

PACKAGE = "django_simorgh"
FILE = "static/django_simorgh/fonts/Vazirmatn-variable.woff2"


def source() -> Path:
    """Return where the package keeps the variable font."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"the package {PACKAGE}, which carries the face, is not installed")
    return Path(spec.submodule_search_locations[0]) / FILE
