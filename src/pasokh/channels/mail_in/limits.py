"""How much of a mail is taken in and read, and how many may come in an hour. Pure.

An operator sets them by `PASOKH_MAIL_LIMITS`; the limits that only bound our own time and memory
stand as constants in the modules that do the work.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """`megabytes` of a mail that are taken in, `parts` and `depth` to which it is read; mails of
    one `address` and of one `domain` within an hour, beyond which a person looks first.
    """

    megabytes: int = 40
    parts: int = 500
    depth: int = 12
    address: int = 20
    domain: int = 600

    @property
    def bytes(self) -> int:
        """Bytes of one mail: what forms take, and a third more for how mail writes files down."""
        return self.megabytes * 1024 * 1024
