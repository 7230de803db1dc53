"""A real Dovecot of a test's own: in its folder, on free ports, with a mailbox for each user."""

import base64
import grp
import hmac
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PASSWORD = "one-password-for-all"
_SIGNING = b"only for this test"

_CONF = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
protocols = imap
listen = 127.0.0.1
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{folder}/mail/%u
auth_mechanisms = plain login xoauth2
mail_max_userip_connections = 50
postmaster_address = postmaster@khaneh.example
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service stats {{
  chroot =
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u allow_all_users=yes
}}
"""
_OAUTH2 = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/keys/
username_attribute = sub
"""


@dataclass
class Dovecot:
    """A running server: plain and STARTTLS on `port`, TLS on `tls`."""

    folder: Path
    port: int
    tls: int

    @property
    def certificate(self) -> Path:
        return self.folder / "cert.pem"

    def deliver(self, content: bytes, user: str = "tehran") -> None:
        """Let Dovecot's own delivery agent put a mail into a mailbox."""
        agent = ["/usr/lib/dovecot/dovecot-lda", "-c", str(self.folder / "dovecot.conf")]
        envelope = ["-f", "a@example.org", "-d", user]
        subprocess.run([*agent, *envelope], input=content, check=True, timeout=30)

    def doveadm(self, *words: str) -> str:
        """What Dovecot's own tool says."""
        conf = str(self.folder / "dovecot.conf")
        return subprocess.check_output(["doveadm", "-c", conf, *words], text=True, timeout=30)


def token(user: str) -> str:
    """A bearer token that this server takes for a while."""
    now = int(time.time())
    claims = {"sub": user, "iat": now - 5, "exp": now + 600}
    parts = [_part(json.dumps(one).encode()) for one in ({"alg": "HS256", "typ": "JWT"}, claims)]
    sign = hmac.digest(_SIGNING, ".".join(parts).encode(), "sha256")
    return ".".join([*parts, _part(sign)])


def _part(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@contextmanager
def dovecot() -> Iterator[Dovecot]:
    """A server that runs while the block does."""
    folder = Path(tempfile.mkdtemp(prefix="pasokh-dovecot-"))
    folder.chmod(0o711)  # its parts run under other accounts
    port, tls = _free(), _free()
    _write(folder, port, tls)
    running = subprocess.Popen(["dovecot", "-F", "-c", str(folder / "dovecot.conf")])
    try:
        _until_it_answers(port)
        yield Dovecot(folder, port, tls)
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _write(folder: Path, port: int, tls: int) -> None:
    for name in ("run", "mail", "keys/default/HS256"):
        (folder / name).mkdir(parents=True)
    key = ec.generate_private_key(ec.SECP256R1())
    (folder / "cert.pem").write_bytes(_certificate(key))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    internal, login, owner = _accounts()
    told = {
        "folder": folder,
        "port": port,
        "tls": tls,
        "uid": owner.pw_uid,
        "gid": owner.pw_gid,
        "internal": internal,
        "login": login,
        "group": grp.getgrgid(pwd.getpwnam(internal).pw_gid).gr_name,
        "password": PASSWORD,
    }
    os.chown(folder / "mail", owner.pw_uid, owner.pw_gid)
    (folder / "dovecot.conf").write_text(_CONF.format(**told))
    (folder / "oauth2.conf").write_text(_OAUTH2.format(**told))
    (folder / "keys/default/HS256/default").write_bytes(base64.b64encode(_SIGNING))


def _accounts() -> tuple[str, str, pwd.struct_passwd]:
    """Who runs the server's parts: of root's server its own accounts, else whoever started it."""
    if os.geteuid() == 0:
        return "dovecot", "dovenull", pwd.getpwnam("mail")
    own = pwd.getpwuid(os.getuid())
    return own.pw_name, own.pw_name, own


def _certificate(key: ec.EllipticCurvePrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _until_it_answers(port: int) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2) as line:
                assert line.recv(64).startswith(b"* OK")
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
