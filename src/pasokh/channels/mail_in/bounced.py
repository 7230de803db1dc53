"""Recipients whom a letter did not reach, as mail servers tell it in forms of their own.

Only mail that looks like a server's own is asked, for the reading takes the standard library's tree
of the message and the detectors of `flufl.bounce`. What those do not know is looked for by the
reply codes that servers quote.
"""

import logging
import re
from email import message_from_bytes

from pasokh.channels.mail_in import headers
from pasokh.channels.mail_in.parsed import Parsed, Status

#: Bytes of a message that are looked at, characters of its text, and recipients.
LARGEST, SEARCHED, MOST = 60_000, 20_000, 50

_SERVERS = re.compile(
    r"^(?:mailer-?daemon|postmaster|mdaemon|mail\.?delivery\.?(?:sub)?system|maildelivery"
    r"|mail-?adm(?:in)?|bounce|non-?delivery|double-bounce|symantec_antivirus.*|imss)",
    re.I,
)
_SUBJECT = re.compile(
    r"undeliver|returned mail|returned to sender|delivery (?:status|failure|has failed|report"
    r"|problem|notification|warning)|failure (?:notice|delivery)|mail(?: system)? error"
    r"|mail failed|failed mail|failed delivery|delivery failed|mail(?:er)?[- ]daemon"
    r"|could not be delivered|not (?:been |be )?delivered|non[- ]?delivery|nondeliverable"
    r"|processing error|rejected mail|message (?:delayed|delivery)|delayed mail|user unknown"
    r"|unzustellbar|nicht zugestellt|zustellung fehlgeschlagen|fehlgeschlagene zustellung"
    r"|non remis|non distribu|échec de (?:la )?(?:remise|distribution)|message non délivré"
    r"|no entregado|no se pudo entregar|entrega fallida|не доставлено|投递失败|传输失败|退信"
    r"|تحویل[\s\u200c](?:داده )?نشد|ارسال نشد|برگشت خورد|تعذر (?:التسليم|الإرسال)|لم يتم التسليم",
    re.I,
)
_CODED = re.compile(r"\b([45])\d\d[ -](?:([45]\.\d{1,3}\.\d{1,3})\b)?")
_ADDRESS = re.compile(r"<?([\w.+=/-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})>?")

#: Faults of messages that are too much for the standard library.
_UNFIT = frozenset({"too-deep", "too-many-parts", "headers-cut"})

logger = logging.getLogger(__name__)


def looks_so(mail: Parsed) -> bool:
    """Whether a mail may be a server's word that a letter did not arrive."""
    return _by_server(mail) or _SUBJECT.search(mail.subject[:300]) is not None


def _by_server(mail: Parsed) -> bool:
    """Whether a mail gives no person as its sender."""
    sender = mail.sender.address if mail.sender else ""
    return (
        mail.return_path == ""
        or not sender
        or "x-failed-recipients" in mail.headers
        or _SERVERS.match(sender) is not None
    )


def statuses(content: bytes, mail: Parsed) -> tuple[Status, ...]:
    """The recipients that a message names as not reached; nothing is raised."""
    try:
        found = () if _UNFIT & set(mail.faults) else _detected(content[:LARGEST], mail)
    except Exception:
        logger.exception("a bounce could not be read")
        found = ()
    return found or (_by_reply(mail) if _by_server(mail) else ())


def _detected(content: bytes, mail: Parsed) -> tuple[Status, ...]:
    """What the detectors of known servers' forms find."""
    from flufl.bounce import all_failures  # noqa: PLC0415  slow import

    message = message_from_bytes(content)
    if mail.sender is None:  # the detectors take for granted that there is one
        del message["From"]
        message["From"] = "nobody@invalid"
    temporary, permanent = all_failures(message)
    named = [(each, True) for each in sorted(permanent)]
    named += [(each, False) for each in sorted(temporary - permanent)]
    found = [(headers.clean(each.decode("utf-8", "replace")), for_good) for each, for_good in named]
    return tuple(Status(each, for_good) for each, for_good in found[:MOST] if each)


def _by_reply(mail: Parsed) -> tuple[Status, ...]:
    """Addresses in the paragraph in which a server's reply is quoted, at or before it."""
    found: dict[str, Status] = {}
    own = {each.address.lower() for each in (*mail.to, *mail.cc)}
    for paragraph in re.split(r"\n\s*\n", mail.text[:SEARCHED]):
        reply = _CODED.search(paragraph)
        if reply is None:
            continue
        for address in _ADDRESS.findall(paragraph):
            clean = headers.clean(address)
            if clean and clean.lower() not in own and len(found) < MOST:
                found.setdefault(clean, Status(clean, reply[1] == "5", reply[2] or "", ""))
    return tuple(found.values())
