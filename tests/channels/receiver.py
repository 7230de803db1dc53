"""A small HTTP server on the loopback that keeps what it hears and answers as it is told."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pasokh.kernel import clock

#: An answer: a status, headers and a body; or what is done with the bare connection.
Reply = tuple[int, dict[str, str], bytes] | Callable[[socket.socket], None]


@dataclass(frozen=True)
class Heard:
    """One question as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """What came, and what is answered by path (anything else: 204)."""

    port: int
    heard: list[Heard] = field(default_factory=list)
    replies: dict[str, Reply] = field(default_factory=dict)
    #: Set when the server ends: whoever is made to hang stops then.
    ended: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def hang(self, line: socket.socket) -> None:
        """Say nothing until the server ends."""
        del line
        self.ended.wait(20)

    def drip(self, line: socket.socket) -> None:
        """Send one byte after another, each soon enough for a patient reader."""
        with suppress(OSError):
            line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while not self.ended.wait(0.02):
                line.sendall(b".")


@contextmanager
def receiver(certificate: Path | None = None) -> Iterator[Receiver]:
    """A server that runs while the block does, by TLS if it has a certificate with its key."""
    kept: list[Receiver] = []

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            told = {name.lower(): value for name, value in self.headers.items()}
            kept[0].heard.append(Heard(self.command, self.path, told, body))
            reply = kept[0].replies.get(self.path.partition("?")[0], (204, {}, b""))
            if callable(reply):
                reply(self.connection)
                self.close_connection = True
                return
            status, headers, words = reply
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 204:
                self.send_header("Content-Length", str(len(words)))
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(words)

        do_GET = do_POST = _answer  # noqa: N815  the names that the library looks for

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda request, address: None  # type: ignore[method-assign]
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    kept.append(Receiver(server.server_address[1]))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield kept[0]
    finally:
        kept[0].ended.set()
        server.shutdown()
        server.server_close()
        thread.join(10)


def certificate(folder: Path, *names: str) -> Path:
    """Write a certificate, signed by itself, for names and addresses; with its key, as one file."""
    key, now = ec.generate_private_key(ec.SECP256R1()), clock.now()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    known = [
        x509.IPAddress(ip_address(one)) if one[0].isdigit() else x509.DNSName(one) for one in names
    ]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(known), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{names[0]}.pem"
    plain = serialization.NoEncryption()
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    return file
