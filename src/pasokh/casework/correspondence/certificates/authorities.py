"""Who may vouch for a certificate: those whose own the operator put into one file, and no other."""

import logging
import os
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from django.conf import settings

from pasokh.kernel import certificates

#: Bytes of the file.
LARGEST = 4_000_000


@dataclass(frozen=True)
class Authority:
    """Who may vouch for others, and until when."""

    name: str
    ends: datetime


logger = logging.getLogger(__name__)


def known() -> list[x509.Certificate]:
    """The authorities; none where no file is named, or it cannot be read."""
    try:
        return read(settings.MAIL_AUTHORITIES) if settings.MAIL_AUTHORITIES else []
    except (OSError, ValueError):
        logger.exception("the file of authorities cannot be read, so nobody vouches for mail")
        return []


def read(place: Path) -> list[x509.Certificate]:
    """The certificates of a file in PEM, read anew when it was written anew; raises OSError or
    ValueError for a file that is none.
    """
    seen = os.stat(place)
    return list(_read(place, seen.st_mtime_ns, seen.st_size))


def named() -> list[Authority]:
    """The authorities as a page shows them."""
    return [Authority(certificates.named(one.subject), one.not_valid_after_utc) for one in known()]


@lru_cache(maxsize=4)
def _read(place: Path, _written: int, size: int) -> tuple[x509.Certificate, ...]:
    if size > LARGEST:
        raise ValueError("too large for certificates")
    return tuple(x509.load_pem_x509_certificates(place.read_bytes()))
