"""The faces that letters on paper are set in, made once from the product's own face."""

import json
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from django.conf import settings

from pasokh.ui import face

WEIGHTS = (400, 700)


@cache
def folder() -> Path:
    """Return the folder with the faces and `letters.json`, the code points they can show.

    The first call on an installation makes them, which takes some seconds; processes that start
    together agree, and a newer face gets a folder of its own.
    """
    whole = face.source()
    stamp = f"{whole.stat().st_size:x}-{'-'.join(map(str, WEIGHTS))}"
    place = Path(settings.ENVIRONMENT.data) / "faces" / stamp
    if not place.exists():
        _make(whole, place)
    return place


def _make(whole: Path, place: Path) -> None:
    from pasokh.ui import cutting  # noqa: PLC0415  slow import

    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = Path(tempfile.mkdtemp(dir=place.parent))
    try:
        for weight in WEIGHTS:
            (draft / f"{weight}.ttf").write_bytes(cutting.truetype(whole, weight))
        shown = cutting.letters(whole)
        (draft / "letters.json").write_text(json.dumps(sorted(shown)), "ascii")
        os.rename(draft, place)
    except OSError:
        if not place.exists():
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
