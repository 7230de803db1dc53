"""The client for the virus scanner: against Debian's clamd, killed, hung, and refusing."""

import io
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.channels.scanners import EICAR, FOUND, MOST, Clamd, scanning

from pasokh.casework.inspection.verdicts import Verdict
from pasokh.channels import antivirus
from pasokh.channels.antivirus import Scanner, Silent, look_through, scanner, version

__all__ = ["scanning"]


@contextmanager
def pretending(act: Callable[[socket.socket], None]) -> Iterator[Scanner]:
    """A scanner of ours that says its version, and then does what a test wants."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            for answer in (_say_version, act):
                line, _whence = listening.accept()
                with line:
                    answer(line)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield Scanner(host="127.0.0.1", port=listening.getsockname()[1])
        thread.join(5)


def _say_version(line: socket.socket) -> None:
    line.recv(100)
    line.sendall(b"ClamAV 1.0.0/27000/Mon Nov 23 08:00:00 2026\0")


def test_the_scanner_says_what_it_is_by_both_doors(scanning: Clamd) -> None:
    by_socket, by_tcp = version(scanning.at), version(scanning.by_tcp)

    assert by_socket == by_tcp
    assert by_socket[0].startswith("ClamAV ")


def test_harmless_bytes_are_clean_and_the_scanner_is_named(scanning: Clamd) -> None:
    found = look_through(scanning.at, io.BytesIO(b"a letter" * 50_000))

    assert (found.verdict, found.found) == (Verdict.CLEAN, "")
    assert found.scanner.startswith("ClamAV ")


def test_what_is_harmful_is_found_and_named(scanning: Clamd) -> None:
    found = look_through(scanning.by_tcp, io.BytesIO(EICAR))

    assert (found.verdict, found.found) == (Verdict.INFECTED, FOUND)


def test_a_file_that_the_scanner_finds_too_large_is_unreadable(scanning: Clamd) -> None:
    found = look_through(scanning.at, io.BytesIO(bytes(8 * MOST)))

    assert found.verdict is Verdict.UNREADABLE
    assert "size limit exceeded" in found.found


def test_a_file_larger_than_we_send_is_unreadable(
    scanning: Clamd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(antivirus, "LARGEST", 100_000)

    found = look_through(scanning.at, io.BytesIO(bytes(200_000)))

    assert found.verdict is Verdict.UNREADABLE


def test_a_scanner_that_goes_away_in_the_middle_has_said_nothing() -> None:
    def go_away(line: socket.socket) -> None:
        line.recv(1000)

    with pretending(go_away) as at, pytest.raises(Silent):
        look_through(at, io.BytesIO(bytes(4_000_000)))


def test_a_scanner_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(antivirus, "WHOLE", 0.5)
    ended = threading.Event()

    def hang(line: socket.socket) -> None:
        while line.recv(65536):
            pass
        ended.set()

    with pretending(hang) as at, pytest.raises(Silent):
        look_through(at, io.BytesIO(b"a letter"))
    assert ended.is_set()


def test_an_endless_answer_is_cut_off() -> None:
    def babble(line: socket.socket) -> None:
        line.recv(1000)
        line.sendall(b"x" * 5000)

    with pretending(babble) as at:
        found = look_through(at, io.BytesIO(b"a letter"))

    assert (found.verdict, len(found.found)) == (Verdict.UNREADABLE, antivirus.ANSWER)


def test_nobody_at_home_is_silence(tmp_path: Path) -> None:
    with pytest.raises(Silent):
        look_through(Scanner(path=str(tmp_path / "none.ctl")), io.BytesIO(b""))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", None),
        ("unix:/run/clamav/clamd.ctl", Scanner(path="/run/clamav/clamd.ctl")),
        ("tcp://127.0.0.1:3310", Scanner(host="127.0.0.1", port=3310)),
        ("tcp://localhost:3310", Scanner(host="127.0.0.1", port=3310)),
        ("tcp://[::1]:3310", Scanner(host="::1", port=3310)),
    ],
)
def test_the_setting_names_a_scanner_on_this_machine(url: str, expected: Scanner | None) -> None:
    assert scanner(url) == expected


@pytest.mark.parametrize(
    "url",
    ["tcp://192.0.2.1:3310", "tcp://scanner.example:3310", "tcp://127.0.0.1", "unix:clamd", "x"],
)
def test_no_file_is_sent_to_another_machine(url: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        scanner(url)


def test_a_scanner_that_was_killed_is_silent_until_it_is_back(scanning: Clamd) -> None:
    scanning.kill()
    with pytest.raises(Silent):
        look_through(scanning.at, io.BytesIO(EICAR))

    scanning.start()

    assert look_through(scanning.at, io.BytesIO(EICAR)).verdict is Verdict.INFECTED
