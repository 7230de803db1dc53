"""A real Postfix of a test's own: in its folder, on a free port, doing with mail as it is told."""

import pwd
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping
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
relay_domains = {relayed}
relay_transport = {transport}
relay_recipient_maps =
transport_maps = inline:{{ {{ away.example = away: }} }}
virtual_mailbox_domains = {domains}
virtual_mailbox_base = {folder}/boxes
virtual_mailbox_maps = texthash:{folder}/boxes.map
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtpd_recipient_restrictions =
    check_recipient_access texthash:{folder}/answers, permit_mynetworks, reject
max_use = 1
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
virtual unix - n n - - virtual
away unix - n n - - pipe
    user=nobody argv=/bin/sh -c {{exit 67}}
taken unix - n n - 1 pipe
    user=nobody argv={take} --recipient ${{original_recipient}} --sender ${{sender}}
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass
class Postfix:
    """A running server: mail is given to it at `port`."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def answer(self, answers: Mapping[str, str]) -> None:
        """Answer so when a recipient is named, from the next line on; anybody else is taken."""
        lines = "".join(f"{address} {said}\n" for address, said in answers.items())
        (self.folder / "answers").write_text(lines)

    def mails(self, address: str) -> list[bytes]:
        """What lies in the box of an address."""
        local, _, domain = address.partition("@")
        return [one.read_bytes() for one in (self.folder / "boxes" / domain / local).glob("new/*")]

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
def postfix(
    relay: str = "discard:", *, boxes: Collection[str] = (), take: str = "/bin/true"
) -> Iterator[Postfix]:
    """A server, while the block runs, that has `boxes` and hands other mail of khaneh.example to
    `relay` (`lmtp:inet:…`, or `taken:`, a pipe to the program `take`); away.example is told later
    that there is nobody.
    """
    folder = Path(tempfile.mkdtemp(prefix="pasokh-postfix-"))
    folder.chmod(0o711)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for name in ("conf", "queue", "data", "boxes"):
        (folder / name).mkdir()
    subprocess.run(["chown", "postfix", str(folder / "data")], check=True)
    subprocess.run(["chown", "mail", str(folder / "boxes")], check=True)
    domains = {address.partition("@")[2] for address in boxes}
    owner = pwd.getpwnam("mail")
    told = {
        "folder": folder,
        "relayed": " ".join({"away.example", "khaneh.example"} - domains),
        "transport": relay,
        "domains": " ".join(sorted(domains)),
        "uid": owner.pw_uid,
        "gid": owner.pw_gid,
    }
    (folder / "conf/main.cf").write_text(_MAIN.format(**told))
    (folder / "conf/master.cf").write_text(_MASTER.format(port=port, take=take))
    halves = [(one, *one.partition("@")[::2]) for one in boxes]
    lines = [f"{one} {domain}/{local}/\n" for one, local, domain in halves]
    (folder / "boxes.map").write_text("".join(lines))
    (folder / "answers").touch()
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
