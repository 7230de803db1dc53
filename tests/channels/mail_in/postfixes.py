"""A real Postfix of a test's own: in its folder, on a free port, handing mail over by LMTP."""

import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

_MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/queue/log
maillog_file_prefixes = {folder}
myhostname = mx.khaneh.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
relay_domains = khaneh.example
relay_transport = lmtp:inet:{listener}
relay_recipient_maps =
smtpd_recipient_restrictions = permit_mynetworks, reject
disable_dns_lookups = yes
smtp_dns_support_level = disabled
minimal_backoff_time = 1s
maximal_backoff_time = 1s
queue_run_delay = 1s
bounce_queue_lifetime = 1m
"""
_MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass
class Postfix:
    """A running server: mail is given to it at `port`."""

    folder: Path
    port: int

    def send(self, content: bytes, to: str, sender: str = "maryam@example.org") -> None:
        """Give it a mail, as any other server would."""
        with smtplib.SMTP("127.0.0.1", self.port, timeout=20) as line:
            line.sendmail(sender, [to], content)

    def log(self) -> str:
        return (self.folder / "queue/log").read_text()

    def now(self) -> None:
        """Let it try at once what it has put off."""
        subprocess.run(["postqueue", "-c", str(self.folder / "conf"), "-f"], check=True, timeout=20)


@contextmanager
def postfix(listener: str) -> Iterator[Postfix]:
    """A server that hands the mail of khaneh.example to a listener, while the block runs."""
    folder = Path(tempfile.mkdtemp(prefix="pasokh-postfix-"))
    folder.chmod(0o711)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for name in ("conf", "queue", "data"):
        (folder / name).mkdir()
    subprocess.run(["chown", "postfix", str(folder / "data")], check=True)
    (folder / "conf/main.cf").write_text(_MAIN.format(folder=folder, listener=listener))
    (folder / "conf/master.cf").write_text(_MASTER.format(port=port))
    run = ["postfix", "-c", str(folder / "conf")]
    try:
        subprocess.run([*run, "start"], check=True, timeout=60, capture_output=True)
        _until_it_answers(port)
        yield Postfix(folder, port)
    finally:
        subprocess.run([*run, "stop"], check=False, timeout=60, capture_output=True)
        rmtree(folder, ignore_errors=True)


def _until_it_answers(port: int) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
