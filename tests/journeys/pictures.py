"""The pictures in `docs/pictures`: a demonstration is made, and looked at by its own readers.

`bin/pictures` runs it. What the demonstration prints (accounts, references with their codes) is all
it knows; everything else it does as a person would, in a browser.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.journeys.conftest import BROWSERS, FLAGS, View, opened, settle

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
PATIENCE, LARGEST = 1800.0, 150_000
PORT = "8797"
SITE = f"http://127.0.0.1:{PORT}"
HANDLER = "sotoudeh@hirmand.example"
#: Once these were printed, everything was.
LAST_SAID = ("Pasokh is running", "Letters are written to")
PHONE, DESK = "phone", "desktop"
WIDE = (1280, 700)


def main() -> int:
    """Take every picture; say which are larger than a page should load."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  slow import

    PICTURES.mkdir(parents=True, exist_ok=True)
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None or shutil.which("pdftoppm") is None:
        sys.exit("bin/pictures: Chromium and pdftoppm are needed")
    with demonstration() as said, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=FLAGS)
        outside(browser, said)
        inside(browser, said)
        browser.close()
    large = [path.name for path in PICTURES.iterdir() if path.stat().st_size > LARGEST]
    print(*(f"{path.name}: {path.stat().st_size // 1000} kB" for path in PICTURES.iterdir()))
    return 1 if large else 0


@contextmanager
def demonstration() -> Iterator[str]:
    """A demonstration that runs; what it printed."""
    with tempfile.TemporaryDirectory(prefix="pasokh-pictures-") as folder:
        Path(folder).chmod(0o711)
        log = Path(folder, "said")
        environ = {**os.environ, "PASOKH_DATA": f"{folder}/data", "PASOKH_LANG": "en"}
        environ |= {"PASOKH_ENGINE": f"{folder}/engine", "PASOKH_HOSTS": "127.0.0.1"}
        command = [sys.executable, "-P", "-m", "pasokh.config", "serve", "--demo", "--port", PORT]
        with log.open("w") as out:
            process = subprocess.Popen(command, env=environ, stdout=out, stderr=out)
        try:
            deadline = time.monotonic() + PATIENCE
            while not all(each in log.read_text("utf-8") for each in LAST_SAID):
                if process.poll() is not None or time.monotonic() > deadline:
                    sys.exit(log.read_text("utf-8"))
                time.sleep(0.5)
            yield log.read_text("utf-8")
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def outside(browser: Any, said: str) -> None:
    """What the complainant sees, in Persian on a telephone."""
    with opened(browser, View("fa", PHONE, "light")) as page:
        for name, path in (("front-fa", "/fa/"), ("form-fa", "/fa/complain/")):
            page.goto(SITE + path)
            taken(page, name)
        ref, code = told(said)
        page.goto(f"{SITE}/fa/follow/")
        page.fill("[name=ref]", ref)
        page.fill("[name=code]", code)
        page.click("main form [type=submit], main form button.button--primary")
        page.wait_for_url("**/follow/complaint/")
        taken(page, "follow-fa")


def inside(browser: Any, said: str) -> None:
    """What the staff see: the queue in English, a file and its letter in Persian."""
    found = re.search(r"password (\S+) and", said)
    assert found, said
    with opened(browser, View("en", DESK, "light")) as page:
        page.goto(f"{SITE}/en/desk/sign-in/")
        page.fill("[name=login]", HANDLER)
        page.fill("[name=password]", found[1])
        page.click("main button.button--primary")
        page.wait_for_url("**/en/desk/")
        page.goto(f"{SITE}/en/desk/?language=en")
        taken(page, "queue-en")
        ref, _code = told(said)
        page.goto(f"{SITE}/fa/desk/complaints/{ref}/")
        taken(page, "case-fa")
        links = page.locator("a[href*='/letters/']").evaluate_all("all => all.map(a => a.href)")
        answer = page.request.get(links[-1])
        letter("letter-fa", answer.body())


def told(said: str) -> tuple[str, str]:
    """Reference and code of a complaint whose decision has been told, as it was printed."""
    lines = re.findall(r"(P-\d+-\d) +(\d{4}(?:[- ]\d{4}){3}) +(.*)", said)
    found = [(ref, code) for ref, code, state in lines if "told" in state.lower()]
    assert found, said
    return found[0]


def taken(page: Any, name: str) -> None:
    """Take what fits on the screen: a picture in a page is no page."""
    settle(page)
    if page.viewport_size["width"] >= WIDE[0]:
        page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    page.screenshot(path=PICTURES / f"{name}.png")


def letter(name: str, content: bytes) -> None:
    """The first page of a PDF, as large as it can be read."""
    subprocess.run(
        ["pdftoppm", "-png", "-r", "72", "-singlefile", "-", str(PICTURES / name)],
        input=content,
        check=True,
    )


if __name__ == "__main__":
    sys.exit(main())
