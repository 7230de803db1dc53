"""A real browser on a real server: what every journey shares.

    site        a web server on a database of its own, in a child process
    bare_site   the same without any database behind it
    view        language, device and colours, two combinations in turn; with PASOKH_VIEWS=all eight
    visitor     a browser tab for that view; fails on script errors and on a policy's complaints
    look        judges the page by axe and for scrolling sideways, and keeps a picture of it

Without Chromium or Playwright these tests are skipped; `.ci/run` has both.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from tests.fixtures.cloned import Cloned

from pasokh.config import environment

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "var" / "screenshots"
SOURCE = Path(environment.__file__).parents[2]
PATIENCE = 240.0

BROWSERS = ("chromium", "chromium-browser")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: WCAG 2.2 A and AA, and what the makers of axe hold to be good practice.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
DEVICES = {"phone": (390, 844), "desktop": (1280, 900)}
NARROWEST = 320
#: What the page in sight was answered with.
STATUS = "performance.getEntriesByType('navigation')[0].responseStatus"


@dataclass(frozen=True)
class View:
    """How somebody looks at a page."""

    language: str
    device: str
    colours: str

    def __str__(self) -> str:
        return f"{self.language}-{self.device}-{self.colours}"


VIEWS = [
    View(language, device, colours)
    for language in ("fa", "en")
    for device in DEVICES
    for colours in ("light", "dark")
]
#: Two of the eight that have nothing in common: each language, device and colour is in one.
OPPOSITE = [View("fa", "phone", "light"), View("en", "desktop", "dark")]
ALL = os.environ.get("PASOKH_VIEWS") == "all"


def seen_in(language: str) -> Any:
    """One view for a long journey whose pages are built of what others are seen with in both."""
    views = VIEWS if ALL else [one for one in OPPOSITE if one.language == language]
    return pytest.mark.parametrize("view", views, indirect=True, ids=str)


@dataclass
class Site:
    """A web server in a child process, and the database it works on."""

    url: str
    database: str
    process: subprocess.Popen[bytes]
    log: Path

    def __call__(self, path: str) -> str:
        return f"{self.url}{path}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip("Chromium is not installed")
    with _loop_in_this_thread(), playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()
        connections.close_all()


@contextmanager
def _loop_in_this_thread() -> Iterator[None]:
    """Playwright runs an event loop in this thread until its module is done.

    Django takes that for a mistake unless told otherwise, and keeps connections apart with and
    without a loop; one left open would keep a database from being copied.
    """
    connections.close_all()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def site(cloned_database: Cloned, tmp_path: Path) -> Iterator[Site]:
    """Commits stay in the clone; call the domain's verbs in the test to prepare it."""
    with _served(cloned_database.url, tmp_path) as served:
        yield served


@pytest.fixture(scope="session")
def bare_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("bare")
    with _served(f"host={folder} dbname=nothing user=nobody", folder) as served:
        yield served


@pytest.fixture(params=VIEWS if ALL else OPPOSITE, ids=str)
def view(request: pytest.FixtureRequest) -> View:
    view: View = request.param
    return view


@pytest.fixture
def visitor(browser: Any, view: View) -> Iterator[Any]:
    with opened(browser, view) as page:
        yield page


@pytest.fixture
def look(view: View) -> Callable[..., None]:
    def look_at(page: Any, name: str, *, status: int = 200) -> None:
        settle(page)
        assert page.evaluate(STATUS) == status, page.url
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}-{view}.png", full_page=True)
        assert faults(page) == []
        assert sideways(page) == 0
        width, height = DEVICES[view.device]
        page.set_viewport_size({"width": NARROWEST, "height": height})
        assert sideways(page) == 0, f"at {NARROWEST} pixels, which is 400 % of 1280"
        page.set_viewport_size({"width": width, "height": height})

    return look_at


@contextmanager
def opened(browser: Any, view: View, **options: Any) -> Iterator[Any]:
    """Open a tab; at its end nothing may have gone wrong in it."""
    width, height = DEVICES[view.device]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=view.colours,
        locale="fa-IR" if view.language == "fa" else "en-GB",
        **options,
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert [each for each in complaints if not _is_a_status(each)] == []


def settle(page: Any) -> None:
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready.then(() => true)")


def faults(page: Any) -> list[str]:
    """Every violation that axe finds, with the element it is about."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  slow import

    options = {"runOnly": {"type": "tag", "values": list(RULES)}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]} {node.get('failureSummary', '')}"
        for rule in found
        for node in rule["nodes"]
    ]


def sideways(page: Any) -> int:
    """By how many pixels a page is wider than its window."""
    width: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return width


def _is_a_status(said: str) -> bool:
    """Browsers report an error page's own status as an error."""
    return (
        re.match(r"Failed to load resource: the server responded with a status of", said)
        is not None
    )


@contextmanager
def _served(database: str, folder: Path) -> Iterator[Site]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "web.log"
    environ = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(SOURCE), *filter(None, [os.environ.get("PYTHONPATH")])]),
        "DATABASE_URL": database,
        "PASOKH_STYLE_GUIDE": "yes",
    }
    command = [sys.executable, "-P", "-m", "pasokh.config", "web", "--port", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=environ, stdout=out, stderr=out)
    try:
        _wait(port, process, log)
        yield Site(f"http://127.0.0.1:{port}", database, process, log)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server answers at all; whether its database does is another matter."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/")
            connection.getresponse().read()
            connection.close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"the web server did not start:\n{log.read_text('utf-8')}")
