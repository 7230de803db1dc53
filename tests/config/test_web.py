import socket

import pytest

from pasokh.config import web
from pasokh.config.messages import Unable

from .conftest import free_port


def test_a_free_port_is_free_again_after_the_look() -> None:
    port = free_port()

    web.require_port("127.0.0.1", port)
    web.require_port("127.0.0.1", port)


def test_a_port_that_another_shares_is_taken_all_the_same() -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Unable, match=f"Port {port} of 127.0.0.1 is taken"):
            web.require_port("127.0.0.1", port)


def test_an_address_of_nobody_is_told_from_a_taken_port() -> None:
    with pytest.raises(Unable, match="“no such host” is not an address of this machine"):
        web.require_port("no such host", 8000)
