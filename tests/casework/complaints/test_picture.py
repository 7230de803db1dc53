from pathlib import Path

from pasokh.casework.complaints.picture import markdown


def test_the_lifecycle_page_is_drawn_from_the_table():
    page = Path(__file__).parents[3] / "docs" / "lifecycle.md"

    assert page.read_text("utf-8") == markdown()
