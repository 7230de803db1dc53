"""Mail that is encrypted and stays closed: a person sees to it, and it can be read again later."""

from pasokh.casework.intake.mailroom.terms import NO_KEY, Disposition
from pasokh.channels.mail_in.known import Known, Verdict
from pasokh.channels.mail_in.parsed import Parsed

#: Faults by which a mail, or a part of it, was not opened.
CLOSED = (NO_KEY, "encrypted-unknown", "encrypted-broken", "wrapping-broken")
_OPENPGP = "-----BEGIN PGP MESSAGE-----"


def judge(mail: Parsed, known: Known) -> Verdict | None:
    """Hold what could not be opened, and say why."""
    fault = next((each for each in CLOSED if each in mail.faults), "")
    fault = fault or ("encrypted-openpgp" if _is_openpgp(mail) else "")
    return Verdict(Disposition.HELD, fault) if fault else None


def _is_openpgp(mail: Parsed) -> bool:
    enclosed = any(each.kind == "application/pgp-encrypted" for each in mail.files)
    return enclosed or mail.text.lstrip().startswith(_OPENPGP)
