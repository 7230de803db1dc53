"""One question by HTTP: only to machines that were judged, and with an end to everything."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.channels.receiver import Receiver, certificate, receiver

from pasokh.channels.web_out import (
    BadTls,
    TargetRefused,
    TooLarge,
    TooSlow,
    Unreachable,
    send,
)
from pasokh.kernel import targets


@pytest.fixture(scope="module")
def server() -> Iterator[Receiver]:
    with receiver() as running:
        yield running


@pytest.fixture
def loopback(settings: Any) -> None:
    settings.OUTGOING_NETWORKS = targets.networks(["127.0.0.1/32"])


def names(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Let every name mean these addresses; gives the names that were asked for."""
    asked: list[str] = []

    def found(host: str, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        return [(0, 0, 0, "", (one, 0)) for one in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    return asked


@pytest.mark.usefixtures("loopback")
def test_a_question_is_asked_as_it_was_given(
    server: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    server.replies["/in"] = (418, {"X-Said": "yes"}, "سلام".encode())

    answer = send("POST", server.url("/in?a=1"), headers={"X-Own": "1", "host": "x"}, body=b"{}")

    heard = server.heard[-1]
    assert (answer.status, answer.headers["x-said"], answer.body.decode()) == (418, "yes", "سلام")
    assert (heard.method, heard.path, heard.body) == ("POST", "/in?a=1", b"{}")
    assert heard.headers["host"] == f"127.0.0.1:{server.port}"
    assert heard.headers["x-own"] == "1"


@pytest.mark.usefixtures("loopback")
def test_a_name_is_looked_up_once_and_the_connection_goes_where_it_was_judged(
    server: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = names(monkeypatch, "127.0.0.1")
    reached: list[str] = []

    def connect(address: Any, *, timeout: float) -> socket.socket:
        reached.append(address[0])
        return _straight(address, timeout=timeout)

    monkeypatch.setattr(socket, "create_connection", connect)
    send("GET", server.url("/", host="shop.example"))

    assert (asked, reached) == (["shop.example"], ["127.0.0.1"])
    assert server.heard[-1].headers["host"] == f"shop.example:{server.port}"


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::ffff:8.8.8.8"]])
def test_one_address_inside_spoils_the_name(
    server: Receiver, monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    names(monkeypatch, *addresses)
    before = len(server.heard)

    with pytest.raises(TargetRefused, match="target-inside"):
        send("GET", server.url("/", host="shop.example"))

    assert len(server.heard) == before


@pytest.mark.usefixtures("loopback")
def test_a_demonstration_speaks_to_nobody(server: Receiver, settings: Any) -> None:
    settings.DEMO = True

    with pytest.raises(TargetRefused, match="target-of-a-demonstration"):
        send("GET", server.url())


@pytest.mark.usefixtures("loopback")
def test_a_redirect_is_an_answer_like_any_other(server: Receiver) -> None:
    server.replies["/away"] = (302, {"Location": server.url("/elsewhere")}, b"")

    assert send("GET", server.url("/away")).status == 302
    assert server.heard[-1].path == "/away"


@pytest.mark.usefixtures("loopback")
@pytest.mark.parametrize("how", ["hang", "drip"])
def test_whoever_is_slow_is_left_when_the_time_is_over(server: Receiver, how: str) -> None:
    server.replies["/slow"] = getattr(server, how)

    with pytest.raises(TooSlow) as slow:
        send("POST", server.url("/slow"), body=b"x", timeout=0.2)

    assert slow.value.spoken


def test_a_look_up_that_hangs_is_left_when_the_time_is_over(
    server: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: server.ended.wait(5))

    with pytest.raises(TooSlow) as slow:
        send("GET", "https://slow.example/", timeout=0.05)

    assert not slow.value.spoken


@pytest.mark.usefixtures("loopback")
def test_an_answer_beyond_the_limit_is_cut_and_says_so(server: Receiver) -> None:
    server.replies["/long"] = (200, {}, b"x" * 1001)

    with pytest.raises(TooLarge) as large:
        send("GET", server.url("/long"), limit=1000)

    assert (large.value.answer.status, large.value.answer.body) == (200, b"x" * 1000)
    assert send("GET", server.url("/long"), limit=1001).body == b"x" * 1001


def _says(words: bytes) -> Any:
    return lambda line: line.sendall(words)


@pytest.mark.usefixtures("loopback")
@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000,
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_is_no_whole_answer_is_none(server: Receiver, words: bytes) -> None:
    server.replies["/odd"] = _says(words)

    with pytest.raises(Unreachable) as broken:
        send("GET", server.url("/odd"))

    assert broken.value.spoken
    assert "SSH" not in str(broken.value)


@pytest.mark.usefixtures("loopback")
def test_nobody_there_is_known_to_have_heard_nothing() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unreachable) as nobody:
        send("GET", f"http://127.0.0.1:{port}/")

    assert not nobody.value.spoken


@pytest.mark.usefixtures("loopback")
def test_only_the_server_that_was_meant_is_spoken_to_by_tls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = certificate(tmp_path, "shop.example")
    with receiver(file) as server:
        names(monkeypatch, "127.0.0.1")
        monkeypatch.setattr(socket, "create_connection", _straight)
        with pytest.raises(BadTls):
            send("GET", f"https://shop.example:{server.port}/")
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        with pytest.raises(BadTls):
            send("GET", f"https://other.example:{server.port}/")
        assert server.heard == []

        assert send("GET", f"https://shop.example:{server.port}/").status == 204


def _straight(address: Any, *, timeout: float) -> socket.socket:
    line = socket.socket()
    line.settimeout(timeout)
    line.connect(address)
    return line


def test_a_header_cannot_be_smuggled(server: Receiver, loopback: None) -> None:
    with pytest.raises(ValueError, match="header"):
        send("GET", server.url(), headers={"X-A": "1\r\nX-B: 2"})
