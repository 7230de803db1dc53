"""Mail in: how many a second are kept, read, judged and filed, beside the bare parse of the same.

    python -m tests.bench.mails COUNT     (DATABASE_URL and PASOKH_DATA say where)

Prints JSON: mails a second of each. The whole way is from bytes handed over to a complaint in its
file, as the product goes it: one process keeps what a mail server gives it, one worker sorts it
meanwhile. The bare parse is the standard library's, bodies and attachments decoded.
"""

import email
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP, Policy, compat32, default

import django

django.setup()

from tests.bench.words import Marks  # noqa: E402

from pasokh.casework.complaints.models import Complaint  # noqa: E402
from pasokh.casework.intake.mailroom import actions  # noqa: E402
from pasokh.casework.intake.mailroom.actions import Handed  # noqa: E402
from pasokh.casework.intake.mailroom.terms import Door  # noqa: E402
from pasokh.channels.mail_in import pipeline  # noqa: E402
from pasokh.channels.mail_in.lmtp import THREADS  # noqa: E402
from pasokh.channels.mail_in.reading import read  # noqa: E402
from pasokh.config import garbage  # noqa: E402
from pasokh.kernel import actors, clock  # noqa: E402

BOX = "complaints@bench.example"
#: Seconds from the begin of one turn of sorting to the next, as the schedule has them.
TURN = 5
#: Mails that warm everything and are not counted.
WARM = 20
KEEPER = actors.clock("bench", "organisation.configure")
_WORDS = {
    "fa": "یخچالی که ماه پیش خریدم سرد نمی‌کند و کسی پاسخ نمی‌دهد. لطفاً رسیدگی کنید. ",
    "en": "The fridge I bought last month does not cool and nobody answers. Please look into it. ",
}
_QUOTED = {
    "fa": "در تاریخ ۱۲ آبان، فروشگاه <shop@example.org> نوشت:",
    "en": "On 3 November, the shop <shop@example.org> wrote:",
}


def measure(count: int) -> dict[str, float]:
    """Mails a second: parsed barely in two ways, read by us, and taken the whole way."""
    actions.add_mailbox(BOX, by=KEEPER, at=clock.now())
    mails = list(_mails(count))
    found = {
        "parse_default": _rate(lambda: [_barely(mail, default) for mail in mails], count),
        "parse_compat32": _rate(lambda: [_barely(mail, compat32) for mail in mails], count),
        "read": _rate(lambda: [read(mail) for mail in mails], count),
    }
    _keep(mails[:WARM])
    pipeline.sort_mail(clock.now())  # what is loaded and planned once
    garbage.settle()  # as the worker does
    found["whole"] = _whole_way(count)
    return found


def _whole_way(count: int) -> float:
    """Mails a second, from the first that is handed over to the last that is filed."""
    before, rest = Complaint.objects.count(), count - WARM
    with _keeper(count) as keeper:
        begun = time.perf_counter()
        print("go", file=keeper.stdin, flush=True)
        while keeper.poll() is None:
            turn = time.perf_counter() + TURN
            pipeline.sort_mail(clock.now())
            while keeper.poll() is None and time.perf_counter() < turn:
                time.sleep(0.01)
        pipeline.sort_mail(clock.now())  # what it kept at the very end
        lasted = time.perf_counter() - begun
    if (filed := Complaint.objects.count() - before) != rest:
        raise SystemExit(f"of {rest} mails {filed} became complaints")
    return round(rest / lasted, 1)


@contextmanager
def _keeper(count: int) -> Iterator[subprocess.Popen[str]]:
    """The process that keeps mails: it is warm, and waits for a word."""
    command = [sys.executable, "-P", "-m", "tests.bench.mails", str(count), "keep"]
    keeper = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        if keeper.stdout is None or keeper.stdout.readline() != "ready\n":
            raise SystemExit("the process that keeps mails did not start")
        yield keeper
    finally:
        keeper.kill()
        keeper.wait()


def keep(count: int) -> None:
    """Keep all mails but the first, which warmed the sorting, when somebody says so."""
    mails = list(_mails(count))
    _keep(mails[:1])  # it is here already, so nothing is kept twice
    garbage.settle()  # as the listener does
    print("ready", flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(THREADS) as threads:  # as many as the listener has
        list(threads.map(_keep_one, mails[WARM:]))


def _keep(mails: list[bytes]) -> None:
    for mail in mails:
        _keep_one(mail)


def _keep_one(mail: bytes) -> None:
    handed = Handed(mail, Door.LMTP, "somebody@example.org", BOX)
    pipeline.take_in(handed, at=clock.now())


def _rate(act: Callable[[], object], count: int) -> float:
    begun = time.perf_counter()
    act()
    return round(count / (time.perf_counter() - begun), 1)


def _barely(content: bytes, policy: Policy) -> int:
    parsed = email.message_from_bytes(content, policy=policy)
    bodies = (part.get_payload(decode=True) for part in parsed.walk() if not part.is_multipart())
    return len(str(parsed["subject"])) + sum(len(bytes(body or b"")) for body in bodies)


def _mails(count: int) -> Iterator[bytes]:
    """Mails as people send them: half in Persian, half with HTML, some quoting, some with files."""
    for number in range(1, count + 1):
        language = "fa" if number % 2 else "en"
        yield _mail(number, language).as_bytes(policy=SMTP)


def _mail(number: int, language: str) -> EmailMessage:
    marks = Marks.of(number, language)
    said = _WORDS[language] * 6 + marks.said
    if number % 4 == 0:
        said += f"\n\n{_QUOTED[language]}\n> {_WORDS[language] * 3}\n"
    mail = EmailMessage()
    mail["From"] = f'"{marks.name}" <person@shop-{number}.example>'
    mail["To"] = BOX
    mail["Subject"] = f"{_WORDS[language][:40]} {marks.serial}"
    mail["Message-ID"] = f"<bench-{number}@shop-{number}.example>"
    mail["Date"] = "Mon, 23 Nov 2026 09:00:00 +0330"
    mail.set_content(said)
    if number % 2 == 0:
        mail.add_alternative(f"<html><body><p>{said}</p></body></html>", subtype="html")
    if number % 10 == 0:
        photo = bytes(range(256)) * 80 + number.to_bytes(4, "big")
        mail.add_attachment(photo, maintype="image", subtype="jpeg", filename="عکس.jpg")
    return mail


if __name__ == "__main__":
    if sys.argv[2:] == ["keep"]:
        keep(int(sys.argv[1]))
    else:
        print(json.dumps(measure(int(sys.argv[1]))))
