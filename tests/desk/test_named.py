"""Words for codes: every table that a page names is there."""

import re
from pathlib import Path

import pasokh.desk
from pasokh.desk.templatetags.desk import TABLES

NAMES = re.compile(r"""named:"(\w+)"|named\([^()]+, ["'](\w+)["']\)""")


def test_every_table_that_a_page_names_is_there() -> None:
    folder = Path(pasokh.desk.__file__).parent
    pages = [one for kind in ("*.html", "*.py") for one in folder.rglob(kind)]
    found = (NAMES.findall(one.read_text("utf-8")) for one in pages)
    named = {page or python for several in found for page, python in several}

    assert len(named) > 20
    assert named - TABLES.keys() == set()
