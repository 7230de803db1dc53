import io
from importlib.metadata import distribution
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from fontTools.ttLib import TTFont

from pasokh.kernel.text import GONE, visible
from pasokh.ui import collect, cutting, face

PERSIAN = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیءأؤئۀ۰۱۲۳۴۵۶۷۸۹٪٫٬،؛؟«»"
STYLES = Path(collect.__file__).parent / "static" / "ui" / "css"


@pytest.fixture(scope="module")
def cut() -> bytes:
    return collect.made(collect.FACE)


def test_the_cut_face_has_what_the_pages_are_written_with(cut: bytes) -> None:
    with TTFont(io.BytesIO(cut)) as font:
        known = font.getBestCmap()
        weights = [(axis.minValue, axis.maxValue) for axis in font["fvar"].axes]

    wanted = PERSIAN + "ٔ‌‍AZaz09£€–—“”…"
    assert [char for char in wanted if ord(char) not in known] == []
    assert weights == [(cutting.REGULAR, cutting.STRONG)]


def test_the_sign_for_what_cannot_be_stored_is_in_the_face_on_page_and_paper(cut: bytes) -> None:
    with TTFont(io.BytesIO(cut)) as font:
        on_page = font.getBestCmap()

    assert visible("\0\ud800").text == GONE * 2
    assert ord(GONE) in on_page
    assert ord(GONE) in cutting.letters(face.source())


def test_the_cut_face_is_small_enough_for_an_old_telephone(cut: bytes) -> None:
    assert len(cut) < 64 * 1024


def test_the_face_keeps_its_authors_and_its_licence(cut: bytes) -> None:
    for data in (cut, cutting.truetype(face.source(), cutting.STRONG)):
        with TTFont(io.BytesIO(data)) as font:
            names = [font["name"].getDebugName(number) for number in (0, 13, 14)]

        assert "Vazirmatn Project Authors" in names[0]
        assert "SIL Open Font License" in names[1]
        assert names[2] == "https://scripts.sil.org/OFL"


def test_cutting_twice_gives_the_same_bytes(cut: bytes) -> None:
    assert collect.made(collect.FACE) == cut


def test_a_strong_face_for_printing_has_one_weight() -> None:
    with TTFont(io.BytesIO(cutting.truetype(face.source(), cutting.STRONG))) as font:
        assert "fvar" not in font
        assert font["OS/2"].usWeightClass == cutting.STRONG


def test_the_package_that_carries_the_face_is_locked_to_one_version() -> None:
    locked = Path(__file__).parents[2].joinpath("requirements", "core.in").read_text("utf-8")

    assert f"django-simorgh=={distribution('django-simorgh').version}\n" in locked


def test_the_stylesheet_imports_every_part_once() -> None:
    sheet = STYLES.joinpath("pasokh.css").read_text("utf-8")
    parts = sorted(path.name for path in STYLES.glob("*.css") if path.name != "pasokh.css")

    assert sorted(collect._IMPORT.findall(sheet)) == parts


def test_the_collected_stylesheet_has_its_parts_in_it() -> None:
    joined = collect.made(collect.STYLESHEET).decode()

    assert "@import" not in joined
    assert all(part.read_text("utf-8") in joined for part in STYLES.glob("[!p]*.css"))
    assert joined.startswith("@layer reset, tokens, ")


def test_without_collecting_the_sources_are_found() -> None:
    assert finders.find(collect.FACE) == str(face.source())
    assert finders.find(collect.STYLESHEET) == str(STYLES / "pasokh.css")
    assert finders.find("ui/no-such-file.css") is None


def test_collecting_takes_the_made_files_and_not_their_sources(tmp_path: Path) -> None:
    storage = ManifestStaticFilesStorage(location=tmp_path)
    found = dict(collect.Finder().list([]))

    for name, made in found.items():
        with made.open(name) as source:
            storage.save(name, source)

    assert sorted(found) == [collect.STYLESHEET, collect.FACE]
    assert tmp_path.joinpath(collect.FACE).read_bytes()[:4] == b"wOF2"
    assert b"@font-face" in tmp_path.joinpath(collect.STYLESHEET).read_bytes()
