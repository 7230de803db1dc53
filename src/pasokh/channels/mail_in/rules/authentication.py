"""Whether a sender is who they say, as our own mail server found out (RFC 8601).

Only lines that begin with the trusted server's name count, and for each method the topmost of them:
anybody may write such a line into their own mail, and it would stand below. The server itself must
take out those that arrive in its name (RFC 8601, 5).
"""

import re
from dataclasses import dataclass

from pasokh.casework.intake.mailroom.terms import Disposition, Sender, Signature
from pasokh.channels.mail_in.known import Known, Verdict
from pasokh.channels.mail_in.parsed import Parsed

#: Lines that are looked at, and methods of one line.
MOST_LINES, MOST_METHODS = 10, 20

_COMMENT = re.compile(r"\([^()]*+\)")
_RESULT = re.compile(r"^\s*([a-z0-9-]{1,30})(?:/\d+)?\s*=\s*([a-z]{1,20})\b(.*)$", re.I | re.S)
_PROPERTY = re.compile(
    r"\b(smtp\.mailfrom|header\.d|header\.i|header\.from)\s*=\s*\"?([^\s;\"]{1,320})", re.I
)


@dataclass(frozen=True)
class Result:
    """What one method found: `pass`, `fail`, `none` and others, and for which domain."""

    method: str
    found: str
    domain: str = ""


def results(mail: Parsed, trusted: str) -> tuple[Result, ...]:
    """What the trusted server found, by method; empty when it said nothing or none is trusted."""
    found: dict[str, Result] = {}
    lines = mail.headers.get("authentication-results", ())[:MOST_LINES] if trusted else ()
    for line in lines:
        server, _, rest = _COMMENT.sub(" ", line).partition(";")
        if server.lower().split()[:1] != [trusted.lower()]:
            continue
        told: dict[str, Result] = {}
        for each in rest.split(";")[:MOST_METHODS]:
            if result := _result(each):
                better = result.found == "pass" or result.method not in told
                told |= {result.method: result} if better else {}
        found = told | found
    return tuple(found.values())


def _result(said: str) -> Result | None:
    match = _RESULT.match(said)
    if match is None:
        return None
    properties = {name.lower(): value for name, value in _PROPERTY.findall(match[3])}
    domain = (
        properties.get("header.d")
        or properties.get("header.from")
        or properties.get("header.i")
        or properties.get("smtp.mailfrom", "")
    )
    return Result(match[1].lower(), match[2].lower(), domain.rpartition("@")[2].lower())


def verified(mail: Parsed, known: Known) -> bool:
    """Whether the sender's own domain stands for the mail: by DMARC, or by an aligned method."""
    domain = mail.sender.address.rpartition("@")[2].lower() if mail.sender else ""
    passed = [each for each in results(mail, known.trusted) if each.found == "pass"]
    return bool(domain) and any(
        (each.method == "dmarc" and each.domain in ("", domain)) or _aligned(each, domain)
        for each in passed
    )


def checked(mail: Parsed, known: Known) -> Sender | None:
    """What is known of the sender: by their own signature, else by the trusted server; None where
    there is neither.
    """
    if mail.vouched and mail.vouched.state == Signature.VALID:
        return Sender.SIGNED
    if not known.trusted:
        return None
    if verified(mail, known):
        return Sender.VERIFIED
    return Sender.UNVERIFIED if results(mail, known.trusted) else Sender.UNHEARD


def facts(mail: Parsed, known: Known) -> dict[str, str]:
    """What is kept of who sent a mail: how they were checked, and what was found of a signature."""
    told = {"checked": str(sender)} if (sender := checked(mail, known)) else {}
    if mail.vouched:
        told |= {"signature": str(mail.vouched.state)}
        told |= {"signer": mail.vouched.signer} if mail.vouched.signer else {}
        told |= {"issuer": mail.vouched.issuer} if mail.vouched.issuer else {}
    return told


def _aligned(result: Result, domain: str) -> bool:
    """Whether SPF or DKIM passed for the sender's domain or one of which it is a part."""
    if result.method not in ("spf", "dkim") or result.domain.count(".") < 1:
        return False
    return domain == result.domain or domain.endswith(f".{result.domain}")


def judge(mail: Parsed, known: Known) -> Verdict | None:
    """Hold a mail whose sender's domain disowns it; one that nothing stands for is let through.

    What is let through unverified is marked, and rules that take a sender for a party by the
    address alone ask `checked`.
    """
    found = {each.method: each.found for each in results(mail, known.trusted)}
    if found.get("dmarc") != "fail":
        return None
    return Verdict(Disposition.HELD, "sender-disowned", {"dmarc": "fail"})
