import json
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import override_settings

from pasokh.config import static


@pytest.fixture
def sources(tmp_path: Path) -> Iterator[Path]:
    """A folder of static files, collected beside it with digests in their names."""
    folder = tmp_path / "sources"
    folder.mkdir()
    manifest = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    plain = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    with override_settings(
        STATICFILES_FINDERS=["django.contrib.staticfiles.finders.FileSystemFinder"],
        STATICFILES_DIRS=[folder],
        STATIC_ROOT=tmp_path / "static",
        STORAGES={"default": plain, "staticfiles": manifest},
    ):
        finders.get_finder.cache_clear()
        yield folder
    finders.get_finder.cache_clear()


def collected(sources: Path) -> dict[str, str]:
    manifest = json.loads((sources.parent / "static" / "staticfiles.json").read_text())
    paths: dict[str, str] = manifest["paths"]
    return paths


def test_files_get_their_digest_in_their_name_and_a_compressed_copy(sources: Path) -> None:
    (sources / "a.css").write_text("p { color: red } " * 200)

    static.collect()

    name = collected(sources)["a.css"]
    assert name != "a.css"
    assert (sources.parent / "static" / f"{name}.br").exists()


def test_they_are_collected_again_only_after_a_change(sources: Path) -> None:
    (sources / "a.css").write_text("p {}")
    static.collect()
    manifest = sources.parent / "static" / "staticfiles.json"
    before = manifest.stat().st_ino, manifest.stat().st_mtime_ns
    first = collected(sources)

    static.collect()
    assert (manifest.stat().st_ino, manifest.stat().st_mtime_ns) == before

    (sources / "a.css").write_text("p { margin: 0 }")
    static.collect()
    assert collected(sources)["a.css"] != first["a.css"]


def test_collecting_leaves_nothing_in_the_memory_of_who_asks_for_it(sources: Path) -> None:
    (sources / "a.css").write_text("p {}")
    seen: list[int] = []

    static._apart(partial(seen.append, 1))
    assert seen == []
    with pytest.raises(FileNotFoundError, match="nowhere"):
        static._apart(partial(os.stat, "/nowhere"))


def test_they_are_collected_while_something_else_is_prepared(sources: Path) -> None:
    (sources / "a.css").write_text("p {}")

    with static.meanwhile():
        pass

    stamp = sources.parent / "static.stamp"
    made = stamp.stat().st_mtime_ns
    assert collected(sources)["a.css"] != "a.css"
    static.collect()
    assert stamp.stat().st_mtime_ns == made
