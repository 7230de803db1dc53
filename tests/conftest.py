"""One throw-away PostgreSQL for the whole run, unless `PASOKH_TEST_DATABASE_URL` names a server."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import empty, settings
from django.db import connections
from django.test import override_settings

pytest_plugins = ["tests.fixtures.cloned"]

# pytest-django has read the settings already. Read them again from here, so that the tests,
# and the processes they start, never touch the operator's data folder.
FOLDER = None if "PASOKH_TEST_FOLDER" in os.environ else tempfile.mkdtemp(prefix="pasokh-test-")
if FOLDER:
    os.environ["PASOKH_TEST_FOLDER"] = FOLDER
    os.environ["PASOKH_DATA"] = str(Path(FOLDER, "data"))
    os.environ["PASOKH_ENGINE"] = str(Path(FOLDER, "engine"))
    os.environ["DATABASE_URL"] = os.environ.get("PASOKH_TEST_DATABASE_URL", "")
    for name in ("PASOKH_ADDRESS", "PASOKH_HOSTS", "PASOKH_LANG", "PASOKH_PROXIES"):
        os.environ.pop(name, None)

# A busy machine is slow; that says nothing about what is tested.
hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")


def _read_settings_again() -> None:
    sys.modules.pop("pasokh.config.settings", None)
    settings._wrapped = empty
    # One dictionary, as pytest-django expects when it names the databases of parallel runs.
    held = connections.settings["default"]
    held.update(settings.DATABASES["default"])
    settings.DATABASES["default"] = held


_read_settings_again()
_server = None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="let a skipped test fail the run")


def pytest_configure(config: pytest.Config) -> None:
    """Start the server before the parallel processes, which inherit its address."""
    global _server  # noqa: PLW0603  one server for the run
    if not FOLDER or os.environ["DATABASE_URL"] or config.option.collectonly or config.option.help:
        return
    from pasokh.config import embedded, environment  # noqa: PLC0415  apps not loaded

    surroundings = environment.read()
    Path(FOLDER).chmod(0o711)
    surroundings.data.mkdir(mode=0o711)
    _server = embedded.Server(surroundings, throw_away=True)
    _server.start()
    address = embedded.address(surroundings)
    assert address
    os.environ["DATABASE_URL"] = address.dsn
    _read_settings_again()


def pytest_unconfigure() -> None:
    if _server:
        _server.stop(signal.SIGQUIT)
    if FOLDER:
        shutil.rmtree(FOLDER, ignore_errors=True)
        os.environ.pop("PASOKH_TEST_FOLDER", None)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With `--no-skips` a machine on which something cannot be tested says so by its exit code."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.option.no_skips and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session", autouse=True)
def plain_static_files() -> Iterator[None]:
    """Name static files without their digests: nothing has collected them."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        yield
