import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import psutil
import pytest

from pasokh.config import supervise
from pasokh.config.supervise import Part, Pauses, Signals, Stopped

from .conftest import until

pytestmark = pytest.mark.serial

STUBBORN = (
    "import signal, subprocess, sys, time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
    "print('ready', flush=True); time.sleep(600)"
)


@pytest.fixture
def signals() -> Iterator[Signals]:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD)
    before = [signal.getsignal(number) for number in numbers]
    yield Signals()
    signal.set_wakeup_fd(-1)
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


@pytest.fixture
def stubborn() -> Iterator[Part]:
    """A part that ignores the request to end, with a process of its own."""
    part = Part("stubborn", (), title="The stubborn", grace=3600)
    part.process = subprocess.Popen(
        [sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE, start_new_session=True
    )
    assert part.process.stdout
    assert part.process.stdout.readline() == b"ready\n"
    yield part
    if part.process:
        os.killpg(part.process.pid, signal.SIGKILL)


def test_a_second_request_ends_at_once_what_ignores_the_first(
    signals: Signals, stubborn: Part
) -> None:
    assert stubborn.process
    family = [
        psutil.Process(stubborn.process.pid),
        *psutil.Process(stubborn.process.pid).children(),
    ]
    signals.stopping()
    signals.asked = 2

    stubborn.stop(signals)

    psutil.wait_procs(family, timeout=30)
    assert len(family) == 2
    assert [each for each in family if each.is_running() and each.status() != "zombie"] == []


def test_a_request_to_stop_ends_every_wait(signals: Signals) -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    with pytest.raises(Stopped):
        signals.pause(3600)

    signals.stopping()
    signals.pause(0)
    assert (signals.asked, signals.firm) == (1, False)


def test_the_pauses_grow_to_a_limit_and_begin_anew_after_a_good_while() -> None:
    pauses = Pauses()

    assert [pauses.failed(started=0, now=1) for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    assert pauses.failed(started=0, now=1 + supervise.SETTLED) == 1


def test_a_part_that_ended_starts_again_only_when_its_pause_is_over(
    capsys: pytest.CaptureFixture[str],
) -> None:
    part = Part("check", ("--help",), title="The check", grace=1)
    part.start(now := time.monotonic())
    assert part.process
    until(lambda: part.process and part.process.poll() is not None, "its end")

    part.keep(now)
    assert part.process is None
    assert "The check ended (code 0) and starts again in 1 seconds." in capsys.readouterr().err

    part.keep(now + 0.5)
    assert part.process is None
    part.keep(now + 1.5)
    assert part.process
    part.process.wait()


def test_a_result_is_the_exit_code_and_what_was_printed(signals: Signals) -> None:
    code, printed = supervise.result("migrate", ("--help",), signals)

    assert code == 0
    assert printed.startswith("usage: pasokh migrate")
