"""Static files with their digests in their names, compressed, collected when they changed."""

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

from pasokh.config import faces, installation, leash

_FORKS = "fork" in multiprocessing.get_all_start_methods()


class Storage(CompressedManifestStaticFilesStorage):
    """Remembers the address of each file: every page names a dozen that stay until a restart."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """Return where a file is, with its digest in its name."""
        if name not in self._known:
            self._known[name] = super().url(name, force)
        return self._known[name]


def collect() -> None:
    """Collect into `STATIC_ROOT`, once after each change, by one process at a time."""
    _once(partial(_apart, _collect))


@contextmanager
def meanwhile() -> Iterator[None]:
    """Collect in a process of its own while this one prepares what is served with it."""
    if not _FORKS:
        yield
        return
    ways = multiprocessing.get_context("fork")
    process = ways.Process(target=_held_collect, args=(os.getpid(),))
    process.start()
    try:
        yield
    finally:
        process.join()


def _held_collect(parent: int) -> None:
    leash.hold(parent)
    _once(_collect)


def _once(work: Callable[[], None]) -> None:
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    digest = _digest()
    with installation.alone(root):
        stamp = root.with_name(f"{root.name}.stamp")
        if stamp.exists() and stamp.read_text("ascii") == digest:
            return
        work()
        stamp.write_text(digest, "ascii")


def _collect() -> None:
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    faces.folder()  # now, so that nobody waits for the first letter on paper


def _apart(work: Callable[[], None]) -> None:
    """Do it in a process of its own, with which the memory it takes goes (20 MB for the face)."""
    if not _FORKS:
        work()
        return
    with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as process:
        process.submit(work).result()


def _digest() -> str:
    """Changes with the name, size or time of any file there is to collect."""
    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = os.stat(storage.path(name))
            found.update(f"{name}\0{facts.st_size}\0{facts.st_mtime_ns}\0".encode())
    return found.hexdigest()
